//! `DK1xx`: services of the compose files against what the diagrams show.

mod doubt;
mod missing;
mod rows;
mod written;

use std::cell::{LazyCell, OnceCell};
use std::collections::BTreeSet;

use devkit_archdoc::Component;
use devkit_diagnostic::Location;

use self::doubt::{Doubt, Doubts};
use self::missing::{Claims, claims, missing};
use self::rows::rows;
use self::written::Written;
use super::coverage::{Coverage, coverage};
use crate::context::{Context, Page, is_one_shot};
use crate::matching::{Resolution, product_of_image, product_of_name};
use crate::report::{Finding, Outcome};
use crate::rule::{self, Item, Level};

pub(super) fn check(context: &Context<'_>, outcome: &mut Outcome) {
    let coverages: Vec<Coverage> = context.pages.iter().map(coverage).collect();
    let claims: Vec<Claims<'_>> = context
        .pages
        .iter()
        .zip(&coverages)
        .map(|(page, coverage)| claims(page, coverage))
        .collect();
    undocumented(context, &coverages, &claims, outcome);
    for ((page, coverage), claims) in context.pages.iter().zip(&coverages).zip(&claims) {
        if !coverage.diagrams.is_empty() {
            missing(page, coverage, claims, outcome);
        }
        technologies(context, page, outcome);
        rows(page, outcome);
    }
}

