//! Takes messages from the queue and settles each of them: done, again later, or never.

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use lapin::message::Delivery;
use lapin::options::{
    BasicAckOptions, BasicCancelOptions, BasicConsumeOptions, BasicNackOptions, BasicQosOptions,
    ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions,
};
use lapin::types::{AMQPValue, FieldTable, ShortString};
use lapin::{BasicProperties, Channel, ExchangeKind};
use tokio::time::sleep;

use crate::domain::{Domain, QUEUE};
use crate::queue::{PEER, QueueError, header};
use crate::state::State;
use crate::telemetry::call;
use crate::telemetry::trace::{Span, TRACEPARENT};

/// How many messages one worker works on at once.
const PREFETCH: u16 = 4;
/// How often the broker hands a message out again before it is given up.
const DELIVERY_LIMIT: i32 = 3;
const FIRST_RETRY: Duration = Duration::from_secs(1);
const PAUSE: Duration = Duration::from_secs(1);

/// Why a message was not worked off.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It may go well another time.
    #[error("{0}")]
    Retry(String),
    /// It never will.
    #[error("{0}")]
    Reject(String),
}

/// Takes messages until the worker stops, again and again after a lost connection.
pub async fn consume(state: State, domain: Arc<Domain>) {
    let stopping = state.lifecycle.stopping.clone();
    while !stopping.is_cancelled() {
        if let Err(error) = consume_once(&state, &domain).await {
            tracing::warn!(peer = PEER, error = %error, "not taking messages");
        }
        state.lifecycle.set_consuming(false);
        tokio::select! {
            () = sleep(PAUSE) => {}
            () = stopping.cancelled() => {}
        }
    }
}

async fn consume_once(state: &State, domain: &Domain) -> Result<(), QueueError> {
    let stopping = &state.lifecycle.stopping;
    let channel = tokio::select! {
        channel = state.queue.channel() => channel?,
        () = stopping.cancelled() => return Ok(()),
    };
    declare(&channel).await?;
    channel
        .basic_qos(PREFETCH, BasicQosOptions::default())
        .await?;
    let tag = ShortString::from(crate::NAME);
    let options = BasicConsumeOptions::default();
    let consumer = channel
        .basic_consume(QUEUE.into(), tag.clone(), options, FieldTable::default())
        .await?;
    state.lifecycle.set_consuming(true);
    tracing::info!(peer = PEER, queue = QUEUE, "taking messages");

    let cancel = async {
        stopping.cancelled().await;
        let _ = channel
            .basic_cancel(tag, BasicCancelOptions::default())
            .await;
    };
    let messages =
        consumer
            .take_until(cancel)
            .for_each_concurrent(usize::from(PREFETCH), async |delivery| match delivery {
                Ok(delivery) => settle(state, domain, &delivery).await,
                Err(error) => tracing::warn!(peer = PEER, error = %error, "the connection failed"),
            });
    messages.await;
    Ok(())
}

/// Settles one message, in the trace of whoever sent it.
async fn settle(state: &State, domain: &Domain, delivery: &Delivery) {
    let span = Span::continued(header(&delivery.properties, TRACEPARENT));
    // Boxed: the work may hold a lot, and waits for most of its time.
    if let Err(error) = span.scope(Box::pin(work_on(state, domain, delivery))).await {
        // The broker hands it out again.
        tracing::warn!(peer = PEER, error = %error, "not settled");
    }
}

async fn work_on(state: &State, domain: &Domain, delivery: &Delivery) -> lapin::Result<bool> {
    let operation = format!("consume {QUEUE}");
    let attempt = attempts(&delivery.properties) + 1;
    tracing::info!(peer = PEER, operation, attempt, "received");
    match domain.handle(&delivery.data).await {
        Ok(done) => {
            let acknowledge = delivery.ack(BasicAckOptions::default());
            let settled = call(PEER, &format!("ack {QUEUE}"), acknowledge).await;
            domain.acknowledged(done).await;
            settled
        }
        Err(Failure::Retry(reason)) if attempt <= i64::from(DELIVERY_LIMIT) => {
            tracing::warn!(attempt, reason, "failed, will be tried again");
            wait(state, attempt).await;
            give_back(delivery, true).await
        }
        Err(failure) => {
            tracing::error!(attempt, reason = %failure, "given up");
            domain.given_up(&delivery.data, &failure).await;
            give_back(delivery, false).await
        }
    }
}

async fn give_back(delivery: &Delivery, requeue: bool) -> lapin::Result<bool> {
    delivery
        .nack(BasicNackOptions {
            requeue,
            multiple: false,
        })
        .await
}

/// Waits longer from attempt to attempt, but not for a worker that stops.
async fn wait(state: &State, attempt: i64) {
    let doublings = u32::try_from(attempt - 1).unwrap_or(0);
    tokio::select! {
        () = sleep(FIRST_RETRY * 2_u32.pow(doublings.min(5))) => {}
        () = state.lifecycle.stopping.cancelled() => {}
    }
}

/// How often the message was handed out before, by the count of the broker.
fn attempts(properties: &BasicProperties) -> i64 {
    let headers = properties.headers().as_ref();
    match headers.and_then(|headers| headers.inner().get("x-delivery-count")) {
        Some(AMQPValue::LongLongInt(count)) => *count,
        Some(AMQPValue::LongInt(count)) => i64::from(*count),
        Some(AMQPValue::LongUInt(count)) => i64::from(*count),
        Some(AMQPValue::ShortInt(count)) => i64::from(*count),
        Some(AMQPValue::ShortShortInt(count)) => i64::from(*count),
        _ => 0,
    }
}

/// Declares the queue, and where messages go that are given up.
async fn declare(channel: &Channel) -> Result<(), lapin::Error> {
    let dead = format!("{QUEUE}.dead");
    let none = FieldTable::default;
    let durable_exchange = ExchangeDeclareOptions {
        durable: true,
        ..Default::default()
    };
    let durable_queue = QueueDeclareOptions {
        durable: true,
        ..Default::default()
    };
    let dead_name = ShortString::from(dead.as_str());
    channel
        .exchange_declare(
            dead_name.clone(),
            ExchangeKind::Fanout,
            durable_exchange,
            none(),
        )
        .await?;
    channel
        .queue_declare(dead_name.clone(), durable_queue, quorum())
        .await?;
    channel
        .queue_bind(
            dead_name.clone(),
            dead_name,
            "".into(),
            QueueBindOptions::default(),
            none(),
        )
        .await?;

    let mut arguments = quorum();
    arguments.insert(
        "x-delivery-limit".into(),
        AMQPValue::LongInt(DELIVERY_LIMIT),
    );
    arguments.insert(
        "x-dead-letter-exchange".into(),
        AMQPValue::LongString(dead.into()),
    );
    channel
        .queue_declare(QUEUE.into(), durable_queue, arguments)
        .await
        .map(drop)
}

/// Quorum queues count deliveries, which bounds the retries even of a worker that crashes.
fn quorum() -> FieldTable {
    let mut arguments = FieldTable::default();
    arguments.insert(
        "x-queue-type".into(),
        AMQPValue::LongString("quorum".into()),
    );
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_are_counted_by_the_broker() {
        assert_eq!(attempts(&BasicProperties::default()), 0);
        for count in [AMQPValue::LongLongInt(2), AMQPValue::LongInt(2)] {
            let mut headers = FieldTable::default();
            headers.insert("x-delivery-count".into(), count);
            assert_eq!(
                attempts(&BasicProperties::default().with_headers(headers)),
                2
            );
        }
    }
}
