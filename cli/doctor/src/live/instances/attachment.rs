//! The networks of a running container.

use std::collections::BTreeSet;

use devkit_compose::model::Service;
use devkit_runtime::{Instance, RuntimeKind};

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
    if service.network_mode.is_some() {
        return;
    }
    outcome.decided(&rule::LIVE_ATTACHMENT);
    let wanted = wanted(context, service);
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

/// Whether a container lacks a network that the compose files give it, which is told once and
/// explains why it neither reaches others nor is reached.
pub(in crate::live) fn is_incomplete(context: &Context<'_>, instance: &Instance) -> bool {
    let service = context.project().services.get(&instance.service);
    instance.runtime == RuntimeKind::Docker
        && service
            .filter(|service| service.network_mode.is_none())
            .is_some_and(|service| {
                wanted(context, service)
                    .iter()
                    .any(|network| !instance.networks.contains_key(network))
            })
}

/// The engine's names of a service's networks.
fn wanted(context: &Context<'_>, service: &Service) -> BTreeSet<String> {
    service
        .networks
        .keys()
        .filter_map(|network| context.project().networks.get(network))
        .map(|network| network.name.clone())
        .collect()
}