fn undocumented(
    context: &Context<'_>,
    coverages: &[Coverage],
    claims: &[Claims<'_>],
    outcome: &mut Outcome,
) {
    let Some((page, _)) = context
        .pages
        .iter()
        .zip(coverages)
        .find(|(_, coverage)| coverage.architecture.is_some() || !coverage.diagrams.is_empty())
    else {
        not_drawn(context, outcome);
        return;
    };
    let shown: BTreeSet<&String> = coverages
        .iter()
        .flat_map(|coverage| &coverage.shown)
        .collect();
    let asked: Vec<&str> = context
        .project()
        .all_services()
        .filter(|(_, service)| service.replicas() > 0)
        .map(|(key, _)| key)
        .collect();
    let lasting: Vec<&str> = asked
        .iter()
        .copied()
        .filter(|key| !is_one_shot(context.project(), key))
        .collect();
    let known = lasting
        .iter()
        .filter(|key| shown.contains(&(**key).to_owned()))
        .count();
    let declared = coverages.iter().any(|coverage| coverage.declared);
    let drawn = coverages
        .iter()
        .any(|coverage| coverage.architecture.is_some());
    if known * 8 < lasting.len() && !declared && !drawn {
        not_drawn(context, outcome);
        return;
    }
    outcome.decided(&rule::UNDOCUMENTED_SERVICE);
    let found = OnceCell::new();
    let doubts = || found.get_or_init(|| doubts(context, claims));
    let place = main_diagram(page, coverages);
    let written = LazyCell::new(|| {
        let pages = context.pages.iter().zip(coverages);
        let read = pages.map(|(page, coverage)| Written::of(page, coverage));
        read.collect::<Vec<_>>()
    });
    for key in asked {
        let is_written = || written.iter().any(|written| written.names(key));
        if shown.contains(&key.to_owned()) || is_written() {
            continue;
        }
        let said = [&rule::RENAMED_SERVICE, &rule::UNDOCUMENTED_SERVICE];
        let renamed = outcome
            .findings()
            .iter()
            .any(|finding| said.contains(&finding.rule) && finding.subject == key);
        if renamed {
            continue;
        }
        if let Some(unsure) = unsure(page, key) {
            outcome.report(question(unsure, key));
            continue;
        }
        if is_drawn_with_another(page, &shown, key) {
            continue;
        }
        if !is_one_shot(context.project(), key)
            && let Some(doubt) = doubts().iter().find_map(|doubts| doubts.about(key))
        {
            let place = context.place(&format!("services.{key}"));
            outcome.report(doubted(key, doubt).in_compose(place));
            continue;
        }
        let mut finding = absent(context, key);
        finding.document.clone_from(&place);
        outcome.report(finding);
    }
}

/// What is said of a service that no diagram shows; many drawings leave out what only prepares
/// the others.
fn absent(context: &Context<'_>, key: &str) -> Finding {
    let finding = if is_one_shot(context.project(), key) {
        Finding::new(
            &rule::UNDOCUMENTED_SERVICE,
            key,
            format!("Service `{key}`, which does one thing and ends, is in no diagram"),
        )
        .with_level(Level::Info)
    } else {
        Finding::new(
            &rule::UNDOCUMENTED_SERVICE,
            key,
            format!("Service `{key}` is in no diagram"),
        )
    };
    finding.in_compose(context.place(&format!("services.{key}")))
}

/// What is left over on each page.
fn doubts<'a>(context: &'a Context<'_>, claims: &'a [Claims<'_>]) -> Vec<Doubts<'a>> {
    let pages = context.pages.iter().zip(claims);
    pages
        .map(|(page, claims)| Doubts::new(page, &claims.asked))
        .collect()
}

/// What is asked of a service that may be drawn under a name that is not known to be its own.
fn doubted(key: &str, doubt: Doubt) -> Finding {
    let (message, place) = match doubt {
        Doubt::Named(place) => (
            format!("A diagram names `{key}`, and no part that was read there is known to be it"),
            Some(place),
        ),
        Doubt::Pages | Doubt::LeftOver => (
            format!("Which drawn part is service `{key}`, if any, is not told"),
            None,
        ),
    };
    let mut finding = Finding::new(&rule::UNSURE_NAME, key, message).with_help(format!(
        "If a drawn part is meant, add `<!-- devkit:alias DRAWN NAME = {key} -->` to the document"
    ));
    finding.document = place;
    finding
}

/// Says that nothing can be said of what is drawn, since nothing is.
fn not_drawn(context: &Context<'_>, outcome: &mut Outcome) {
    if context.pages.is_empty() {
        outcome.note(
            Item::Services,
            "there is no architecture document here; name one with `--document FILE`",
        );
        return;
    }
    let documents: Vec<String> = context
        .pages
        .iter()
        .filter_map(|page| page.document.source.path().file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    let reason = format!("no diagram of {} shows the services", documents.join(", "));
    outcome.undecided(&rule::UNDOCUMENTED_SERVICE, reason);
}

/// The diagram that shows most of the services: the place where one is missing.
fn main_diagram(page: &Page<'_>, coverages: &[Coverage]) -> Option<Location> {
    let index = coverages
        .iter()
        .find_map(|coverage| coverage.diagrams.first().copied())
        .or_else(|| coverages.iter().find_map(|coverage| coverage.architecture))?;
    Some(page.document.diagrams.get(index)?.origin.location())
}

/// Whether a service is one of several that run one program of one's own, another of which is drawn
/// or asked about: `transcoder-gpu` beside `transcoder`.
fn is_drawn_with_another(page: &Page<'_>, shown: &BTreeSet<&String>, key: &str) -> bool {
    let identities = page.names.identities();
    let Some(one) = identities.iter().find(|identity| identity.service == key) else {
        return false;
    };
    let mut others = identities.iter().filter(|other| one.is_another_of(other));
    others.any(|other| shown.contains(&other.service) || unsure(page, &other.service).is_some())
}

fn unsure<'a>(page: &Page<'a>, key: &str) -> Option<&'a Component> {
    page.document
        .facts
        .components
        .iter()
        .find(|component| page.names.resolve(&component.name) == Resolution::Unsure(key.to_owned()))
}

fn question(component: &Component, key: &str) -> Finding {
    Finding::new(
        &rule::UNSURE_NAME,
        component.name.as_str(),
        format!("`{}` may be service `{key}`", component.name),
    )
    .in_document(component.origin.location())
    .with_help(format!(
        "If it is, add `<!-- devkit:alias {} = {key} -->` to the document",
        component.name
    ))
}

fn technologies(context: &Context<'_>, page: &Page<'_>, outcome: &mut Outcome) {
    for component in &page.document.facts.components {
        let Some(key) = page.names.one(&component.name) else {
            continue;
        };
        let claimed = product_of_name(&component.name)
            .or_else(|| component.technology.as_deref().and_then(product_of_name));
        let service = context.service(&key);
        let image = service
            .filter(|service| service.build.is_none())
            .and_then(|service| service.image.as_deref());
        let (Some(claimed), Some(image)) = (claimed, image) else {
            continue;
        };
        let Some(runs) = product_of_image(image) else {
            continue;
        };
        outcome.decided(&rule::DIFFERENT_TECHNOLOGY);
        if claimed != runs && claimed.role == runs.role {
            outcome.report(
                Finding::new(
                    &rule::DIFFERENT_TECHNOLOGY,
                    key.as_str(),
                    format!(
                        "The document says {}, and `{key}` runs `{image}`",
                        component.name
                    ),
                )
                .in_document(component.origin.location())
                .in_compose(context.place(&format!("services.{key}.image"))),
            );
        }
    }
}
