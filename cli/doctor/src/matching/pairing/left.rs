//! What is left over on both sides.

use std::collections::BTreeSet;

use devkit_archdoc::{Component, Document, Environment};

use crate::matching::names::{Names, Resolution, diagrams};
use crate::matching::{Identity, product_of_name};

/// The diagrams in which a service stands.
pub(super) fn diagrams_of(names: &Names, document: &Document, service: &str) -> BTreeSet<usize> {
    let components = document.facts.components.iter();
    components
        .filter(|component| {
            let resolution = names.resolve(&component.name);
            resolution.services().iter().any(|one| one == service)
        })
        .flat_map(diagrams)
        .collect()
}

/// The drawn programs that no service is known for.
pub(super) fn nameless<'d>(names: &Names, document: &'d Document) -> Vec<&'d Component> {
    document
        .facts
        .components
        .iter()
        .filter(|component| {
            component.runnable
                && component.origin.environment != Environment::Production
                && names.resolve(&component.name) == Resolution::Unknown
                && product_of_name(&component.name).is_none()
        })
        .collect()
}

/// The drawn parts that no service is known for, whatever they are.
pub(super) fn unknown<'d>(
    names: &Names,
    document: &'d Document,
) -> impl Iterator<Item = &'d Component> {
    document.facts.components.iter().filter(|component| {
        component.origin.diagram.is_some()
            && component.origin.environment != Environment::Production
            && names.resolve(&component.name) == Resolution::Unknown
    })
}

/// The services that nothing in the document means.
pub(super) fn free(names: &Names) -> Vec<&Identity> {
    let taken = names.taken();
    names
        .identities()
        .iter()
        .filter(|identity| !taken.contains(&identity.service) && !identity.is_task())
        .collect()
}

/// The services at the other ends of a component's lines.
pub(in crate::matching) fn users(
    names: &Names,
    document: &Document,
    component: &Component,
) -> BTreeSet<String> {
    document
        .facts
        .connections
        .iter()
        .filter_map(|connection| {
            let is = |end: &str| {
                end == component.name || component.aliases.iter().any(|alias| alias == end)
            };
            if is(&connection.from) {
                Some(&connection.to)
            } else if is(&connection.to) {
                Some(&connection.from)
            } else {
                None
            }
        })
        .flat_map(|other| names.resolve(other).services().to_vec())
        .collect()
}
