//! `DK3xx`, by files alone: the steps of documented flows against services and networks.

use devkit_archdoc::{ComponentKind, Environment, Flow, Step, StepKind};

use super::claims::claims_to_run;
use super::coverage::{Coverage, coverage};
use super::networks::networks_place;
use crate::context::{Context, Page, service, share_network};
use crate::matching::{Resolution, words};
use crate::report::{Finding, Outcome};
use crate::rule;

pub(super) fn check(context: &Context<'_>, outcome: &mut Outcome) {
    for page in &context.pages {
        let coverage = coverage(page);
        for flow in &page.document.facts.flows {
            if !is_about_services(page, flow) || flow.origin.environment == Environment::Production
            {
                continue;
            }
            outcome.decided(&rule::UNKNOWN_PARTICIPANT);
            // What stands beside stores alone is a part of the program that uses them.
            let names_programs = names_programs_of_its_own(page, flow);
            for step in &flow.steps {
                if names_programs {
                    participants(page, &coverage, flow, step, outcome);
                }
                possible(context, page, step, outcome);
            }
        }
    }
}

/// Whether a flow goes through at least two services.
pub(crate) fn is_about_services(page: &Page<'_>, flow: &Flow) -> bool {
    let services: std::collections::BTreeSet<String> = flow
        .steps
        .iter()
        .flat_map(|step| [&step.from, &step.to])
        .flat_map(|name| page.services(name))
        .collect();
    services.len() >= 2
}

/// Whether one of the services of a flow is a program of one's own.
fn names_programs_of_its_own(page: &Page<'_>, flow: &Flow) -> bool {
    let named = |step: &Step| [page.services(&step.from), page.services(&step.to)].concat();
    let named: Vec<String> = flow.steps.iter().flat_map(named).collect();
    let mut own = page.names.identities().iter();
    own.any(|identity| identity.program().is_none() && named.contains(&identity.service))
}

fn participants(
    page: &Page<'_>,
    coverage: &Coverage,
    flow: &Flow,
    step: &Step,
    outcome: &mut Outcome,
) {
    for name in [&step.from, &step.to] {
        let Some(component) = page.component(name) else {
            continue;
        };
        let asked = page.names.resolve(name) == Resolution::Unknown
            && !matches!(
                component.kind,
                ComponentKind::Client | ComponentKind::External | ComponentKind::Volume
            );
        let reported = outcome.findings().iter().any(|finding| {
            (finding.rule == &rule::MISSING_SERVICE || finding.rule == &rule::UNKNOWN_PARTICIPANT)
                && finding.subject == component.name
        });
        if !asked || reported || !claims_to_run_in_flow(page, coverage, component) {
            continue;
        }
        outcome.report(
            Finding::new(
                &rule::UNKNOWN_PARTICIPANT,
                component.name.as_str(),
                format!(
                    "A step of \"{}\" goes through `{}`, and no compose file defines it",
                    flow.name, component.name
                ),
            )
            .in_document(component.origin.location()),
        );
    }
}

/// Asks as for a drawn node, with the diagrams of flows taken for diagrams of services.
fn claims_to_run_in_flow(
    page: &Page<'_>,
    coverage: &Coverage,
    component: &devkit_archdoc::Component,
) -> bool {
    if is_a_frame_elsewhere(page, component) {
        return false;
    }
    let mut coverage = coverage.clone();
    coverage.diagrams.extend(Page::diagrams_of(component));
    claims_to_run(page, component, &coverage)
}

/// Whether a participant is what other drawings have as a frame around several parts: `Storage`
/// and `Storage Layer`.
fn is_a_frame_elsewhere(page: &Page<'_>, component: &devkit_archdoc::Component) -> bool {
    let wanted = words(&component.name);
    page.document.facts.components.iter().any(|other| {
        let mut title = words(&other.name);
        if matches!(
            title.last().map(String::as_str),
            Some("layer" | "tier" | "zone")
        ) {
            title.pop();
        }
        other.kind == ComponentKind::Group && title == wanted
    })
}

fn possible(context: &Context<'_>, page: &Page<'_>, step: &Step, outcome: &mut Outcome) {
    if step.kind != StepKind::Request {
        return;
    }
    let (Some(from), Some(to)) = (page.names.one(&step.from), page.names.one(&step.to)) else {
        return;
    };
    let project = context.project();
    if from == to || service(project, &from).is_none() || service(project, &to).is_none() {
        return;
    }
    outcome.decided(&rule::IMPOSSIBLE_STEP);
    let drawn = outcome.findings().iter().any(|finding| {
        finding.rule == &rule::FORBIDDEN_CONNECTION
            && finding
                .subject
                .split(" -> ")
                .any(|end| end == from || end == to)
    });
    if !drawn && !share_network(project, &from, &to) {
        outcome.report(
            Finding::new(
                &rule::IMPOSSIBLE_STEP,
                format!("{from} -> {to}"),
                format!("A step goes from `{}` to `{}`, and services `{from}` and `{to}` share no network", step.from, step.to),
            )
            .in_document(step.origin.location())
            .in_compose(networks_place(context, &from)),
        );
    }
}
