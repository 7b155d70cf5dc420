//! Parts that are drawn inside the box of a service: its modules, classes and layers.

use std::collections::BTreeSet;

use devkit_archdoc::{Component, ComponentKind};

use super::name::is_worded;
use super::wording::{is_like_a_key, is_written_with};
use crate::context::Page;
use crate::matching::{Identity, Resolution, is_framework, is_store, product_of_name, words};

/// Whether the component is drawn inside the box of a service, as a module of it.
pub(super) fn inside_a_service(page: &Page<'_>, component: &Component) -> bool {
    let is_server = product_named(&component.name);
    let is_inside = |group: &String| {
        let is_its_program = is_written_with(component) && page.names.names_outright(group);
        is_its_program
            || shows_details(page, group)
            || !is_server && is_kept_by(page, group, component)
            || !is_server && is_one_program(page, group)
            || !is_server && is_the_layer_of_a_backend(page, group)
            || !is_server && (is_written_as_one(page, group) || holds_classes(page, group))
            || !is_server && !is_worded(&words(&component.name)) && is_one_backend(page, group)
    };
    component.groups.iter().any(is_inside)
        || !is_server && is_beside_the_stores_of_its_frame(page, component)
        || component.groups.iter().any(|group| {
            if holds_what_it_names(page, group) || stores_are_framed(page, component) {
                return false;
            }
            let is_frame_of_one = match page.names.resolve(group) {
                // Several services that run one program are drawn as one frame.
                Resolution::Services(services) => services.len() == 1 || product_named(group),
                _ => false,
            };
            let outright = page.names.names_outright(group);
            is_frame_of_one
                && !page.document.facts.components.iter().any(|other| {
                    other.groups.iter().any(|other_group| other_group == group)
                        && page
                            .services(&other.name)
                            .iter()
                            .any(|service| !outright || !page.services(group).contains(service))
                })
        })
}

/// Whether the frame of a part is called like a program of one's own, and of all other services only
/// its stores stand in it: `Orders API` beside `MongoDB` in `Order Service`.
fn is_beside_the_stores_of_its_frame(page: &Page<'_>, component: &Component) -> bool {
    let Some(group) = component.groups.last() else {
        return false;
    };
    let named = page.services(group);
    let [own] = named.as_slice() else {
        return false;
    };
    let is_own = identity(page, own).is_some_and(|one| one.program().is_none());
    let inside = services_in(page, group);
    let mut others = inside.iter().filter(|service| *service != own).peekable();
    is_own && others.peek().is_some() && others.all(|service| runs_a_store(page, service))
}

/// Whether a part is a store that is a program of its own, and stores are drawn in the frames of the
/// services that they are for: `MongoDB` in `Catalog Service`, as `PostgreSQL` in `Orders Service`.
fn stores_are_framed(page: &Page<'_>, component: &Component) -> bool {
    let is_kept = |other: &Component| matches!(page.services(&other.name).as_slice(), [service] if runs_a_store(page, service));
    let is_framed = |other: &Component| {
        let frame = other.groups.last().map(|group| page.services(group));
        let own = match frame.as_deref() {
            Some([service]) => identity(page, service),
            _ => None,
        };
        other.groups != component.groups && own.is_some_and(|one| one.product.is_none())
    };
    let program = product_of_name(&component.name).and_then(|program| program.role);
    let mut components = page.document.facts.components.iter();
    program.is_some_and(is_store) && components.any(|other| is_framed(other) && is_kept(other))
}

/// Everything under which a service may be named.
fn identity<'a>(page: &'a Page<'_>, service: &str) -> Option<&'a Identity> {
    let mut identities = page.names.identities().iter();
    identities.find(|one| one.service == service)
}

/// Whether a frame names a service that stands in it by its key, as a machine does that runs it:
/// `Node A (backend01)` around `backend01`.
fn holds_what_it_names(page: &Page<'_>, group: &str) -> bool {
    let named = page.services(group);
    page.document.facts.components.iter().any(|other| {
        other.groups.last().is_some_and(|frame| frame == group)
            && is_like_a_key(other)
            && page.names.names_outright(&other.name)
            && page
                .services(&other.name)
                .iter()
                .any(|service| named.contains(service))
    })
}

