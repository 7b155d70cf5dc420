//! What is mounted in a running container.

use devkit_compose::Project;
use devkit_compose::model::Mount;

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
    outcome.decided(&rule::LIVE_MOUNT);
    for (index, mount) in service.volumes.iter().enumerate() {
        let Some(wanted) = wanted_source(context.project(), mount) else {
            continue;
        };
        let target = mount.target.trim_end_matches('/');
        let found = instance
            .mounts
            .iter()
            .find(|found| found.target.trim_end_matches('/') == target);
        let problem = match found {
            None => Some(format!(
                "`{}` has nothing mounted at `{target}`",
                instance.name
            )),
            Some(found) if found.source != wanted => Some(format!(
                "`{}` has `{}` mounted at `{target}`, and the compose files say `{wanted}`",
                instance.name, found.source
            )),
            Some(found) if found.read_only != mount.read_only => Some(format!(
                "`{}` has `{target}` mounted {}, and the compose files say otherwise",
                instance.name,
                if found.read_only {
                    "read only"
                } else {
                    "writable"
                }
            )),
            Some(_) => None,
        };
        if let Some(problem) = problem {
            outcome.report(
                Finding::new(&rule::LIVE_MOUNT, key, problem)
                    .in_compose(context.place(&format!("services.{key}.volumes[{index}]"))),
            );
        }
    }
    additional(running, outcome);
}

/// Folders of the host that no compose file mounts there.
fn additional(running: &Running<'_>, outcome: &mut Outcome) {
    let (service, instance) = (running.service, running.instance);
    let written: Vec<&str> = service
        .volumes
        .iter()
        .map(|mount| mount.target.trim_end_matches('/'))
        .collect();
    // Secrets and configs are mounted where the engine has them from files.
    let elsewhere = !service.secrets.is_empty() || !service.configs.is_empty();
    let extra = instance.mounts.iter().find(|mount| {
        let target = mount.target.trim_end_matches('/');
        mount.kind == "bind" && !elsewhere && !written.contains(&target)
    });
    if let Some(extra) = extra {
        outcome.report(
            Finding::new(
                &rule::LIVE_MOUNT,
                running.key,
                format!(
                    "`{}` has `{}` mounted at `{}`, and no compose file says so",
                    instance.name, extra.source, extra.target
                ),
            )
            .in_compose(
                running
                    .context
                    .place(&format!("services.{}.volumes", running.key)),
            ),
        );
    }
}

fn wanted_source(project: &Project, mount: &Mount) -> Option<String> {
    let source = mount.source.as_deref()?;
    match mount.kind.as_str() {
        "volume" => Some(project.volumes.get(source)?.name.clone()),
        "bind" => Some(source.trim_end_matches('/').to_owned()),
        _ => None,
    }
}
