//! Who takes part in a flow: names of the document and of log lines, as services.

use std::collections::{BTreeMap, BTreeSet};

use devkit_archdoc::{ComponentKind, Flow, Role, normalised};

use crate::context::{Context, Page, service};

/// One end of a step or of a call.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Party {
    /// A person, a browser, a program outside.
    Client,
    /// A service of the compose files, by its key.
    Service(String),
    /// Something else, by its name in the form in which names are compared.
    Other(String),
}

impl Party {
    /// The service's key.
    pub(super) fn service(&self) -> Option<&str> {
        match self {
            Self::Service(key) => Some(key),
            Self::Client | Self::Other(_) => None,
        }
    }
}

impl std::fmt::Display for Party {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Client => formatter.write_str("client"),
            Self::Service(name) | Self::Other(name) => formatter.write_str(name),
        }
    }
}

/// The parties of one flow.
#[derive(Debug, Clone, Default)]
pub(super) struct Cast {
    /// The document's names, in the form in which names are compared.
    pub(super) named: BTreeMap<String, Party>,
    /// Services that a browser loads its pages from, and which act for it.
    pub(super) frontends: BTreeSet<String>,
    /// Programs that hand on messages.
    pub(super) brokers: BTreeSet<String>,
    /// Programs that answer and never ask: databases, caches, volumes.
    pub(super) stores: BTreeSet<String>,
    /// All services of the project.
    pub(super) services: BTreeSet<String>,
}

impl Cast {
    /// The parties of a flow.
    pub(super) fn of(context: &Context<'_>, page: &Page<'_>, flow: &Flow) -> Self {
        let mut cast = Self {
            services: context
                .project()
                .all_services()
                .map(|(key, _)| key.to_owned())
                .collect(),
            ..Self::default()
        };
        for name in flow.steps.iter().flat_map(|step| [&step.from, &step.to]) {
            cast.add(context, page, name);
        }
        cast
    }

    fn add(&mut self, context: &Context<'_>, page: &Page<'_>, name: &str) {
        let component = page.component(name);
        let kind = component.map(|component| component.kind);
        let key = page
            .names
            .one(name)
            .filter(|key| service(context.project(), key).is_some());
        let party = match (kind, key) {
            (Some(ComponentKind::Client), _) => Party::Client,
            (_, Some(key)) => Party::Service(key),
            (_, None) => Party::Other(normalised(name)),
        };
        if let Some(key) = party.service() {
            let key = key.to_owned();
            match (kind, component.and_then(|component| component.role)) {
                (Some(ComponentKind::Queue), _) | (_, Some(Role::Queue)) => {
                    self.brokers.insert(key);
                }
                (
                    Some(
                        ComponentKind::Database
                        | ComponentKind::Cache
                        | ComponentKind::Storage
                        | ComponentKind::Volume,
                    ),
                    _,
                )
                | (_, Some(Role::Database | Role::Cache | Role::Storage)) => {
                    self.stores.insert(key);
                }
                (_, Some(Role::Frontend)) => {
                    self.frontends.insert(key);
                }
                _ => {}
            }
        }
        self.named.insert(normalised(name), party);
    }

    /// The party that a name of the document means.
    pub(super) fn named(&self, name: &str) -> Party {
        let name = normalised(name);
        self.named.get(&name).cloned().unwrap_or(Party::Other(name))
    }

    /// The party that a log line names as the peer: a service by its key, or as the document
    /// spells it.
    pub(super) fn peer(&self, name: &str) -> Party {
        if self.services.contains(name) {
            return Party::Service(name.to_owned());
        }
        self.named(name)
    }

    /// Whether a party is in the flow's drawing.
    pub(super) fn has(&self, party: &Party) -> bool {
        self.named.values().any(|known| known == party)
    }

    /// Whether a party hands on messages.
    pub(super) fn is_broker(&self, party: &Party) -> bool {
        party
            .service()
            .is_some_and(|key| self.brokers.contains(key))
    }

    /// Whether a party only answers.
    pub(super) fn is_store(&self, party: &Party) -> bool {
        party.service().is_some_and(|key| self.stores.contains(key))
    }

    /// Whether a party acts for a browser.
    pub(super) fn is_frontend(&self, party: &Party) -> bool {
        party
            .service()
            .is_some_and(|key| self.frontends.contains(key))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A cast for tests: a browser, a frontend, `api`, `worker`, and the data tier.
    pub(in super::super) fn cast() -> Cast {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let mut cast = Cast {
            frontends: names(&["frontend"]),
            brokers: names(&["rabbitmq"]),
            stores: names(&["postgres", "redis"]),
            services: names(&["frontend", "api", "worker", "postgres", "redis", "rabbitmq"]),
            ..Cast::default()
        };
        cast.named.insert(normalised("Browser"), Party::Client);
        for (name, key) in [
            ("Frontend", "frontend"),
            ("API", "api"),
            ("Worker", "worker"),
            ("PostgreSQL", "postgres"),
            ("Redis", "redis"),
            ("RabbitMQ", "rabbitmq"),
        ] {
            let party = Party::Service(key.to_owned());
            cast.named.insert(normalised(name), party);
        }
        cast
    }

    #[test]
    fn peers_are_keys_or_names_of_the_document() {
        let cast = cast();
        let postgres = Party::Service("postgres".to_owned());
        assert_eq!(cast.peer("postgres"), postgres);
        assert_eq!(cast.peer("PostgreSQL"), postgres);
        assert_eq!(cast.peer("Stripe"), Party::Other("stripe".to_owned()));
        assert!(cast.has(&postgres) && !cast.has(&cast.peer("Stripe")));
    }
}
