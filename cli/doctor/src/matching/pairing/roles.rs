//! What is left over for a role, and the one service that has it.

use std::collections::BTreeSet;

use devkit_archdoc::{Component, ComponentKind, Document, Environment, Role, vocabulary};

use super::left::{free, nameless, unknown, users};
use crate::matching::meaning::{is_framework, is_number, is_of_any_program, is_store, role_of};
use crate::matching::names::{Names, Resolution};
use crate::matching::{Identity, product_of_name, words};

/// A store that is drawn beside a service means the store that this service uses.
pub(super) fn by_neighbour<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, String)> {
    let free = free(names);
    open(names, document)
        .into_iter()
        .filter(|(_, role)| is_store(*role))
        .filter_map(|(component, role)| {
            let users = users(names, document, component);
            let mut used = free.iter().filter(|identity| {
                identity.role == Some(role)
                    && names.identities().iter().any(|user| {
                        users.contains(&user.service) && user.peers.contains(&identity.service)
                    })
            });
            match (used.next(), used.next()) {
                (Some(one), None) => Some((component, one.service.clone())),
                _ => None,
            }
        })
        .collect()
}

/// The last drawn part of a role means the last service of this role.
pub(super) fn by_elimination<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, String)> {
    let free = free(names);
    let mut open = open(names, document);
    open.retain(|(component, role)| is_store(*role) || is_plain(component));
    open.iter()
        .filter(|(_, role)| {
            // One server may hold the databases of several services.
            let rivals = open.iter().filter(|(_, of)| of == role);
            rivals.count() == 1 || *role == Role::Database
        })
        .filter_map(|(component, role)| {
            let mut fitting = free.iter().filter(|identity| fits(identity, *role));
            match (fitting.next(), fitting.next()) {
                (Some(one), None) => Some((*component, one.service.clone())),
                _ => None,
            }
        })
        .collect()
}

/// A worker under whatever name may be the only one that there is, where its key says no more than
/// that: `Agent Workers` and `worker`.
pub(super) fn by_the_only_worker<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let mut workers = names
        .identities()
        .iter()
        .filter(|identity| identity.role == Some(Role::Worker));
    let worker = match (workers.next(), workers.next()) {
        (Some(one), None) if matches!(one.service.as_str(), "worker" | "workers") => one,
        _ => return Vec::new(),
    };
    let is_called_so = |component: &Component| {
        let name = words(&component.name);
        let last = name.last().map(String::as_str);
        matches!(last, Some("worker" | "workers"))
    };
    nameless(names, document)
        .into_iter()
        .filter(|component| is_called_so(component))
        .map(|component| (component, Resolution::Unsure(worker.service.clone())))
        .collect()
}

/// A part that is called a program and no more is the only program of one's own that there is:
/// `Application` and `shop`.
pub(super) fn by_the_word_for_programs<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let mut own = names
        .identities()
        .iter()
        .filter(|one| one.program().is_none() && !one.is_task());
    let program = match (own.next(), own.next()) {
        (Some(one), None) if one.role != Some(Role::Frontend) => one,
        _ => return Vec::new(),
    };
    let is_called_so = |component: &&Component| {
        let name = words(&component.name);
        let is_it = |word: &String| matches!(word.as_str(), "application" | "app");
        let says_whose =
            |word: &String| matches!(word.as_str(), "demo" | "sample" | "example" | "your" | "my");
        name.iter().any(is_it) && name.iter().all(|word| is_it(word) || says_whose(word))
    };
    unknown(names, document)
        .filter(|component| {
            !matches!(
                component.kind,
                ComponentKind::Client | ComponentKind::External
            )
        })
        .filter(is_called_so)
        .map(|component| {
            let found = Resolution::Services(vec![program.service.clone()]);
            (component, found)
        })
        .collect()
}

/// Whether a service may be what is drawn for a role.
fn fits(identity: &Identity, role: Role) -> bool {
    let unnamed = identity.role.is_none() && identity.product.is_none() && identity.is_generic();
    identity.role == Some(role) && (is_store(role) || identity.is_generic())
        || role == Role::Api && unnamed
}

/// The components that may be services and are none so far, with what they are for.
fn open<'d>(names: &Names, document: &'d Document) -> Vec<(&'d Component, Role)> {
    document
        .facts
        .components
        .iter()
        .filter(|component| {
            component.runnable
                && component.origin.environment != Environment::Production
                && names.resolve(&component.name).services().is_empty()
                && !names_a_product(component)
        })
        .filter_map(|component| Some((component, role(component)?)))
        .collect()
}

fn role(component: &Component) -> Option<Role> {
    let words: BTreeSet<String> = words(&component.name).into_iter().collect();
    role_of_framework(&words)
        .or_else(|| role_of(&words))
        .or(component.role.filter(|role| is_store(*role)))
        .or(match component.kind {
            ComponentKind::Database => Some(Role::Database),
            ComponentKind::Cache => Some(Role::Cache),
            ComponentKind::Queue => Some(Role::Queue),
            ComponentKind::Gateway => Some(Role::Proxy),
            _ => None,
        })
        .or(component.role)
        .or_else(|| is_plain(component).then_some(Role::Api))
}

fn names_a_product(component: &Component) -> bool {
    std::iter::once(component.name.as_str())
        .chain(component.technology.as_deref())
        .any(|text| {
            product_of_name(text).is_some()
                || words(text)
                    .iter()
                    .any(|word| product_of_name(word).is_some())
        })
}

/// Whether a name is made of words for roles alone: `API`, `Backend Server`.
fn is_plain(component: &Component) -> bool {
    words(&component.name).iter().all(|word| {
        role_of(&BTreeSet::from([word.clone()])).is_some()
            || is_framework(word)
            || is_number(word)
            || is_of_any_program(word)
    })
}

/// What a program is for that is called after what it is written with.
pub(in crate::matching) fn role_of_framework(words: &BTreeSet<String>) -> Option<Role> {
    let in_browsers = |word: &String| {
        vocabulary::is_framework_of_pages(word) || matches!(word.as_str(), "next" | "blazor")
    };
    let all = words
        .iter()
        .all(|word| is_framework(word) || matches!(word.as_str(), "web" | "app" | "wasm"));
    let named = words.iter().any(|word| is_framework(word));
    (all && named).then(|| {
        if words.iter().any(in_browsers) {
            Role::Frontend
        } else {
            Role::Api
        }
    })
}
