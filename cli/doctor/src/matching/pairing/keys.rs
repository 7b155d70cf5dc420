//! Names with the words of keys that nothing else means.

use std::collections::BTreeSet;

use devkit_archdoc::{Component, ComponentKind, Document, Environment};

use super::left::{diagrams_of, free, nameless};
use crate::matching::meaning::{is_distinctive, is_filler, role_of};
use crate::matching::names::{Names, Resolution, diagrams};
use crate::matching::{Identity, product_of_name, words};

/// A name with all words of the key of a service that nothing else means: `Data Producer` and
/// `producer`. Where several names have them, each is asked about.
pub(super) fn by_whole_key<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let outside = document
        .facts
        .components
        .iter()
        .filter(|component| is_outside_without_a_service(names, component));
    let nameless: Vec<(&Component, BTreeSet<String>)> = nameless(names, document)
        .into_iter()
        .chain(outside)
        .map(|component| (component, words_of_all_names(component)))
        .collect();
    let taken = names.taken();
    let mut pairs = Vec::new();
    for identity in names.identities() {
        let key = names.words_of_key(&identity.key);
        let is_alone = taken.contains(&identity.service) && key.len() < 2;
        let mut fitting: Vec<&Component> = nameless
            .iter()
            .filter(|(component, name)| {
                key.iter().all(|word| name.contains(word))
                    && (key.len() > 1 || component.kind != ComponentKind::External)
                    && (!is_alone || ends_with_a_worker(component, &key))
            })
            .map(|(component, _)| *component)
            .collect();
        if fitting.is_empty() {
            continue;
        }
        let drawn = diagrams_of(names, document, &identity.service);
        fitting.retain(|component| diagrams(component).is_disjoint(&drawn));
        let resolution = match fitting.as_slice() {
            [_] => Resolution::Services(vec![identity.service.clone()]),
            _ => Resolution::Unsure(identity.service.clone()),
        };
        pairs.extend(fitting.into_iter().map(|one| (one, resolution.clone())));
    }
    pairs
}

/// Whether a part is drawn as one that others run, and no service is known for it: on a developer's
/// machine, one that stands in for it may run.
fn is_outside_without_a_service(names: &Names, component: &Component) -> bool {
    component.kind == ComponentKind::External
        && component.origin.environment != Environment::Production
        && names.resolve(&component.name) == Resolution::Unknown
}

/// Whether a name is that of a worker of some kind, and the key says no more than that:
/// `Standalone Mail Worker Process` and `worker`.
fn ends_with_a_worker(component: &Component, key: &[String]) -> bool {
    let name = words(&component.name);
    let last = name.iter().rfind(|word| !is_filler(word));
    matches!(key, [word] if word == "worker" && last == Some(word))
}

fn words_of_all_names(component: &Component) -> BTreeSet<String> {
    std::iter::once(&component.name)
        .chain(&component.aliases)
        .flat_map(|name| words(name))
        .chain(short_notes(component))
        .collect()
}

/// The words of lines below a name that are no longer than names: `drift job`.
fn short_notes(component: &Component) -> impl Iterator<Item = String> {
    const LONGEST: usize = 2;
    let notes = component.notes.iter();
    notes
        .filter(|note| note.split_whitespace().count() <= LONGEST)
        .flat_map(|note| words(note))
}

/// The only name and the only service left over that share a telling word may be one.
pub(super) fn by_one_word<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let free = free(names);
    let nameless: Vec<(&Component, Vec<String>)> = nameless(names, document)
        .into_iter()
        .map(|component| (component, words(&component.name)))
        .collect();
    let telling = |identity: &Identity| -> Vec<String> {
        let core = identity.core.iter();
        core.filter(|word| is_telling(word)).cloned().collect()
    };
    let free: Vec<(&Identity, Vec<String>)> =
        free.into_iter().map(|one| (one, telling(one))).collect();
    let share = |name: &[String], core: &[String]| core.iter().any(|word| name.contains(word));
    nameless
        .iter()
        .filter_map(|(component, name)| {
            let mut fitting = free.iter().filter(|(_, core)| share(name, core));
            let (Some((one, core)), None) = (fitting.next(), fitting.next()) else {
                return None;
            };
            let alike = nameless.iter().filter(|(_, other)| share(other, core));
            (alike.count() == 1).then(|| (*component, Resolution::Unsure(one.service.clone())))
        })
        .collect()
}

/// Whether a word says which service is meant, and not what kind it is.
fn is_telling(word: &str) -> bool {
    word.len() > 3
        && !is_distinctive(word)
        && product_of_name(word).is_none()
        && role_of(&BTreeSet::from([word.to_owned()])).is_none()
}
