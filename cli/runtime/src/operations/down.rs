use devkit_compose::Project;

use crate::{
    Cancellation, DownOptions, Driver, Events, Execution, Plan, RemoveOptions, Report, Result,
    execute, plan_down, plan_remove,
};

/// Stops and removes everything of the project; volumes only where asked.
///
/// # Errors
/// An interruption, or a runtime that cannot be reached.
pub async fn down(
    driver: &dyn Driver,
    project: &Project,
    options: &DownOptions,
    events: &Events,
    cancellation: &Cancellation,
) -> Result<Report> {
    let observed = driver.observe(project).await?;
    let plan = plan_down(project, &observed, options);
    run(driver, project, &plan, events, cancellation).await
}

/// Removes instances that have ended, or all of them.
///
/// # Errors
/// An interruption, or a runtime that cannot be reached.
pub async fn remove(
    driver: &dyn Driver,
    project: &Project,
    options: &RemoveOptions,
    events: &Events,
    cancellation: &Cancellation,
) -> Result<Report> {
    let observed = driver.observe(project).await?;
    let plan = plan_remove(project, &observed, options);
    run(driver, project, &plan, events, cancellation).await
}

pub(super) async fn run(
    driver: &dyn Driver,
    project: &Project,
    plan: &Plan,
    events: &Events,
    cancellation: &Cancellation,
) -> Result<Report> {
    let execution = Execution {
        driver,
        project,
        events,
        cancellation,
        no_wait: false,
        wait_timeout: None,
    };
    execute(execution, plan).await
}
