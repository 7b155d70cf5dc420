use std::collections::{BTreeMap, BTreeSet};

use devkit_compose::Project;
use devkit_compose::model::Network;
use devkit_diagnostic::Diagnostic;

use super::builder::{Builder, after};
use crate::{Action, Cause, Observed, ObservedNetwork, Result, RuntimeError, StepId};

/// What has to be made before instances: steps by the key in the compose file.
#[derive(Debug, Default)]
pub(super) struct Resources {
    pub(super) networks: BTreeMap<String, StepId>,
    pub(super) volumes: BTreeMap<String, StepId>,
    /// Keys of networks that are there and are not what the file says.
    pub(super) diverged: BTreeSet<String>,
}

/// Finds missing networks and volumes, and networks that have to be made again.
pub(super) fn plan(
    project: &Project,
    observed: &Observed,
    selection: &BTreeSet<String>,
    builder: &mut Builder,
) -> Result<Resources> {
    let mut resources = Resources::default();
    for key in used_networks(project, selection) {
        let Some(network) = project.networks.get(&key) else {
            continue;
        };
        if !network.external && has_used_double(observed, &network.name) {
            resources.diverged.insert(key);
            continue;
        }
        match (observed.network(&network.name), network.external) {
            (None, true) => return Err(absent("network", &network.name)),
            (None, false) => {
                let action = Action::CreateNetwork {
                    key: key.clone(),
                    name: network.name.clone(),
                };
                let step = builder.step(action, Cause::Missing, Vec::new());
                resources.networks.insert(key, step);
            }
            (Some(existing), false) if existing.key.is_some() && differs(network, existing) => {
                resources.diverged.insert(key);
            }
            (Some(_), false) => {
                if let Some(step) = remove_unused_doubles(observed, &network.name, builder) {
                    resources.networks.insert(key, step);
                }
            }
            (Some(_), true) => {}
        }
    }
    for key in used_volumes(project, selection) {
        let Some(volume) = project.volumes.get(&key) else {
            continue;
        };
        match (observed.volume(&volume.name), volume.external) {
            (None, true) => return Err(absent("volume", &volume.name)),
            (None, false) => {
                let action = Action::CreateVolume {
                    key: key.clone(),
                    name: volume.name.clone(),
                };
                let step = builder.step(action, Cause::Missing, Vec::new());
                resources.volumes.insert(key, step);
            }
            (Some(existing), false) => {
                let wanted = volume.driver.as_deref().unwrap_or("local");
                if !existing.driver.is_empty() && existing.driver != wanted {
                    builder.plan.warnings.push(
                        Diagnostic::warning(format!(
                            "Volume {} has the driver {}, not {wanted}; it was left, for it holds data",
                            volume.name, existing.driver
                        ))
                        .with_help("remove it with `devkit down -v` to have it made anew"),
                    );
                }
            }
            (Some(_), true) => {}
        }
    }
    Ok(resources)
}

/// Whether more than one network of a name is in use, so that nothing can join it by its name.
///
/// Older engines allow two networks of one name, and one interrupted `up` is enough to make them.
fn has_used_double(observed: &Observed, name: &str) -> bool {
    let used = observed
        .networks
        .iter()
        .filter(|network| network.name == name && is_used(observed, network));
    used.count() > 1
}

/// Removes networks of the same name that nothing is on, but for one of them; gives the last step.
fn remove_unused_doubles(observed: &Observed, name: &str, builder: &mut Builder) -> Option<StepId> {
    let all: Vec<&ObservedNetwork> = observed
        .networks
        .iter()
        .filter(|network| network.name == name)
        .collect();
    let kept = all
        .iter()
        .find(|network| is_used(observed, network))
        .or(all.first())?;
    let mut needs = Vec::new();
    for network in all.iter().filter(|network| network.id != kept.id) {
        let action = Action::RemoveNetwork {
            name: name.to_owned(),
            id: network.id.clone(),
        };
        needs = after([builder.step(action, Cause::Leftover, needs)]);
    }
    needs.into_iter().find_map(|need| match need {
        crate::Need::Step(step) => Some(step),
        crate::Need::Service { .. } => None,
    })
}

fn is_used(observed: &Observed, network: &ObservedNetwork) -> bool {
    observed.instances.iter().any(|instance| {
        instance
            .networks
            .values()
            .any(|address| address.network_id == network.id)
    })
}

/// The keys of the networks that the services join.
pub(super) fn used_networks(project: &Project, selection: &BTreeSet<String>) -> BTreeSet<String> {
    services(project, selection)
        .filter(|service| service.network_mode.is_none())
        .flat_map(|service| {
            if service.networks.is_empty() {
                vec!["default".to_owned()]
            } else {
                service.networks.keys().cloned().collect()
            }
        })
        .collect()
}

/// The keys of the volumes that the services mount.
pub(super) fn used_volumes(project: &Project, selection: &BTreeSet<String>) -> BTreeSet<String> {
    services(project, selection)
        .flat_map(|service| &service.volumes)
        .filter(|mount| mount.kind == "volume")
        .filter_map(|mount| mount.source.clone())
        .collect()
}

fn services<'a>(
    project: &'a Project,
    selection: &'a BTreeSet<String>,
) -> impl Iterator<Item = &'a devkit_compose::model::Service> {
    project
        .services
        .iter()
        .filter(|(name, _)| selection.contains(*name))
        .map(|(_, service)| service)
}

fn differs(wanted: &Network, existing: &ObservedNetwork) -> bool {
    let driver = wanted.driver.as_deref().unwrap_or("bridge");
    let subnets: BTreeSet<&str> = wanted
        .ipam
        .config
        .iter()
        .filter_map(|pool| pool.subnet.as_deref())
        .collect();
    let there: BTreeSet<&str> = existing.subnets.iter().map(String::as_str).collect();
    let gateways_differ = wanted
        .ipam
        .config
        .iter()
        .filter_map(|pool| pool.gateway.as_ref())
        .any(|gateway| !existing.gateways.contains(gateway));
    (driver != "default" && driver != existing.driver)
        || wanted.internal != existing.internal
        || (!subnets.is_empty() && !subnets.is_subset(&there))
        || gateways_differ
}

fn absent(what: &str, name: &str) -> RuntimeError {
    RuntimeError::environment(
        Diagnostic::error(format!("The external {what} {name} does not exist"))
            .with_note(format!("an external {what} is made outside of the project"))
            .with_help(format!("docker {what} create {name}")),
    )
}
