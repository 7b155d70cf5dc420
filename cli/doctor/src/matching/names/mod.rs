//! The names of a document, resolved to services.

mod apart;
mod exact;
mod owned;
mod parts;
mod product;
mod publishers;
mod refused;
mod similar;
mod written_with;

use std::collections::{BTreeMap, BTreeSet};

use devkit_archdoc::{Component, ComponentKind, Document, Environment, Role, normalised};
use devkit_compose::Project;
use devkit_compose::model::Service;

use self::publishers::publishes;
pub(crate) use self::similar::are_cut;
use super::identity::{Source, core};
use super::meaning::{is_distinctive, is_number, role_of};
use super::pairing::pair_the_rest;
use super::{Identity, product_of_name, words};
pub(crate) use product::only_product;

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
    /// The names that stand in diagrams.
    drawn: BTreeSet<String>,
    /// The services that are named outright, with the diagrams where they are.
    claimed: BTreeMap<String, BTreeSet<usize>>,
    /// The services that names resemble, with the diagrams where these are.
    resembled: BTreeMap<String, BTreeSet<usize>>,
}

/// What is known of a name besides the name.
#[derive(Debug, Clone, Copy, Default)]
struct Hints<'a> {
    technology: Option<&'a str>,
    ports: &'a [u16],
    role: Option<Role>,
    notes: &'a [String],
    /// Whether the name is that of people or of what they look through.
    is_actor: bool,
    /// The diagrams in which it stands.
    diagrams: Option<&'a BTreeSet<usize>>,
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
        names.drawn = drawn(&document.facts.components);
        names.resolve_components(&document.facts.components);
        pair_the_rest(&mut names, document);
        names.forget_other_keys(&document.facts.components);
        names.forget_what_is_drawn_apart(document);
        names.forget_stores_of_other_programs(document);
        names
    }

    fn of_services(projects: &[&Project]) -> Self {
        let mut services = BTreeMap::new();
        for project in projects {
            for (key, service) in project.all_services() {
                services.entry(key).or_insert(service);
            }
        }
        let roots = projects
            .iter()
            .map(|project| project.working_dir.as_path())
            .collect();
        let prefix = shared_prefix(services.keys().copied(), projects);
        let families = publishers::of_ones_own(services.values().copied());
        let all_have_profiles = services
            .values()
            .all(|service| !service.profiles.is_empty());
        let identity = |(key, service): (&&str, &&Service)| {
            let mut identity = Identity::new(key, service, &prefix, &roots);
            if families.iter().any(|family| publishes(family, service)) {
                identity.source = Source::Family;
            }
            // Where everything has a profile, that sets nothing apart.
            identity.is_aside |= !all_have_profiles && !service.profiles.is_empty();
            identity
        };
        Self {
            identities: services.iter().map(identity).collect(),
            prefix,
            ..Self::default()
        }
    }

    fn resolve_components(&mut self, components: &[Component]) {
        self.resolve_outright(components);
        let open: Vec<(&Component, BTreeSet<usize>)> = components
            .iter()
            .filter(|component| {
                component.origin.environment != Environment::Production
                    && !self.resolved.contains_key(&component.normalised())
            })
            .map(|component| (component, diagrams(component)))
            .collect();
        let frames = frames(components);
        // What a name resembles is surer than what it is for, wherever it stands.
        for by in [
            Self::similar,
            Self::by_command,
            Self::by_framework,
            Self::by_use,
        ] {
            let mut found = BTreeMap::<String, BTreeSet<usize>>::new();
            for (component, diagrams) in &open {
                if self.resolved.contains_key(&component.normalised()) {
                    continue;
                }
                let resolution = by(self, &component.name, Hints::of(component, diagrams));
                if resolution == Resolution::Unknown {
                    continue;
                }
                // A frame that is called like a service may be a part of the drawing.
                let claims = !is_a_frame(component, &frames);
                for service in resolution.services().iter().filter(|_| claims) {
                    found.entry(service.clone()).or_default().extend(diagrams);
                }
                self.remember(component, resolution);
            }
            self.resembled.extend(found);
        }
        for component in components {
            if !self.resolved.contains_key(&component.normalised()) {
                self.remember(component, Resolution::Unknown);
            }
        }
    }

    fn resolve_outright(&mut self, components: &[Component]) {
        let frames = frames(components);
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
            let Some(services) = exact else { continue };
            for service in &services {
                let claimed = self.claimed.entry(service.clone()).or_default();
                // A frame that is called like a service may be a part of the drawing.
                if !is_a_frame(component, &frames) {
                    claimed.extend(diagrams(component));
                }
            }
            self.remember(component, Resolution::Services(services));
        }
    }

    pub(super) fn remember(&mut self, component: &Component, resolution: Resolution) {
        let is_found = resolution != Resolution::Unknown;
        let resolution = if is_found
            && (self.is_only_its_store(component, &resolution)
                || self.is_a_store_that_it_uses(component, &resolution)
                || self.only_works_with_it(component, &resolution)
                || self.is_of_another_owner(component))
        {
            Resolution::Unknown
        } else {
            resolution
        };
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

    /// The services that some drawn part means; a row of a table takes none from the drawings.
    pub(crate) fn taken(&self) -> BTreeSet<String> {
        let resolved = self.resolved.iter();
        resolved
            .filter(|(name, _)| self.drawn.contains(*name))
            .flat_map(|(_, resolution)| resolution.services())
            .cloned()
            .collect()
    }

    /// The services that a text names and says nothing else: an item of a list in a box.
    pub fn mentioned(&self, text: &str) -> Vec<String> {
        let written = text.trim_start();
        let text = written.trim_start_matches(['•', '-', '*', '·', '├', '└', '─', ' ', '✓', '✅']);
        if text.split_whitespace().count() > 4 {
            return Vec::new();
        }
        // A line without the mark of an item may say what the box itself is made of.
        let is_item = text.len() < written.len();
        let of_product = || {
            let product = product_of_name(text).filter(|_| is_item)?;
            Some(self.filter(|identity| identity.program() == Some(product)))
        };
        self.by_name(text).or_else(of_product).unwrap_or_default()
    }

    /// Which services a name means.
    pub fn resolve(&self, name: &str) -> Resolution {
        let known = |name: &str| self.resolved.get(&normalised(name));
        if let Some(resolution) = known(name).or_else(|| known(without_port(name))) {
            return resolution.clone();
        }
        if let Some(services) = self.exact(name) {
            return Resolution::Services(services);
        }
        match self.similar(name, Hints::default()) {
            Resolution::Unknown => self.by_use(name, Hints::default()),
            found => found,
        }
    }

    /// Whether a text names services outright, and not only what they are for.
    pub fn names_outright(&self, text: &str) -> bool {
        self.exact(text).is_some()
    }

    /// The one service that a name means.
    pub fn one(&self, name: &str) -> Option<String> {
        match self.resolve(name) {
            Resolution::Services(services) if services.len() == 1 => services.into_iter().next(),
            _ => None,
        }
    }

    fn core(&self, name: &str) -> BTreeSet<String> {
        let core = core(name, &self.prefix);
        let without_numbers: BTreeSet<String> = core
            .iter()
            .filter(|word| !is_a_number(word))
            .cloned()
            .collect();
        if without_numbers.is_empty() {
            core
        } else {
            without_numbers
        }
    }

    /// The words of a key, without the one that all keys of the project begin with.
    pub(crate) fn words_of_key(&self, key: &[String]) -> Vec<String> {
        let own = || key.iter().filter(|word| !self.prefix.contains(*word));
        if own().next().is_none() {
            key.to_vec()
        } else {
            own().cloned().collect()
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

/// The title of a frame without the port behind it: `Order Service :8083`.
fn without_port(title: &str) -> &str {
    match title.rsplit_once(" :") {
        Some((name, port)) if port.chars().all(|it| it.is_ascii_digit()) => name,
        _ => title,
    }
}

impl<'a> Hints<'a> {
    fn of(component: &'a Component, diagrams: &'a BTreeSet<usize>) -> Self {
        Self {
            technology: component.technology.as_deref(),
            ports: &component.ports,
            role: component.role,
            notes: &component.notes,
            is_actor: component.kind == ComponentKind::Client && component.ports.is_empty(),
            diagrams: Some(diagrams),
        }
    }
}

fn is_a_frame(component: &Component, frames: &BTreeSet<&str>) -> bool {
    component.kind == ComponentKind::Group || frames.contains(component.name.as_str())
}

/// The names of the frames around components.
fn frames(components: &[Component]) -> BTreeSet<&str> {
    let groups = components.iter().flat_map(|component| &component.groups);
    groups.map(String::as_str).collect()
}

/// Whether a word counts instances: `3`, `2x`, `x2`.
fn is_a_number(word: &str) -> bool {
    let digits = word.trim_matches(['x', '×']);
    !digits.is_empty() && is_number(digits)
}

/// The diagrams in which a component stands.
pub(super) fn diagrams(component: &Component) -> BTreeSet<usize> {
    std::iter::once(&component.origin)
        .chain(&component.mentions)
        .filter_map(|origin| origin.diagram)
        .collect()
}

/// The names under which parts stand in diagrams.
fn drawn(components: &[Component]) -> BTreeSet<String> {
    let drawn = components.iter().filter(|it| !diagrams(it).is_empty());
    drawn
        .flat_map(|it| {
            let aliases = it.aliases.iter().map(|alias| normalised(alias));
            aliases.chain([it.normalised()])
        })
        .collect()
}

/// The word that most keys begin with, and the words of the project's name when keys use them.
fn shared_prefix<'a>(
    keys: impl Iterator<Item = &'a str>,
    projects: &[&Project],
) -> BTreeSet<String> {
    let keys: Vec<Vec<String>> = keys.map(words).collect();
    let of_others = |words: &[String]| product_of_name(&words[0]).is_some();
    let split: Vec<&Vec<String>> = keys
        .iter()
        .filter(|words| words.len() > 1 && !of_others(words))
        .collect();
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
            let most = *count * 3 > split.len() * 2
                || *count * 3 == split.len() * 2 && *count * 2 >= keys.len();
            plain && (projects.contains(*word) || *count > 3 && most)
        })
        .map(|(word, _)| word.to_owned())
        .collect()
}

fn only(word: &str) -> BTreeSet<String> {
    BTreeSet::from([word.to_owned()])
}
