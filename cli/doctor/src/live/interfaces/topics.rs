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

/// What the management interface tells of the ways of messages.
#[derive(Debug, Clone, Default)]
pub(in crate::live) struct Routes {
    /// The rules by which exchanges hand messages on.
    pub(in crate::live) bindings: Vec<Binding>,
    /// The exchanges that get what queues give up.
    pub(in crate::live) dead_letters: BTreeSet<String>,
}

impl Routes {
    /// Whether messages are addressed to a name.
    fn have_key(&self, name: &str) -> bool {
        let mut keys = self.bindings.iter();
        keys.any(|binding| routes(&binding.routing_key, name))
    }

    /// Whether a name is that of an exchange for dead letters that keeps none of them: the queue
    /// that usually has the same name is gone.
    fn lose(&self, exchange: &str) -> bool {
        let mut sources = self.bindings.iter().map(|binding| &binding.source);
        self.dead_letters.contains(exchange) && !sources.any(|source| source == exchange)
    }
}

/// A rule by which an exchange hands messages on.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::live) struct Binding {
    /// The exchange; empty for the one that knows every queue by its name.
    #[serde(default)]
    pub(in crate::live) source: String,
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
    routes: Option<&Routes>,
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
            .map(|topic| exists(connection, &topic.name, routes));
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
                    "`{key}` has no queue, exchange with a queue behind it, or routing key `{}`",
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

async fn exists(connection: &Connection, name: &str, routes: Option<&Routes>) -> Answer {
    if routes.is_some_and(|routes| routes.have_key(name)) {
        return Answer::There;
    }
    let answers = futures::join!(queue(connection, name), exchange(connection, name));
    match answers {
        (Ok(false), Ok(true)) if routes.is_some_and(|routes| routes.lose(name)) => Answer::Missing,
        (Ok(true), _) | (_, Ok(true)) => Answer::There,
        (Err(reason), _) | (_, Err(reason)) => Answer::Unknown(reason),
        (Ok(false), Ok(false)) if routes.is_some() => Answer::Missing,
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
    fn an_exchange_for_dead_letters_needs_a_queue() {
        let binding = |source: &str| Binding {
            source: source.to_owned(),
            ..Binding::default()
        };
        let mut routes = Routes {
            bindings: vec![binding(""), binding("jobs")],
            dead_letters: ["exports.dead".to_owned()].into(),
        };
        assert!(routes.lose("exports.dead"));
        assert!(!routes.lose("idle"), "nobody waits for its messages");
        routes.bindings.push(binding("exports.dead"));
        assert!(!routes.lose("exports.dead"));
    }

    #[test]
    fn routing_keys_are_matched_with_their_wildcards() {
        assert!(routes("order.placed", "order.placed"));
        assert!(routes("order.*", "order.placed"));
        assert!(!routes("#", "order.placed"));
        assert!(!routes("order.placed", "order.shipped"));
    }
}
