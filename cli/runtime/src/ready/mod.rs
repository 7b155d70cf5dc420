//! Ready means ready now: how a service is asked, and what ends the wait.

mod instance;
mod protocol;
mod trouble;

use devkit_compose::Project;
use devkit_diagnostic::Diagnostic;
use futures::future::try_join_all;

use crate::{Decided, Driver, Events, Instance, Result, RuntimeError, Target, Wanted};

pub use protocol::{Protocol, answers};

/// What a wait works with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Readiness<'a> {
    pub(crate) driver: &'a dyn Driver,
    pub(crate) project: &'a Project,
    pub(crate) events: &'a Events,
}

/// Waits until all instances of a service are as far as is wanted.
pub(crate) async fn service_is_ready(
    readiness: Readiness<'_>,
    service: &str,
    wanted: Wanted,
) -> Result<Decided> {
    if wanted == Wanted::AlreadyCompleted {
        return Ok(Decided::Completed);
    }
    let targets = targets(readiness, service).await?;
    let waits = targets.iter().map(|target| async move {
        match wanted {
            Wanted::Ready => instance::is_ready(readiness, target).await,
            _ => instance::is_completed(readiness, target).await,
        }
    });
    let decided = try_join_all(waits).await?;
    Ok(decided.into_iter().next().unwrap_or(Decided::Running))
}

/// The service's instances as they are after the plan's steps.
async fn targets(readiness: Readiness<'_>, service: &str) -> Result<Vec<Target>> {
    let instances = readiness
        .driver
        .instances(readiness.project, service)
        .await?;
    Ok(instances.iter().map(Instance::target).collect())
}

/// The error of an instance that is not there any more.
fn vanished(target: &Target) -> RuntimeError {
    RuntimeError::failed(Diagnostic::error(format!(
        "{} was removed while devkit waited for it",
        target.name
    )))
}
