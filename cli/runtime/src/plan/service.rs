use std::collections::{BTreeMap, BTreeSet};

use devkit_compose::Project;
use devkit_compose::model::Service;
use devkit_diagnostic::Diagnostic;

use super::builder::{Builder, after};
use super::difference::cause_to_recreate;
use super::graph::{closure, is_one_shot, shared_services};
use super::resources::Resources;
use super::up::{dependencies, remove};
use super::{Definitions, UpOptions};
use crate::{Action, Cause, Instance, Need, Observed, Result, RuntimeError, State, StepId, Target};

/// What the plan makes anew, which others may have to follow.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// The steps that make the instances of a service.
    creates: BTreeMap<String, Vec<StepId>>,
    /// The steps that remove instances from networks that are made again, by instance id.
    removed: BTreeMap<String, StepId>,
}

/// Plans one service after the other, each after those that it needs.
#[derive(Debug)]
pub(super) struct ServicePlanner<'a> {
    pub(super) project: &'a Project,
    pub(super) definitions: &'a Definitions,
    pub(super) observed: &'a Observed,
    pub(super) options: &'a UpOptions,
    pub(super) selection: &'a BTreeSet<String>,
    pub(super) resources: Resources,
    pub(super) images: BTreeMap<String, StepId>,
    pub(super) made: Made,
}

impl<'a> ServicePlanner<'a> {
    /// Takes everything off networks that are not what the file says, and makes them again.
    pub(super) fn remake_networks(&mut self, builder: &mut Builder) {
        for key in self.resources.diverged.clone() {
            let Some(existing) = self
                .project
                .networks
                .get(&key)
                .and_then(|network| self.observed.network(&network.name))
            else {
                continue;
            };
            let mut removals = Vec::new();
            for instance in &self.observed.instances {
                if instance.networks.contains_key(&existing.name) {
                    let cause = Cause::NetworkChanged(existing.name.clone());
                    let timeout = self.options.timeout;
                    let step = *self
                        .made
                        .removed
                        .entry(instance.id.clone())
                        .or_insert_with(|| remove(builder, instance, cause, timeout, Vec::new()));
                    removals.push(step);
                }
            }
            let cause = Cause::NetworkChanged(existing.name.clone());
            let doubles = self
                .observed
                .networks
                .iter()
                .filter(|network| network.name == existing.name);
            let removed: Vec<StepId> = doubles
                .map(|network| {
                    let action = Action::RemoveNetwork {
                        name: network.name.clone(),
                        id: network.id.clone(),
                    };
                    builder.step(action, cause.clone(), after(removals.iter().copied()))
                })
                .collect();
            let action = Action::CreateNetwork {
                key: key.clone(),
                name: existing.name.clone(),
            };
            let created = builder.step(action, cause, after(removed));
            self.resources.networks.insert(key, created);
        }
    }

    pub(super) fn plan(&mut self, name: &str, builder: &mut Builder) -> Result<()> {
        let Some(service) = self.project.services.get(name) else {
            return Ok(());
        };
        let wanted = self
            .options
            .scale
            .get(name)
            .copied()
            .unwrap_or_else(|| service.replicas());
        check_scale(name, service, wanted, self.definitions.relays_ports())?;
        let (mut kept, leftovers) = self.sort_out(name, service);
        let mut leftover_steps = Vec::new();
        for instance in leftovers {
            let step = remove(
                builder,
                instance,
                Cause::Leftover,
                self.options.timeout,
                Vec::new(),
            );
            leftover_steps.push(step);
        }
        let there = u32::try_from(kept.len()).unwrap_or(u32::MAX);
        while kept.len() > wanted as usize {
            if let Some(instance) = kept.pop() {
                let cause = Cause::ScaleDown {
                    from: there,
                    to: wanted,
                };
                remove(builder, instance, cause, self.options.timeout, Vec::new());
            }
        }
        let used: BTreeSet<u32> = kept.iter().map(|instance| instance.number).collect();
        for instance in kept {
            self.keep(name, service, instance, &leftover_steps, builder);
        }
        let missing = wanted.saturating_sub(u32::try_from(used.len()).unwrap_or(u32::MAX));
        let numbers = (1..)
            .filter(|number| !used.contains(number))
            .take(missing as usize);
        for number in numbers {
            let cause = if there == 0 {
                Cause::Missing
            } else {
                Cause::ScaleUp {
                    from: there,
                    to: wanted,
                }
            };
            let target = self.target(name, service, number);
            self.create(name, service, target, None, cause, &leftover_steps, builder);
        }
        Ok(())
    }

