use std::collections::BTreeSet;
use std::net::SocketAddr;

use devkit_diagnostic::Location;
use lapin::{Connection, ConnectionProperties};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::connect::{Backing, in_time};
use super::http;
use super::interfaces::{self, Binding, Routes};
use crate::context::Context;
use crate::report::{Finding, Outcome};
use crate::rule;

#[derive(Debug, Deserialize)]
struct Queue {
    name: String,
    #[serde(default)]
    messages: u64,
    #[serde(default)]
    consumers: u64,
    #[serde(default)]
    arguments: Arguments,
}

/// What a queue was declared with.
#[derive(Debug, Default, Deserialize)]
struct Arguments {
    #[serde(default, rename = "x-dead-letter-exchange")]
    dead_letters: Option<String>,
}

pub(super) async fn check(context: &Context<'_>, backing: &Backing<'_>, outcome: &mut Outcome) {
    let key = backing.key;
    let Some(address) = backing.address(context, 5672).await else {
        outcome.undecided(
            &rule::RABBITMQ_SILENT,
            format!("`{key}` cannot be reached from here"),
        );
        return;
    };
    let user = backing.variable("RABBITMQ_DEFAULT_USER").unwrap_or("guest");
    let password = backing.variable("RABBITMQ_DEFAULT_PASS").unwrap_or("guest");
    let host = backing.variable("RABBITMQ_DEFAULT_VHOST").unwrap_or("/");
    let uri = format!(
        "amqp://{}:{}@{address}/{}",
        http::encoded(user),
        http::encoded(password),
        http::encoded(host)
    );
    let told = async {
        let management = Management::of(context, backing, user, password, host).await?;
        let (queues, bindings) = futures::join!(
            management.list::<Queue>("queues"),
            management.list::<Binding>("bindings")
        );
        Some((queues, bindings.ok()))
    };
    let (connected, told) = futures::join!(
        in_time(Connection::connect(&uri, ConnectionProperties::default())),
        told
    );
    let connection = match connected {
        Ok(connection) => connection,
        Err(reason) => {
            outcome.report(Finding::new(
                &rule::RABBITMQ_SILENT,
                key,
                format!("RabbitMQ at {address} does not let user `{user}` in: {reason}"),
            ));
            return;
        }
    };
    outcome.decided(&rule::RABBITMQ_SILENT);
    let (queues, bindings) = told.unzip();
    let routes = bindings.flatten().map(|bindings| Routes {
        bindings,
        dead_letters: dead_letters(queues.as_ref()),
    });
    let topics = interfaces::topics(context, key, &connection, routes.as_ref()).await;
    outcome.extend(topics);
    let place = context.place(&format!("services.{key}"));
    match queues {
        Some(Ok(queues)) => report(key, place.as_ref(), &queues, outcome),
        Some(Err(reason)) => {
            outcome.undecided(&rule::RABBITMQ_CONSUMERS, reason.clone());
            outcome.undecided(&rule::RABBITMQ_DEAD_LETTERS, reason);
        }
        None => {}
    }
    let _ = in_time(connection.close(200, "done".into())).await;
}

/// The exchanges that get what queues give up.
fn dead_letters(queues: Option<&Result<Vec<Queue>, String>>) -> BTreeSet<String> {
    let queues = queues.and_then(|queues| queues.as_ref().ok());
    let exchanges = queues.into_iter().flatten();
    exchanges
        .filter_map(|queue| queue.arguments.dead_letters.clone())
        .collect()
}

/// The broker's management interface, where it has one that can be reached.
struct Management<'a> {
    address: SocketAddr,
    user: &'a str,
    password: &'a str,
    host: String,
}

impl<'a> Management<'a> {
    async fn of(
        context: &Context<'_>,
        backing: &Backing<'_>,
        user: &'a str,
        password: &'a str,
        host: &str,
    ) -> Option<Self> {
        Some(Self {
            address: backing.address(context, 15672).await?,
            user,
            password,
            host: http::encoded(host),
        })
    }

    async fn list<T: DeserializeOwned>(&self, what: &str) -> Result<Vec<T>, String> {
        let path = format!("/api/{what}/{}", self.host);
        let credentials = Some((self.user, self.password));
        match in_time(http::get(self.address, &path, credentials)).await {
            Ok(response) if response.status == 200 => {
                serde_json::from_str(&response.body).map_err(|error| error.to_string())
            }
            Ok(response) => Err(format!(
                "the management interface answers {}",
                response.status
            )),
            Err(reason) => Err(reason),
        }
    }
}

fn report(key: &str, place: Option<&Location>, queues: &[Queue], outcome: &mut Outcome) {
    outcome.decided(&rule::RABBITMQ_CONSUMERS);
    outcome.decided(&rule::RABBITMQ_DEAD_LETTERS);
    for queue in queues.iter().filter(|queue| queue.messages > 0) {
        if is_for_dead_letters(&queue.name) {
            outcome.report(
                Finding::new(
                    &rule::RABBITMQ_DEAD_LETTERS,
                    queue.name.as_str(),
                    format!(
                        "{} dead letters wait in queue `{}` of `{key}`",
                        queue.messages, queue.name
                    ),
                )
                .in_compose(place),
            );
        } else if queue.consumers == 0 && !is_for_waiting(&queue.name) {
            outcome.report(
                Finding::new(
                    &rule::RABBITMQ_CONSUMERS,
                    queue.name.as_str(),
                    format!(
                        "{} messages wait in queue `{}` of `{key}`, which has no consumer",
                        queue.messages, queue.name
                    ),
                )
                .in_compose(place),
            );
        }
    }
}

fn is_for_dead_letters(name: &str) -> bool {
    let name = name.to_lowercase();
    ["dead", "dlq", "dlx", "failed", "poison"]
        .iter()
        .any(|word| name.contains(word))
}

/// Whether messages wait in a queue by design, until their time to live brings them back.
fn is_for_waiting(name: &str) -> bool {
    let name = name.to_lowercase();
    ["retry", "delay", "wait"]
        .iter()
        .any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_without_a_consumer_and_dead_letters_are_reported() {
        let queue = |name: &str, messages, consumers| Queue {
            name: name.to_owned(),
            messages,
            consumers,
            arguments: Arguments::default(),
        };
        let mut outcome = Outcome::default();
        report(
            "rabbitmq",
            None,
            &[
                queue("exports", 3, 0),
                queue("exports.dead", 1, 0),
                queue("jobs", 9, 1),
                queue("idle", 0, 0),
            ],
            &mut outcome,
        );
        let found: Vec<_> = outcome
            .findings()
            .iter()
            .map(|finding| (finding.rule.id, finding.subject.as_str()))
            .collect();
        assert_eq!(found, [("DK951", "exports"), ("DK952", "exports.dead")]);
    }
}
