use std::collections::BTreeSet;

use devkit_compose::Project;
use devkit_compose::model::{Mount, Service};
use devkit_runtime::{HealthStatus, Instance, Observed, RuntimeKind, State};

use crate::checks::resources::{cpu_limit, memory_limit};
use crate::context::{Context, is_one_shot};
use crate::report::{Finding, Outcome};
use crate::rule;

/// Compares what runs with the compose files.
pub(super) fn check(context: &Context<'_>, observed: &Observed, outcome: &mut Outcome) {
    let project = context.project();
    orphans(project, observed, outcome);
    networks(context, observed, outcome);
    for (key, service) in &project.services {
        let instances = observed.instances_of(key);
        presence(context, key, service, &instances, outcome);
        for instance in instances.iter().filter(|instance| instance.is_running()) {
            health(key, instance, outcome);
            if instance.runtime == RuntimeKind::Docker {
                attachments(context, key, service, instance, outcome);
                published(context, key, service, instance, outcome);
                mounts(context, key, service, instance, outcome);
                limits(context, key, service, instance, outcome);
            }
        }
    }
}

fn orphans(project: &Project, observed: &Observed, outcome: &mut Outcome) {
    outcome.decided(&rule::ORPHAN);
    let known: BTreeSet<&str> = project.all_services().map(|(key, _)| key).collect();
    for instance in &observed.instances {
        if !instance.one_off && !known.contains(instance.service.as_str()) {
            outcome.report(Finding::new(
                &rule::ORPHAN,
                instance.service.as_str(),
                format!(
                    "`{}` belongs to service `{}`, which no compose file defines",
                    instance.name, instance.service
                ),
            ));
        }
    }
}

fn presence(
    context: &Context<'_>,
    key: &str,
    service: &Service,
    instances: &[&Instance],
    outcome: &mut Outcome,
) {
    let place = context.place(&format!("services.{key}"));
    let running = instances
        .iter()
        .filter(|instance| instance.is_running())
        .count();
    let ended_well = instances
        .iter()
        .any(|instance| instance.state == State::Exited && instance.exit_code == Some(0));
    outcome.decided(&rule::SERVICE_DOWN);
    if running == 0 {
        if is_one_shot(context.project(), key) && (ended_well || instances.is_empty()) {
            return;
        }
        // What only a profile enables is not missed before somebody asks for it.
        if !service.profiles.is_empty() && instances.is_empty() {
            return;
        }
        let what = instances.first().map_or_else(
            || "has no instance".to_owned(),
            |instance| match instance.exit_code {
                Some(code) => format!("has ended with code {code}"),
                None => format!("is {}", instance.state),
            },
        );
        if service.replicas() > 0 {
            outcome.report(
                Finding::new(&rule::SERVICE_DOWN, key, format!("Service `{key}` {what}"))
                    .in_compose(place),
            );
        }
        return;
    }
    outcome.decided(&rule::FEWER_INSTANCES);
    let wanted = service.replicas() as usize;
    let explicit = service.scale.is_some()
        || service
            .deploy
            .as_ref()
            .is_some_and(|deploy| deploy.replicas.is_some());
    if running < wanted || (explicit && running > wanted) {
        outcome.report(
            Finding::new(
                &rule::FEWER_INSTANCES,
                key,
                format!("Service `{key}` runs {running} instances, and the compose files ask for {wanted}"),
            )
            .in_compose(place),
        );
    }
}

fn health(key: &str, instance: &Instance, outcome: &mut Outcome) {
    let Some(health) = &instance.health else {
        return;
    };
    match health.status {
        HealthStatus::Healthy => outcome.decided(&rule::UNHEALTHY),
        HealthStatus::Starting => {
            outcome.undecided(
                &rule::UNHEALTHY,
                format!("`{}` is still starting", instance.name),
            );
        }
        HealthStatus::Unhealthy => outcome.report(Finding::new(
            &rule::UNHEALTHY,
            key,
            format!("`{}` fails its health check", instance.name),
        )),
    }
}

