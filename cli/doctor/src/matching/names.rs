use std::collections::{BTreeMap, BTreeSet};

use devkit_archdoc::{Component, Document, Environment, Role, normalised};
use devkit_compose::Project;

use super::identity::{core, role_of};
use super::pairing::pair_the_rest;
use super::words::is_distinctive;
use super::{Identity, product_of_name, words};

/// Which services a name of the document means.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Resolution {
    /// These, surely enough.
    Services(Vec<String>),
    /// Perhaps this one.
    Unsure(String),
    /// None.
    #[default]
    Unknown,
}

impl Resolution {
    /// The services, where they are sure enough.
    pub fn services(&self) -> &[String] {
        match self {
            Self::Services(services) => services,
            _ => &[],
        }
    }
}

/// The names of a document, resolved to services of the compose files.
#[derive(Debug, Clone, Default)]
pub struct Names {
    identities: Vec<Identity>,
    aliases: BTreeMap<String, String>,
    prefix: BTreeSet<String>,
    resolved: BTreeMap<String, Resolution>,
    claimed: BTreeSet<String>,
}

/// What is known of a name besides the name.
#[derive(Debug, Clone, Copy, Default)]
struct Hints<'a> {
    technology: Option<&'a str>,
    ports: &'a [u16],
    role: Option<Role>,
    notes: &'a [String],
}

impl Names {
    /// Resolves the components of a document against the services of projects.
    pub fn new(projects: &[&Project], document: &Document) -> Self {
        let mut names = Self::of_services(projects);
        names.aliases = document
            .aliases
            .iter()
            .map(|alias| (normalised(&alias.name), alias.service.clone()))
            .collect();
        names.resolve_components(&document.facts.components);
        pair_the_rest(&mut names, document);
        names
    }

    fn of_services(projects: &[&Project]) -> Self {
        let mut services = BTreeMap::new();
        for project in projects {
            for (key, service) in project.all_services() {
                services.entry(key).or_insert(service);
            }
        }
        let prefix = shared_prefix(services.keys().copied(), projects);
        Self {
            identities: services
                .iter()
                .map(|(key, service)| Identity::new(key, service, &prefix))
                .collect(),
            prefix,
            ..Self::default()
        }
    }

    fn resolve_components(&mut self, components: &[Component]) {
        for component in components {
            let exact = self
                .all_of_many(&component.name)
                .or_else(|| self.exact(&component.name))
                .or_else(|| {
                    component
                        .aliases
                        .iter()
                        .filter(|alias| alias.chars().count() > 2)
                        .find_map(|alias| self.by_name(alias))
                });
            if let Some(services) = exact {
                self.claimed.extend(services.iter().cloned());
                self.remember(component, Resolution::Services(services));
            }
        }
        for component in components {
            if self.resolved.contains_key(&component.normalised()) {
                continue;
            }
            let hints = Hints {
                technology: component.technology.as_deref(),
                ports: &component.ports,
                role: component.role,
                notes: &component.notes,
            };
            let resolution = if component.origin.environment == Environment::Production {
                Resolution::Unknown
            } else {
                self.similar(&component.name, hints)
            };
            self.remember(component, resolution);
        }
    }

    pub(super) fn remember(&mut self, component: &Component, resolution: Resolution) {
        for alias in &component.aliases {
            self.resolved
                .entry(normalised(alias))
                .or_insert_with(|| resolution.clone());
        }
        self.resolved.insert(component.normalised(), resolution);
    }

    /// The services of the compose files, by all their names.
    pub fn identities(&self) -> &[Identity] {
        &self.identities
    }

    /// The services that some component of the document means.
    pub(super) fn taken(&self) -> BTreeSet<String> {
        self.resolved
            .values()
            .flat_map(Resolution::services)
            .cloned()
            .collect()
    }

    /// The services that a text names and says nothing else: an item of a list in a box.
    pub fn mentioned(&self, text: &str) -> Vec<String> {
        let text = text.trim_start_matches(['•', '-', '*', '·', '├', '└', '─', ' ', '✓', '✅']);
        if text.split_whitespace().count() > 4 {
            return Vec::new();
        }
        self.by_name(text).unwrap_or_default()
    }

    /// Which services a name means.
    pub fn resolve(&self, name: &str) -> Resolution {
        if let Some(resolution) = self.resolved.get(&normalised(name)) {
            return resolution.clone();
        }
        self.exact(name).map_or_else(
            || self.similar(name, Hints::default()),
            Resolution::Services,
        )
    }

    /// The one service that a name means.
    pub fn one(&self, name: &str) -> Option<String> {
        match self.resolve(name) {
            Resolution::Services(services) if services.len() == 1 => services.into_iter().next(),
            _ => None,
        }
    }

    fn exact(&self, name: &str) -> Option<Vec<String>> {
        self.by_key(name)
            .or_else(|| self.by_named_product(name))
            .or_else(|| self.by_core(name))
    }

