use devkit_runtime::DownOptions;

use crate::args::DownArgs;
use crate::failure::Outcome;
use crate::operation;
use crate::session::{RuntimeRecord, Session};
use crate::settings::Settings;

/// `devkit down`: stops and removes what `up` created, in every profile.
pub(crate) fn run(settings: &Settings, args: &DownArgs) -> Outcome {
    let session = Session::for_existing(settings)?;
    let options = DownOptions {
        services: Vec::new(),
        volumes: args.volumes,
        timeout: args.timeout,
    };
    take_down(&session, &options)
}

/// Takes everything down and forgets in which runtime it ran.
pub(crate) fn take_down(session: &Session<'_>, options: &DownOptions) -> Outcome {
    let report = operation::run(session, async |driver, events, cancellation| {
        devkit_runtime::down(driver, &session.project, options, events, cancellation).await
    })?;
    operation::conclude(session, &report, &[])?;
    if report.done.is_empty() {
        session.settings.ui.status("Nothing to take down");
    }
    if let Some(processes) = &session.processes {
        session.block_on(processes.wait_for_the_end());
    }
    RuntimeRecord::of(&session.project).clear();
    Ok(())
}