    /// One instance a number, and what is left over from interrupted replacements.
    fn sort_out(&self, name: &str, service: &Service) -> (Vec<&'a Instance>, Vec<&'a Instance>) {
        let observed: &'a Observed = self.observed;
        let mut kept: BTreeMap<u32, &'a Instance> = BTreeMap::new();
        let mut leftovers = Vec::new();
        for instance in observed.instances_of(name) {
            let proper = |instance: &Instance| {
                let named = instance.name == self.target(name, service, instance.number).name;
                (named, instance.is_running())
            };
            match kept.get(&instance.number) {
                Some(other) if proper(instance) <= proper(other) => leftovers.push(instance),
                _ => leftovers.extend(kept.insert(instance.number, instance)),
            }
        }
        (kept.into_values().collect(), leftovers)
    }

    fn keep(
        &mut self,
        name: &str,
        service: &Service,
        instance: &Instance,
        leftovers: &[StepId],
        builder: &mut Builder,
    ) {
        let target = self.target(name, service, instance.number);
        if let Some(cause) = self.recreate_cause(name, service, instance) {
            self.create(
                name,
                service,
                target,
                Some(instance),
                cause,
                leftovers,
                builder,
            );
            return;
        }
        let mut needs = after(leftovers.iter().copied());
        if instance.name != target.name {
            let action = Action::Rename {
                target: instance.target(),
                name: target.name.clone(),
            };
            needs = after([builder.step(action, Cause::Leftover, needs)]);
        }
        let changed = self.changed_dependency(name);
        let cause = match instance.state {
            State::Running | State::Restarting => {
                if let Some(dependency) = self.restarting_dependency(service) {
                    needs.extend(dependencies(self.project, self.selection, name));
                    let action = Action::Restart {
                        target: instance.target(),
                        timeout: self.options.timeout,
                    };
                    builder.step(action, Cause::DependencyChanged(dependency), needs);
                }
                return;
            }
            State::Exited if is_one_shot(self.project, name) && instance.exit_code == Some(0) => {
                match changed {
                    Some(dependency) => Cause::DependencyChanged(dependency),
                    None => return,
                }
            }
            _ => Cause::NotRunning,
        };
        if !self.options.no_start {
            needs.extend(self.before_create(name, service));
            needs.extend(dependencies(self.project, self.selection, name));
            let target = instance.target();
            builder.step(Action::Start { target }, cause, needs);
        }
    }

