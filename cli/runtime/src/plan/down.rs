use std::collections::{BTreeMap, BTreeSet};

use devkit_compose::Project;

use super::builder::{Builder, after};
use super::{DownOptions, RemoveOptions, dependants_first};
use crate::{Action, Cause, Instance, Observed, Plan, State, StepId};

/// What has to be done so that nothing of the project is left; volumes only where asked.
///
/// Everything that carries the project's name goes, also services of other profiles and services
/// that the files no longer have, for what stays would keep the networks from going.
pub fn plan_down(project: &Project, observed: &Observed, options: &DownOptions) -> Plan {
    let mut builder = Builder::default();
    let all = options.services.is_empty();
    let instances: Vec<&Instance> = observed
        .instances
        .iter()
        .filter(|instance| all || options.services.contains(&instance.service))
        .collect();
    let removals = remove_all(project, &instances, options.timeout, true, &mut builder);
    if all {
        for network in observed
            .networks
            .iter()
            .filter(|network| network.key.is_some())
        {
            let action = Action::RemoveNetwork {
                name: network.name.clone(),
                id: network.id.clone(),
            };
            builder.step(action, Cause::Requested, after(removals.iter().copied()));
        }
        if options.volumes {
            for volume in observed
                .volumes
                .iter()
                .filter(|volume| volume.key.is_some())
            {
                let action = Action::RemoveVolume {
                    name: volume.name.clone(),
                };
                builder.step(action, Cause::Requested, after(removals.iter().copied()));
            }
        }
    }
    builder.plan
}

/// Removes instances that have ended, or all of them after stopping them.
pub fn plan_remove(project: &Project, observed: &Observed, options: &RemoveOptions) -> Plan {
    let mut builder = Builder::default();
    let instances: Vec<&Instance> = observed
        .instances
        .iter()
        .filter(|instance| {
            options.services.is_empty() || options.services.contains(&instance.service)
        })
        .filter(|instance| options.stop || !is_alive(instance))
        .collect();
    remove_all(project, &instances, None, options.volumes, &mut builder);
    builder.plan
}

fn remove_all(
    project: &Project,
    instances: &[&Instance],
    timeout: Option<u64>,
    volumes: bool,
    builder: &mut Builder,
) -> Vec<StepId> {
    let mut stops = stop_all(project, instances, timeout, builder);
    instances
        .iter()
        .map(|instance| {
            let action = Action::Remove {
                target: instance.target(),
                volumes,
            };
            let stop = stops.remove(&instance.id);
            builder.step(action, Cause::Requested, after(stop))
        })
        .collect()
}

/// Stops running instances, each after those that need it; gives the step of each by id.
pub(super) fn stop_all(
    project: &Project,
    instances: &[&Instance],
    timeout: Option<u64>,
    builder: &mut Builder,
) -> BTreeMap<String, StepId> {
    let dependants = dependants_first(project);
    let mut by_service: BTreeMap<&str, Vec<&Instance>> = BTreeMap::new();
    for &instance in instances.iter().filter(|instance| is_alive(instance)) {
        by_service
            .entry(&instance.service)
            .or_default()
            .push(instance);
    }
    let mut order: Vec<&str> = Vec::new();
    let mut open: Vec<&str> = by_service.keys().copied().collect();
    while !open.is_empty() {
        let free: Vec<&str> = open
            .iter()
            .copied()
            .filter(|name| {
                let above = all_dependants(name, &dependants);
                !open
                    .iter()
                    .any(|other| other != name && above.contains(other))
            })
            .collect();
        // The loader has refused cycles; should one come all the same, it must not hang.
        let free = if free.is_empty() { open.clone() } else { free };
        open.retain(|name| !free.contains(name));
        order.extend(free);
    }
    let mut by_name: BTreeMap<&str, Vec<StepId>> = BTreeMap::new();
    let mut by_id = BTreeMap::new();
    for name in order {
        let above = all_dependants(name, &dependants);
        let needs: Vec<StepId> = by_name
            .iter()
            .filter(|(other, _)| above.contains(*other))
            .flat_map(|(_, stops)| stops.iter().copied())
            .collect();
        for instance in &by_service[name] {
            let action = Action::Stop {
                target: instance.target(),
                timeout,
            };
            let step = builder.step(action, Cause::Requested, after(needs.iter().copied()));
            by_name.entry(name).or_default().push(step);
            by_id.insert(instance.id.clone(), step);
        }
    }
    by_id
}

/// All services that need one, directly or through others, whether those run or not.
fn all_dependants<'a>(
    name: &'a str,
    dependants: &'a BTreeMap<String, BTreeSet<String>>,
) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open = vec![name];
    while let Some(service) = open.pop() {
        for dependant in dependants.get(service).into_iter().flatten() {
            if found.insert(dependant.as_str()) {
                open.push(dependant);
            }
        }
    }
    found
}

fn is_alive(instance: &Instance) -> bool {
    matches!(
        instance.state,
        State::Running | State::Restarting | State::Paused
    )
}
