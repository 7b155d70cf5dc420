//! The machine against what the services may use.

use std::path::Path;

use crate::context::Context;
use crate::facts::Machine;
use crate::report::{Finding, Outcome};
use crate::rule;

use super::resources::{cpu_limit, memory_limit};

const GIGABYTE: u64 = 1 << 30;

/// Compares the machine with the project.
pub(crate) fn check(context: &Context<'_>, machine: &Machine, outcome: &mut Outcome) {
    engine(machine, outcome);
    buildkit(context, machine, outcome);
    memory(context, machine, outcome);
    processors(context, machine, outcome);
    for space in &machine.spaces {
        outcome.decided(&rule::LITTLE_DISK);
        if space.free < 2 * GIGABYTE {
            let shown = space.path.display();
            outcome.report(Finding::new(
                &rule::LITTLE_DISK,
                shown.to_string(),
                format!("{} MB are free at {shown}", space.free >> 20),
            ));
        }
    }
    for (limit, least, name) in [
        (machine.watches, 8192, "fs.inotify.max_user_watches"),
        (machine.watchers, 128, "fs.inotify.max_user_instances"),
    ] {
        let Some(limit) = limit else {
            continue;
        };
        outcome.decided(&rule::FEW_WATCHES);
        if limit < least {
            outcome.report(Finding::new(
                &rule::FEW_WATCHES,
                name,
                format!("`{name}` is {limit}; hot reload needs at least {least}"),
            ));
        }
    }
}

fn engine(machine: &Machine, outcome: &mut Outcome) {
    let Some(engine) = &machine.engine else {
        outcome.report(Finding::new(
            &rule::NO_ENGINE,
            "engine",
            "No Docker Engine answers; devkit runs the platform as processes",
        ));
        return;
    };
    outcome.decided(&rule::NO_ENGINE);
    let Some(api) = version(&engine.api) else {
        outcome.undecided(
            &rule::OLD_ENGINE,
            "the engine does not tell its API version",
        );
        return;
    };
    outcome.decided(&rule::OLD_ENGINE);
    if api < (1, 41) {
        outcome.report(Finding::new(
            &rule::OLD_ENGINE,
            "engine",
            format!(
                "Docker Engine {} speaks API {}, and devkit needs 1.41",
                engine.version, engine.api
            ),
        ));
    }
}

fn buildkit(context: &Context<'_>, machine: &Machine, outcome: &mut Outcome) {
    let Some(engine) = &machine.engine else {
        return;
    };
    for (key, service) in &context.project().services {
        let Some(build) = &service.build else {
            continue;
        };
        let path =
            Path::new(&build.context).join(build.dockerfile.as_deref().unwrap_or("Dockerfile"));
        let text = build
            .dockerfile_inline
            .clone()
            .or_else(|| std::fs::read_to_string(path).ok())
            .unwrap_or_default();
        outcome.decided(&rule::NO_BUILDX);
        let needs = text.lines().any(|line| {
            line.starts_with("RUN --mount")
                || line.starts_with("COPY <<")
                || line.starts_with("RUN <<")
        });
        if needs && !engine.buildx {
            outcome.report(
                Finding::new(
                    &rule::NO_BUILDX,
                    key.as_str(),
                    format!("The Dockerfile of `{key}` needs BuildKit, and `docker buildx` is not installed"),
                )
                .in_compose(context.place(&format!("services.{key}.build"))),
            );
        }
    }
}

fn version(text: &str) -> Option<(u32, u32)> {
    let (major, minor) = text.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

fn memory(context: &Context<'_>, machine: &Machine, outcome: &mut Outcome) {
    let wanted: u64 = context
        .project()
        .services
        .values()
        .filter_map(|service| Some(memory_limit(service)? * u64::from(service.replicas())))
        .sum();
    let Some(memory) = machine.memory.filter(|_| wanted > 0) else {
        return;
    };
    outcome.decided(&rule::LITTLE_MEMORY);
    if wanted > memory {
        outcome.report(Finding::new(
            &rule::LITTLE_MEMORY,
            "memory",
            format!(
                "The services may use {} MB, and the machine has {} MB",
                wanted >> 20,
                memory >> 20
            ),
        ));
    }
}

fn processors(context: &Context<'_>, machine: &Machine, outcome: &mut Outcome) {
    let Some(processors) = machine.processors else {
        return;
    };
    for (key, service) in &context.project().services {
        let Some(limit) = cpu_limit(service) else {
            continue;
        };
        outcome.decided(&rule::FEW_PROCESSORS);
        #[expect(clippy::cast_precision_loss, reason = "no machine has 2^52 processors")]
        if limit > processors as f64 {
            outcome.report(
                Finding::new(
                    &rule::FEW_PROCESSORS,
                    key.as_str(),
                    format!("`{key}` may use {limit} processors, and the machine has {processors}"),
                )
                .in_compose(context.place(&format!("services.{key}.deploy.resources.limits.cpus"))),
            );
        }
    }
}
