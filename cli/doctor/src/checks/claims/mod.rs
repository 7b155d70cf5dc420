//! Whether a drawn part that no service matches claims to be one.

mod by_hand;
mod certainty;
mod evidence;
mod inside;
mod name;
mod outside;
mod telling;
mod wording;

use std::cell::LazyCell;
use std::collections::BTreeSet;

use devkit_archdoc::{Component, ComponentKind, Environment};

pub(crate) use self::certainty::{Certainty, Reason};
use self::evidence::{
    is_a_table, is_drawn_by_keys, is_kept_in_a_store, is_named_as_services_beside_it, is_of_others,
    is_offered_by_another, is_one_of_a_row, is_one_of_many_in_its_frame, is_one_of_many_like_it,
    neighbours, score,
};
use self::inside::inside_a_service;
use self::name::named_like_a_service;
use self::outside::{
    is_framed_as_a_service, is_outside_of_all_frames, is_outside_of_compose, outside,
    under_a_foreign_heading,
};
use self::wording::{
    has_a_key_below_its_name, is_a_client, is_an_interface, is_like_a_key, is_named_as_program,
    is_said_to_be_a_program, is_worded_as_program, is_written_with,
};
use super::coverage::{Coverage, is_in_compose};
use crate::context::Page;
use crate::matching::{is_store, product_of_name, words};

/// Whether a component that no service matches claims to be a running service of the platform.
pub(crate) fn claims_to_run(page: &Page<'_>, component: &Component, coverage: &Coverage) -> bool {
    let is_program = component.runnable
        || is_its_program(component)
        || is_a_program_around_its_parts(page, component)
        || is_a_frame_as_those_of_services(page, component)
        || is_a_gateway_around_what_it_does(page, component)
        || (component.kind == ComponentKind::Module
            && (names_a_program(&component.name)
                || is_written_with(component)
                || is_in_compose(component)))
        || component.kind == ComponentKind::Client && is_a_key_among_keys(component, coverage);
    is_program && claims_a_place(page, component, &coverage.diagrams, coverage)
}

/// Whether a frame is named after a well-known program, and nothing in it is one: `PostgreSQL`
/// around its tables.
fn is_a_program_around_its_parts(page: &Page<'_>, component: &Component) -> bool {
    let words = words(&component.name);
    let says_its_kind = |word: &String| {
        matches!(
            word.as_str(),
            "storage" | "store" | "database" | "db" | "broker" | "server" | "cluster" | "cache"
        )
    };
    let is_program = || {
        let (first, rest) = words.split_first()?;
        let program = product_of_name(first)?;
        rest.iter().all(says_its_kind).then_some(program)
    };
    let mut components = page.document.facts.components.iter();
    component.kind == ComponentKind::Group
        && is_program().is_some()
        && !components.any(|part| {
            part.groups.contains(&component.name)
                && (part.runnable || !page.services(&part.name).is_empty())
        })
}

/// Whether a frame is called as several others beside it are that are services, and no service stands
/// in it but stores: `User Service` around its database, beside `Order Service`.
fn is_a_frame_as_those_of_services(page: &Page<'_>, component: &Component) -> bool {
    if component.kind != ComponentKind::Group || !is_worded_as_program(component) {
        return false;
    }
    let stands = Page::diagrams_of(component);
    let last = words(&component.name).pop().unwrap_or_default();
    let is_beside = |other: &&&Component| !Page::diagrams_of(other).is_disjoint(&stands);
    let alike = page.frames_ending_with(&last).iter().filter(is_beside);
    let is_own = |service: &String| {
        let mut identities = page.names.identities().iter();
        identities.any(|one| one.service == *service && one.product.is_none())
    };
    let components = page.document.facts.components.iter();
    let mut inside = components.filter(|part| part.groups.last() == Some(&component.name));
    alike.count() > 1 && !inside.any(|part| page.services(&part.name).iter().any(is_own))
}

/// Whether a frame is called a gateway, others call it and it calls others, and nothing in it is a
/// program: `API Gateway` around `Authentication, Routing`.
fn is_a_gateway_around_what_it_does(page: &Page<'_>, component: &Component) -> bool {
    let ends_so = words(&component.name)
        .last()
        .is_some_and(|word| matches!(word.as_str(), "gateway" | "proxy" | "balancer"));
    if component.kind != ComponentKind::Group || !ends_so {
        return false;
    }
    let lines = || page.connections_of(component);
    let mut components = page.document.facts.components.iter();
    lines().any(|line| line.from == component.name)
        && lines().any(|line| line.to == component.name)
        && !components.any(|part| {
            part.groups.contains(&component.name)
                && (part.runnable || !page.services(&part.name).is_empty())
        })
}

/// Whether a name begins with the well-known program that the part is: the drawing knows it so for
/// short, `loki[Loki Logs]`, or it is a store and what it is for, `Redis cache and rate limiter`.
pub(crate) fn is_its_program(component: &Component) -> bool {
    let first = words(&component.name).into_iter().next();
    let Some(program) = first.as_deref().and_then(product_of_name) else {
        return false;
    };
    let mut aliases = component.aliases.iter();
    let mut others = component.name.split_whitespace().skip(1).peekable();
    let says_what_it_does =
        others.peek().is_some() && others.all(|word| word.starts_with(char::is_lowercase));
    let is_a_store = program.role.is_some_and(is_store);
    aliases.any(|alias| product_of_name(alias) == Some(program))
        || component.kind == ComponentKind::Module && is_a_store && says_what_it_does
}

