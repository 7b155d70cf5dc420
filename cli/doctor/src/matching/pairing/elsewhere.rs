//! Parts that another drawing shows with what they are written with.

use std::collections::BTreeSet;

use devkit_archdoc::{Component, Document};

use crate::matching::meaning::{is_filler, is_framework};
use crate::matching::names::{Names, Resolution, diagrams};
use crate::matching::words;

/// A part means what another drawing's part of the same name does: `LLM Gateway` and
/// `LLM Gateway - FastAPI`.
pub(super) fn by_another_drawing<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let components = &document.facts.components;
    let known: Vec<(BTreeSet<String>, &Component, Resolution)> = components
        .iter()
        .filter(|component| component.origin.diagram.is_some())
        .map(|component| {
            let resolution = names.resolve(&component.name);
            (telling(&component.name), component, resolution)
        })
        .filter(|(words, _, resolution)| words.len() > 1 && !resolution.services().is_empty())
        .collect();
    components
        .iter()
        .filter(|component| names.resolve(&component.name) == Resolution::Unknown)
        .filter_map(|component| {
            let words = telling(&component.name);
            let (_, _, resolution) = known.iter().find(|(other, shown, _)| {
                *other == words && diagrams(shown).is_disjoint(&diagrams(component))
            })?;
            Some((component, resolution.clone()))
        })
        .collect()
}

/// The words of a name that say what it is, and not what it is written with.
fn telling(name: &str) -> BTreeSet<String> {
    words(name)
        .into_iter()
        .filter(|word| !is_filler(word) && !is_framework(word))
        .collect()
}
