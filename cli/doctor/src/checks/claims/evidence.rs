//! What speaks for a drawn part being a running service.

use std::collections::BTreeSet;

use devkit_archdoc::{Component, ComponentKind, ConnectionKind};

use super::wording::{is_run_by_oneself, is_technology, is_worded_as_program, names_a_framework};
use crate::checks::coverage::{Coverage, is_in_compose, is_in_small_letters};
use crate::context::Page;
use crate::matching::{is_framework, product_of_name, product_of_technology, role_of_word, words};

/// How much a component and its frame tell of it.
pub(super) fn score(page: &Page<'_>, component: &Component) -> u32 {
    let first = words(&component.name).into_iter().next();
    let is_product = product_of_name(&component.name).is_some()
        || first.as_deref().and_then(product_of_name).is_some()
        || component
            .technology
            .iter()
            .chain(&component.notes)
            .any(|aside| product_of_technology(aside).is_some());
    let worded = is_worded_as_program(component);
    let framed = stands_beside_services(page, component);
    u32::from(is_product) * 2
        + u32::from(worded || component.role.is_some())
        + u32::from(!component.ports.is_empty() || page.has_a_row(component))
        + u32::from(framed)
        + u32::from(
            component.technology.as_deref().is_some_and(is_technology)
                || names_a_framework(&component.name),
        )
        + u32::from(is_in_compose(component)) * 2
        + u32::from(is_run_by_oneself(component))
        + u32::from(is_among_services(page, component)) * 2
}

/// Whether a component is what a service beside it offers: an API that is told by its endpoints, or
/// numbered workers where no service is one of workers.
pub(super) fn is_offered_by_another(page: &Page<'_>, component: &Component) -> bool {
    let all = words(&component.name);
    let plain = all.iter().all(|word| {
        role_of_word(word).is_some() || matches!(word.as_str(), "dashboard" | "rest" | "http")
    });
    let is_endpoint = |note: &String| {
        ["GET /", "POST /", "PUT /", "PATCH /", "DELETE /"]
            .iter()
            .any(|method| note.starts_with(method))
    };
    let told_by_endpoints =
        plain && component.ports.is_empty() && component.notes.iter().any(is_endpoint);
    let numbered = matches!(all.as_slice(), [kind, number]
        if kind == "worker" && (number == "n" || number.chars().all(|it| it.is_ascii_digit())));
    let no_workers = || {
        let mut services = page.names.identities().iter();
        !services.any(|one| one.role == Some(devkit_archdoc::Role::Worker))
    };
    told_by_endpoints && neighbours(page, component).service || numbered && no_workers()
}

/// Whether a program is that of another company, which is only called, or which only calls:
/// `Expedia API`, `Merchant backend`.
pub(super) fn is_of_others(page: &Page<'_>, component: &Component) -> bool {
    let all = words(&component.name);
    let says_more = |word: &String| {
        role_of_word(word).is_some_and(|_| !matches!(word.as_str(), "api" | "backend"))
            || is_framework(word)
            || product_of_name(word).is_some()
    };
    let connections = &page.document.facts.connections;
    let calls = || connections.iter().any(|one| one.from == component.name);
    let is_called = || connections.iter().any(|one| one.to == component.name);
    let of_others = match all.last().map(String::as_str) {
        Some("backend") => calls() && !is_called(),
        // What is only asked, or where data comes from.
        _ if all.iter().any(|word| word == "api") => is_called() != calls(),
        _ => false,
    };
    let is_bare =
        component.ports.is_empty() && !component.technology.as_deref().is_some_and(is_technology);
    of_others
        && is_bare
        && all.len() > 1
        && !all.iter().any(says_more)
        && !page.has_a_row(component)
        && !stands_beside_services(page, component)
        && !is_one_of_many_apis(page, component)
}

/// Whether a part is a table of a store, as the line below its name says: `riders` and `table`.
pub(super) fn is_a_table(component: &Component) -> bool {
    let below = component.technology.iter().chain(&component.notes);
    below
        .map(|text| text.trim().to_lowercase())
        .any(|text| matches!(text.as_str(), "table" | "tables" | "collection" | "topic"))
}

