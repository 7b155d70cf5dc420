//! Names of well-known programs, and which of the services that run one are meant.

use std::collections::BTreeSet;

use devkit_archdoc::Role;

use super::similar::significant;
use super::{Hints, Names, only};
use crate::matching::meaning::{
    is_a_place_in_a_cluster, is_distinctive, is_filler, is_framework, is_number, is_store, role_of,
};
use crate::matching::{Product, product_of_name, product_of_technology, words};

impl Names {
    pub(super) fn by_product(&self, name: &str, hints: Hints<'_>) -> Vec<String> {
        let parenthesis = name
            .split_once('(')
            .map(|(_, rest)| rest.trim_end_matches(')'));
        let said = [
            Some(name),
            name.split('(').next(),
            parenthesis,
            hints.technology,
        ];
        let Some(program) = said
            .into_iter()
            .flatten()
            .find_map(product_of_name)
            .or_else(|| product_of_technology(hints.technology?))
            .or_else(|| self.one_of_alternatives(name))
            .or_else(|| only_product(name))
            .or_else(|| self.one_of_alternatives(parenthesis?))
            .or_else(|| self.one_of_alternatives(hints.technology?))
        else {
            return Vec::new();
        };
        let running =
            self.filter(|identity| identity.product == Some(program) && !identity.is_task());
        if has_a_key(name) && running.iter().all(|it| self.is_claimed(it, hints)) {
            return Vec::new();
        }
        let running = Self::at_the_place_in_a_cluster(name, running);
        let called = self.with_the_image_called(name, program, &running);
        let running = if called.is_empty() { running } else { called };
        let own = self.owners(&self.core(name));
        if own.is_empty() {
            return self
                .by_port_among(name, &running, hints)
                .unwrap_or_else(|| self.named_first(self.not_named_beside(running, hints)));
        }
        // `Billing PostgreSQL` is the server of billing, or one that is nobody's in particular.
        let words_of = |service: &String| {
            self.identities
                .iter()
                .find(|identity| identity.service == *service)
                .map(|identity| self.owners(&identity.core))
                .unwrap_or_default()
        };
        let shared: Vec<String> = running
            .iter()
            .filter(|service| !words_of(service).is_disjoint(&own))
            .cloned()
            .collect();
        if !shared.is_empty() {
            return shared;
        }
        let mut running = running;
        running.retain(|service| words_of(service).is_empty());
        self.named_first(running)
    }

    /// Those of several servers that stand at the place in a cluster that a name says, where keys say
    /// places as well: `Spark Master` is no `spark-worker`.
    pub(super) fn at_the_place_in_a_cluster(name: &str, mut running: Vec<String>) -> Vec<String> {
        let place = |text: &str| {
            let words = words(text).into_iter();
            let without_number = |word: String| {
                word.trim_end_matches(|it: char| it.is_ascii_digit())
                    .to_owned()
            };
            words
                .map(without_number)
                .find(|word| is_a_place_in_a_cluster(word))
        };
        let Some(said) = place(name) else {
            return running;
        };
        running.retain(|service| place(service).is_none_or(|place| place == said));
        running
    }

    /// Those of several servers of one program whose images are called as a name is, which is not the
    /// program's own: `TimescaleDB` beside plain PostgreSQL.
    pub(super) fn with_the_image_called(
        &self,
        name: &str,
        program: &Product,
        running: &[String],
    ) -> Vec<String> {
        let mut said = words(name);
        said.retain(|word| !program.id.starts_with(word.as_str()));
        let is_called = |image: &String| said.contains(image);
        self.filter(|identity| {
            running.len() > 1
                && running.contains(&identity.service)
                && identity.image.as_ref().is_some_and(is_called)
        })
    }