    /// By the names of services alone, whatever program a name is.
    fn by_name(&self, name: &str) -> Option<Vec<String>> {
        self.by_key(name).or_else(|| self.by_core(name))
    }

    /// All services that run a program of which a name says that there are several.
    fn all_of_many(&self, name: &str) -> Option<Vec<String>> {
        let words = words(name);
        let product = words.iter().find_map(|word| product_of_name(word))?;
        let running = self.filter(|identity| identity.product == Some(product));
        (words.iter().any(|word| is_of_many(word)) && !running.is_empty()).then_some(running)
    }

    fn by_key(&self, name: &str) -> Option<Vec<String>> {
        let wanted = normalised(name);
        if let Some(service) = self.aliases.get(&wanted) {
            return Some(vec![service.clone()]);
        }
        let bare = normalised(name.split('(').next().unwrap_or(name));
        [&wanted, &bare].into_iter().find_map(|candidate| {
            let found = self.filter(|identity| identity.names.contains(candidate));
            (!candidate.is_empty() && !found.is_empty()).then_some(found)
        })
    }

    fn by_named_product(&self, name: &str) -> Option<Vec<String>> {
        let product = product_of_name(name.split('(').next().unwrap_or(name))?;
        let named = self.filter(|identity| identity.named_product() == Some(product));
        (named.len() == 1).then_some(named)
    }

    fn by_core(&self, name: &str) -> Option<Vec<String>> {
        let core = self.core(name);
        let same = self.filter(|identity| identity.core == core);
        (!core.is_empty() && !same.is_empty()).then_some(same)
    }

    fn similar(&self, name: &str, hints: Hints<'_>) -> Resolution {
        let by_product = self.by_product(name, hints.technology);
        if !by_product.is_empty() {
            return Resolution::Services(by_product);
        }
        if product_of_name(name).is_some() {
            return Resolution::Unknown;
        }
        let core = self.core(name);
        let contained = self.filter(|identity| self.overlaps(&core, identity));
        if !contained.is_empty() {
            return Resolution::Services(contained);
        }
        let loosely = self.filter(|identity| self.overlaps_loosely(&core, identity));
        if loosely.len() == 1 {
            return Resolution::Services(loosely);
        }
        let by_origin = self.filter(|identity| {
            identity.is_generic() && !identity.origin.is_empty() && identity.origin == core
        });
        if by_origin.len() == 1 {
            return Resolution::Services(by_origin);
        }
        let by_port =
            self.filter(|identity| hints.ports.iter().any(|port| identity.ports.contains(port)));
        if let [one] = by_port.as_slice()
            && !self.claimed.contains(one)
        {
            return Resolution::Services(by_port);
        }
        match self.by_role(&core, hints) {
            Resolution::Unknown => self.by_note(hints.notes),
            found => found,
        }
    }

    /// By a line of the box that is the name of a service or of the program that it runs.
    fn by_note(&self, notes: &[String]) -> Resolution {
        notes
            .iter()
            .filter(|note| note.split_whitespace().count() <= 2)
            .find_map(|note| self.by_key(note).or_else(|| self.by_named_product(note)))
            .map_or(Resolution::Unknown, Resolution::Services)
    }

    fn by_product(&self, name: &str, technology: Option<&str>) -> Vec<String> {
        let parenthesis = name
            .split_once('(')
            .map(|(_, rest)| rest.trim_end_matches(')'));
        let wanted: Vec<_> = [Some(name), name.split('(').next(), parenthesis, technology]
            .into_iter()
            .flatten()
            .filter_map(product_of_name)
            .chain(words(name).iter().filter_map(|word| {
                let rest_is_plain = words(name)
                    .iter()
                    .all(|other| other == word || !distinguishes(other, word));
                product_of_name(word).filter(|_| rest_is_plain)
            }))
            .collect();
        let Some(first) = wanted.first() else {
            return Vec::new();
        };
        self.named_first(self.filter(|identity| identity.product == Some(first)))
    }

    /// Those of several services that the document names exactly, where it does name some.
    fn named_first(&self, services: Vec<String>) -> Vec<String> {
        let named: Vec<String> = services
            .iter()
            .filter(|service| self.claimed.contains(*service))
            .cloned()
            .collect();
        if named.is_empty() { services } else { named }
    }

    fn overlaps(&self, core: &BTreeSet<String>, identity: &Identity) -> bool {
        let other = |word: &&String| is_distinctive(word) || product_of_name(word).is_some();
        if self.claimed.contains(&identity.service)
            || !significant(core)
            || !significant(&identity.core)
        {
            return false;
        }
        let mut more_in_key = identity.core.difference(core);
        let mut more_in_name = core.difference(&identity.core);
        (core.is_subset(&identity.core)
            && !more_in_key.any(|word| word != "worker" && other(&word)))
            || (identity.core.is_subset(core) && !more_in_name.any(|word| other(&word)))
    }

