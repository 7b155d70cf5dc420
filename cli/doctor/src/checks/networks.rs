//! `DK2xx`: drawn connections and documented networks against the compose files.

use std::collections::BTreeSet;

use devkit_archdoc::{Component, Connection, ConnectionKind, Role};
use devkit_archdoc::{Network as Documented, normalised};
use devkit_compose::Project;
use devkit_compose::model::Network;
use devkit_diagnostic::Location;

use crate::context::{Context, Page, service, share_network};
use crate::matching::{Identity, product_of_name, words};
use crate::report::{Finding, Outcome};
use crate::rule;

pub(super) fn check(context: &Context<'_>, outcome: &mut Outcome) {
    for page in &context.pages {
        connections(context, page, outcome);
        networks(context, page, outcome);
        addresses(context, page, outcome);
    }
}

fn connections(context: &Context<'_>, page: &Page<'_>, outcome: &mut Outcome) {
    for connection in &page.document.facts.connections {
        if connection.origin.confidence < 0.5 {
            continue;
        }
        let from = page.services(&connection.from);
        let to = page.services(&connection.to);
        if !connection.kind.needs_network() && !is_between_services(connection, &from, &to) {
            continue;
        }
        let projects = context.projects_for(connection.origin.environment);
        if from.is_empty() || to.is_empty() || projects.is_empty() {
            continue;
        }
        outcome.decided(&rule::FORBIDDEN_CONNECTION);
        for project in projects {
            if !possible(page, project, connection, &from, &to) {
                outcome.report(
                    Finding::new(
                        &rule::FORBIDDEN_CONNECTION,
                        format!("{} -> {}", from[0], to[0]),
                        format!(
                            "`{}` is drawn connected with `{}`, and services `{}` and `{}` share no network",
                            connection.from, connection.to, from[0], to[0]
                        ),
                    )
                    .in_document(connection.origin.location())
                    .in_compose(networks_place(context, &from[0])),
                );
            }
        }
    }
}

/// Whether a connection that looks like one inside a program joins two services: one end is called
/// as its service is, so what stands around them is no program.
fn is_between_services(connection: &Connection, from: &[String], to: &[String]) -> bool {
    let ([left], [right]) = (from, to) else {
        return false;
    };
    let called = |name: &str, key: &str| normalised(name) == normalised(key);
    connection.kind == ConnectionKind::Internal
        && left != right
        && (called(&connection.from, left) || called(&connection.to, right))
}

/// Where a service says which networks it joins.
pub(super) fn networks_place(
    context: &Context<'_>,
    key: &str,
) -> Option<devkit_diagnostic::Location> {
    let mode = context.service(key)?.network_mode.is_some();
    let path = if mode { "network_mode" } else { "networks" };
    context.place(&format!("services.{key}.{path}"))
}

fn possible(
    page: &Page<'_>,
    project: &Project,
    connection: &Connection,
    from: &[String],
    to: &[String],
) -> bool {
    let present = |keys: &[String]| -> Vec<String> {
        keys.iter()
            .filter(|key| service(project, key).is_some())
            .cloned()
            .collect()
    };
    let (from, to) = (present(from), present(to));
    if from.is_empty() || to.is_empty() {
        return true;
    }
    let pair = |left: &str, right: &str| left == right || share_network(project, left, right);
    let direct = from
        .iter()
        .any(|left| to.iter().any(|right| pair(left, right)));
    let named = connection.label.iter().flat_map(|label| words(label));
    let named: Vec<_> = named.filter_map(|word| product_of_name(&word)).collect();
    // `RabbitMQ` on a line says by which server the one reaches the other.
    let carries = |identity: &Identity| {
        connection.kind == ConnectionKind::Message && identity.role == Some(Role::Queue)
            || identity.product.is_some_and(|it| named.contains(&it))
    };
    let by_broker = page
        .names
        .identities()
        .iter()
        .filter(|identity| carries(identity))
        .any(|broker| {
            from.iter().any(|left| pair(left, &broker.service))
                && to.iter().any(|right| pair(right, &broker.service))
        });
    direct || by_broker
}

