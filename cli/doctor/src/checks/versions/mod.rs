//! Versions that the document names against the tags of the compose files' images.

mod claim;
mod counted;
mod running;
mod tag;

use std::collections::BTreeMap;

use devkit_archdoc::Version;

use crate::context::Context;
use crate::report::{Finding, Outcome};
use crate::rule;
use counted::Counted;
use running::{running, runs_another_image};

pub(super) fn check(context: &Context<'_>, outcome: &mut Outcome) {
    for page in &context.pages {
        let mut told: BTreeMap<(String, String), Vec<&Version>> = BTreeMap::new();
        let counted = Counted::of(context, page);
        for version in &page.document.facts.versions {
            let readable = version.origin.diagram.is_none_or(|it| page.is_readable(it));
            if version.origin.confidence < 0.5 || !readable || counted.is_instance(version) {
                continue;
            }
            if let Some(service) = runs_another_image(context, page, version) {
                outcome.decided(&rule::DIFFERENT_VERSION);
                let key = (service, version.version.clone());
                told.entry(key).or_default().push(version);
                continue;
            }
            let Some(running) = running(context, page, version) else {
                continue;
            };
            outcome.decided(&rule::DIFFERENT_VERSION);
            let said = tag::numbers(&version.version);
            if running.iter().any(|it| tag::agree(&said, &it.numbers)) {
                continue;
            }
            let first = &running[0];
            let key = (first.service.clone(), version.version.clone());
            told.entry(key).or_default().push(version);
        }
        for ((service, _), mut places) in told {
            places.sort_by_key(|place| place.origin.line);
            outcome.report(finding(context, &service, &places));
        }
    }
}

fn finding(context: &Context<'_>, service: &str, places: &[&Version]) -> Finding {
    let first = places[0];
    let image = context.service(service).and_then(|it| it.image.as_deref());
    let said = if first.image {
        format!("`{}:{}`", first.of, first.version)
    } else {
        format!("{} {}", first.of, first.version)
    };
    Finding::new(
        &rule::DIFFERENT_VERSION,
        service,
        format!(
            "The document says {said}, and `{service}` runs `{}`{}",
            image.unwrap_or_default(),
            elsewhere(&places[1..])
        ),
    )
    .in_document(first.origin.location())
    .in_compose(context.place(&format!("services.{service}.image")))
}

/// Where else the document says the same.
fn elsewhere(places: &[&Version]) -> String {
    const SHOWN: usize = 3;
    let shown: Vec<String> = places
        .iter()
        .take(SHOWN)
        .map(|place| place.origin.line.to_string())
        .collect();
    match places.len() {
        0 => String::new(),
        1 => format!(" (line {} as well)", shown[0]),
        more if more > SHOWN => {
            let rest = more - SHOWN;
            format!(" (lines {} and {rest} more as well)", shown.join(", "))
        }
        _ => format!(" (lines {} as well)", shown.join(", ")),
    }
}