    /// Whether name and key differ only in words for the kind of program: `Billing API` and
    /// `billing`.
    fn overlaps_loosely(&self, core: &BTreeSet<String>, identity: &Identity) -> bool {
        let telling = |words: &BTreeSet<String>| -> BTreeSet<String> {
            words
                .iter()
                .filter(|word| !is_kind_of_program(word))
                .cloned()
                .collect()
        };
        let (name, key) = (telling(core), telling(&identity.core));
        !self.claimed.contains(&identity.service) && significant(&name) && name == key
    }

    fn by_role(&self, core: &BTreeSet<String>, hints: Hints<'_>) -> Resolution {
        let Some(role) = role_of(core).or(hints.role) else {
            return Resolution::Unknown;
        };
        let candidates: Vec<&Identity> = self
            .identities
            .iter()
            .filter(|identity| identity.role == Some(role))
            .collect();
        let plain = core.iter().all(|word| {
            role_of(&only(word)) == Some(role)
                || (role == Role::Proxy && word == "api")
                || matches!(
                    word.as_str(),
                    "web"
                        | "user"
                        | "interface"
                        | "message"
                        | "relational"
                        | "sql"
                        | "data"
                        | "memory"
                        | "in"
                        | "reverse"
                        | "balancer"
                        | "load"
                        | "static"
                        | "single"
                        | "page"
                        | "rest"
                        | "http"
                        | "task"
                        | "background"
                )
        });
        match candidates.as_slice() {
            [one] if plain && (!self.claimed.contains(&one.service) || one.product.is_some()) => {
                if one.is_generic() || one.product.is_some() {
                    Resolution::Services(vec![one.service.clone()])
                } else {
                    Resolution::Unsure(one.service.clone())
                }
            }
            [_, _, ..] if plain && matches!(role, Role::Database | Role::Cache | Role::Queue) => {
                Resolution::Services(
                    self.named_first(candidates.iter().map(|one| one.service.clone()).collect()),
                )
            }
            _ => Resolution::Unknown,
        }
    }

    fn core(&self, name: &str) -> BTreeSet<String> {
        let core = core(name, &self.prefix);
        let without_numbers: BTreeSet<String> = core
            .iter()
            .filter(|word| !word.chars().all(|character| character.is_ascii_digit()))
            .cloned()
            .collect();
        if without_numbers.is_empty() {
            core
        } else {
            without_numbers
        }
    }

    fn filter(&self, predicate: impl Fn(&Identity) -> bool) -> Vec<String> {
        self.identities
            .iter()
            .filter(|identity| predicate(identity))
            .map(|identity| identity.service.clone())
            .collect()
    }
}

/// Whether a word says what kind of program something is, and hardly which.
fn is_kind_of_program(word: &str) -> bool {
    matches!(
        word,
        "api" | "backend" | "frontend" | "web" | "ui" | "client" | "rest" | "gateway"
    )
}

/// Whether a word says that several instances are drawn as one.
fn is_of_many(word: &str) -> bool {
    matches!(
        word,
        "cluster" | "replica" | "replicas" | "replicaset" | "shards" | "sharded" | "nodes"
    )
}

/// Whether one of the words tells which service is meant, and not only what kind it is.
fn significant(words: &BTreeSet<String>) -> bool {
    words
        .iter()
        .any(|word| word.len() > 2 && !is_distinctive(word) && role_of(&only(word)).is_none())
}

fn only(word: &str) -> BTreeSet<String> {
    BTreeSet::from([word.to_owned()])
}

/// Whether a word beside a product's name makes it another program.
fn distinguishes(word: &str, product: &str) -> bool {
    let roles_of_stores = [
        "db", "database", "cache", "queue", "storage", "search", "registry",
    ];
    word != product && is_distinctive(word) && !roles_of_stores.contains(&word)
}

/// The word that most keys begin with, and the words of the project's name when keys use them.
fn shared_prefix<'a>(
    keys: impl Iterator<Item = &'a str>,
    projects: &[&Project],
) -> BTreeSet<String> {
    let split: Vec<Vec<String>> = keys.map(words).filter(|words| words.len() > 1).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for words in &split {
        *counts.entry(&words[0]).or_default() += 1;
    }
    let projects: BTreeSet<String> = projects
        .iter()
        .map(|project| normalised(&project.name))
        .collect();
    counts
        .into_iter()
        .filter(|(word, count)| {
            let plain = product_of_name(word).is_none()
                && role_of(&only(word)).is_none()
                && !is_distinctive(word);
            plain && (projects.contains(*word) || (*count > 3 && *count * 3 > split.len() * 2))
        })
        .map(|(word, _)| word.to_owned())
        .collect()
}
