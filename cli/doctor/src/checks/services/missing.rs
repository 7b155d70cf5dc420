//! Drawn parts that claim to be services and are none.

use devkit_archdoc::{Component, ComponentKind, DiagramKind};
use devkit_diagnostic::Location;

use crate::checks::claims::{claims_a_place, claims_to_run, names_a_program, stands_outside};
use crate::checks::coverage::Coverage;
use crate::context::Page;
use crate::matching::Resolution;
use crate::report::{Finding, Outcome};
use crate::rule;

/// Reports the drawn parts that claim to be services and are none.
pub(super) fn missing(page: &Page<'_>, coverage: &Coverage, outcome: &mut Outcome) {
    outcome.decided(&rule::MISSING_SERVICE);
    for component in &page.document.facts.components {
        for cell in missing_cells(page, component, coverage) {
            outcome.report(drawn_without_a_service(cell, component.origin.location()));
        }
        let among_services = component.kind == ComponentKind::Module
            && claims_a_place(page, component, &coverage.dense, coverage);
        if page.names.resolve(&component.name) != Resolution::Unknown
            || !(among_services || claims_to_run(page, component, coverage))
            || only_in_flows(page, component)
        {
            continue;
        }
        let origin = std::iter::once(&component.origin)
            .chain(&component.mentions)
            .find(|origin| {
                origin
                    .diagram
                    .is_some_and(|diagram| coverage.diagrams.contains(&diagram))
            })
            .unwrap_or(&component.origin);
        outcome.report(drawn_without_a_service(&component.name, origin.location()));
    }
}

/// What is said of a drawn part that no compose file defines.
fn drawn_without_a_service(name: &str, place: Location) -> Finding {
    Finding::new(
        &rule::MISSING_SERVICE,
        name,
        format!("`{name}` is drawn, and no compose file defines it"),
    )
    .in_document(place)
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
    if !all_are || stands_outside(page, component) {
        return Vec::new();
    }
    cells
        .into_iter()
        .filter(|cell| page.names.resolve(cell) == Resolution::Unknown)
        .collect()
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
    in_a_step
        && diagrams.iter().all(|index| {
            page.document.diagrams.get(*index).is_some_and(|diagram| {
                matches!(
                    diagram.kind,
                    DiagramKind::Flow | DiagramKind::Lifelines | DiagramKind::MermaidSequence
                )
            })
        })
}
