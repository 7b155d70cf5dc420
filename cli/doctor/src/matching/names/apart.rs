//! Parts that are drawn beside the service which they resemble, and are something else.

use std::collections::{BTreeMap, BTreeSet};

use devkit_archdoc::{Component, ComponentKind, Document, Role, normalised, vocabulary};

use super::{Names, Resolution, diagrams};
use crate::matching::meaning::{is_filler, is_framework, is_number, is_store};
use crate::matching::{is_written_as_key, product_of_name, role_of_word, words};

/// A part with the one service that it is taken for.
struct Taken<'a> {
    component: &'a Component,
    service: String,
    diagrams: BTreeSet<usize>,
}

impl Names {
    /// Leaves parts without the service that another part of the same drawing is by name, where
    /// something tells that the two are not one.
    pub(super) fn forget_what_is_drawn_apart(&mut self, document: &Document) {
        let components = &document.facts.components;
        let taken = self.taken_one_each(components);
        let lines = lines(document);
        let mut by_service = BTreeMap::<&str, Vec<&Taken<'_>>>::new();
        for one in &taken {
            by_service.entry(&one.service).or_default().push(one);
        }
        let mut forgotten = Vec::new();
        for parts in by_service.values().filter(|parts| parts.len() > 1) {
            let (named, others): (Vec<&Taken<'_>>, Vec<&Taken<'_>>) = parts
                .iter()
                .partition(|one| self.exact(&one.component.name).is_some());
            let is_no_frame = |one: &&&Taken<'_>| one.component.kind != ComponentKind::Group;
            forgotten.extend(other_instances(parts));
            for other in others.iter().filter(is_no_frame) {
                let is_another = |one: &&&Taken<'_>| {
                    !one.diagrams.is_disjoint(&other.diagrams)
                        && are_apart(one.component, other.component, &lines)
                };
                if named.iter().any(|one| is_another(&one)) {
                    forgotten.push(other.component.normalised());
                }
            }
            forgotten.extend(balancers(parts));
        }
        for name in forgotten {
            self.resolved.insert(name, Resolution::Unknown);
        }
    }

    fn taken_one_each<'a>(&self, components: &'a [Component]) -> Vec<Taken<'a>> {
        let is_drawn = |part: &&Component| {
            part.origin.diagram.is_some() && !self.aliases.contains_key(&part.normalised())
        };
        let one = |part: &'a Component| match self.resolved.get(&part.normalised())? {
            Resolution::Services(services) => match services.as_slice() {
                [service] => Some(Taken {
                    component: part,
                    service: service.clone(),
                    diagrams: diagrams(part),
                }),
                _ => None,
            },
            _ => None,
        };
        components.iter().filter(is_drawn).filter_map(one).collect()
    }
}

/// The names that lines join, each with the other end.
fn lines(document: &Document) -> BTreeSet<(String, String)> {
    let connections = document.facts.connections.iter();
    connections
        .filter(|line| line.kind.needs_network())
        .map(|line| (normalised(&line.from), normalised(&line.to)))
        .collect()
}

/// The parts that have another number than a service that is drawn as well: `Backend-2` beside
/// `Backend-1`, where `backend-1` is all that runs.
fn other_instances(parts: &[&Taken<'_>]) -> Vec<String> {
    let is_numbered = |one: &Taken<'_>, number: &str| {
        let words = words(&one.component.name);
        words.iter().any(|word| word == number)
    };
    let Some(number) = parts
        .first()
        .and_then(|one| words(&one.service).into_iter().find(|word| is_number(word)))
    else {
        return Vec::new();
    };
    let is_another = |one: &&&Taken<'_>| {
        let mut numbers = words(&one.component.name).into_iter();
        let mut others = parts.iter();
        numbers.any(|word| is_number(&word) && word != number)
            && !is_numbered(one, &number)
            && others.any(|it| is_numbered(it, &number) && !it.diagrams.is_disjoint(&one.diagrams))
    };
    let others = parts.iter().filter(is_another);
    others.map(|one| one.component.normalised()).collect()
}

/// Whether something tells two parts apart that are taken for one service: a line leads from one to
/// the other, both are written as keys, or they are stores for different programs.
fn are_apart(named: &Component, other: &Component, lines: &BTreeSet<(String, String)>) -> bool {
    let (one, two) = (named.normalised(), other.normalised());
    // Pages are drawn beside the server that holds them, and a port tells more than a line.
    let is_joined = other.ports.is_empty()
        && !is_of_pages(other)
        && !is_what_a_store_is_for(other)
        && (lines.contains(&(one.clone(), two.clone())) || lines.contains(&(two, one)));
    let is_a_key = |part: &Component| {
        is_written_as_key(&part.name)
            || part.name.chars().all(|it| it.is_ascii_lowercase())
                && product_of_name(&part.name).is_some()
    };
    is_joined || is_a_key(named) && is_a_key(other) || are_stores_for_others(named, other)
}

/// Whether two parts are stores of one kind for different programs: `PostgreSQL Core` and
/// `PostgreSQL Fingerprints`.
fn are_stores_for_others(one: &Component, two: &Component) -> bool {
    let is_store_of = |word: &String| {
        product_of_name(word)
            .and_then(|program| program.role)
            .or_else(|| role_of_word(word))
            .is_some_and(is_store)
    };
    let own = |part: &Component| -> Option<BTreeSet<String>> {
        let (of_stores, others): (Vec<String>, Vec<String>) =
            words(&part.name).into_iter().partition(is_store_of);
        let is_telling = |word: &String| word.len() > 2 && !is_filler(word) && !is_framework(word);
        let own: BTreeSet<String> = others.into_iter().filter(is_telling).collect();
        (!of_stores.is_empty() && !own.is_empty()).then_some(own)
    };
    match (own(one), own(two)) {
        (Some(one), Some(two)) => one.is_disjoint(&two),
        _ => false,
    }
}

/// Whether a part is what people look at, which other programs hold.
fn is_of_pages(part: &Component) -> bool {
    words(&part.name).iter().any(|word| {
        role_of_word(word) == Some(Role::Frontend)
            || vocabulary::is_framework_of_pages(word)
            || matches!(
                word.as_str(),
                "streamlit" | "dashboard" | "console" | "portal"
            )
    })
}

/// Whether a name says what stores are for, and no more: `Cache` beside `Redis`.
fn is_what_a_store_is_for(part: &Component) -> bool {
    let words = words(&part.name);
    words
        .iter()
        .any(|word| role_of_word(word).is_some_and(is_store))
        && words
            .iter()
            .all(|word| is_filler(word) || role_of_word(word).is_some_and(is_store))
}

/// Load balancers beside the gateway that they are taken for.
fn balancers(parts: &[&Taken<'_>]) -> Vec<String> {
    let has = |part: &Taken<'_>, word: &str| {
        let words = words(&part.component.name);
        words.iter().any(|it| it == word)
    };
    let is_beside_a_gateway = |balancer: &&&Taken<'_>| {
        let mut others = parts.iter();
        others.any(|one| has(one, "gateway") && !one.diagrams.is_disjoint(&balancer.diagrams))
    };
    parts
        .iter()
        .filter(|one| has(one, "balancer") && !has(one, "gateway"))
        .filter(is_beside_a_gateway)
        .map(|one| one.component.normalised())
        .collect()
}
