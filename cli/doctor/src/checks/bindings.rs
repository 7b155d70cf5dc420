//! Rights that services have over the machine, and ports open to everybody.

use devkit_archdoc::Role;
use devkit_compose::Project;
use devkit_compose::model::{Port, Service};

use super::exposure::{is_loopback, port_place};
use super::habits;
use crate::context::Context;
use crate::matching::product_of_image;
use crate::report::{Finding, Outcome};
use crate::rule;

pub(super) fn check(context: &Context<'_>, outcome: &mut Outcome) {
    let project = context.project();
    for (key, service) in project.all_services() {
        public(project, key, service, outcome);
        socket(project, key, service, outcome);
        outcome.decided(&rule::PRIVILEGED);
        if service.privileged {
            outcome.report(
                Finding::new(
                    &rule::PRIVILEGED,
                    key,
                    format!("Service `{key}` is privileged"),
                )
                .in_compose(project.location(&format!("services.{key}.privileged"))),
            );
        }
    }
    double_ports(project, outcome);
    sealed_ports(context, outcome);
}

/// Whether a service holds data, or is a tool that shows it to whoever asks.
fn is_private(service: &Service) -> bool {
    service
        .image
        .as_deref()
        .filter(|_| service.build.is_none())
        .and_then(product_of_image)
        .and_then(|product| product.role)
        .is_some_and(|role| {
            matches!(
                role,
                Role::Database
                    | Role::Cache
                    | Role::Queue
                    | Role::Search
                    | Role::Admin
                    | Role::Model
            )
        })
}

fn public(project: &Project, key: &str, service: &Service, outcome: &mut Outcome) {
    if !is_private(service) {
        return;
    }
    outcome.decided(&rule::PUBLIC_BINDING);
    let reported = outcome.findings().iter().any(|finding| {
        (finding.rule == &rule::EXPOSED_DATA_TIER || finding.rule == &rule::UNDOCUMENTED_EXPOSURE)
            && finding.subject == key
    });
    let open = service.ports.iter().position(|port| {
        port.published.is_some()
            && !is_loopback(port)
            && port
                .host_ip
                .as_deref()
                .is_none_or(|ip| ip == "0.0.0.0" || ip == "::" || ip.is_empty())
    });
    if let Some(index) = open.filter(|_| !reported) {
        outcome.report(
            Finding::new(
                &rule::PUBLIC_BINDING,
                key,
                format!(
                    "Port {} of `{key}` is published on every address of the machine",
                    service.ports[index].target
                ),
            )
            .with_level(habits::open_port(project))
            .in_compose(port_place(project, key, index))
            .with_help(on_loopback(&service.ports[index])),
        );
    }
}

fn on_loopback(port: &Port) -> String {
    let Some(published) = &port.published else {
        return rule::PUBLIC_BINDING.action.to_owned();
    };
    format!(
        "Publish it as `127.0.0.1:{published}:{}`, for this machine alone",
        port.target
    )
}

fn socket(project: &Project, key: &str, service: &Service, outcome: &mut Outcome) {
    outcome.decided(&rule::ENGINE_SOCKET);
    let held = service.volumes.iter().position(|mount| {
        mount
            .source
            .as_deref()
            .is_some_and(|source| source.ends_with("/docker.sock"))
    });
    if let Some(index) = held {
        outcome.report(
            Finding::new(
                &rule::ENGINE_SOCKET,
                key,
                format!("Service `{key}` mounts the engine's socket"),
            )
            .in_compose(project.location(&format!("services.{key}.volumes[{index}]"))),
        );
    }
}

fn double_ports(project: &Project, outcome: &mut Outcome) {
    let mut taken: Vec<(u16, &str, &str, &str)> = Vec::new();
    for (key, service) in project.all_services() {
        for (index, port) in service.ports.iter().enumerate() {
            let Some(published) = port.published_port() else {
                continue;
            };
            outcome.decided(&rule::DOUBLE_PORT);
            let address = match port.host_ip.as_deref() {
                None | Some("" | "0.0.0.0" | "::") => "",
                Some(address) => address,
            };
            let clash = taken.iter().find(|(other, protocol, ip, owner)| {
                *other == published
                    && *protocol == port.protocol
                    && (ip.is_empty() || address.is_empty() || *ip == address)
                    && *owner != key
                    && may_run_together(project, owner, service)
            });
            if let Some((_, _, _, owner)) = clash {
                outcome.report(
                    Finding::new(
                        &rule::DOUBLE_PORT,
                        key,
                        format!("Services `{owner}` and `{key}` both publish port {published}"),
                    )
                    .in_compose(port_place(project, key, index)),
                );
            }
            taken.push((published, &port.protocol, address, key));
        }
    }
}

/// Whether two services can be asked for at once: profiles that they do not share are taken for a
/// choice between them.
fn may_run_together(project: &Project, owner: &str, service: &Service) -> bool {
    let Some(owner) = crate::context::service(project, owner) else {
        return false;
    };
    owner.profiles.is_empty()
        || service.profiles.is_empty()
        || owner
            .profiles
            .iter()
            .any(|profile| service.profiles.contains(profile))
}

/// Ports that are published by services on internal networks only.
fn sealed_ports(context: &Context<'_>, outcome: &mut Outcome) {
    let project = context.project();
    for (key, network) in &project.networks {
        outcome.decided(&rule::SEALED_PORT);
        let sealed = |joined: &String| {
            let joined = project.networks.get(joined);
            joined.is_some_and(|network| network.internal)
        };
        let publisher = project.all_services().find(|(_, service)| {
            service.networks.contains_key(key)
                && service.networks.keys().all(sealed)
                && service.ports.iter().any(|port| port.published.is_some())
        });
        if let Some((publisher, _)) = publisher.filter(|_| network.internal) {
            outcome.report(
                Finding::new(
                    &rule::SEALED_PORT,
                    key.as_str(),
                    format!("Network `{key}` is internal, so what `{publisher}` publishes cannot be reached"),
                )
                .in_compose(context.place(&format!("networks.{key}.internal"))),
            );
        }
    }
}
