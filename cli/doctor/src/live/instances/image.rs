//! The image of a running container.

use devkit_compose::model::Service;
use devkit_runtime::Instance;

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
    if let Some(found) = other_name(service, instance) {
        outcome.report(
            Finding::new(
                &rule::LIVE_IMAGE,
                key,
                format!("`{}` runs {found}", instance.name),
            )
            .in_compose(context.place(&format!("services.{key}.image"))),
        );
        return;
    }
    let image = context.observed.as_ref();
    let image = image.and_then(|observed| observed.images.get(key));
    let (Some(image), Some(own)) = (image, &instance.image) else {
        return;
    };
    outcome.decided(&rule::LIVE_IMAGE);
    if image.id == *own {
        return;
    }
    let part = match service.image {
        Some(_) => "image",
        None => "build.context",
    };
    let place = context.place(&format!("services.{key}.{part}"));
    outcome.report(
        Finding::new(
            &rule::LIVE_IMAGE,
            key,
            format!(
                "`{}` was made from another image than `{}` is now",
                instance.name, image.name
            ),
        )
        .in_compose(place),
    );
}

/// The name of what runs, and of what should run, where they differ.
fn other_name(service: &Service, instance: &Instance) -> Option<String> {
    let wanted = service
        .image
        .as_deref()
        .filter(|_| service.build.is_none())?;
    let found = instance.image_name.as_deref()?;
    // A digest names the content, which a name cannot be compared with.
    if wanted.contains('@') || found.contains('@') || found.starts_with("sha256:") {
        return None;
    }
    let differ = full_name(wanted) != full_name(found);
    differ.then(|| format!("`{found}`, and the compose files say `{wanted}`"))
}

/// The name with its tag, without what a registry's default adds.
fn full_name(image: &str) -> String {
    let short = image.strip_prefix("docker.io/").unwrap_or(image);
    let short = short.strip_prefix("library/").unwrap_or(short);
    let last = short.rsplit('/').next().unwrap_or(short);
    if last.contains(':') {
        short.to_owned()
    } else {
        format!("{short}:latest")
    }
}

#[cfg(test)]
mod tests {
    use super::full_name;

    #[test]
    fn defaults_of_names_are_filled_in() {
        assert_eq!(
            full_name("docker.io/library/redis"),
            full_name("redis:latest")
        );
        assert_eq!(full_name("localhost:5000/api"), "localhost:5000/api:latest");
        assert_ne!(full_name("redis:8"), full_name("redis:7"));
    }
}
