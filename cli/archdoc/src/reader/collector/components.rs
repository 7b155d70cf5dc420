//! Components, one for each name.

use super::{Collector, MAX_COMPONENTS, MAX_PLACES};
use crate::facts::{Component, ComponentKind};
use crate::reader::words;

/// Last words of names that mean the program which the words before them name.
const OF_PROGRAM: [&str; 8] = [
    "api",
    "ui",
    "mgmt",
    "management",
    "console",
    "dashboard",
    "app",
    "service",
];

impl Collector<'_> {
    /// Adds a component, or what is new about one that is known by the same name.
    pub(in crate::reader) fn component(&mut self, component: Component) {
        let key = words::canonical(&component.name);
        if key.is_empty() {
            return;
        }
        if component.origin.diagram.is_some() {
            self.drawn_versions(&component);
            self.drawn_limits(&component);
        }
        // `API-2` is a replica where `API` is known.
        let stem = stem(&key);
        let replica = stem.len() < key.len() && self.known.contains_key(stem);
        let key = if replica { stem.to_owned() } else { key };
        if let Some(index) = self.known.get(&key) {
            merge(&mut self.facts.components[*index], component);
        } else if self.is_full() {
            self.too_many("components");
        } else {
            self.known.insert(key, self.facts.components.len());
            self.facts.components.push(component);
        }
    }

    /// Whether no more components are looked at.
    pub(in crate::reader) fn is_full(&self) -> bool {
        self.facts.components.len() >= MAX_COMPONENTS
    }

    /// The component of a name, where one is known.
    pub(in crate::reader) fn find(&self, name: &str) -> Option<&Component> {
        let key = words::canonical(name);
        let index = self
            .known
            .get(&key)
            .or_else(|| self.known.get(stem(&key)))?;
        self.facts.components.get(*index)
    }

    /// The component of a name, to be told more about.
    pub(in crate::reader) fn find_mut(&mut self, name: &str) -> Option<&mut Component> {
        let index = *self.known.get(&words::canonical(name))?;
        self.facts.components.get_mut(index)
    }

    /// Whether a component of the name is known.
    pub(in crate::reader) fn is_known(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// What a name is known to be.
    pub(in crate::reader) fn kind_of(&self, name: &str) -> Option<ComponentKind> {
        self.find(name).map(|component| component.kind)
    }

    /// Whether a name is known as a part inside one service.
    pub(in crate::reader) fn is_module(&self, name: &str) -> bool {
        self.kind_of(name) == Some(ComponentKind::Module)
    }

    /// The known name that a text means: `Ollama API` is `Ollama`.
    pub(in crate::reader) fn resolve(&self, name: &str) -> String {
        let shorter = || {
            let (stem, last) = name.rsplit_once(' ')?;
            let of_program = OF_PROGRAM.contains(&last.to_lowercase().as_str());
            of_program.then(|| self.find(stem)).flatten()
        };
        let found = self.find(name).or_else(shorter);
        found.map_or_else(|| name.to_owned(), |found| found.name.clone())
    }
}

/// The form of a name under which its replicas are gathered.
fn stem(key: &str) -> &str {
    key.trim_end_matches(|it: char| it.is_ascii_digit())
}

/// Adds what is new about a component that is known.
fn merge(known: &mut Component, other: Component) {
    if known.mentions.len() < MAX_PLACES {
        known.mentions.push(other.origin);
    }
    let names = std::iter::once(other.name).chain(other.aliases);
    let names: Vec<String> = names.filter(|it| *it != known.name).collect();
    add_new(&mut known.aliases, names);
    add_new(&mut known.ports, other.ports);
    add_new(&mut known.addresses, other.addresses);
    if !known.runnable && other.runnable {
        known.kind = other.kind;
        known.runnable = true;
    }
    known.technology = known.technology.take().or(other.technology);
    known.role = known.role.or(other.role);
    known.replicas = known.replicas.or(other.replicas);
    if known.groups.is_empty() {
        known.groups = other.groups;
    }
}

/// Adds what a list lacks, as long as it has room.
fn add_new<T: PartialEq>(list: &mut Vec<T>, items: Vec<T>) {
    for item in items {
        if list.len() < MAX_PLACES && !list.contains(&item) {
            list.push(item);
        }
    }
}
