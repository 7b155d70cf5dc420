//! The machine against what the services may use.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::context::Context;
use crate::facts::Machine;
use crate::report::{Finding, Outcome};
use crate::rule;

use super::resources::{cpu_limit, memory_limit};

const GIGABYTE: u64 = 1 << 30;

/// Compares the machine with the project.
pub(crate) fn check(context: &Context<'_>, machine: &Machine, outcome: &mut Outcome) {
    engine(machine, outcome);
    storage(machine, outcome);
    clock(context, machine, outcome);
    names(machine, outcome);
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

fn storage(machine: &Machine, outcome: &mut Outcome) {
    let driver = machine
        .engine
        .as_ref()
        .and_then(|engine| engine.storage_driver.as_deref());
    let Some(driver) = driver else {
        return;
    };
    outcome.decided(&rule::SLOW_STORAGE);
    let problem = match driver {
        "vfs" => "copies every layer of every container",
        "devicemapper" | "aufs" | "overlay" => "is no longer maintained",
        _ => return,
    };
    outcome.report(Finding::new(
        &rule::SLOW_STORAGE,
        "engine",
        format!("The engine stores images by `{driver}`, which {problem}"),
    ));
}

fn clock(context: &Context<'_>, machine: &Machine, outcome: &mut Outcome) {
    const MOST: Duration = Duration::from_secs(2);
    const DAY: Duration = Duration::from_hours(24);
    outcome.decided(&rule::WRONG_CLOCK);
    let difference = machine
        .engine
        .as_ref()
        .and_then(|engine| engine.clock_difference);
    if let Some(difference) = difference.filter(|difference| *difference > MOST) {
        outcome.report(Finding::new(
            &rule::WRONG_CLOCK,
            "engine",
            format!(
                "The engine's clock differs from this machine's by {} seconds",
                difference.as_secs()
            ),
        ));
    }
    let tomorrow = SystemTime::now() + DAY;
    let changed = |file: &&PathBuf| {
        let changed = std::fs::metadata(file).and_then(|file| file.modified());
        changed.is_ok_and(|changed| changed > tomorrow)
    };
    if let Some(file) = context.project().files.iter().find(changed) {
        outcome.report(Finding::new(
            &rule::WRONG_CLOCK,
            "clock",
            format!(
                "`{}` was changed on a day that has not come yet",
                file.display()
            ),
        ));
    }
}

fn names(machine: &Machine, outcome: &mut Outcome) {
    let Some(localhost) = machine.localhost else {
        return;
    };
    outcome.decided(&rule::UNKNOWN_NAMES);
    if !localhost {
        outcome.report(Finding::new(
            &rule::UNKNOWN_NAMES,
            "localhost",
            "The name `localhost` does not lead to this machine",
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
        .iter()
        .filter_map(|(key, service)| {
            let each = memory_limit(service).or_else(|| documented_memory(context, key))?;
            Some(each * u64::from(service.replicas()))
        })
        .sum();
    // Containers share the engine's memory, which may be a virtual machine's.
    let engine = machine.engine.as_ref().and_then(|engine| engine.memory);
    let Some(memory) = engine.or(machine.memory).filter(|_| wanted > 0) else {
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

/// The memory that the table of resources gives to a service without a limit.
fn documented_memory(context: &Context<'_>, key: &str) -> Option<u64> {
    context.pages.iter().find_map(|page| {
        let rows = page.document.facts.resources.iter();
        let key_of = |row: &devkit_archdoc::Resource| page.names.one(row.service.as_deref()?);
        rows.filter(|row| key_of(row).as_deref() == Some(key))
            .find_map(|row| row.memory_bytes)
    })
}

fn processors(context: &Context<'_>, machine: &Machine, outcome: &mut Outcome) {
    let engine = machine.engine.as_ref().and_then(|engine| engine.processors);
    let Some(processors) = engine.or(machine.processors) else {
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
