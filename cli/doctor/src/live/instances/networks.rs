//! The networks of the running platform.

use devkit_diagnostic::Location;
use devkit_runtime::{Observed, ObservedNetwork, RuntimeKind};

use crate::context::Context;
use crate::report::{Finding, Outcome};
use crate::rule;

pub(super) fn check(context: &Context<'_>, observed: &Observed, outcome: &mut Outcome) {
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
                .in_compose(place.as_ref()),
            );
            continue;
        };
        outcome.decided(&rule::LIVE_NETWORK);
        if network.external {
            continue;
        }
        strangers(key, found, place.as_ref(), outcome);
        if found.internal != network.internal {
            let (is, says) = if found.internal {
                ("has no way out", "it has one")
            } else {
                ("has a way out", "it has none")
            };
            let message = format!(
                "Network `{}` {is}, and the compose files say that {says}",
                network.name
            );
            outcome.report(
                Finding::new(&rule::LIVE_NETWORK, key.as_str(), message).in_compose(place.as_ref()),
            );
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
                .in_compose(place.as_ref()),
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
                    .in_compose(place.as_ref()),
                );
            }
        }
    }
}

/// Containers that somebody put on the platform's network by hand.
fn strangers(
    key: &str,
    network: &ObservedNetwork,
    place: Option<&Location>,
    outcome: &mut Outcome,
) {
    outcome.decided(&rule::STRANGER);
    for name in &network.strangers {
        let message = format!(
            "Container `{name}` is on network `{}` and belongs to no project",
            network.name
        );
        outcome.report(Finding::new(&rule::STRANGER, key, message).in_compose(place));
    }
}
