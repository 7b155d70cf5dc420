//! Which services run, and how many times.

use std::collections::BTreeSet;

use devkit_compose::Project;
use devkit_compose::model::Service;
use devkit_runtime::{Instance, Observed, State};

use crate::context::{Context, is_one_shot};
use crate::report::{Finding, Outcome};
use crate::rule;

/// Containers of services that no compose file has.
pub(super) fn orphans(project: &Project, observed: &Observed, outcome: &mut Outcome) {
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

/// Whether a service runs, as often as it should.
pub(super) fn check(
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
