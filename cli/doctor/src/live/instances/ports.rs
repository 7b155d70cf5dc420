//! The ports that a running container publishes.

use devkit_runtime::PublishedPort;

use super::Running;
use crate::context::Context;
use crate::report::{Finding, Outcome};
use crate::rule;

pub(super) fn check(running: &Running<'_>, outcome: &mut Outcome) {
    let Running {
        context,
        key,
        service,
        instance,
    } = *running;
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
        } else if port.host_ip.is_none()
            && bound.iter().all(|bound| is_loopback(bound))
            && binds_everywhere(context)
        {
            let message = format!(
                "`{}` publishes port {} on loopback only, and the compose file on every address",
                instance.name, port.target
            );
            outcome.report(Finding::new(&rule::LIVE_PORT, key, message).in_compose(place));
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

/// Whether the engine publishes on every address what is published without one, which it can be
/// told not to do; another port of the project shows it.
fn binds_everywhere(context: &Context<'_>) -> bool {
    let services = context.project().services.iter();
    let mut published = services.flat_map(|(key, service)| {
        let ports = service.ports.iter().filter(|port| port.host_ip.is_none());
        ports.map(move |port| (key, port.target))
    });
    let Some(observed) = &context.observed else {
        return false;
    };
    published.any(|(key, target)| {
        let instances = observed.instances_of(key).into_iter();
        let mut bound = instances.flat_map(|instance| &instance.ports);
        bound.any(|bound| {
            bound.target == target
                && bound.host_port.is_some()
                && bound.host_address.as_deref().is_none_or(is_everywhere)
        })
    })
}

fn is_loopback(bound: &PublishedPort) -> bool {
    let address = bound.host_address.as_deref();
    address.is_some_and(|address| address.starts_with("127.") || address == "::1")
}

fn is_everywhere(address: &str) -> bool {
    matches!(address, "" | "0.0.0.0" | "::")
}