/// Whether several services are drawn as APIs beside a part.
fn is_one_of_many_apis(page: &Page<'_>, component: &Component) -> bool {
    services_called_like(page, component, "api") > 1
}

/// Whether a name ends as those of several services beside it do: `review-svc` among `hotel-svc`,
/// `booking-svc` and others.
pub(super) fn is_one_of_many_like_it(page: &Page<'_>, component: &Component) -> bool {
    words(&component.name)
        .last()
        .is_some_and(|last| services_called_like(page, component, last) > 2)
}

/// How many services are drawn beside a part under names with a last word.
fn services_called_like(page: &Page<'_>, component: &Component, last: &str) -> usize {
    let components = page.document.facts.components.iter();
    components
        .filter(|other| {
            words(&other.name).last().is_some_and(|word| word == last)
                && !page.services(&other.name).is_empty()
                && !Page::diagrams_of(other).is_disjoint(&Page::diagrams_of(component))
        })
        .count()
}

/// Whether a name is written as those of several services are that are drawn beside it, and hardly
/// anything else is written so; what only calls may be a person by any name.
pub(super) fn is_named_as_services_beside_it(page: &Page<'_>, component: &Component) -> bool {
    const LEAST: usize = 3;
    let Some(form) = Form::of(component) else {
        return false;
    };
    let mut connections = page.connections_of(component).peekable();
    if connections.peek().is_some() && connections.all(|it| it.from == component.name) {
        return false;
    }
    let stands = Page::diagrams_of(component);
    let components = page.document.facts.components.iter();
    let alike: Vec<&Component> = components
        .filter(|other| *other != component && Form::of(other).as_ref() == Some(&form))
        .filter(|other| !Page::diagrams_of(other).is_disjoint(&stands))
        .collect();
    let services = alike
        .iter()
        .filter(|other| !page.services(&other.name).is_empty());
    let services = services.count();
    services >= LEAST && services * 4 >= alike.len() * 3
}

/// Whether a part stands under a name in small letters in a drawing that calls nearly everything by
/// its key.
pub(super) fn is_drawn_by_keys(component: &Component, coverage: &Coverage) -> bool {
    is_in_small_letters(&component.name)
        && !Page::diagrams_of(component).is_disjoint(&coverage.by_keys)
}

/// How a name is written.
#[derive(PartialEq, Eq)]
enum Form<'a> {
    /// One small word, as short keys are.
    Small,
    /// A number behind the same letters, and what has the number: `UC4 Funding`.
    Numbered(&'a str),
}

impl<'a> Form<'a> {
    fn of(component: &'a Component) -> Option<Self> {
        let name = component.name.as_str();
        if component.kind != ComponentKind::Service || name.is_empty() {
            return None;
        }
        let plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
        if name.chars().all(plain) {
            return Some(Self::Small);
        }
        let (first, _) = name.split_once(' ')?;
        let letters = first.trim_end_matches(|it: char| it.is_ascii_digit());
        (letters.len() < first.len() && !letters.is_empty()).then_some(Self::Numbered(letters))
    }
}

/// Whether most of what stands in the frame of a part with one word for a name is services.
pub(super) fn is_one_of_a_row(page: &Page<'_>, component: &Component) -> bool {
    if component.groups.is_empty() || component.name.contains(char::is_whitespace) {
        return false;
    }
    let beside: Vec<&Component> = page
        .document
        .facts
        .components
        .iter()
        .filter(|other| other.groups == component.groups && *other != component)
        .collect();
    let services = beside
        .iter()
        .filter(|other| !page.services(&other.name).is_empty())
        .count();
    services >= 2 && services * 3 >= beside.len() * 2
}

