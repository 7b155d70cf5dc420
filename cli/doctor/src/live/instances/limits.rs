//! The limits of a running container.

use super::Running;
use crate::checks::resources::{cpu_limit, memory_limit};
use crate::report::{Finding, Outcome};
use crate::rule;

pub(super) fn check(running: &Running<'_>, outcome: &mut Outcome) {
    let Running {
        context,
        key,
        service,
        instance,
    } = *running;
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