fn networks(context: &Context<'_>, observed: &Observed, outcome: &mut Outcome) {
    let docker = observed
        .instances
        .iter()
        .any(|instance| instance.runtime == RuntimeKind::Docker && instance.is_running());
    if !docker {
        return;
    }
    for (key, network) in &context.project().networks {
        let used = context.project().services.iter().any(|(name, service)| {
            service.networks.contains_key(key) && !observed.instances_of(name).is_empty()
        });
        if !used {
            continue;
        }
        let place = context.place(&format!("networks.{key}"));
        let Some(found) = observed.network(&network.name) else {
            outcome.report(
                Finding::new(
                    &rule::LIVE_NETWORK,
                    key.as_str(),
                    format!("Network `{}` does not exist", network.name),
                )
                .in_compose(place),
            );
            continue;
        };
        outcome.decided(&rule::LIVE_NETWORK);
        if network.external {
            continue;
        }
        let driver = network.driver.as_deref().unwrap_or("bridge");
        if found.driver != driver {
            outcome.report(
                Finding::new(
                    &rule::LIVE_NETWORK,
                    key.as_str(),
                    format!(
                        "Network `{}` runs with driver `{}`, and the compose files say `{driver}`",
                        network.name, found.driver
                    ),
                )
                .in_compose(place),
            );
        }
        let subnets: Vec<&String> = network
            .ipam
            .config
            .iter()
            .filter_map(|pool| pool.subnet.as_ref())
            .collect();
        for subnet in subnets {
            if !found.subnets.contains(subnet) {
                outcome.report(
                    Finding::new(
                        &rule::LIVE_NETWORK,
                        key.as_str(),
                        format!("Network `{}` runs with subnet `{}`, and the compose files say `{subnet}`", network.name, found.subnets.join(", ")),
                    )
                    .in_compose(place),
                );
            }
        }
    }
}

fn attachments(
    context: &Context<'_>,
    key: &str,
    service: &Service,
    instance: &Instance,
    outcome: &mut Outcome,
) {
    if service.network_mode.is_some() {
        return;
    }
    outcome.decided(&rule::LIVE_ATTACHMENT);
    let wanted: BTreeSet<String> = service
        .networks
        .keys()
        .filter_map(|network| context.project().networks.get(network))
        .map(|network| network.name.clone())
        .collect();
    let joined: BTreeSet<String> = instance.networks.keys().cloned().collect();
    if wanted.is_empty() || wanted == joined {
        return;
    }
    let lacking: Vec<_> = wanted.difference(&joined).cloned().collect();
    let extra: Vec<_> = joined.difference(&wanted).cloned().collect();
    let mut what = Vec::new();
    if !lacking.is_empty() {
        what.push(format!("does not join {}", lacking.join(", ")));
    }
    if !extra.is_empty() {
        what.push(format!("joins also {}", extra.join(", ")));
    }
    outcome.report(
        Finding::new(
            &rule::LIVE_ATTACHMENT,
            key,
            format!("`{}` {}", instance.name, what.join(" and ")),
        )
        .in_compose(context.place(&format!("services.{key}.networks"))),
    );
}

