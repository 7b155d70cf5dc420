//! The ports that a running container publishes.

use super::Running;
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
