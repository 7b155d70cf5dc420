//! Whether the registries of images that are still to be fetched have an address.

use std::collections::BTreeSet;

use devkit_runtime::{Observed, RuntimeKind};

use super::connect::in_time;
use crate::context::Context;
use crate::report::{Finding, Outcome};
use crate::rule;

/// Where images without a registry in their name come from.
const DEFAULT: &str = "registry-1.docker.io";

/// Looks up the registries of images that are not here.
pub(super) async fn check(context: &Context<'_>, observed: &Observed) -> Outcome {
    let mut outcome = Outcome::default();
    let containers = context.inputs.driver.map(devkit_runtime::Driver::kind);
    if containers != Some(RuntimeKind::Docker) || context.inputs.machine.is_none() {
        return outcome;
    }
    let missing = context.project().services.iter().filter(|(key, service)| {
        service.profiles.is_empty()
            && service.build.is_none()
            && !observed.images.contains_key(key.as_str())
    });
    let registries: BTreeSet<&str> = missing
        .filter_map(|(_, service)| service.image.as_deref())
        .map(registry)
        .collect();
    for registry in registries {
        outcome.decided(&rule::UNKNOWN_NAMES);
        let found = in_time(tokio::net::lookup_host((registry, 443))).await;
        if found.is_ok_and(|mut addresses| addresses.next().is_some()) {
            continue;
        }
        outcome.report(Finding::new(
            &rule::UNKNOWN_NAMES,
            registry,
            format!("Images are to be fetched from `{registry}`, which has no address here"),
        ));
    }
    outcome
}

/// The host in an image's name, without its port.
fn registry(image: &str) -> &str {
    let first = image.split_once('/').map(|(first, _)| first);
    let host = first.filter(|first| first.contains(['.', ':']) || *first == "localhost");
    host.map_or(DEFAULT, |host| host.split(':').next().unwrap_or(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registry_stands_before_the_first_slash() {
        assert_eq!(registry("postgres:17"), DEFAULT);
        assert_eq!(registry("dpage/pgadmin4:9"), DEFAULT);
        assert_eq!(registry("ghcr.io/a/b:1"), "ghcr.io");
        assert_eq!(registry("localhost:5000/a"), "localhost");
    }
}
