//! What the compose files alone say about images, health checks and mounted paths.

use std::collections::BTreeSet;
use std::path::Path;

use devkit_compose::Project;
use devkit_compose::model::{Condition, Service};
use devkit_diagnostic::Diagnostic;

use super::habits;
use crate::context::{Context, is_one_shot};
use crate::report::{Finding, Outcome};
use crate::rule::{self, Level};

pub(super) fn check(context: &Context<'_>, outcome: &mut Outcome) {
    let production = context.inputs.production.unwrap_or(context.project());
    for (key, service) in &production.services {
        image(production, key, service, outcome);
    }
    let project = context.project();
    for (key, service) in &project.services {
        health(context, key, service, outcome);
        sources(context, key, service, outcome);
    }
    warnings(context, outcome);
    omissions(context, outcome);
}

fn image(project: &Project, key: &str, service: &Service, outcome: &mut Outcome) {
    let Some(image) = service.image.as_deref().filter(|_| service.build.is_none()) else {
        return;
    };
    outcome.decided(&rule::FLOATING_IMAGE);
    if habits::floats(image) && service.profiles.is_empty() {
        outcome.report(
            Finding::new(
                &rule::FLOATING_IMAGE,
                key,
                format!("`{key}` runs `{image}`, which may be another program after the next pull"),
            )
            .with_level(habits::floating_image(project))
            .in_compose(project.location(&format!("services.{key}.image"))),
        );
    }
}

fn health(context: &Context<'_>, key: &str, service: &Service, outcome: &mut Outcome) {
    let project = context.project();
    let waiting = project.services.iter().find(|(_, other)| {
        other
            .depends_on
            .get(key)
            .is_some_and(|need| need.condition == Condition::ServiceHealthy)
    });
    let Some((waiting, _)) = waiting else {
        return;
    };
    outcome.decided(&rule::MISSING_HEALTHCHECK);
    let tested = service.healthcheck.as_ref().is_some_and(|check| {
        !check.disable && check.test.first().is_some_and(|kind| kind != "NONE")
    });
    let off = service.healthcheck.as_ref().is_some_and(|check| {
        check.disable || check.test.first().is_some_and(|kind| kind == "NONE")
    });
    // The image of another project may bring its own test, which files cannot tell.
    let by_image = !off && (service.build.is_none() || dockerfile_tests(service));
    let known_without = service
        .image
        .as_deref()
        .filter(|_| service.build.is_none())
        .is_some_and(|image| {
            crate::matching::product_of_image(image).is_some_and(|product| {
                matches!(
                    product.id,
                    "postgresql" | "redis" | "rabbitmq" | "mysql" | "mongodb" | "nginx"
                ) && !image.contains("bitnami")
            })
        });
    if tested || (by_image && !known_without) || is_one_shot(project, key) {
        return;
    }
    outcome.report(
        Finding::new(
            &rule::MISSING_HEALTHCHECK,
            key,
            format!("`{waiting}` waits for `{key}` to be healthy, and `{key}` has no health check"),
        )
        .in_compose(context.place(&format!("services.{key}"))),
    );
}

fn dockerfile_tests(service: &Service) -> bool {
    service.build.as_ref().is_some_and(|build| {
        let inline = build.dockerfile_inline.clone();
        let path =
            Path::new(&build.context).join(build.dockerfile.as_deref().unwrap_or("Dockerfile"));
        inline
            .or_else(|| std::fs::read_to_string(path).ok())
            .is_none_or(|text| {
                text.lines()
                    .any(|line| line.trim_start().starts_with("HEALTHCHECK "))
            })
    })
}

