//! Rights that services have over the machine, and ports open to everybody.

use devkit_archdoc::Role;
use devkit_compose::Project;
use devkit_compose::model::Service;

use super::exposure::{is_loopback, port_place};
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
}

fn is_store(service: &Service) -> bool {
    service
        .image
        .as_deref()
        .filter(|_| service.build.is_none())
        .and_then(product_of_image)
        .and_then(|product| product.role)
        .is_some_and(|role| {
            matches!(
                role,
                Role::Database | Role::Cache | Role::Queue | Role::Search
            )
        })
}

fn public(project: &Project, key: &str, service: &Service, outcome: &mut Outcome) {
    if !is_store(service) {
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
            .in_compose(port_place(project, key, index)),
        );
    }
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
    for (key, service) in &project.services {
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
            });
            if let Some((_, _, _, owner)) = clash {
                outcome.report(
                    Finding::new(
                        &rule::DOUBLE_PORT,
                        key.as_str(),
                        format!("Services `{owner}` and `{key}` both publish port {published}"),
                    )
                    .in_compose(port_place(project, key, index)),
                );
            }
            taken.push((published, &port.protocol, address, key));
        }
    }
}