    fn recreate_cause(&self, name: &str, service: &Service, instance: &Instance) -> Option<Cause> {
        if self.made.removed.contains_key(&instance.id) {
            let network = self
                .resources
                .diverged
                .iter()
                .next()
                .cloned()
                .unwrap_or_default();
            return Some(Cause::NetworkChanged(network));
        }
        if matches!(instance.state, State::Dead | State::Removing) {
            return Some(Cause::NotRunning);
        }
        // Whoever made it may have been killed before it had all its networks and files.
        if instance.state == State::Created && !self.options.no_start {
            return Some(Cause::Leftover);
        }
        if self.options.force_recreate {
            return Some(Cause::Requested);
        }
        if self.options.no_recreate {
            return None;
        }
        let shared = shared_services(service);
        if let Some(other) = shared
            .iter()
            .find(|other| self.made.creates.contains_key(*other))
        {
            return Some(Cause::DependencyChanged(other.clone()));
        }
        cause_to_recreate(
            self.project,
            service,
            &self.definitions.of(name),
            self.observed.images.get(name),
            instance,
        )
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one step and everything that decides it"
    )]
    fn create(
        &mut self,
        name: &str,
        service: &Service,
        target: Target,
        replaces: Option<&Instance>,
        cause: Cause,
        leftovers: &[StepId],
        builder: &mut Builder,
    ) {
        let gone = replaces.and_then(|old| self.made.removed.get(&old.id).copied());
        let old = replaces.filter(|_| gone.is_none());
        let mut needs = after(leftovers.iter().copied().chain(gone));
        needs.extend(self.before_create(name, service));
        let temporary_name = old.map(|old| {
            let id: String = old.id.chars().take(12).collect();
            format!("{id}_{}", target.name)
        });
        let create = builder.step(
            Action::Create {
                target: target.clone(),
                temporary_name: temporary_name.clone(),
                replaces: old.map(Instance::target),
                fingerprint: self.definitions.of(name),
            },
            cause.clone(),
            needs,
        );
        self.made
            .creates
            .entry(name.to_owned())
            .or_default()
            .push(create);
        let mut ready_to_start = create;
        if let (Some(old), Some(temporary_name)) = (old, temporary_name) {
            let timeout = self.options.timeout;
            let removed = remove(builder, old, cause.clone(), timeout, after([create]));
            let temporary = Target {
                name: temporary_name,
                ..target.clone()
            };
            let rename = Action::Rename {
                target: temporary,
                name: target.name.clone(),
            };
            ready_to_start = builder.step(rename, cause.clone(), after([removed]));
        }
        if !self.options.no_start {
            let mut needs = after([ready_to_start]);
            needs.extend(dependencies(self.project, self.selection, name));
            builder.step(Action::Start { target }, cause, needs);
        }
    }

    fn before_create(&self, name: &str, service: &Service) -> Vec<Need> {
        let only = BTreeSet::from([name.to_owned()]);
        let networks = super::resources::used_networks(self.project, &only);
        let volumes = super::resources::used_volumes(self.project, &only);
        let steps = networks
            .iter()
            .filter_map(|key| self.resources.networks.get(key))
            .chain(
                volumes
                    .iter()
                    .filter_map(|key| self.resources.volumes.get(key)),
            )
            .chain(self.images.get(name))
            .copied();
        let shared = shared_services(service);
        let shared_steps = shared
            .iter()
            .filter_map(|other| self.made.creates.get(other))
            .flatten()
            .copied();
        after(steps.chain(shared_steps))
    }

    /// A dependency, direct or not, that the plan makes, or that mounts a volume that it makes.
    fn changed_dependency(&self, name: &str) -> Option<String> {
        let needed = closure(self.project, &[name.to_owned()]);
        needed
            .iter()
            .find(|other| {
                let only = BTreeSet::from([(*other).clone()]);
                let volume_is_new = super::resources::used_volumes(self.project, &only)
                    .iter()
                    .any(|key| self.resources.volumes.contains_key(key));
                volume_is_new || (*other != name && self.made.creates.contains_key(*other))
            })
            .cloned()
    }

    /// A dependency with `restart: true` that the plan makes anew.
    fn restarting_dependency(&self, service: &Service) -> Option<String> {
        service
            .depends_on
            .iter()
            .find(|(needed, dependency)| {
                dependency.restart && self.made.creates.contains_key(*needed)
            })
            .map(|(needed, _)| needed.clone())
    }

    fn target(&self, name: &str, service: &Service, number: u32) -> Target {
        Target {
            service: name.to_owned(),
            number,
            name: service
                .container_name
                .clone()
                .unwrap_or_else(|| format!("{}-{name}-{number}", self.project.name)),
            id: None,
        }
    }
}

fn check_scale(name: &str, service: &Service, wanted: u32, relays: bool) -> Result<()> {
    if wanted <= 1 || (relays && service.container_name.is_none()) {
        return Ok(());
    }
    let blocker = if let Some(fixed) = &service.container_name {
        format!("container_name: {fixed}")
    } else if let Some(port) = service
        .ports
        .iter()
        .find_map(devkit_compose::model::Port::published_port)
    {
        format!("the fixed host port {port}")
    } else if service
        .networks
        .values()
        .flatten()
        .any(|attachment| attachment.ipv4_address.is_some())
    {
        "a fixed address on a network".to_owned()
    } else {
        return Ok(());
    };
    Err(RuntimeError::usage(
        Diagnostic::error(format!("Service {name} cannot have {wanted} instances"))
            .with_note(format!("{blocker} can be had by one of them only"))
            .with_help(format!(
                "remove {blocker} from {name}, or give a range of ports"
            )),
    ))
}