fn sources(context: &Context<'_>, key: &str, service: &Service, outcome: &mut Outcome) {
    for (index, mount) in service.volumes.iter().enumerate() {
        let Some(source) = mount.source.as_deref().filter(|_| mount.kind == "bind") else {
            continue;
        };
        let path = Path::new(source);
        let Ok(inside) = path.strip_prefix(context.inputs.root) else {
            continue;
        };
        outcome.decided(&rule::MISSING_BIND_SOURCE);
        if path.exists() || is_made_on_purpose(inside) {
            continue;
        }
        outcome.report(
            Finding::new(
                &rule::MISSING_BIND_SOURCE,
                key,
                format!(
                    "`./{}`, mounted by `{key}`, does not exist",
                    inside.display()
                ),
            )
            .with_level(habits::missing_source(context))
            .in_compose(context.place(&format!("services.{key}.volumes[{index}]"))),
        );
    }
}

/// Whether a folder is one that programs make: data, logs, temporary files.
fn is_made_on_purpose(path: &Path) -> bool {
    path.extension().is_none()
        && path.iter().any(|part| {
            let part = part.to_string_lossy().to_lowercase();
            [
                "tmp",
                "data",
                "log",
                "cache",
                "volume",
                "storage",
                "upload",
                "backup",
                "node_modules",
                "output",
                "models",
                "target",
            ]
            .iter()
            .any(|name| part.contains(name))
        })
}

/// What the compose files were read without, each thing once.
fn omissions(context: &Context<'_>, outcome: &mut Outcome) {
    outcome.decided(&rule::UNUSABLE_PART);
    let mut said = BTreeSet::new();
    let root = format!("{}/", context.inputs.root.display());
    for omitted in context.inputs.omitted {
        if said.insert(omitted.message.as_str()) {
            if let Some(found) = unscalable(omitted) {
                outcome.report(found);
                continue;
            }
            outcome.report(
                Finding::new(
                    &rule::UNUSABLE_PART,
                    context.project().name.as_str(),
                    omitted.message.replace(&root, ""),
                )
                .with_level(omission(context, omitted))
                .in_compose(omitted.location().as_ref()),
            );
        }
    }
}

/// A fixed name of a container that is to run several times, which forbids the scaling.
fn unscalable(omitted: &Diagnostic) -> Option<Finding> {
    let (key, _) = omitted
        .message
        .strip_prefix("services.")?
        .split_once(" has a fixed `container_name`")?;
    let message = format!("`{key}` is to have several instances, and `container_name` allows one");
    let found = Finding::new(&rule::FIXED_NAME, key, message);
    Some(found.in_compose(omitted.location().as_ref()))
}

/// The level of what could not be used: what a fresh clone lacks, and what follows from that, is
/// no fault of the files.
fn omission(context: &Context<'_>, omitted: &Diagnostic) -> Level {
    let line = omitted
        .location()
        .and_then(|place| context.inputs.repository.line(&place.file, place.line));
    let of_variables = line.is_some_and(|line| line.contains('$'));
    let of_env_file = omitted.message.starts_with("The env file ");
    if of_env_file || of_variables && !habits::is_set_up(context) {
        Level::Warning
    } else {
        Level::Error
    }
}

fn warnings(context: &Context<'_>, outcome: &mut Outcome) {
    outcome.decided(&rule::COMPOSE_WARNING);
    let project = context.project();
    for warning in &project.warnings {
        let level = if warning.message.contains("is not set") {
            habits::unset_variable(context)
        } else if warning.message.contains("is obsolete") {
            Level::Info
        } else {
            Level::Warning
        };
        let mut found = Finding::new(
            &rule::COMPOSE_WARNING,
            project.name.as_str(),
            warning.message.clone(),
        );
        found.help = help(&warning.message).map(str::to_owned);
        outcome.report(
            found
                .with_level(level)
                .in_compose(warning.location().as_ref()),
        );
    }
}

/// What to do about a warning that is not about a variable.
fn help(message: &str) -> Option<&'static str> {
    if message.contains("is not set") {
        None
    } else if message.contains("is obsolete") {
        Some("Remove the key")
    } else {
        Some("Correct the place that is named")
    }
}
