use devkit_catalog::Catalog;

use super::new::finish;
use crate::failure::Outcome;
use crate::platform;
use crate::settings::Settings;

/// `devkit docs`: writes the generated regions of the architecture document.
pub(crate) fn run(settings: &Settings) -> Outcome {
    let plan = platform::with_platform(settings, &Catalog::builtin(), |platform| {
        devkit_scaffold::refresh_document(platform)
    })?;
    if plan.changes.is_empty() {
        settings.ui.status("The document is up to date");
    } else if finish(settings, &plan, false)? {
        settings.ui.done("updated", "docs/architecture/overview.md");
    }
    Ok(())
}
