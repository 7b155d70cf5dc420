use std::collections::BTreeSet;

use devkit_compose::Project;

use super::SignalOptions;
use super::builder::Builder;
use super::down::stop_all;
use super::graph::{closure, is_one_shot};
use super::up::{dependencies, unknown_service};
use crate::{Action, Cause, Instance, Observed, Plan, Result, State, Wanted};

/// Stops what runs, each service after those that need it.
///
/// # Errors
/// A service that the project does not have.
pub fn plan_stop(project: &Project, observed: &Observed, options: &SignalOptions) -> Result<Plan> {
    let mut builder = Builder::default();
    let selection = select(project, observed, &options.services)?;
    let instances: Vec<&Instance> = observed
        .instances
        .iter()
        .filter(|instance| selection.contains(&instance.service))
        .collect();
    stop_all(project, &instances, options.timeout, &mut builder);
    Ok(builder.plan)
}

/// Starts what exists and does not run, each service after those that it needs.
///
/// # Errors
/// A service that the project does not have, or that was never made.
pub fn plan_start(project: &Project, observed: &Observed, options: &SignalOptions) -> Result<Plan> {
    let mut builder = Builder::default();
    let mut selection = select(project, observed, &options.services)?;
    if !options.services.is_empty() {
        selection.extend(closure(project, &options.services));
    }
    selection.retain(|name| !observed.instances_of(name).is_empty());
    for name in &selection {
        let one_shot = is_one_shot(project, name);
        let mut wanted = if one_shot {
            Wanted::Completed
        } else {
            Wanted::Ready
        };
        for instance in observed.instances_of(name) {
            let ended_well = instance.state == State::Exited && instance.exit_code == Some(0);
            if instance.is_running() {
                continue;
            }
            if one_shot && ended_well && !options.services.contains(name) {
                wanted = Wanted::AlreadyCompleted;
                continue;
            }
            let target = instance.target();
            let needs = dependencies(project, &selection, name);
            builder.step(Action::Start { target }, Cause::NotRunning, needs);
        }
        if project.services.contains_key(name) {
            builder.plan.wanted.insert(name.clone(), wanted);
        }
    }
    Ok(builder.plan)
}

/// Restarts what exists, each service after those that it needs; one-shots only when named.
///
/// # Errors
/// A service that the project does not have.
pub fn plan_restart(
    project: &Project,
    observed: &Observed,
    options: &SignalOptions,
) -> Result<Plan> {
    let mut builder = Builder::default();
    let mut selection = select(project, observed, &options.services)?;
    for (name, service) in &project.services {
        let follows = service
            .depends_on
            .iter()
            .any(|(needed, dependency)| dependency.restart && options.services.contains(needed));
        if follows {
            selection.insert(name.clone());
        }
    }
    selection.retain(|name| {
        let named = options.services.contains(name);
        !observed.instances_of(name).is_empty() && (named || !is_one_shot(project, name))
    });
    for name in &selection {
        for instance in observed.instances_of(name) {
            let action = Action::Restart {
                target: instance.target(),
                timeout: options.timeout,
            };
            let needs = dependencies(project, &selection, name);
            builder.step(action, Cause::Requested, needs);
        }
        if project.services.contains_key(name) {
            let wanted = if is_one_shot(project, name) {
                Wanted::Completed
            } else {
                Wanted::Ready
            };
            builder.plan.wanted.insert(name.clone(), wanted);
        }
    }
    Ok(builder.plan)
}

/// The named services, or all that exist or are enabled.
fn select(project: &Project, observed: &Observed, named: &[String]) -> Result<BTreeSet<String>> {
    for name in named {
        let known = project.all_services().any(|(service, _)| service == name)
            || !observed.instances_of(name).is_empty();
        if !known {
            return Err(unknown_service(project, name));
        }
    }
    if named.is_empty() {
        return Ok(observed
            .instances
            .iter()
            .filter(|instance| !instance.one_off)
            .map(|instance| instance.service.clone())
            .collect());
    }
    Ok(named.iter().cloned().collect())
}
