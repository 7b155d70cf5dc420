//! Programs that sentences name behind the keys of services.

use std::collections::BTreeMap;

use devkit_archdoc::{Component, Document, normalised};

use super::left::unknown;
use crate::matching::names::{Names, Resolution};

/// No program has a longer name.
const LONGEST: usize = 40;

/// A part is the service behind whose key the document names it: `` `frontend` (Nginx) ``.
pub(super) fn by_an_aside<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let asides = asides(names, document);
    unknown(names, document)
        .filter_map(|component| {
            let service = asides.get(&component.normalised())?.as_ref()?;
            let resolution = Resolution::Services(vec![service.clone()]);
            Some((component, resolution))
        })
        .collect()
}

/// A part is the service below whose name another drawn part has it: `AI Chat` and `WebUI`, with
/// `(AI Chat)` below.
pub(super) fn by_what_stands_below<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let components = || document.facts.components.iter();
    let mut below = BTreeMap::<String, Vec<&Component>>::new();
    for component in components() {
        if let Some(said) = &component.technology {
            below.entry(normalised(said)).or_default().push(component);
        }
    }
    let is_open = |component: &&Component| {
        component.origin.diagram.is_some() && names.resolve(&component.name).services().is_empty()
    };
    components()
        .filter(is_open)
        .filter_map(|component| {
            let others = below.get(&component.normalised())?.iter();
            let mut known: Vec<Vec<String>> = others
                .filter(|other| **other != component)
                .map(|other| names.resolve(&other.name).services().to_vec())
                .collect();
            known.dedup();
            match known.as_slice() {
                [services] if services.len() == 1 => {
                    Some((component, Resolution::Services(services.clone())))
                }
                _ => None,
            }
        })
        .collect()
}

/// The services by what stands in parentheses behind their keys; none where it stands behind several.
fn asides(names: &Names, document: &Document) -> BTreeMap<String, Option<String>> {
    let mut found = BTreeMap::<String, Option<String>>::new();
    let text = document.source.text();
    for (key, aside) in text.lines().flat_map(keys_and_asides) {
        let mut identities = names.identities().iter();
        if !identities.any(|identity| identity.service == key) {
            continue;
        }
        found
            .entry(normalised(aside))
            .and_modify(|known| {
                if known.as_deref() != Some(key) {
                    *known = None;
                }
            })
            .or_insert_with(|| Some(key.to_owned()));
    }
    found
}

/// What is written as code, with what stands in parentheses behind it.
fn keys_and_asides(line: &str) -> impl Iterator<Item = (&str, &str)> {
    let pieces: Vec<&str> = line.split('`').collect();
    let count = pieces.len().saturating_sub(2);
    (1..=count).step_by(2).filter_map(move |at| {
        let aside = pieces[at + 1].trim_start().strip_prefix('(')?;
        let aside = aside.split_once(')')?.0.trim();
        (!aside.is_empty() && aside.len() <= LONGEST).then_some((pieces[at], aside))
    })
}

#[cfg(test)]
mod tests {
    use super::keys_and_asides;

    #[test]
    fn what_stands_behind_code_is_read() {
        let line = "`web`(Nginx) / `api` (FastAPI), `db` alone and `x` (";
        let found: Vec<_> = keys_and_asides(line).collect();
        assert_eq!(found, [("web", "Nginx"), ("api", "FastAPI")]);
    }
}