fn networks(context: &Context<'_>, page: &Page<'_>, outcome: &mut Outcome) {
    let project = context.project();
    let mut documented = BTreeSet::new();
    let mut unknown = Vec::new();
    for network in &page.document.facts.networks {
        if network.origin.confidence < 0.5 {
            continue;
        }
        if let Some((key, compose)) = find(project, &network.name) {
            outcome.decided(&rule::UNKNOWN_NETWORK);
            documented.insert(key);
            details(context, page, network, key, compose, outcome);
            members(context, page, network, key, outcome);
        } else if looks_like_a_name(&network.name) && has_own_networks(project) {
            unknown.push(network);
        }
    }
    for network in unknown {
        outcome.report(
            Finding::new(
                &rule::UNKNOWN_NETWORK,
                network.name.as_str(),
                format!(
                    "Network `{}` is documented, and no compose file defines it",
                    network.name
                ),
            )
            .in_document(network.origin.location()),
        );
    }
    if documented.is_empty() {
        return;
    }
    outcome.decided(&rule::UNDOCUMENTED_NETWORK);
    let text = page.document.source.text();
    for key in project.networks.keys() {
        if key != "default" && !documented.contains(key.as_str()) && !text.contains(key.as_str()) {
            outcome.report(
                Finding::new(
                    &rule::UNDOCUMENTED_NETWORK,
                    key.as_str(),
                    format!("Network `{key}` is not documented"),
                )
                .in_compose(context.place(&format!("networks.{key}"))),
            );
        }
    }
}

fn find<'a>(project: &'a Project, name: &str) -> Option<(&'a str, &'a Network)> {
    let wanted = normalised(name);
    project
        .networks
        .iter()
        .find(|(key, network)| normalised(key) == wanted || normalised(&network.name) == wanted)
        .map(|(key, network)| (key.as_str(), network))
}

fn has_own_networks(project: &Project) -> bool {
    project.networks.keys().any(|key| key != "default")
}

/// Whether a name is one that a compose file could use, and not words about a network.
fn looks_like_a_name(name: &str) -> bool {
    !name.contains(char::is_whitespace) && name.contains(['-', '_']) && name.to_lowercase() == name
}

fn details(
    context: &Context<'_>,
    page: &Page<'_>,
    network: &Documented,
    key: &str,
    compose: &Network,
    outcome: &mut Outcome,
) {
    if let Some(driver) = network.driver.as_deref().filter(|_| !compose.external) {
        let runs = compose.driver.as_deref().unwrap_or("bridge");
        outcome.decided(&rule::DIFFERENT_DRIVER);
        // `bridge/overlay` leaves it open.
        let mut named =
            driver.split(|it: char| it.is_whitespace() || matches!(it, '/' | ',' | '|'));
        if !named.any(|it| it.eq_ignore_ascii_case(runs)) {
            outcome.report(
                Finding::new(
                    &rule::DIFFERENT_DRIVER,
                    key,
                    format!("The document says driver `{driver}` for network `{key}`, and the compose files say `{runs}`"),
                )
                .in_document(place_of(page, network, driver))
                .in_compose(context.place(&format!("networks.{key}.driver"))),
            );
        }
    }
    let Some(subnet) = network.subnet.as_ref().filter(|subnet| !subnet.is_empty()) else {
        return;
    };
    let subnets: Vec<&str> = compose
        .ipam
        .config
        .iter()
        .filter_map(|pool| pool.subnet.as_deref())
        .collect();
    outcome.decided(&rule::DIFFERENT_SUBNET);
    if !subnets.contains(&subnet.as_str()) {
        let says = if subnets.is_empty() {
            "fix none".to_owned()
        } else {
            format!("say `{}`", subnets.join(", "))
        };
        outcome.report(
            Finding::new(
                &rule::DIFFERENT_SUBNET,
                key,
                format!("The document says subnet `{subnet}` for network `{key}`, and the compose files {says}"),
            )
            .in_document(place_of(page, network, subnet))
            .in_compose(context.place(&format!("networks.{key}.ipam.config[0].subnet"))),
        );
    }
}