fn published(
    context: &Context<'_>,
    key: &str,
    service: &Service,
    instance: &Instance,
    outcome: &mut Outcome,
) {
    outcome.decided(&rule::LIVE_PORT);
    outcome.decided(&rule::LIVE_BINDING);
    for (index, port) in service.ports.iter().enumerate() {
        let place = context.place(&format!("services.{key}.ports[{index}]"));
        let bound: Vec<_> = instance
            .ports
            .iter()
            .filter(|bound| {
                bound.target == port.target
                    && bound.protocol == port.protocol
                    && bound.host_port.is_some()
            })
            .collect();
        let fits =
            |number: u16| port.published.is_none() || crate::checks::ports::publishes(port, number);
        if !bound.iter().any(|bound| bound.host_port.is_some_and(fits)) {
            let wanted = port.published.as_deref().unwrap_or("a port");
            outcome.report(
                Finding::new(
                    &rule::LIVE_PORT,
                    key,
                    format!(
                        "`{}` does not publish {wanted} for port {}",
                        instance.name, port.target
                    ),
                )
                .in_compose(place),
            );
        } else if crate::checks::exposure::is_loopback(port)
            && bound
                .iter()
                .any(|bound| bound.host_address.as_deref().is_none_or(is_everywhere))
        {
            outcome.report(
                Finding::new(
                    &rule::LIVE_BINDING,
                    key,
                    format!(
                        "`{}` publishes port {} on every address, and the compose file on loopback",
                        instance.name, port.target
                    ),
                )
                .in_compose(place),
            );
        }
    }
    let extra = instance.ports.iter().find(|bound| {
        bound.host_port.is_some()
            && !service
                .ports
                .iter()
                .any(|port| port.target == bound.target && port.protocol == bound.protocol)
    });
    if let Some(extra) = extra {
        outcome.report(
            Finding::new(
                &rule::LIVE_BINDING,
                key,
                format!(
                    "`{}` publishes port {}, which the compose files do not",
                    instance.name, extra.target
                ),
            )
            .in_compose(context.place(&format!("services.{key}"))),
        );
    }
}

fn is_everywhere(address: &str) -> bool {
    matches!(address, "" | "0.0.0.0" | "::")
}

fn mounts(
    context: &Context<'_>,
    key: &str,
    service: &Service,
    instance: &Instance,
    outcome: &mut Outcome,
) {
    outcome.decided(&rule::LIVE_MOUNT);
    for (index, mount) in service.volumes.iter().enumerate() {
        let Some(wanted) = wanted_source(context.project(), mount) else {
            continue;
        };
        let target = mount.target.trim_end_matches('/');
        let found = instance
            .mounts
            .iter()
            .find(|found| found.target.trim_end_matches('/') == target);
        let problem = match found {
            None => Some(format!(
                "`{}` has nothing mounted at `{target}`",
                instance.name
            )),
            Some(found) if found.source != wanted => Some(format!(
                "`{}` has `{}` mounted at `{target}`, and the compose files say `{wanted}`",
                instance.name, found.source
            )),
            Some(found) if found.read_only != mount.read_only => Some(format!(
                "`{}` has `{target}` mounted {}, and the compose files say otherwise",
                instance.name,
                if found.read_only {
                    "read only"
                } else {
                    "writable"
                }
            )),
            Some(_) => None,
        };
        if let Some(problem) = problem {
            outcome.report(
                Finding::new(&rule::LIVE_MOUNT, key, problem)
                    .in_compose(context.place(&format!("services.{key}.volumes[{index}]"))),
            );
        }
    }
}

fn wanted_source(project: &Project, mount: &Mount) -> Option<String> {
    let source = mount.source.as_deref()?;
    match mount.kind.as_str() {
        "volume" => Some(project.volumes.get(source)?.name.clone()),
        "bind" => Some(source.trim_end_matches('/').to_owned()),
        _ => None,
    }
}

fn limits(
    context: &Context<'_>,
    key: &str,
    service: &Service,
    instance: &Instance,
    outcome: &mut Outcome,
) {
    outcome.decided(&rule::LIVE_LIMIT);
    let path = format!("services.{key}.deploy.resources.limits");
    let memory = memory_limit(service);
    if memory != instance.limits.memory.filter(|limit| *limit > 0) {
        outcome.report(
            Finding::new(
                &rule::LIVE_LIMIT,
                key,
                format!(
                    "`{}` has another memory limit than the compose files say",
                    instance.name
                ),
            )
            .in_compose(context.place(&format!("{path}.memory"))),
        );
    }
    let (wanted, found) = (
        cpu_limit(service).unwrap_or(0.0),
        instance.limits.cpus.unwrap_or(0.0),
    );
    if (wanted - found).abs() > 0.001 {
        outcome.report(
            Finding::new(
                &rule::LIVE_LIMIT,
                key,
                format!(
                    "`{}` has another processor limit than the compose files say",
                    instance.name
                ),
            )
            .in_compose(context.place(&format!("{path}.cpus"))),
        );
    }
}
