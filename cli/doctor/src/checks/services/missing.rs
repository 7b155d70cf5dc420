//! Drawn parts that claim to be services and are none.

use devkit_archdoc::{Component, ComponentKind, DiagramKind, Origin, vocabulary};
use devkit_diagnostic::Location;

use crate::checks::claims::{
    Certainty, Reason, claims_a_place, claims_to_run, names_a_program, stands_outside,
};
use crate::checks::coverage::{Coverage, is_in_compose};
use crate::context::Page;
use crate::matching::{Resolution, words};
use crate::report::{Finding, Outcome};
use crate::rule;

/// The drawn parts that claim to be services and are none.
#[derive(Default)]
pub(super) struct Claims<'a> {
    /// No service can be these.
    missed: Vec<(&'a Component, Reason)>,
    /// Some service may be these.
    pub(super) asked: Vec<&'a Component>,
    /// Pages, which any service may serve.
    pages: Vec<&'a Component>,
}

/// Finds the drawn parts that claim to be services and are none.
pub(super) fn claims<'a>(page: &Page<'a>, coverage: &Coverage) -> Claims<'a> {
    let mut claims = Claims::default();
    if coverage.diagrams.is_empty() {
        return claims;
    }
    let components: &'a [Component] = &page.document.facts.components;
    let all: Vec<&Component> = components
        .iter()
        .filter(|component| claims_to_be_one(page, component, coverage))
        .collect();
    let certainty = Certainty::new(page, coverage, all.len());
    for component in all {
        if is_pages_alone(page, component) && certainty.may_be_served(component) {
            claims.pages.push(component);
        } else if let Some(reason) = certainty.why_missed(component) {
            claims.missed.push((component, reason));
        } else {
            claims.asked.push(component);
        }
    }
    claims
}

/// Reports the drawn parts that claim to be services and are none.
pub(super) fn missing(
    page: &Page<'_>,
    coverage: &Coverage,
    claims: &Claims<'_>,
    outcome: &mut Outcome,
) {
    outcome.decided(&rule::MISSING_SERVICE);
    for component in &page.document.facts.components {
        let cells = missing_cells(page, component, coverage);
        for name in cells
            .into_iter()
            .chain(missing_items(page, component, coverage))
        {
            let place = component.origin.location();
            outcome.report(drawn_without_a_service(name, Reason::Neighbours, place));
        }
    }
    for (component, reason) in &claims.missed {
        let place = place_of(component, coverage);
        outcome.report(drawn_without_a_service(&component.name, *reason, place));
    }
    for component in &claims.asked {
        outcome.report(perhaps_a_service(component));
    }
    for component in &claims.pages {
        outcome.report(served_from_somewhere(component));
    }
}

/// Whether a part claims to be a service and is none.
fn claims_to_be_one(page: &Page<'_>, component: &Component, coverage: &Coverage) -> bool {
    let is_among_services = || {
        component.kind == ComponentKind::Module
            && claims_a_place(page, component, &coverage.dense, coverage)
    };
    page.names.resolve(&component.name) == Resolution::Unknown
        && (is_among_services() || claims_to_run(page, component, coverage))
        && (!only_in_flows(page, component) || only_flows_are_drawn(page, coverage))
}

/// Where a part stands in a diagram of services.
fn place_of(component: &Component, coverage: &Coverage) -> Location {
    let is_there = |origin: &&Origin| {
        let mut diagram = origin.diagram.iter();
        diagram.any(|diagram| coverage.diagrams.contains(diagram))
    };
    std::iter::once(&component.origin)
        .chain(&component.mentions)
        .find(is_there)
        .unwrap_or(&component.origin)
        .location()
}

/// What is said of a drawn part that no compose file defines.
fn drawn_without_a_service(name: &str, reason: Reason, place: Location) -> Finding {
    Finding::new(
        &rule::MISSING_SERVICE,
        name,
        format!("`{name}` is drawn, and no compose file defines it: {reason}"),
    )
    .in_document(place)
}

/// Whether a part says no more than that it is what people look at, with what it is written with,
/// and nothing says where it runs: pages are served by other programs, or from elsewhere, as often.
fn is_pages_alone(page: &Page<'_>, component: &Component) -> bool {
    let words = words(&component.name);
    let is_written_for_browsers = component.technology.as_deref().is_some_and(|it| {
        it.split(|it: char| !it.is_alphanumeric())
            .any(vocabulary::is_framework_of_pages)
    });
    let is_looked_at = |word: &String| {
        matches!(
            word.as_str(),
            "panel" | "portal" | "dashboard" | "console" | "site" | "app"
        )
    };
    let is_of_pages = |word: &String| {
        vocabulary::is_framework_of_pages(word)
            || matches!(
                word.as_str(),
                "frontend"
                    | "front"
                    | "spa"
                    | "pwa"
                    | "ui"
                    | "web"
                    | "client"
                    | "next"
                    | "blazor"
                    | "wasm"
            )
    };
    let says_no_more = |word: &String| {
        is_of_pages(word)
            || matches!(
                word.as_str(),
                "app" | "application" | "h5" | "js" | "ts" | "typescript" | "vite" | "tailwind"
            )
            || word.chars().all(|it| it.is_ascii_digit())
    };
    let name = component.name.as_str();
    let is_key = name.contains(['-', '_']) && !name.contains(char::is_whitespace);
    component.kind == ComponentKind::Service
        && component.ports.is_empty()
        && !page.has_a_row(component)
        && !is_in_compose(component)
        && !is_key
        && (words.iter().any(is_of_pages) && words.iter().all(says_no_more)
            || is_written_for_browsers && words.iter().any(is_looked_at))
}

