//! Pages, and the web servers that serve them.

use std::collections::BTreeSet;

use devkit_archdoc::{Component, Document, Environment, Role};

use super::left::{free, nameless};
use super::role_of_framework;
use crate::matching::names::{Names, Resolution};
use crate::matching::{product_of_name, words};

/// A web server that serves built pages runs in the service that is built of them:
/// `nginx (SPA + static)` and `frontend`.
pub(super) fn by_what_it_serves<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let pages = names
        .identities()
        .iter()
        .filter(|identity| identity.role == Some(Role::Frontend) && identity.program().is_none());
    let pages: Vec<String> = pages.map(|identity| identity.service.clone()).collect();
    let [first, ..] = pages.as_slice() else {
        return Vec::new();
    };
    let resolution = match pages.as_slice() {
        [_] => Resolution::Services(pages.clone()),
        _ => Resolution::Unsure(first.clone()),
    };
    let components = document.facts.components.iter();
    components
        .filter(|component| {
            component.origin.environment != Environment::Production
                && names.resolve(&component.name) == Resolution::Unknown
                && serves_pages(component)
        })
        .map(|component| (component, resolution.clone()))
        .collect()
}

/// Pages that are drawn as static files are in the web server that serves them:
/// `React (static files)` and `nginx`.
pub(super) fn by_the_server_of_its_pages<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let servers = names.identities().iter();
    let servers: Vec<String> = servers
        .filter(|identity| {
            let runs = identity.program().and_then(|program| program.role);
            identity.role.or(runs) == Some(Role::Proxy)
        })
        .map(|identity| identity.service.clone())
        .collect();
    let [server] = servers.as_slice() else {
        return Vec::new();
    };
    let components = document.facts.components.iter();
    components
        .filter(|component| {
            names.resolve(&component.name) == Resolution::Unknown && is_of_static_files(component)
        })
        .map(|component| (component, Resolution::Services(vec![server.clone()])))
        .collect()
}

/// The only pages that are left over on both sides, where name and key call them alike:
/// `Banking SPA` and `web.spa`.
pub(super) fn by_the_word_for_pages<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    const WORDS: [&str; 5] = ["spa", "pwa", "ui", "frontend", "portal"];
    let free = free(names);
    let nameless = nameless(names, document);
    let by = |word: &str| {
        let is_called = |words: &[String]| words.iter().any(|it| it == word);
        let mut drawn = nameless.iter().filter(|it| is_called(&words(&it.name)));
        let mut left = free.iter().filter(|it| is_called(&it.key));
        match (drawn.next(), drawn.next(), left.next(), left.next()) {
            (Some(part), None, Some(one), None) if one.product.is_none() => {
                Some((*part, Resolution::Services(vec![one.service.clone()])))
            }
            _ => None,
        }
    };
    WORDS.into_iter().find_map(by).into_iter().collect()
}

/// Whether a part is pages of a framework that are said to be static.
fn is_of_static_files(component: &Component) -> bool {
    let name: BTreeSet<String> = words(&component.name).into_iter().collect();
    let asides = component.technology.iter().chain(&component.notes);
    role_of_framework(&name) == Some(Role::Frontend)
        && asides
            .flat_map(|aside| words(aside))
            .any(|word| word == "static")
}

/// Whether a part is a web server that says that it serves pages.
fn serves_pages(component: &Component) -> bool {
    let name = words(&component.name);
    let is_server = name
        .iter()
        .filter_map(|word| product_of_name(word))
        .any(|product| product.role == Some(Role::Proxy));
    let asides = component.technology.iter().chain(&component.notes);
    let said = name
        .into_iter()
        .chain(asides.flat_map(|aside| words(aside)));
    is_server && said.into_iter().any(|word| is_of_pages(&word))
}

/// Whether a word says that built pages are served.
fn is_of_pages(word: &str) -> bool {
    matches!(
        word,
        "static" | "spa" | "frontend" | "assets" | "html" | "resources"
    )
}
