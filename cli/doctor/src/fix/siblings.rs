//! Beside which of the drawn services a missing one belongs.

use std::collections::{BTreeMap, BTreeSet};

use devkit_archdoc::{Component, Role};

use crate::matching::{Identity, Names};

/// How near a drawn service is to a missing one, nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// Both stand in one section of a compose file.
    Section,
    /// Both are of one kind: parts of the application, stores, tools.
    Kind,
    /// Both have a part in the drawing.
    Drawing,
}

/// What a service is for, as drawings divide them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Application,
    Edge,
    Store,
    Tool,
}

/// Those of the drawn services beside which a missing one may be drawn, the nearest first: they
/// stand in the frames in which the nearest ones stand.
pub(super) fn siblings<'c>(
    drawn: &[(&'c Component, String)],
    key: &str,
    names: &Names,
    sections: &BTreeMap<String, BTreeSet<String>>,
) -> Vec<&'c Component> {
    let shares_section = |other: &str| {
        sections
            .get(key)
            .zip(sections.get(other))
            .is_some_and(|(own, others)| !own.is_disjoint(others))
    };
    let kind = kind(names, key);
    let nearness = |other: &str| {
        if shares_section(other) {
            Nearness::Section
        } else if kind.is_some() && self::kind(names, other) == kind {
            Nearness::Kind
        } else {
            Nearness::Drawing
        }
    };
    // Beside the last ones first: backing services and tools leave more room than the first row.
    let mut ranked: Vec<(Nearness, &Component)> = drawn
        .iter()
        .rev()
        .map(|(component, other)| (nearness(other), *component))
        .collect();
    ranked.sort_by_key(|(nearness, _)| *nearness);
    let Some((nearest, first)) = ranked.first().copied() else {
        return Vec::new();
    };
    // In which of several frames it belongs is not known.
    if nearest == Nearness::Drawing && ranked.iter().any(|(_, it)| it.groups != first.groups) {
        return Vec::new();
    }
    let frames: BTreeSet<&Vec<String>> = ranked
        .iter()
        .filter(|(nearness, _)| *nearness == nearest)
        .map(|(_, component)| &component.groups)
        .collect();
    ranked
        .into_iter()
        .map(|(_, component)| component)
        .filter(|component| frames.contains(&component.groups))
        .collect()
}

fn kind(names: &Names, key: &str) -> Option<Kind> {
    let mut identities = names.identities().iter();
    let identity: &Identity = identities.find(|identity| identity.service == key)?;
    Some(match identity.role {
        Some(Role::Database | Role::Cache | Role::Queue | Role::Search | Role::Storage) => {
            Kind::Store
        }
        Some(Role::Admin | Role::Monitoring) => Kind::Tool,
        Some(Role::Proxy) => Kind::Edge,
        Some(Role::Frontend | Role::Api | Role::Worker | Role::Model) => Kind::Application,
        None if identity.product.is_none() => Kind::Application,
        None => return None,
    })
}
