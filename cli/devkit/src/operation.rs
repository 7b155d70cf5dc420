//! Runs one operation of the runtime: shows its events, answers Ctrl-C, reports its failures.

use devkit_diagnostic::{Diagnostics, Severity};
use devkit_runtime::{Cancellation, Driver, Events, Report};

use crate::failure::{Exit, Failure, Outcome};
use crate::render::Watcher;
use crate::session::Session;

/// Runs an operation and shows what happens until it is over.
pub(crate) fn run<T>(
    session: &Session<'_>,
    operation: impl AsyncFnOnce(&dyn Driver, &Events, &Cancellation) -> devkit_runtime::Result<T>,
) -> Result<T, Failure> {
    session.block_on_cancellable(async {
        let watcher = Watcher::start(&session.settings.ui, session.settings.verbose);
        let events = watcher.events();
        let result = operation(&*session.driver, &events, &session.cancellation).await;
        drop(events);
        watcher.finish().await;
        Ok(result?)
    })
}

/// Shows the failures of a report. Services that only a profile enables and that were not `named`
/// are a warning: a tool's failure never stops the platform.
pub(crate) fn conclude(session: &Session<'_>, report: &Report, named: &[String]) -> Outcome {
    let mut failed = Diagnostics::new();
    for failure in &report.failures {
        let mut diagnostic = (*failure.error.diagnostic).clone();
        if failure.optional && !named.contains(&failure.service) {
            diagnostic.severity = Severity::Warning;
            session
                .settings
                .ui
                .diagnostics(&session.settings.relative(diagnostic.into()));
        } else {
            failed.push(diagnostic);
        }
    }
    failed.extend(
        report
            .errors
            .iter()
            .map(|error| (*error.diagnostic).clone()),
    );
    if failed.is_empty() {
        return Ok(());
    }
    Err(Failure::new(
        report.class().map_or(Exit::Failed, Exit::from),
        failed,
    ))
}
