//! Makes the files of variables that are not committed, before anything needs them.

use devkit_diagnostic::Diagnostic;
use devkit_scaffold::environment::{Data, missing_files};

use crate::failure::Failure;
use crate::session::Session;

/// Makes `config/.env` and its like from their examples; tells whether something was made.
pub(crate) fn make_missing(session: &Session<'_>) -> Result<bool, Failure> {
    let project = &session.project;
    let observed = session.block_on(session.driver.observe(project))?;
    let own = |name: &str| project.volumes.values().any(|volume| volume.name == name);
    let data = if observed.volumes.iter().any(|volume| own(&volume.name)) {
        Data::Present
    } else {
        Data::Absent
    };
    let changes = missing_files(&project.working_dir, data)?;
    if changes.is_empty() {
        return Ok(false);
    }
    // What was applied could be undone; from here on it stays.
    let _applied = changes.apply().map_err(Diagnostic::from)?;
    for (path, _) in changes.iter() {
        session
            .settings
            .ui
            .done("created", &format!("{} with new secrets", path.display()));
    }
    Ok(true)
}
