//! What a project does elsewhere: a departure from it is a warning, and a habit of others that it
//! does not share is information.

use std::path::Path;

use devkit_compose::Project;

use super::exposure::is_loopback;
use crate::context::Context;
use crate::rule::Level;

/// The level of a departure from what the project does elsewhere.
fn departure(does: bool) -> Level {
    if does { Level::Warning } else { Level::Info }
}

/// The level of a port that is open to everybody: some other is bound to this machine.
pub(super) fn open_port(project: &Project) -> Level {
    departure(
        project
            .all_services()
            .flat_map(|(_, service)| &service.ports)
            .any(is_loopback),
    )
}

/// The level of an image that is not pinned: some other is.
pub(super) fn floating_image(project: &Project) -> Level {
    departure(project.all_services().any(|(_, service)| {
        service.build.is_none() && service.image.as_deref().is_some_and(|image| !floats(image))
    }))
}

/// Whether an image may be another one after the next pull.
pub(super) fn floats(image: &str) -> bool {
    let name = image.rsplit('/').next().unwrap_or(image);
    !name.contains('@') && (!name.contains(':') || name.ends_with(":latest"))
}

/// The level of a mounted path that is not there: some other is, so this is the whole project.
pub(super) fn missing_source(context: &Context<'_>) -> Level {
    let root = &context.inputs.root;
    departure(context.project().all_services().any(|(_, service)| {
        let mounted = service
            .volumes
            .iter()
            .filter(|mount| mount.kind == "bind")
            .filter_map(|mount| mount.source.as_deref().map(Path::new));
        let built = service.build.iter().map(|build| Path::new(&build.context));
        mounted
            .chain(built)
            .any(|path| path != *root && path.starts_with(root) && path.exists())
    }))
}

/// The level of what the project's own `.env` ought to say: without one, this is a fresh clone.
pub(super) fn unset_variable(context: &Context<'_>) -> Level {
    departure(is_set_up(context))
}

/// Whether the project's variables are given here.
pub(super) fn is_set_up(context: &Context<'_>) -> bool {
    context.inputs.root.join(".env").exists()
}