    /// Whether each of several servers of one program is for an owner that its key names, and a name
    /// is for another one: `MySQL Users` beside `mysql-accounts` and `mysql-auth`.
    pub(crate) fn are_of_other_owners(&self, name: &str) -> bool {
        let program = words(name).iter().find_map(|word| product_of_name(word));
        let role = role_of(&words(name).into_iter().collect());
        let running = match (program, role) {
            (Some(program), _) => self.filter(|identity| identity.product == Some(program)),
            (None, Some(Role::Database)) => self.filter(|identity| {
                let program = identity.product.and_then(|program| program.role);
                program == Some(Role::Database)
            }),
            _ => return false,
        };
        let own = |text: &str| -> Vec<String> {
            let mut own = words(text);
            own.retain(|word| {
                word.len() > 2
                    && !is_filler(word)
                    && !is_framework(word)
                    && !is_number(word)
                    && !self.prefix.contains(word)
                    && role_of(&only(word)).is_none()
                    && product_of_name(word).is_none()
            });
            own
        };
        let said = own(name);
        let is_of_another = |service: &String| {
            let key = own(service);
            let are_alike = |one: &String| {
                let mut said = said.iter();
                said.any(|it| it.starts_with(one.as_str()) || one.starts_with(it.as_str()))
            };
            !key.is_empty() && !key.iter().any(are_alike)
        };
        running.len() > 1 && !said.is_empty() && running.iter().all(is_of_another)
    }

    /// The first of several programs of which a part is one that some service runs, or else the
    /// first.
    fn one_of_alternatives(&self, text: &str) -> Option<&'static Product> {
        let is_run = |program: &&Product| {
            let mut identities = self.identities.iter();
            identities.any(|identity| identity.product == Some(*program))
        };
        alternatives(text)
            .find(is_run)
            .or_else(|| alternatives(text).next())
    }

    /// Of several servers of one program with names of their own, the one on the port that is
    /// drawn; none, where all of them are drawn under better names.
    fn by_port_among(
        &self,
        name: &str,
        running: &[String],
        hints: Hints<'_>,
    ) -> Option<Vec<String>> {
        if running.len() < 2 || hints.ports.is_empty() || !significant(&self.core(name)) {
            return None;
        }
        let on_port: Vec<String> = self
            .filter(|identity| hints.ports.iter().any(|port| identity.ports.contains(port)))
            .into_iter()
            .filter(|service| running.contains(service))
            .collect();
        match on_port.as_slice() {
            [_] => Some(on_port),
            [] if running.iter().all(|it| self.claimed.contains_key(it)) => Some(Vec::new()),
            _ => None,
        }
    }

    /// The store of the program that a name begins with: `Airflow metadata DB` and `airflow-db`.
    pub(super) fn store_of_a_program(&self, name: &str) -> Vec<String> {
        let words = words(name);
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return Vec::new();
        };
        let (Some(program), Some(role)) = (product_of_name(first), role_of(&only(last))) else {
            return Vec::new();
        };
        self.filter(|identity| {
            identity.product.is_some_and(|runs| runs != program)
                && identity.role == Some(role)
                && program.role != Some(role)
                && matches!(role, Role::Database | Role::Cache | Role::Queue)
                && identity.key.contains(first)
        })
    }

    /// The store of the service that a name begins with: `Billing Database` and `postgres-billing`.
    pub(super) fn by_owner(&self, name: &str) -> Vec<String> {
        let core = self.core(name);
        let of_a_service = |word: &&String| {
            let mut own = self.identities.iter().filter(|it| it.product.is_none());
            role_of(&only(word)).is_none() && own.any(|it| it.core.contains(*word))
        };
        let own: BTreeSet<String> = core.iter().filter(of_a_service).cloned().collect();
        let stores = [Role::Database, Role::Cache, Role::Queue];
        let Some(role) = role_of(&core).filter(|role| stores.contains(role) && !own.is_empty())
        else {
            return Vec::new();
        };
        self.filter(|identity| {
            identity.product.is_some()
                && identity.role == Some(role)
                && !identity.core.is_disjoint(&own)
        })
    }

    /// Those of some words that tell an application's service from the others.
    fn owners(&self, words: &BTreeSet<String>) -> BTreeSet<String> {
        words
            .iter()
            .filter(|word| {
                word.len() > 2
                    && role_of(&only(word)).is_none()
                    && product_of_name(word).is_none()
                    && self
                        .identities
                        .iter()
                        .any(|identity| identity.product.is_none() && identity.core.contains(*word))
            })
            .cloned()
            .collect()
    }

    /// Those of several servers that have no names of their own in the same drawing: the rest, where
    /// there is one.
    fn not_named_beside(&self, running: Vec<String>, hints: Hints<'_>) -> Vec<String> {
        let (named, rest): (Vec<String>, Vec<String>) = running
            .into_iter()
            .partition(|service| hints.diagrams.is_some() && self.is_claimed(service, hints));
        if rest.is_empty() { named } else { rest }
    }

    /// Those of several services that the document names exactly, where it does name some, or
    /// else the one whose key says no more than what it is.
    pub(super) fn named_first(&self, services: Vec<String>) -> Vec<String> {
        let named: Vec<String> = services
            .iter()
            .filter(|service| self.claimed.contains_key(*service))
            .cloned()
            .collect();
        if !named.is_empty() {
            return named;
        }
        let mut plain = self
            .identities
            .iter()
            .filter(|identity| services.contains(&identity.service) && identity.is_plain_store());
        match (plain.next(), plain.next()) {
            (Some(one), None) => vec![one.service.clone()],
            _ => services,
        }
    }
}

