//! What a running container was made from, where it keeps that.

use devkit_compose::model::Service;
use devkit_runtime::{Definitions, HealthStatus, Instance, RuntimeKind};

use super::Running;
use crate::context::Context;
use crate::report::{Finding, Outcome};
use crate::rule;

/// The keys that other rules compare with what the engine says, or that change with the place.
const COMPARED: &[&str] = &[
    "cap_add",
    "cap_drop",
    "command",
    "configs",
    "container_name",
    "cpus",
    "deploy.resources",
    "deploy.restart_policy",
    "entrypoint",
    "env_file",
    "environment",
    "mem_limit",
    "networks",
    "pid",
    "ports",
    "privileged",
    "read_only",
    "restart",
    "secrets",
    "security_opt",
    "user",
    "volumes",
];

/// The definitions of all services; nothing where addresses are written for programs of this
/// machine, or a file that they name cannot be read.
pub(super) fn definitions(context: &Context<'_>) -> Option<Definitions> {
    let observed = context.observed.as_ref()?;
    let mut instances = observed.instances.iter();
    let alone = instances.all(|instance| instance.runtime == RuntimeKind::Docker);
    let read = Definitions::read(context.project(), RuntimeKind::Docker);
    read.ok().filter(|_| alone)
}

pub(super) fn check(running: &Running<'_>, definitions: &Definitions, outcome: &mut Outcome) {
    let (context, key, instance) = (running.context, running.key, running.instance);
    let kept = instance.fingerprint.as_ref();
    let Some(kept) = kept.filter(|kept| !kept.is_empty()) else {
        return;
    };
    outcome.decided(&rule::LIVE_DEFINITION);
    let now = definitions.of(key);
    let changed = kept.changed(&now);
    let mut changed: Vec<&str> = changed
        .iter()
        .map(String::as_str)
        .filter(|path| !is_compared(path))
        // Why an instance is unhealthy is told there.
        .filter(|path| !(is_of_health(path) && is_unhealthy(instance)))
        // One cause for each key of the service.
        .map(|path| path.split('.').next().unwrap_or(path))
        .collect();
    changed.dedup();
    for part in changed {
        let place = if says(running.service, part) {
            context.place(&format!("services.{key}.{part}"))
        } else {
            context.place(&format!("services.{key}"))
        };
        let message = format!(
            "`{}` was made with another `{part}` than the compose files say",
            instance.name
        );
        outcome.report(Finding::new(&rule::LIVE_DEFINITION, key, message).in_compose(place));
    }
}

/// Whether a service has a key.
fn says(service: &Service, part: &str) -> bool {
    let service = serde_json::to_value(service).unwrap_or_default();
    service.get(part).is_some_and(|value| !value.is_null())
}

/// Whether an instance was made with another health check than the compose files say.
pub(super) fn has_other_health_check(context: &Context<'_>, instance: &Instance) -> bool {
    let (Some(kept), Some(definitions)) = (&instance.fingerprint, definitions(context)) else {
        return false;
    };
    let changed = kept.changed(&definitions.of(&instance.service));
    !kept.is_empty() && changed.iter().any(|path| is_of_health(path))
}

fn is_of_health(path: &str) -> bool {
    path.starts_with("healthcheck.")
}

fn is_unhealthy(instance: &Instance) -> bool {
    let health = instance.health.as_ref();
    health.is_some_and(|health| health.status == HealthStatus::Unhealthy)
}

fn is_compared(path: &str) -> bool {
    COMPARED.iter().any(|key| {
        let rest = path.strip_prefix(key);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::is_compared;

    #[test]
    fn a_key_is_compared_with_all_that_is_below_it() {
        assert!(is_compared("environment.LOG_LEVEL"));
        assert!(is_compared("user"));
        assert!(!is_compared("userns_mode"));
        assert!(!is_compared("deploy.endpoint_mode"));
        assert!(is_compared("deploy.restart_policy.condition"));
    }
}
