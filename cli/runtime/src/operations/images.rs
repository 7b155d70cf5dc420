use std::collections::BTreeSet;

use devkit_compose::Project;
use devkit_compose::model::Service;

use super::down::run;
use crate::plan::unknown_service;
use crate::{
    Action, Cancellation, Cause, Driver, Events, Plan, Report, Result, Step, StepId, image_name,
};

/// How builds or pulls ended.
pub type ImageReport = Report;

/// Builds the images of services that have a build, each image once.
///
/// # Errors
/// An unknown service, or an interruption.
pub async fn build(
    driver: &dyn Driver,
    project: &Project,
    services: &[String],
    events: &Events,
    cancellation: &Cancellation,
) -> Result<ImageReport> {
    let plan = plan(project, services, |name, service, _| {
        service.build.as_ref().map(|_| Action::Build {
            service: name.to_owned(),
        })
    })?;
    run(driver, project, &plan, events, cancellation).await
}

/// Pulls the images of services that have no build, each image once.
///
/// # Errors
/// An unknown service, or an interruption.
pub async fn pull(
    driver: &dyn Driver,
    project: &Project,
    services: &[String],
    events: &Events,
    cancellation: &Cancellation,
) -> Result<ImageReport> {
    let built: BTreeSet<String> = project
        .services
        .iter()
        .filter(|(_, service)| service.build.is_some())
        .map(|(name, service)| image_name(project, name, service))
        .collect();
    let plan = plan(project, services, |name, service, image| {
        (service.image.is_some() && !built.contains(image)).then(|| Action::Pull {
            service: name.to_owned(),
            image: image.to_owned(),
        })
    })?;
    run(driver, project, &plan, events, cancellation).await
}

fn plan(
    project: &Project,
    named: &[String],
    action: impl Fn(&str, &Service, &str) -> Option<Action>,
) -> Result<Plan> {
    if let Some(name) = named
        .iter()
        .find(|name| !project.services.contains_key(*name))
    {
        return Err(unknown_service(project, name));
    }
    let mut plan = Plan::default();
    let mut seen = BTreeSet::new();
    for (name, service) in &project.services {
        if !named.is_empty() && !named.contains(name) {
            continue;
        }
        let image = image_name(project, name, service);
        if let Some(action) = action(name, service, &image)
            && seen.insert(image)
        {
            plan.steps.push(Step {
                id: StepId(plan.steps.len()),
                action,
                cause: Cause::Requested,
                needs: Vec::new(),
            });
        }
    }
    Ok(plan)
}