/// What is said of pages that no service is known to serve.
fn served_from_somewhere(component: &Component) -> Finding {
    asked(
        component,
        "and which service serves it",
        "If a service does",
    )
}

/// What is said of a part that may be a service under another name.
fn perhaps_a_service(component: &Component) -> Finding {
    let what = "and which service it is, if any,";
    asked(component, what, "If a service is meant")
}

/// A question that an alias answers.
fn asked(component: &Component, what: &str, condition: &str) -> Finding {
    let name = &component.name;
    Finding::new(
        &rule::UNSURE_NAME,
        name.as_str(),
        format!("`{name}` is drawn, {what} is not told"),
    )
    .in_document(component.origin.location())
    .with_help(format!(
        "{condition}, add `<!-- devkit:alias {name} = SERVICE -->` to the document"
    ))
}

/// The well-known programs in the cells of one box that no service runs, where one runs another:
/// `MySQL │ Redis │ MinIO`.
fn missing_cells<'a>(
    page: &Page<'_>,
    component: &'a Component,
    coverage: &Coverage,
) -> Vec<&'a str> {
    let stands = Page::diagrams_of(component);
    if !component.name.contains('│') || stands.is_disjoint(&coverage.diagrams) {
        return Vec::new();
    }
    let cells: Vec<&str> = component
        .name
        .split('│')
        .map(|cell| cell.rsplit(": ").next().unwrap_or(cell).trim())
        .collect();
    let all_are = cells
        .iter()
        .all(|cell| names_a_program(cell) || !page.services(cell).is_empty());
    if !all_are || stands_outside(page, component, coverage) {
        return Vec::new();
    }
    cells
        .into_iter()
        .filter(|cell| page.names.resolve(cell) == Resolution::Unknown)
        .collect()
}

/// The items of a list in a box that no service is, where others of the same form are services:
/// `• cart-svc`, `• order-svc`.
fn missing_items<'a>(
    page: &Page<'_>,
    component: &'a Component,
    coverage: &Coverage,
) -> Vec<&'a str> {
    if Page::diagrams_of(component).is_disjoint(&coverage.diagrams) {
        return Vec::new();
    }
    let items: Vec<(&str, &str)> = component
        .notes
        .iter()
        .filter_map(|note| note.trim_start().strip_prefix(['•', '-', '*']))
        .map(|item| item.split(['(', ':']).next().unwrap_or(item).trim())
        .filter_map(|item| Some((item, form(item)?)))
        .collect();
    let is_known = |item: &str| !page.services(item).is_empty();
    let missing: Vec<&str> = items
        .iter()
        .filter(|(item, form)| {
            page.names.resolve(item) == Resolution::Unknown
                && items
                    .iter()
                    .any(|(other, of)| of == form && is_known(other))
        })
        .map(|(item, _)| *item)
        .collect();
    if missing.is_empty() || stands_outside(page, component, coverage) {
        return Vec::new();
    }
    missing
}

/// What an item ends with that is written as the keys of services are: `svc` of `cart-svc`.
fn form(item: &str) -> Option<&str> {
    let (stem, end) = item.rsplit_once(['-', '_', ' '])?;
    let is_plain = stem
        .chars()
        .all(|it| it.is_alphanumeric() || matches!(it, '-' | '_'));
    let is_kind = matches!(
        end.to_lowercase().as_str(),
        "svc" | "service" | "api" | "worker" | "server"
    );
    (is_plain && is_kind).then_some(end)
}

/// Whether a document shows its services in drawings of paths alone.
fn only_flows_are_drawn(page: &Page<'_>, coverage: &Coverage) -> bool {
    let mut diagrams = coverage.diagrams.iter();
    diagrams.all(|index| is_of_paths(page, *index))
}

/// Whether a diagram draws paths.
fn is_of_paths(page: &Page<'_>, index: usize) -> bool {
    page.document.diagrams.get(index).is_some_and(|diagram| {
        matches!(
            diagram.kind,
            DiagramKind::Flow | DiagramKind::Lifelines | DiagramKind::MermaidSequence
        )
    })
}

/// Whether a component stands in drawings of paths only, which the checks of flows look at.
fn only_in_flows(page: &Page<'_>, component: &Component) -> bool {
    let diagrams = Page::diagrams_of(component);
    let in_a_step = page.document.facts.flows.iter().any(|flow| {
        flow.steps.iter().any(|step| {
            page.component(&step.from) == Some(component)
                || page.component(&step.to) == Some(component)
        })
    });
    in_a_step && diagrams.iter().all(|index| is_of_paths(page, *index))
}