/// Whether a part is a database in a frame that is called after the one server that keeps it:
/// `shop_orders` in `PostgreSQL`.
fn is_kept_by(page: &Page<'_>, group: &str, component: &Component) -> bool {
    let keeps = |service: &str| {
        let program = identity(page, service).and_then(Identity::program);
        program.is_some_and(|program| program.role.is_some_and(is_store))
    };
    component.kind == ComponentKind::Database
        && product_named(group)
        && matches!(page.services(group).as_slice(), [service] if keeps(service))
}

/// Whether a frame says that it shows a service from the inside: `Backend details`.
fn shows_details(page: &Page<'_>, group: &str) -> bool {
    let said = words(group);
    let is_of_details =
        |word: &&String| matches!(word.as_str(), "details" | "detail" | "internals");
    let (details, rest): (Vec<&String>, Vec<&String>) = said.iter().partition(is_of_details);
    let named: Vec<&str> = rest.into_iter().map(String::as_str).collect();
    !details.is_empty() && page.names.names_outright(&named.join(" "))
}

/// Whether a frame is named as one program and what it is written with, and no two services stand
/// in it: `FastAPI Agent Server`.
fn is_one_program(page: &Page<'_>, group: &str) -> bool {
    let words = words(group);
    let is_program = words.last().is_some_and(|word| {
        matches!(
            word.as_str(),
            "server" | "application" | "app" | "monolith" | "process"
        )
    });
    is_program && words.iter().any(|word| is_framework(word)) && holds_one_service(page, group)
}

/// Whether a frame says what the program in it is written with, and no two services stand in it:
/// `budget-api (Spring Boot)`.
fn is_written_as_one(page: &Page<'_>, group: &str) -> bool {
    let technology = page
        .component(group)
        .filter(|frame| frame.kind == ComponentKind::Group)
        .and_then(|frame| frame.technology.as_deref());
    technology.is_some_and(|it| words(it).iter().any(|word| is_framework(word)))
        && programs_in(page, group).len() <= 1
}

/// Whether classes of a program stand in a frame, by the names that they have beside each other, and
/// no two programs of one's own.
fn holds_classes(page: &Page<'_>, group: &str) -> bool {
    let is_class = |component: &&Component| {
        words(&component.name).last().is_some_and(|word| {
            matches!(
                word.as_str(),
                "controller" | "controllers" | "repository" | "repositories" | "dao" | "middleware"
            )
        })
    };
    let components = page.document.facts.components.iter();
    components
        .filter(|other| other.groups.iter().any(|frame| frame == group))
        .any(|other| is_class(&other))
        && programs_in(page, group).len() <= 1
}

/// Whether a frame is called a backend, and one service stands in it, with its parts.
fn is_one_backend(page: &Page<'_>, group: &str) -> bool {
    matches!(words(group).as_slice(), [word] if word == "backend") && holds_one_service(page, group)
}

/// Whether a frame is the layer that a service is called after, which is drawn elsewhere: its parts.
fn is_the_layer_of_a_backend(page: &Page<'_>, group: &str) -> bool {
    let name = words(group);
    let is_layer = matches!(name.as_slice(), [word, level]
        if word == "backend" && matches!(level.as_str(), "layer" | "tier"));
    is_layer && page.names.names_outright("backend") && !holds_a_program(page, group)
}

/// Whether a program of one's own stands in a frame.
fn holds_a_program(page: &Page<'_>, group: &str) -> bool {
    page.document.facts.components.iter().any(|other| {
        other.groups.iter().any(|frame| frame == group)
            && !product_named(&other.name)
            && !page.services(&other.name).is_empty()
    })
}

fn holds_one_service(page: &Page<'_>, group: &str) -> bool {
    services_in(page, group).len() == 1
}

/// The services that stand in a frame.
pub(super) fn services_in(page: &Page<'_>, group: &str) -> BTreeSet<String> {
    let components = page.document.facts.components.iter();
    components
        .filter(|other| other.groups.iter().any(|frame| frame == group))
        .flat_map(|other| page.services(&other.name))
        .collect()
}

/// The services in a frame that are no stores and brokers.
fn programs_in(page: &Page<'_>, group: &str) -> BTreeSet<String> {
    let mut services = services_in(page, group);
    services.retain(|service| !runs_a_store(page, service));
    services
}

/// Whether a service runs a store or a broker of others.
fn runs_a_store(page: &Page<'_>, service: &str) -> bool {
    let role = identity(page, service).and_then(|one| one.product?.role);
    role.is_some_and(is_store)
}

/// Whether a text names a well-known program.
fn product_named(text: &str) -> bool {
    words(text)
        .iter()
        .any(|word| product_of_name(word).is_some())
}
