//! Documented queues, exchanges and routing keys against a running RabbitMQ.

use std::collections::BTreeSet;

use devkit_archdoc::{Topic, normalised};
use lapin::Connection;
use lapin::options::{ExchangeDeclareOptions, QueueDeclareOptions};
use lapin::types::FieldTable;
use serde::Deserialize;

use super::is_foreign;
use crate::context::{Context, Page};
use crate::live::connect::in_time;
use crate::matching::product_of_image;
use crate::report::{Finding, Outcome};
use crate::rule::{self, Level};

/// A rule by which an exchange hands messages on.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::live) struct Binding {
    /// What the message must be addressed to.
    #[serde(default)]
    pub(in crate::live) routing_key: String,
}

/// Looks for every topic that the document gives to this broker.
///
/// Routing keys are known only where the management interface told the bindings; without them a
/// name that is neither a queue nor an exchange is undecided.
pub(in crate::live) async fn check(
    context: &Context<'_>,
    key: &str,
    connection: &Connection,
    bindings: Option<&[Binding]>,
) -> Outcome {
    let mut outcome = Outcome::default();
    for page in &context.pages {
        let topics: Vec<&Topic> = page
            .document
            .facts
            .topics
            .iter()
            .filter(|topic| topic.origin.confidence >= 0.5 && is_of(context, page, topic, key))
            .collect();
        let asked = topics
            .iter()
            .map(|topic| exists(connection, &topic.name, bindings));
        let answers = futures::future::join_all(asked).await;
        report(key, &topics, &answers, &mut outcome);
    }
    outcome
}

fn report(key: &str, topics: &[&Topic], answers: &[Answer], outcome: &mut Outcome) {
    let mut missing = Vec::new();
    for (topic, answer) in topics.iter().zip(answers) {
        match answer {
            Answer::There => outcome.decided(&rule::MISSING_TOPIC),
            Answer::Missing => missing.push(*topic),
            Answer::Unknown(reason) => outcome.undecided(&rule::MISSING_TOPIC, reason.clone()),
        }
    }
    if is_foreign(missing.len(), topics.len()) {
        outcome.report(
            Finding::new(
                &rule::MISSING_TOPIC,
                key,
                format!(
                    "{} of {} documented queues are unknown to `{key}`; the document seems to describe another system",
                    missing.len(),
                    topics.len()
                ),
            )
            .with_level(Level::Info)
            .in_document(missing[0].origin.location()),
        );
        return;
    }
    for topic in missing {
        outcome.report(
            Finding::new(
                &rule::MISSING_TOPIC,
                topic.name.as_str(),
                format!(
                    "`{key}` has no queue, exchange or routing key `{}`",
                    topic.name
                ),
            )
            .in_document(topic.origin.location()),
        );
    }
}

/// Whether a topic is said to be of a broker, or of the only one that there is.
fn is_of(context: &Context<'_>, page: &Page<'_>, topic: &Topic, key: &str) -> bool {
    if let Some(broker) = &topic.broker {
        return page.services(broker) == [key];
    }
    let brokers = context.project().services.values().filter(|service| {
        let product = service.image.as_deref().and_then(product_of_image);
        product.is_some_and(|product| product.role == Some(devkit_archdoc::Role::Queue))
    });
    brokers.count() == 1
}

enum Answer {
    There,
    Missing,
    Unknown(String),
}

async fn exists(connection: &Connection, name: &str, bindings: Option<&[Binding]>) -> Answer {
    let mut keys = bindings.into_iter().flatten();
    if keys.any(|binding| routes(&binding.routing_key, name)) {
        return Answer::There;
    }
    match futures::join!(queue(connection, name), exchange(connection, name)) {
        (Ok(true), _) | (_, Ok(true)) => Answer::There,
        (Err(reason), _) | (_, Err(reason)) => Answer::Unknown(reason),
        (Ok(false), Ok(false)) if bindings.is_some() => Answer::Missing,
        (Ok(false), Ok(false)) => {
            Answer::Unknown(format!("whether `{name}` is a routing key is not known"))
        }
    }
}

/// Whether a message with a key goes through a binding, with the wildcards of topic exchanges.
fn routes(pattern: &str, key: &str) -> bool {
    if pattern == key {
        return true;
    }
    let words: Vec<&str> = pattern.split('.').collect();
    let wanted: BTreeSet<String> = [normalised(key)].into();
    match words.as_slice() {
        // A binding for everything says nothing about one name.
        ["#" | "*" | ""] => false,
        [start @ .., "#" | "*"] => key.starts_with(&format!("{}.", start.join("."))),
        _ => wanted.contains(&normalised(pattern)) && !pattern.is_empty(),
    }
}

/// Asks without declaring: a refusal closes the channel, so each question has one of its own.
async fn queue(connection: &Connection, name: &str) -> Result<bool, String> {
    let channel = in_time(connection.create_channel()).await?;
    let options = QueueDeclareOptions {
        passive: true,
        ..QueueDeclareOptions::default()
    };
    let answer = channel
        .queue_declare(name.into(), options, FieldTable::default())
        .await;
    found(answer.map(drop))
}

async fn exchange(connection: &Connection, name: &str) -> Result<bool, String> {
    let channel = in_time(connection.create_channel()).await?;
    let options = ExchangeDeclareOptions {
        passive: true,
        ..ExchangeDeclareOptions::default()
    };
    let kind = lapin::ExchangeKind::Direct;
    let answer = channel
        .exchange_declare(name.into(), kind, options, FieldTable::default())
        .await;
    found(answer.map(drop))
}

fn found(answer: Result<(), lapin::Error>) -> Result<bool, String> {
    /// The reply code for a name that is not there, and for one that another connection owns.
    const NOT_FOUND: u16 = 404;
    const LOCKED: u16 = 405;
    match answer {
        Ok(()) => Ok(true),
        Err(error) => match error.kind() {
            lapin::ErrorKind::ProtocolError(problem) if problem.get_id() == NOT_FOUND => Ok(false),
            lapin::ErrorKind::ProtocolError(problem) if problem.get_id() == LOCKED => Ok(true),
            _ => Err(error.to_string()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routing_keys_are_matched_with_their_wildcards() {
        assert!(routes("order.placed", "order.placed"));
        assert!(routes("order.*", "order.placed"));
        assert!(!routes("#", "order.placed"));
        assert!(!routes("order.placed", "order.shipped"));
    }
}
