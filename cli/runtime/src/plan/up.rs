use std::collections::BTreeSet;

use devkit_compose::Project;
use devkit_compose::model::Condition;
use devkit_diagnostic::Diagnostic;

use super::builder::{Builder, after};
use super::graph::{closure, is_one_shot, needed_services};
use super::service::{Made, ServicePlanner};
use super::{Definitions, UpOptions, images, resources};
use crate::{Action, Cause, Need, Observed, Plan, Result, RuntimeError, State, StepId, Wanted};

/// What has to be done so that the selected services are as the files say.
///
/// # Errors
/// An unknown service, an external network or volume that is not there, a scale that cannot be.
pub fn plan_up(
    project: &Project,
    definitions: &Definitions,
    observed: &Observed,
    options: &UpOptions,
) -> Result<Plan> {
    let mut builder = Builder::default();
    let mut selection = select(project, options)?;
    let resources = resources::plan(project, observed, &selection, &mut builder)?;
    selection.extend(attached(project, observed, &resources.diverged));
    let images = images::missing(project, observed, &selection, options.pull, &mut builder);

    let mut planner = ServicePlanner {
        project,
        definitions,
        observed,
        options,
        selection: &selection,
        resources,
        images,
        made: Made::default(),
    };
    planner.remake_networks(&mut builder);
    for name in in_dependency_order(project, &selection) {
        planner.plan(&name, &mut builder)?;
        let wanted = wanted(&planner, &name, &builder);
        builder.plan.wanted.insert(name, wanted);
    }
    orphans(project, observed, options, &mut builder);
    Ok(builder.plan)
}

/// The services that `up` is about, with what they need.
///
/// # Errors
/// A service that the files do not have.
pub(crate) fn select(project: &Project, options: &UpOptions) -> Result<BTreeSet<String>> {
    let named = options.services.iter().chain(options.scale.keys());
    for name in named {
        if !project.services.contains_key(name) {
            return Err(unknown_service(project, name));
        }
    }
    if options.services.is_empty() {
        return Ok(project.services.keys().cloned().collect());
    }
    Ok(if options.no_dependencies {
        options.services.iter().cloned().collect()
    } else {
        closure(project, &options.services)
    })
}

/// The error that names a service which is not there, with those that are.
pub(crate) fn unknown_service(project: &Project, name: &str) -> RuntimeError {
    if let Some(service) = project.disabled_services.get(name) {
        return RuntimeError::usage(
            Diagnostic::error(format!("No active profile enables the service {name}")).with_help(
                format!("--profile {}", service.profiles.join(" or --profile ")),
            ),
        );
    }
    let known: Vec<&str> = project.all_services().map(|(name, _)| name).collect();
    RuntimeError::usage(
        Diagnostic::error(format!("There is no service {name}"))
            .with_help(format!("the services are {}", known.join(", "))),
    )
}

/// Services with instances on networks that have to be made again.
fn attached(
    project: &Project,
    observed: &Observed,
    diverged: &BTreeSet<String>,
) -> BTreeSet<String> {
    project
        .services
        .keys()
        .filter(|name| {
            observed.instances_of(name).iter().any(|instance| {
                diverged.iter().any(|key| {
                    project
                        .networks
                        .get(key)
                        .is_some_and(|network| instance.networks.contains_key(&network.name))
                })
            })
        })
        .cloned()
        .collect()
}

/// The selected services, each after those that it needs; the loader has refused cycles.
fn in_dependency_order(project: &Project, selection: &BTreeSet<String>) -> Vec<String> {
    fn visit(
        project: &Project,
        selection: &BTreeSet<String>,
        name: &str,
        seen: &mut BTreeSet<String>,
        order: &mut Vec<String>,
    ) {
        if !selection.contains(name) || !seen.insert(name.to_owned()) {
            return;
        }
        if let Some(service) = project.services.get(name) {
            for needed in needed_services(service) {
                visit(project, selection, &needed, seen, order);
            }
            order.push(name.to_owned());
        }
    }
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    for name in selection {
        visit(project, selection, name, &mut seen, &mut order);
    }
    order
}

fn wanted(planner: &ServicePlanner<'_>, name: &str, builder: &Builder) -> Wanted {
    if !is_one_shot(planner.project, name) {
        return Wanted::Ready;
    }
    let runs = builder
        .plan
        .steps
        .iter()
        .any(|step| matches!(&step.action, Action::Start { target } if target.service == name));
    let ended = planner
        .observed
        .instances_of(name)
        .iter()
        .all(|instance| instance.state == State::Exited && instance.exit_code == Some(0));
    if !runs && ended {
        Wanted::AlreadyCompleted
    } else {
        Wanted::Completed
    }
}

fn orphans(project: &Project, observed: &Observed, options: &UpOptions, builder: &mut Builder) {
    let known: BTreeSet<&str> = project.all_services().map(|(name, _)| name).collect();
    let mut left = Vec::new();
    for instance in &observed.instances {
        if instance.one_off || known.contains(instance.service.as_str()) {
            continue;
        }
        if options.remove_orphans {
            remove(
                builder,
                instance,
                Cause::Orphan,
                options.timeout,
                Vec::new(),
            );
        } else {
            left.push(instance.name.as_str());
        }
    }
    if !left.is_empty() {
        builder.plan.warnings.push(
            Diagnostic::warning(format!(
                "{} belongs to a service that the compose files no longer have",
                left.join(", ")
            ))
            .with_help("add --remove-orphans to remove it"),
        );
    }
}

/// Stops an instance where it runs, then removes it.
pub(super) fn remove(
    builder: &mut Builder,
    instance: &crate::Instance,
    cause: Cause,
    timeout: Option<u64>,
    needs: Vec<Need>,
) -> StepId {
    let target = instance.target();
    let needs = if matches!(instance.state, State::Created | State::Exited | State::Dead) {
        needs
    } else {
        let stop = Action::Stop {
            target: target.clone(),
            timeout,
        };
        after([builder.step(stop, cause.clone(), needs)])
    };
    let remove = Action::Remove {
        target,
        volumes: false,
    };
    builder.step(remove, cause, needs)
}

/// The needs of a start that stand for the services in `depends_on`.
pub(super) fn dependencies(
    project: &Project,
    selection: &BTreeSet<String>,
    name: &str,
) -> Vec<Need> {
    let Some(service) = project.services.get(name) else {
        return Vec::new();
    };
    service
        .depends_on
        .iter()
        .filter(|(needed, _)| selection.contains(*needed))
        .map(|(needed, dependency)| Need::Service {
            service: needed.clone(),
            condition: dependency.condition,
            required: dependency.required,
        })
        .chain(
            super::graph::shared_services(service)
                .into_iter()
                .filter(|needed| selection.contains(needed))
                .map(|needed| Need::Service {
                    service: needed,
                    condition: Condition::ServiceStarted,
                    required: true,
                }),
        )
        .collect()
}
