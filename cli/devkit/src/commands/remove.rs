use devkit_catalog::{Catalog, ComponentKind, ServiceName};

use super::new::{finish, kind_word};
use crate::args::{RemoveArgs, RemoveCommand};
use crate::failure::Outcome;
use crate::platform;
use crate::settings::Settings;

/// `devkit remove`: takes a component out of everything it was added to.
pub(crate) fn run(settings: &Settings, args: &RemoveArgs) -> Outcome {
    let (kind, name) = match &args.what {
        RemoveCommand::Service { name } => (ComponentKind::Service, name),
        RemoveCommand::Backing { id } => (ComponentKind::Backing, id),
        RemoveCommand::Tool { id } => (ComponentKind::Tool, id),
    };
    let name: ServiceName = name.parse()?;
    let plan = platform::with_platform(settings, &Catalog::builtin(), |platform| {
        devkit_scaffold::remove(platform, kind, &name)
    })?;
    if finish(settings, &plan, args.dry_run)? {
        settings
            .ui
            .done("removed", &format!("{} {name}", kind_word(kind)));
        for path in &plan.summary.kept {
            settings.ui.done("kept", &path.display().to_string());
        }
        for note in &plan.summary.notes {
            settings.ui.status(note);
        }
    }
    Ok(())
}
