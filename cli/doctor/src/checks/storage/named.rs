//! Named volumes that the document gives to services.

use devkit_archdoc::Volume;
use devkit_compose::Project;

use super::key_of;
use crate::context::{Context, Page, service};
use crate::report::Outcome;
use crate::rule;

/// What is wrong about a documented volume.
pub(super) fn problem(
    context: &Context<'_>,
    page: &Page<'_>,
    volume: &Volume,
    outcome: &mut Outcome,
) -> Option<String> {
    let project = context.project();
    let name = &volume.name;
    if name.ends_with(['*', '_', '-']) {
        // Several at once.
        return None;
    }
    outcome.decided(&rule::DIFFERENT_VOLUME);
    let Some(key) = key_of(project, name) else {
        return (!name.contains(char::is_whitespace))
            .then(|| format!("Volume `{name}` is documented, and no compose file defines it"));
    };
    let users: Vec<(&str, &str)> = project
        .all_services()
        .flat_map(|(service, definition)| {
            definition
                .volumes
                .iter()
                .filter(|mount| mount.kind == "volume" && mount.source.as_deref() == Some(key))
                .map(move |mount| (service, mount.target.as_str()))
        })
        .collect();
    if users.is_empty() {
        return Some(format!(
            "Volume `{name}` is documented, and no service mounts it"
        ));
    }
    if let Some(owner) = stranger(project, page, volume, &users) {
        return Some(format!(
            "Volume `{name}` is documented as the data of `{owner}`, and `{}` mounts it",
            users[0].0
        ));
    }
    let target = volume
        .target
        .as_deref()
        .map(|target| target.trim_end_matches('/'))?;
    (!users
        .iter()
        .any(|(_, mounted)| mounted.trim_end_matches('/') == target))
    .then(|| {
        format!(
            "Volume `{name}` is documented at `{target}`, and `{}` mounts it at `{}`",
            users[0].0, users[0].1
        )
    })
}

/// A service that the document names as a user of a volume and that does not mount it.
fn stranger(
    project: &Project,
    page: &Page<'_>,
    volume: &Volume,
    users: &[(&str, &str)],
) -> Option<String> {
    let of = volume.of.as_deref()?;
    let mut named = of
        .split([',', '/', '+', '&'])
        .flat_map(|part| part.split(" and "))
        .map(|part| page.services(part.trim()));
    named.find_map(|owners| {
        let mut present = owners
            .into_iter()
            .filter(|owner| service(project, owner).is_some());
        let first = present.next()?;
        let mounts = |owner: &String| users.iter().any(|(user, _)| user == owner);
        (!mounts(&first) && !present.any(|owner| mounts(&owner))).then_some(first)
    })
}
