//! Addresses of other services in variables and commands, against the networks.

use std::collections::BTreeSet;

use devkit_compose::Project;
use devkit_compose::model::Service;

use super::networks::networks_place;
use crate::context::{Context, share_network};
use crate::report::{Finding, Outcome};
use crate::rule;

pub(super) fn check(context: &Context<'_>, outcome: &mut Outcome) {
    let project = context.project();
    for (key, service) in &project.services {
        for peer in peers(project, key, service) {
            outcome.decided(&rule::UNREACHABLE_PEER);
            let drawn = outcome.findings().iter().any(|finding| {
                finding.rule == &rule::FORBIDDEN_CONNECTION
                    && finding
                        .subject
                        .split(" -> ")
                        .any(|end| end == key || end == peer)
            });
            if !drawn && !share_network(project, key, &peer) {
                outcome.report(
                    Finding::new(
                        &rule::UNREACHABLE_PEER,
                        key.as_str(),
                        format!(
                            "Service `{key}` is told to use `{peer}`, and they share no network"
                        ),
                    )
                    .in_compose(networks_place(context, key)),
                );
            }
        }
    }
}

/// The services whose addresses stand in a service's own variables.
pub(crate) fn peers(project: &Project, key: &str, service: &Service) -> BTreeSet<String> {
    service
        .environment
        .values()
        .flatten()
        .flat_map(|value| hosts(value))
        .filter(|host| *host != key && project.services.contains_key(*host))
        .map(str::to_owned)
        .collect()
}

/// The hosts that a value names in a host's place: `http://api:8000`, `kafka:9092,other:9092`.
fn hosts(value: &str) -> Vec<&str> {
    value
        .split([',', ' ', ';'])
        .filter_map(|part| {
            let after_scheme = part.split_once("://").map(|(_, rest)| rest);
            let authority = after_scheme.unwrap_or(part).split(['/', '?']).next()?;
            let host_port = authority.rsplit('@').next()?;
            let (host, port) = match host_port.split_once(':') {
                Some((host, port)) => (host, port.parse::<u16>().is_ok()),
                None => (host_port, false),
            };
            (after_scheme.is_some() || port).then_some(host)
        })
        .filter(|host| !host.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::hosts;

    #[test]
    fn only_what_stands_in_a_hosts_place_is_a_host() {
        assert_eq!(hosts("http://api:8000/path"), ["api"]);
        assert_eq!(hosts("postgres://postgres:postgres@db/postgres"), ["db"]);
        assert_eq!(hosts("kafka:9092,other:9093"), ["kafka", "other"]);
        assert!(hosts("postgres").is_empty());
    }
}
