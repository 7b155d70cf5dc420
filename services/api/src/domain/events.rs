//! Changes of jobs: heard from the worker over RabbitMQ, told to browsers as server-sent events.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures::{Stream, StreamExt, stream};
use lapin::message::Delivery;
use lapin::options::{
    BasicConsumeOptions, ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions,
};
use lapin::types::{AMQPValue, FieldTable};
use lapin::{Channel, Consumer, ExchangeKind};
use serde::Deserialize;
use tokio::sync::broadcast;
use tokio::time::sleep;
use uuid::Uuid;

use super::export::QUEUE;
use super::identity::Identity;
use super::jobs::{self, Job};
use crate::error::{ApiError, ErrorBody};
use crate::queue::{PEER, QueueError, header};
use crate::state::AppState;
use crate::telemetry::trace::{Span, TRACEPARENT};

/// The exchange on which the worker tells every replica of this service about changes.
const EXCHANGE: &str = "jobs";
/// Where messages go that the worker gave up on.
const DEAD_LETTERS: &str = "exports.dead";
/// How often the broker hands out a message before it gives it up.
const DELIVERY_LIMIT: i32 = 3;
const PAUSE: Duration = Duration::from_secs(1);
/// A change that got lost shows after this time at the latest.
const LOOK_AGAIN: Duration = Duration::from_secs(10);

/// What the replicas of this service hear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// A job changed.
    Job(Uuid),
    /// Changes may have been missed.
    Unknown,
}

#[derive(Deserialize)]
struct Message {
    #[serde(rename = "jobId")]
    job_id: Uuid,
}

/// Listens for changes until the service stops, again and again after a lost connection.
pub(super) async fn listen(state: AppState) {
    let listening = async {
        loop {
            if let Err(error) = listen_once(&state).await {
                tracing::warn!(peer = PEER, error = %error, "not listening for changes");
            }
            sleep(PAUSE).await;
        }
    };
    tokio::select! {
        () = listening => {}
        () = state.lifecycle.stopped.cancelled() => {}
    }
}

async fn listen_once(state: &AppState) -> Result<(), QueueError> {
    let channel = state.queue.channel().await?;
    declare_exports(&channel).await?;
    let mut consumer = subscribe(&channel).await?;
    // What happened before is not heard.
    let _ = state.domain.changes.send(Change::Unknown);
    while let Some(delivery) = consumer.next().await {
        tell(state, &delivery?).await;
    }
    Ok(())
}

async fn tell(state: &AppState, delivery: &Delivery) {
    let span = Span::continued(header(&delivery.properties, TRACEPARENT));
    span.scope(async {
        tracing::info!(peer = PEER, operation = "consume jobs", "received");
        let change = match serde_json::from_slice::<Message>(&delivery.data) {
            Ok(message) => Change::Job(message.job_id),
            Err(error) => {
                tracing::warn!(error = %error, "a change that cannot be read");
                Change::Unknown
            }
        };
        // Nobody may be watching.
        let _ = state.domain.changes.send(change);
    })
    .await;
}

/// Declares the queue of exports, so that a message is kept even if no worker ever ran. The worker
/// declares the same.
pub(super) async fn declare_exports(channel: &Channel) -> Result<(), lapin::Error> {
    let mut arguments = FieldTable::default();
    arguments.insert(
        "x-queue-type".into(),
        AMQPValue::LongString("quorum".into()),
    );
    arguments.insert(
        "x-delivery-limit".into(),
        AMQPValue::LongInt(DELIVERY_LIMIT),
    );
    arguments.insert(
        "x-dead-letter-exchange".into(),
        AMQPValue::LongString(DEAD_LETTERS.into()),
    );
    let options = QueueDeclareOptions {
        durable: true,
        ..Default::default()
    };
    channel
        .queue_declare(QUEUE.into(), options, arguments)
        .await
        .map(drop)
}

/// Subscribes a queue of this replica's own to all changes; it goes away with the connection.
async fn subscribe(channel: &Channel) -> Result<Consumer, lapin::Error> {
    let durable = ExchangeDeclareOptions {
        durable: true,
        ..Default::default()
    };
    channel
        .exchange_declare(
            EXCHANGE.into(),
            ExchangeKind::Fanout,
            durable,
            FieldTable::default(),
        )
        .await?;
    let own = QueueDeclareOptions {
        exclusive: true,
        auto_delete: true,
        ..Default::default()
    };
    let queue = channel
        .queue_declare("".into(), own, FieldTable::default())
        .await?;
    let (name, bind) = (queue.name().clone(), QueueBindOptions::default());
    channel
        .queue_bind(
            name.clone(),
            EXCHANGE.into(),
            "".into(),
            bind,
            FieldTable::default(),
        )
        .await?;
    let options = BasicConsumeOptions {
        no_ack: true,
        ..Default::default()
    };
    channel
        .basic_consume(name, "".into(), options, FieldTable::default())
        .await
}

/// Streams a job of the caller as events named `job`: its state now, then each change until it
/// ends.
#[utoipa::path(get, path = "/api/v1/jobs/{id}/events", security(("bearer" = [])),
    params(("id" = Uuid, Path)),
    responses((status = 200, content_type = "text/event-stream", body = String),
        (status = 401, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub(super) async fn stream(
    identity: Identity,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    let id = jobs::parse(&id)?;
    // Listening begins before the job is read, so that no change falls between the two.
    let changes = state.domain.changes.subscribe();
    let job = jobs::find(&state, identity.user_id, id).await?;
    let stopped = state.lifecycle.stopped.clone();
    let watch = Watch {
        state,
        user_id: identity.user_id,
        changes,
        last: job.clone(),
    };
    let events = stream::iter([job])
        .chain(stream::unfold(watch, Watch::next))
        .filter_map(async |job| Event::default().event("job").json_data(&job).ok())
        .map(Ok)
        .take_until(stopped.cancelled_owned());
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

/// One browser watching one job.
struct Watch {
    state: AppState,
    user_id: i64,
    changes: broadcast::Receiver<Change>,
    last: Job,
}

impl Watch {
    /// The job after its next change; nothing once it has ended.
    async fn next(mut self) -> Option<(Job, Self)> {
        while !self.last.has_ended() {
            self.change().await;
            // A database that fails is asked again: the browser keeps waiting.
            let Ok(job) = jobs::find(&self.state, self.user_id, self.last.id).await else {
                continue;
            };
            if job != self.last {
                self.last = job.clone();
                return Some((job, self));
            }
        }
        None
    }

    /// Waits until the job may have changed.
    async fn change(&mut self) {
        let id = self.last.id;
        let concerns = async {
            loop {
                match self.changes.recv().await {
                    Ok(Change::Job(other)) if other != id => {}
                    Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => return,
                    Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
                }
            }
        };
        // Without a change in time, the database is asked anyway.
        let _ = tokio::time::timeout(LOOK_AGAIN, concerns).await;
    }
}