/// Whether a name is that of a well-known program, with what it is for in another script behind it:
/// `Seata 分布式事务`.
pub(crate) fn names_a_program(name: &str) -> bool {
    let is_for = || name.split_whitespace().skip(1).all(|word| !word.is_ascii());
    let first = || words(name).into_iter().next();
    product_of_name(name).is_some()
        || is_for() && first().is_some_and(|word| product_of_name(&word).is_some())
}

/// Whether a part has the name of a key of several words where all are drawn by their keys, whatever
/// the words say: `web-client`.
fn is_a_key_among_keys(component: &Component, coverage: &Coverage) -> bool {
    is_like_a_key(component)
        && component.name.contains(['-', '_'])
        && is_drawn_by_keys(component, coverage)
}

/// Whether a drawing says that a part is run by others, or elsewhere.
pub(crate) fn stands_outside(page: &Page<'_>, component: &Component, coverage: &Coverage) -> bool {
    let is_of_people_or_others = matches!(
        component.kind,
        ComponentKind::Client | ComponentKind::External
    );
    under_a_foreign_heading(component, coverage)
        || is_of_people_or_others && !is_a_key_among_keys(component, coverage)
        || outside(page, component)
}

/// Whether a box holds a list of services, and is a name for them together: `LLM Backend` with
/// `• Ollama (local)`.
fn stands_for_others(page: &Page<'_>, component: &Component) -> bool {
    let names_a_service = |note: &String| {
        let item = note.trim_start();
        let is_address = item
            .rsplit_once(':')
            .is_some_and(|(_, port)| port.parse::<u16>().is_ok());
        item.starts_with(['•', '-', '*'])
            && !is_address
            && item
                .split('(')
                .next()
                .is_some_and(|item| !page.names.mentioned(item).is_empty())
    };
    !names_a_program(&component.name)
        && !is_like_a_key(component)
        && component.notes.iter().any(names_a_service)
}

/// Whether a component claims a place among the services of some diagrams, whatever its kind.
pub(crate) fn claims_a_place(
    page: &Page<'_>,
    component: &Component,
    diagrams: &BTreeSet<usize>,
    coverage: &Coverage,
) -> bool {
    let stands = Page::diagrams_of(component);
    let stands_in = |diagrams: &BTreeSet<usize>| !stands.is_disjoint(diagrams);
    let is_named = named_like_a_service(component) || is_its_program(component);
    if stands.is_disjoint(diagrams) || !is_named {
        return false;
    }
    let elsewhere = std::iter::once(&component.origin)
        .chain(&component.mentions)
        .any(|origin| {
            matches!(
                origin.environment,
                Environment::Production | Environment::Staging
            )
        });
    if page.is_no_program(&component.name)
        || is_a_table(component)
        || page.is_a_replica(&component.name)
    {
        return false;
    }
    if elsewhere || stands_outside(page, component, coverage) || inside_a_service(page, component) {
        return false;
    }
    let is_a_word = !component.name.contains([' ', '.', '_'])
        && component.name.contains(|it: char| it.is_lowercase());
    // What only calls is a person by any name.
    let mut lines = page.connections_of(component).peekable();
    let is_called = lines.peek().is_none() || lines.any(|line| line.to == component.name);
    let is_named_as_they_are = stands_in(&coverage.dense)
        && is_named_as_services_beside_it(page, component)
        || is_called && is_drawn_by_keys(component, coverage);
    let neighbours = LazyCell::new(|| neighbours(page, component));
    let is_framed = is_framed_as_a_service(component) && neighbours.service;
    let says_so = is_named_as_they_are
        || is_framed
        || is_said_to_be_a_program(page, component)
        || is_a_word && stands_in(&coverage.dense)
        || is_one_of_a_row(page, component);
    if !says_so
        || is_offered_by_another(page, component)
        || is_kept_in_a_store(page, component)
        || is_of_others(page, component)
        || stands_for_others(page, component)
        || is_outside_of_compose(page, component)
        || is_outside_of_all_frames(component, coverage)
    {
        return false;
    }
    if is_like_a_key(component) && is_one_of_many_like_it(page, component)
        || is_one_of_many_in_its_frame(page, component)
    {
        return true;
    }
    let by_itself = score(page, component) + u32::from(is_framed);
    if !neighbours.called && is_a_client(component) {
        return false;
    }
    if has_a_key_below_its_name(component) && neighbours.service {
        return true;
    }
    if is_named_as_they_are {
        return true;
    }
    if by_itself == 0 {
        // What only calls is a person by any name, and what stands between programs may be what
        // they hand on.
        let works = is_named_as_program(component) && neighbours.weight >= 2;
        let used = neighbours.service && (neighbours.called || works)
            || is_like_a_key(component) && neighbours.weight > 0;
        let is_a_key = is_like_a_key(component) && stands_in(&coverage.mostly);
        return used
            && (is_a_key
                || neighbours.weight >= 2 && stands_in(&coverage.dense)
                || neighbours.called
                    && component.kind == ComponentKind::Service
                    && stands_in(&coverage.nearly_all)
                || is_named_as_program(component) && stands_in(&coverage.mostly));
    }
    if !neighbours.called && !neighbours.service && by_itself < 2 && is_an_interface(component) {
        // Where data comes from.
        return false;
    }
    let among = (is_worded_as_program(component) || is_like_a_key(component))
        && stands_in(&coverage.mostly);
    by_itself + neighbours.weight + u32::from(among) >= 2
}
