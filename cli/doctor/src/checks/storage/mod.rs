//! `DK6xx`: documented volumes and mounts against the compose files.

mod folders;
mod named;
mod spelling;
mod undocumented;
mod volatile;

use devkit_archdoc::{Environment, Volume, VolumeKind};

use crate::context::{Context, Page};
use crate::report::{Finding, Outcome};
use crate::rule;
use spelling::key_of;

pub(super) fn check(context: &Context<'_>, outcome: &mut Outcome) {
    for page in &context.pages {
        for volume in &page.document.facts.volumes {
            if volume.origin.environment == Environment::Production
                || volume.origin.confidence < 0.5
            {
                continue;
            }
            let found = match volume.kind {
                VolumeKind::Named if !volume.name.contains('/') => {
                    named::problem(context, page, volume, outcome)
                }
                // A path without a dot before it is no name of a volume.
                VolumeKind::Named | VolumeKind::Bind => {
                    folders::problem(context, page, volume, outcome)
                }
            };
            let found = match found {
                Some(message) => Some(
                    Finding::new(&rule::DIFFERENT_VOLUME, volume.name.as_str(), message)
                        .in_document(volume.origin.location())
                        .in_compose(place(context, page, volume)),
                ),
                None => spelling::finding(context, page, volume),
            };
            // Where the service itself is missing, its data is no further news.
            if let Some(found) = found.filter(|_| !is_of_a_missing_one(page, volume, outcome)) {
                outcome.report(found);
            }
        }
        undocumented::check(context, page, outcome);
        folders::undocumented(context, page, outcome);
    }
    volatile::check(context.project(), outcome);
}

fn is_of_a_missing_one(page: &Page<'_>, volume: &Volume, outcome: &Outcome) -> bool {
    let owner = volume.of.as_deref().and_then(|of| page.component(of));
    owner.is_some_and(|owner| {
        outcome
            .findings()
            .iter()
            .any(|finding| finding.rule == &rule::MISSING_SERVICE && finding.subject == owner.name)
    })
}

fn place(
    context: &Context<'_>,
    page: &Page<'_>,
    volume: &Volume,
) -> Option<devkit_diagnostic::Location> {
    if let Some(key) = key_of(context.project(), &volume.name) {
        return context.place(&format!("volumes.{key}"));
    }
    let owner = page.names.one(volume.of.as_deref()?)?;
    context.place(&format!("services.{owner}.volumes"))
}
