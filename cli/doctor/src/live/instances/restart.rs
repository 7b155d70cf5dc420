//! The restart policy of a running container.

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
    let Some(found) = &instance.restart_policy else {
        return;
    };
    let wanted = service.restart_policy();
    outcome.decided(&rule::LIVE_RESTART);
    if wanted == *found {
        return;
    }
    let deployed = service.deploy.as_ref().map(|deploy| &deploy.other);
    let path = if deployed.is_some_and(|keys| keys.contains_key("restart_policy")) {
        format!("services.{key}.deploy.restart_policy")
    } else if service.restart.is_some() {
        format!("services.{key}.restart")
    } else {
        format!("services.{key}")
    };
    outcome.report(
        Finding::new(
            &rule::LIVE_RESTART,
            key,
            format!(
                "`{}` has the restart policy `{found}`, and the compose files say `{wanted}`",
                instance.name
            ),
        )
        .in_compose(context.place(&path)),
    );
}