/// Whether a part is drawn as a program in a frame of many, and nearly all of the others are
/// services: it is what they are.
pub(super) fn is_one_of_many_in_its_frame(page: &Page<'_>, component: &Component) -> bool {
    const LEAST: usize = 4;
    if !component.runnable || component.groups.is_empty() {
        return false;
    }
    let components = page.document.facts.components.iter();
    let beside = components
        .filter(|other| other.groups == component.groups && *other != component && other.runnable);
    let (mut all, mut services) = (0, 0);
    for other in beside {
        all += 1;
        services += usize::from(!page.services(&other.name).is_empty());
    }
    services >= LEAST && services * 5 >= all * 4
}

/// Whether a service stands in the frame of a part.
pub(super) fn stands_beside_services(page: &Page<'_>, component: &Component) -> bool {
    !component.groups.is_empty()
        && page
            .document
            .facts
            .components
            .iter()
            .any(|other| other.groups == component.groups && !page.services(&other.name).is_empty())
}

/// Whether a name in small letters is drawn below a database alone, as its tables are:
/// `order_items`.
pub(super) fn is_kept_in_a_store(page: &Page<'_>, component: &Component) -> bool {
    let is_small = !component
        .name
        .contains(|it: char| it.is_whitespace() || it.is_uppercase() || it == '-');
    let is = |end: &str| end == component.name;
    let is_database = |name: &String| {
        page.component(name)
            .is_some_and(|other| other.kind == ComponentKind::Database)
    };
    let mut callers = page
        .document
        .facts
        .connections
        .iter()
        .filter(|connection| is(&connection.to))
        .map(|connection| &connection.from)
        .peekable();
    let names_a_program = words(&component.name)
        .iter()
        .any(|word| product_of_name(word).is_some() || role_of_word(word).is_some());
    is_small && !names_a_program && callers.peek().is_some() && callers.all(is_database)
}

/// Whether a component is drawn in the box of a network, and everything beside it is a service.
fn is_among_services(page: &Page<'_>, component: &Component) -> bool {
    page.document.facts.networks.iter().any(|network| {
        let is_member = |member: &&String| page.component(member) == Some(component);
        let others = network.members.iter().filter(|member| !is_member(member));
        let all = others.clone().count();
        let services = others
            .filter(|member| !page.services(member).is_empty())
            .count();
        all >= 3 && services == all && network.members.iter().any(|member| is_member(&member))
    })
}

/// Whether lines lead to a frame that is called a program: `API Gateway` around what it does.
fn is_a_frame_with_a_program(component: &Component) -> bool {
    component.kind == ComponentKind::Group && is_worded_as_program(component)
}

/// What the lines of a component tell.
pub(super) struct Neighbours {
    /// How much the other ends tell: two services more than one service or one other program.
    pub(super) weight: u32,
    /// Whether one of them is a service.
    pub(super) service: bool,
    /// Whether a line leads to the component.
    pub(super) called: bool,
}

/// Reads the lines of a component.
pub(super) fn neighbours(page: &Page<'_>, component: &Component) -> Neighbours {
    let is = |end: &str| page.component(end) == Some(component);
    let others: Vec<&String> = page
        .connections_of(component)
        .filter(|connection| {
            // A line to what looks like a part of a program is read as a step.
            let step = component.kind == ComponentKind::Module
                && matches!(
                    connection.kind,
                    ConnectionKind::Internal | ConnectionKind::Sequence
                );
            (connection.kind.needs_network() || step) && connection.origin.confidence >= 0.5
        })
        .filter_map(|connection| {
            if is(&connection.from) {
                Some(&connection.to)
            } else if is(&connection.to) {
                Some(&connection.from)
            } else {
                None
            }
        })
        .collect();
    let services: BTreeSet<String> = others
        .iter()
        .flat_map(|other| page.services(other))
        .collect();
    let connected = others
        .iter()
        .filter_map(|other| page.component(other))
        .any(|other| other.runnable || is_a_frame_with_a_program(other));
    let called = page
        .connections_of(component)
        .any(|connection| is(&connection.to));
    let weight = match services.len() {
        0 => u32::from(connected),
        1 => 1,
        _ => 2,
    };
    Neighbours {
        weight,
        service: !services.is_empty(),
        called,
    }
}
