use devkit_diagnostic::Diagnostic;
use futures::TryStreamExt;

use super::Readiness;
use crate::{Instance, LogOptions, ProbeOutcome, RuntimeError};

/// How many of the last log lines tell why an instance failed.
const LOG_LINES: usize = 10;

/// The error of an instance that has ended.
pub(super) async fn exited(
    readiness: Readiness<'_>,
    instance: &Instance,
    last: Option<&ProbeOutcome>,
) -> RuntimeError {
    let code = instance
        .exit_code
        .map_or_else(String::new, |code| format!(" with exit code {code}"));
    let message = format!("{} ended{code}", instance.name);
    tell(readiness, instance, message, last).await
}

/// The error of an instance that its restart policy starts again and again.
pub(super) async fn keeps_exiting(
    readiness: Readiness<'_>,
    instance: &Instance,
    last: Option<&ProbeOutcome>,
) -> RuntimeError {
    let message = format!(
        "{} keeps ending: it was started again {} times",
        instance.name, instance.restarts
    );
    tell(readiness, instance, message, last).await
}

/// The error of an instance that the engine has found unhealthy since it was started.
pub(super) async fn unhealthy(readiness: Readiness<'_>, instance: &Instance) -> RuntimeError {
    let output = instance.health.as_ref().map(|health| health.output.trim());
    let message = format!("{} is unhealthy", instance.name);
    let mut error = tell(readiness, instance, message, None).await;
    if let Some(output) = output.filter(|output| !output.is_empty()) {
        error
            .diagnostic
            .notes
            .push(format!("its health test says: {output}"));
    }
    error
}

async fn tell(
    readiness: Readiness<'_>,
    instance: &Instance,
    message: String,
    last: Option<&ProbeOutcome>,
) -> RuntimeError {
    let mut diagnostic = Diagnostic::error(message);
    if let Some(output) = last
        .map(|last| last.output.trim())
        .filter(|text| !text.is_empty())
    {
        diagnostic = diagnostic.with_note(format!("its last test said: {output}"));
    }
    let lines = last_lines(readiness, instance).await;
    diagnostic = if lines.is_empty() {
        diagnostic.with_note("it wrote nothing")
    } else {
        diagnostic.with_note(format!("its last lines:\n{}", lines.join("\n")))
    };
    RuntimeError::failed(diagnostic.with_help(format!("devkit logs {}", instance.service)))
}

async fn last_lines(readiness: Readiness<'_>, instance: &Instance) -> Vec<String> {
    let options = LogOptions {
        tail: Some(LOG_LINES),
        ..LogOptions::default()
    };
    let Ok(stream) = readiness.driver.logs(instance, &options).await else {
        return Vec::new();
    };
    stream
        .map_ok(|line| line.text)
        .try_collect()
        .await
        .unwrap_or_default()
}
