use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use devkit_compose::Project;

use super::preflight::preflight;
use crate::plan::select;
use crate::{
    Cancellation, Definitions, Driver, Events, Execution, Observed, Plan, Report, Result,
    UpOptions, execute, plan_images, plan_up,
};

/// How `up` ended.
#[derive(Debug, Clone)]
pub struct UpReport {
    /// What was planned.
    pub plan: Plan,
    /// What became of it.
    pub report: Report,
    /// How long it took altogether.
    pub elapsed: Duration,
}

/// Brings the selected services to what the files say, and waits until they are ready.
///
/// A failure of one service stops only what needs it; see [`Report::failures`].
///
/// # Errors
/// An interruption, a runtime that cannot be reached, wrong options, or something that
/// [`preflight`] found before anything was made.
pub async fn up(
    driver: &dyn Driver,
    project: &Project,
    options: &UpOptions,
    events: &Events,
    cancellation: &Cancellation,
) -> Result<UpReport> {
    let started = Instant::now();
    let selection = select(project, options)?;
    let definitions = Definitions::read(project, driver.kind())?;
    let mut observed = driver.observe(project).await?;
    let execution = Execution {
        driver,
        project,
        events,
        cancellation,
        no_wait: options.no_wait || options.no_start,
        wait_timeout: options.wait_timeout,
    };
    let images = plan_images(project, &observed, &selection, options);
    let mut before = Report::default();
    if !images.is_empty() {
        before = execute(execution, &images).await?;
        observed = driver.observe(project).await?;
    }
    let plan = plan_up(project, &definitions, &observed, options)?;
    preflight(driver, project, &observed, &plan).await?;
    let mut report = execute(execution, &plan).await?;
    report.failures.splice(0..0, before.failures);
    report.done.splice(0..0, before.done);
    Ok(UpReport {
        plan,
        report,
        elapsed: started.elapsed(),
    })
}

/// What `up` would do, as far as it can be known without building or pulling.
///
/// # Errors
/// As [`up`], but for interruptions.
pub async fn dry_run(
    driver: &dyn Driver,
    project: &Project,
    options: &UpOptions,
) -> Result<(Observed, Plan)> {
    let selection: BTreeSet<String> = select(project, options)?;
    let definitions = Definitions::read(project, driver.kind())?;
    let mut observed = driver.observe(project).await?;
    let images = plan_images(project, &observed, &selection, options);
    for step in &images.steps {
        if let Some(service) = step.action.service() {
            observed.images.remove(service);
        }
    }
    let plan = plan_up(project, &definitions, &observed, options)?;
    Ok((observed, plan))
}
