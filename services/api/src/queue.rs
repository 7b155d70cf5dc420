//! RabbitMQ: a connection that is made again when it is lost, and publishing with confirms.

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use lapin::options::{BasicPublishOptions, ConfirmSelectOptions};
use lapin::types::{AMQPValue, FieldTable};
use lapin::uri::AMQPUri;
use lapin::{BasicProperties, Channel, Confirmation, Connection, ConnectionProperties, Event};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::environment::{Environment, Noted};
use crate::telemetry::call;
use crate::telemetry::trace::{Span, TRACEPARENT, TRACESTATE, tracestate};

/// The name of the broker in log lines and health answers.
pub const PEER: &str = "rabbitmq";
/// How long a request waits for a connection and for the broker's confirmation.
const PATIENCE: Duration = Duration::from_secs(5);
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
const HEARTBEAT_SECONDS: u16 = 10;
const PERSISTENT: u8 = 2;

/// How to reach the broker.
#[derive(Clone)]
pub struct Settings {
    uri: AMQPUri,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("queue::Settings")
    }
}

impl Settings {
    pub(crate) fn read(
        environment: &mut Environment<impl Fn(&str) -> Option<String>>,
    ) -> Result<Self, Noted> {
        let expected = "a URL like amqp://user:password@host:5672/%2f";
        let mut uri: AMQPUri =
            environment.required("RABBITMQ_URL", expected, |url| url.parse().ok())?;
        uri.query.heartbeat.get_or_insert(HEARTBEAT_SECONDS);
        Ok(Self { uri })
    }
}

/// Why a message did not reach the broker.
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    /// There is no connection now; one is being made.
    #[error("not connected")]
    Disconnected,
    /// The broker did not confirm the message in time.
    #[error("no confirmation in time")]
    Unconfirmed,
    /// The broker refused the message, or no queue takes it.
    #[error("refused by the broker")]
    Refused,
    /// The connection or the channel failed.
    #[error(transparent)]
    Broken(#[from] lapin::Error),
}

/// The broker.
#[derive(Clone)]
pub struct Queue {
    uri: AMQPUri,
    session: watch::Sender<Option<Arc<Session>>>,
}

/// One connection, and the channel to publish on.
struct Session {
    connection: Connection,
    publisher: Channel,
}

impl Queue {
    /// Prepares the connection; [`Queue::maintain`] makes it.
    pub fn new(settings: &Settings) -> Self {
        Self {
            uri: settings.uri.clone(),
            session: watch::Sender::new(None),
        }
    }

    /// Connects, and connects again with growing pauses whenever the connection is lost.
    pub async fn maintain(self, stopped: CancellationToken) {
        let mut pause = FIRST_PAUSE;
        while !stopped.is_cancelled() {
            match Session::open(&self.uri).await {
                Ok(session) => {
                    tracing::info!(peer = PEER, "connected");
                    pause = FIRST_PAUSE;
                    let session = Arc::new(session);
                    self.session.send_replace(Some(Arc::clone(&session)));
                    tokio::select! {
                        () = session.lost() => {}
                        () = stopped.cancelled() => return,
                    }
                    self.session.send_replace(None);
                    tracing::warn!(peer = PEER, "connection lost");
                }
                Err(error) => tracing::warn!(peer = PEER, error = %error, "not reachable"),
            }
            tokio::select! {
                () = sleep(pause) => pause = (pause * 2).min(LONGEST_PAUSE),
                () = stopped.cancelled() => return,
            }
        }
    }

    /// A new channel on the connection, as soon as there is one.
    pub async fn channel(&self) -> Result<Channel, QueueError> {
        Ok(self.session().await?.connection.create_channel().await?)
    }

    /// Publishes a persistent message and waits until the broker has it.
    ///
    /// `mandatory` messages are refused if no queue takes them.
    pub async fn publish(
        &self,
        exchange: &str,
        routing_key: &str,
        mandatory: bool,
        payload: &[u8],
    ) -> Result<(), QueueError> {
        let target = if exchange.is_empty() {
            routing_key
        } else {
            exchange
        };
        let work = async {
            let session = timeout(PATIENCE, self.session())
                .await
                .map_err(|_| QueueError::Disconnected)??;
            let published = session.publisher.basic_publish(
                exchange.into(),
                routing_key.into(),
                BasicPublishOptions {
                    mandatory,
                    immediate: false,
                },
                payload,
                properties(),
            );
            let confirmed = async { published.await?.await };
            match timeout(PATIENCE, confirmed)
                .await
                .map_err(|_| QueueError::Unconfirmed)??
            {
                Confirmation::Ack(None) => Ok(()),
                _ => Err(QueueError::Refused),
            }
        };
        call(PEER, &format!("publish {target}"), work).await
    }

    /// Succeeds if there is a connection.
    pub async fn ping(&self) -> Result<(), QueueError> {
        let session = self
            .session
            .borrow()
            .clone()
            .ok_or(QueueError::Disconnected)?;
        std::future::ready(()).await;
        if session.connection.status().connected() {
            Ok(())
        } else {
            Err(QueueError::Disconnected)
        }
    }

    /// Closes the connection.
    pub async fn close(&self) {
        if let Some(session) = self.session.send_replace(None) {
            // The broker notices a closed socket as well.
            let _ = session.connection.close(200, "stopping".into()).await;
        }
    }

    async fn session(&self) -> Result<Arc<Session>, QueueError> {
        let mut watch = self.session.subscribe();
        let session = watch.wait_for(Option::is_some).await;
        session
            .ok()
            .and_then(|session| session.clone())
            .ok_or(QueueError::Disconnected)
    }
}

impl Session {
    async fn open(uri: &AMQPUri) -> Result<Self, lapin::Error> {
        let properties = ConnectionProperties::default().with_connection_name(crate::NAME.into());
        let connection = Connection::connect_uri(uri.clone(), properties).await?;
        let publisher = connection.create_channel().await?;
        publisher
            .confirm_select(ConfirmSelectOptions::default())
            .await?;
        Ok(Self {
            connection,
            publisher,
        })
    }

    /// Ends when the connection or the publishing channel is no longer of use.
    async fn lost(&self) {
        let mut events = std::pin::pin!(self.connection.events_listener());
        while self.connection.status().connected() && self.publisher.status().connected() {
            tokio::select! {
                event = events.next() => if matches!(event, None | Some(Event::Error(_))) { return },
                // A channel can close without an event of the connection.
                () = sleep(Duration::from_secs(1)) => {}
            }
        }
    }
}

fn properties() -> BasicProperties {
    let mut headers = FieldTable::default();
    if let Some(span) = Span::current() {
        let traceparent = AMQPValue::LongString(span.traceparent().into());
        headers.insert(TRACEPARENT.into(), traceparent);
        headers.insert(
            TRACESTATE.into(),
            AMQPValue::LongString(tracestate().into()),
        );
    }
    BasicProperties::default()
        .with_delivery_mode(PERSISTENT)
        .with_content_type("application/json".into())
        .with_headers(headers)
}

/// The text of a message's header.
pub fn header<'a>(properties: &'a BasicProperties, name: &str) -> Option<&'a str> {
    match properties.headers().as_ref()?.inner().get(name)? {
        AMQPValue::LongString(text) => std::str::from_utf8(text.as_bytes()).ok(),
        _ => None,
    }
}