/// Whether a name of several words has one that is written like a key: `edge-internal Caddy`.
fn has_a_key(name: &str) -> bool {
    let bare = name.split('(').next().unwrap_or(name).trim();
    let is_key = |word: &str| {
        word.contains(['-', '_'])
            && word
                .chars()
                .all(|it| it.is_lowercase() || it.is_ascii_digit() || matches!(it, '-' | '_'))
            && product_of_name(word).is_none()
    };
    bare.contains(char::is_whitespace) && bare.split_whitespace().any(is_key)
}

/// The programs of which a part is one: `Summaries (Ollama / fallback)`.
fn alternatives(text: &str) -> impl Iterator<Item = &'static Product> {
    // `Java / pgvector` tells what a program is made of.
    let is_made_of = words(text).iter().any(|word| is_framework(word));
    let parts = (text.contains('/') && !is_made_of).then(|| text.split('/'));
    parts
        .into_iter()
        .flatten()
        .filter_map(|part| product_of_name(part.trim()))
}

/// The product of a name in which everything else only says what it is for: `Redis Cache`.
pub(crate) fn only_product(name: &str) -> Option<&'static Product> {
    let words = words(name);
    words.iter().find_map(|word| {
        let product = product_of_name(word)?;
        let mut others = words.iter().filter(|other| *other != word);
        (!others.any(|other| distinguishes(other, product))).then_some(product)
    })
}

/// Whether a word beside a product's name makes it another program.
fn distinguishes(word: &str, product: &Product) -> bool {
    let roles_of_stores = [
        "db", "database", "cache", "queue", "storage", "search", "registry",
    ];
    // `Postgres Auth` is the server of a service of that name.
    let is_an_owner = word == "auth" && product.role == Some(Role::Database);
    // What is handed to an engine runs there.
    let is_handed_in = matches!(product.id, "spark" | "flink" | "airflow")
        && matches!(word, "consumer" | "producer" | "job" | "worker");
    let says_its_role = product.role.is_some() && role_of(&only(word)) == product.role;
    let is_for_people = matches!(product.role, Some(Role::Monitoring | Role::Admin))
        && matches!(word, "dashboard" | "ui" | "web");
    // `Keycloak DB` is what Keycloak keeps its users in.
    let is_kept_elsewhere =
        matches!(word, "db" | "database") && !product.role.is_some_and(is_store);
    is_kept_elsewhere
        || is_distinctive(word)
            && !is_handed_in
            && !is_for_people
            && !roles_of_stores.contains(&word)
            && !is_an_owner
            && !says_its_role
}
