use devkit_compose::Project;

use super::down::run;
use crate::{
    Cancellation, Driver, Events, Execution, Plan, Report, Result, SignalOptions, execute,
    plan_restart, plan_start, plan_stop,
};

/// Stops what runs, each service after those that need it.
///
/// # Errors
/// An unknown service, an interruption, or a runtime that cannot be reached.
pub async fn stop(
    driver: &dyn Driver,
    project: &Project,
    options: &SignalOptions,
    events: &Events,
    cancellation: &Cancellation,
) -> Result<Report> {
    let observed = driver.observe(project).await?;
    let plan = plan_stop(project, &observed, options)?;
    run(driver, project, &plan, events, cancellation).await
}

/// Starts what was stopped, and waits until it is ready.
///
/// # Errors
/// An unknown service, an interruption, or a runtime that cannot be reached.
pub async fn start(
    driver: &dyn Driver,
    project: &Project,
    options: &SignalOptions,
    events: &Events,
    cancellation: &Cancellation,
) -> Result<Report> {
    let observed = driver.observe(project).await?;
    let plan = plan_start(project, &observed, options)?;
    run_and_wait(driver, project, options, &plan, events, cancellation).await
}

/// Restarts what exists, and waits until it is ready.
///
/// # Errors
/// An unknown service, an interruption, or a runtime that cannot be reached.
pub async fn restart(
    driver: &dyn Driver,
    project: &Project,
    options: &SignalOptions,
    events: &Events,
    cancellation: &Cancellation,
) -> Result<Report> {
    let observed = driver.observe(project).await?;
    let plan = plan_restart(project, &observed, options)?;
    run_and_wait(driver, project, options, &plan, events, cancellation).await
}

async fn run_and_wait(
    driver: &dyn Driver,
    project: &Project,
    options: &SignalOptions,
    plan: &Plan,
    events: &Events,
    cancellation: &Cancellation,
) -> Result<Report> {
    let execution = Execution {
        driver,
        project,
        events,
        cancellation,
        no_wait: options.no_wait,
        wait_timeout: None,
    };
    execute(execution, plan).await
}