/// The line on which a detail of a network is written: below its name, or the name's own.
fn place_of(page: &Page<'_>, network: &Documented, detail: &str) -> Location {
    let source = &page.document.source;
    let mut named = false;
    for (index, line) in source.text().lines().enumerate() {
        named |= line.contains(&network.name);
        if let Some(at) = line.find(detail).filter(|_| named) {
            return source.location(source.line_start(index + 1) + at);
        }
    }
    network.origin.location()
}

fn members(
    context: &Context<'_>,
    page: &Page<'_>,
    network: &Documented,
    key: &str,
    outcome: &mut Outcome,
) {
    let project = context.project();
    for member in &network.members {
        let services = page.services(member);
        let known: Vec<_> = services
            .iter()
            .filter_map(|name| service(project, name).map(|service| (name, service)))
            .collect();
        if known.is_empty() {
            continue;
        }
        outcome.decided(&rule::WRONG_NETWORK);
        let joins = known.iter().any(|(_, service)| {
            service.network_mode.is_some()
                || service.networks.contains_key(key)
                || (key == "default" && service.networks.is_empty())
        });
        let cut_off = outcome.findings().iter().any(|finding| {
            finding.rule == &rule::FORBIDDEN_CONNECTION
                && finding.subject.split(" -> ").any(|end| end == known[0].0)
        });
        if !joins && !cut_off {
            // A row or an item of a list names its members itself.
            let box_of = page
                .component(member)
                .filter(|_| network.origin.diagram.is_some());
            let place = box_of.map_or_else(
                || network.origin.location(),
                |component| component.origin.location(),
            );
            let said = if network.origin.diagram.is_some() {
                "drawn inside"
            } else {
                "documented as a member of"
            };
            outcome.report(
                Finding::new(
                    &rule::WRONG_NETWORK,
                    known[0].0.as_str(),
                    format!(
                        "`{member}` is {said} network `{key}`, and service `{}` does not join it",
                        known[0].0
                    ),
                )
                .in_document(place)
                .in_compose(networks_place(context, known[0].0)),
            );
        }
    }
}

fn addresses(context: &Context<'_>, page: &Page<'_>, outcome: &mut Outcome) {
    for component in &page.document.facts.components {
        let Some(key) = page.names.one(&component.name) else {
            continue;
        };
        let fixed: Vec<&str> = service(context.project(), &key)
            .into_iter()
            .flat_map(|service| service.networks.values().flatten())
            .filter_map(|attachment| attachment.ipv4_address.as_deref())
            .collect();
        if component.addresses.is_empty() || fixed.is_empty() {
            continue;
        }
        outcome.decided(&rule::DIFFERENT_ADDRESS);
        for address in &component.addresses {
            if !fixed.contains(&address.as_str()) {
                outcome.report(
                    Finding::new(
                        &rule::DIFFERENT_ADDRESS,
                        key.as_str(),
                        format!("The document gives `{key}` the address {address}, and the compose file {}", fixed.join(", ")),
                    )
                    .in_document(address_line(page, component, address))
                    .in_compose(networks_place(context, &key)),
                );
            }
        }
    }
}

/// The line of a box on which an address is written.
fn address_line(page: &Page<'_>, component: &Component, address: &str) -> Location {
    let source = &page.document.source;
    std::iter::once(&component.origin)
        .chain(&component.mentions)
        .find_map(|origin| {
            let lines = source.text().lines().enumerate();
            let (index, line) = lines
                .skip(origin.line.saturating_sub(1))
                .take(6)
                .find(|(_, line)| line.contains(address))?;
            Some(source.location(source.line_start(index + 1) + line.find(address)?))
        })
        .unwrap_or_else(|| component.origin.location())
}
