//! Provides the programs that the process runtime needs.

use std::collections::BTreeSet;

use devkit_runtime_process::Machine;
use devkit_ui::TaskState;

use crate::failure::{Exit, Failure, Outcome};
use crate::session::Session;

/// Installs what is missing when the user agreed; otherwise says what to type.
pub(crate) fn provide(session: &Session<'_>, services: &[String], agreed: bool) -> Outcome {
    let Some(driver) = &session.processes else {
        return Ok(());
    };
    let services: BTreeSet<String> = services.iter().cloned().collect();
    let missing = driver.missing(&session.project, &services);
    if missing.is_empty() {
        return Ok(());
    }
    if !agreed {
        return Err(Failure::new(
            Exit::Environment,
            missing.diagnostic(Machine::this()),
        ));
    }
    let progress = session.settings.ui.progress();
    let packages = missing.debian_packages().join(" ");
    progress.update(
        "packages",
        TaskState::Working,
        &format!("installing {packages}"),
    );
    let tell = |line: &str| progress.detail("packages", line);
    let installed =
        session.block_on_interruptible(async { Ok(driver.install(&missing, &tell).await?) });
    let (state, words) = match &installed {
        Ok(()) => (TaskState::Done, "installed"),
        Err(_) => (TaskState::Failed, "not installed"),
    };
    progress.update("packages", state, words);
    progress.finish();
    installed
}
