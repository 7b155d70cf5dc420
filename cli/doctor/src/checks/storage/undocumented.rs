//! Named volumes that the document leaves out.

use devkit_archdoc::VolumeKind;

use super::key_of;
use crate::context::{Context, Page};
use crate::report::{Finding, Outcome};
use crate::rule;

pub(super) fn check(context: &Context<'_>, page: &Page<'_>, outcome: &mut Outcome) {
    let project = context.project();
    let facts = &page.document.facts.volumes;
    let text = page.document.source.text();
    let kept: Vec<&str> = facts
        .iter()
        .filter(|volume| volume.kind == VolumeKind::Named)
        .filter_map(|volume| key_of(project, &volume.name))
        .collect();
    if kept.is_empty() {
        return;
    }
    outcome.decided(&rule::UNDOCUMENTED_VOLUME);
    for key in project.volumes.keys() {
        let users: Vec<&str> = project
            .all_services()
            .filter(|(_, service)| {
                let mut mounts = service.volumes.iter();
                mounts.any(|mount| mount.kind == "volume" && mount.source.as_ref() == Some(key))
            })
            .map(|(user, _)| user)
            .collect();
        let Some(user) = users.first().filter(|_| !is_renamed(page, &users, outcome)) else {
            continue;
        };
        if kept.contains(&key.as_str()) || names_it(text, key) || is_cache(key) {
            continue;
        }
        outcome.report(
            Finding::new(
                &rule::UNDOCUMENTED_VOLUME,
                key.as_str(),
                format!("Volume `{key}` of `{user}` is not documented"),
            )
            .in_document(facts[0].origin.location())
            .in_compose(context.place(&format!("volumes.{key}"))),
        );
    }
}

/// Whether a volume of the same services was found missing: it has another name now.
fn is_renamed(page: &Page<'_>, users: &[&str], outcome: &Outcome) -> bool {
    let volumes = page.document.facts.volumes.iter();
    volumes
        .filter(|volume| {
            outcome.findings().iter().any(|finding| {
                finding.rule == &rule::DIFFERENT_VOLUME && finding.subject == volume.name
            })
        })
        .filter_map(|volume| volume.of.as_deref())
        .flat_map(|of| page.services(of))
        .any(|owner| users.contains(&owner.as_str()))
}

/// Whether a text names a volume: a word of everyday language must stand as code.
fn names_it(text: &str, key: &str) -> bool {
    if key.contains(['-', '_']) {
        text.contains(key)
    } else {
        let code = format!("`{key}`");
        text.lines()
            .any(|line| line.contains(&code) && line.to_lowercase().contains("volume"))
    }
}

/// Whether a volume holds nothing worth keeping, such as dependencies and build results.
fn is_cache(key: &str) -> bool {
    [
        "node_modules",
        "node-modules",
        "modules",
        "target",
        "cargo",
        "cache",
        "venv",
        "build",
    ]
    .iter()
    .any(|part| key.contains(part))
}
