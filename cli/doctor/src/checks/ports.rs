//! `DK5xx`: documented ports against the compose files.

use devkit_archdoc::{Component, Exposure, Port, PortSource};
use devkit_compose::Project;
use devkit_compose::model::Service;
use devkit_diagnostic::Location;

use super::exposure::port_place;
use super::unlisted_ports;
use super::usual_ports::listens_usually;
use crate::context::{Context, Page, service};
use crate::fix;
use crate::report::{Finding, Outcome};
use crate::rule;

pub(super) fn check(context: &Context<'_>, outcome: &mut Outcome) {
    for page in &context.pages {
        for port in &page.document.facts.ports {
            // The ports of boxes are looked at with their components.
            if port.origin.confidence >= 0.5 && port.source != PortSource::Diagram {
                documented(context, page, port, outcome);
            }
        }
        let sure = |it: &&Component| it.origin.confidence >= 0.5;
        for component in page.document.facts.components.iter().filter(sure) {
            drawn(context, page, component, outcome);
        }
        unlisted_ports::check(context, page, outcome);
    }
}

/// The ports written in a box, which may be the host's or the container's.
fn drawn(context: &Context<'_>, page: &Page<'_>, component: &Component, outcome: &mut Outcome) {
    let Some(key) = page
        .names
        .one(&component.name)
        .filter(|key| component.runnable && !context.lacks(&format!("services.{key}.ports")))
    else {
        return;
    };
    for project in context.projects_for(component.origin.environment) {
        let Some(service) = service(project, &key).filter(|service| has_ports(service)) else {
            continue;
        };
        for number in &component.ports {
            outcome.decided(&rule::DIFFERENT_PORT);
            if !uses(service, *number) {
                outcome.report(
                    different(project, &key, service, *number)
                        .in_document(port_line(page, component, *number)),
                );
            }
        }
    }
}

/// The line of a box on which a port is written.
fn port_line(page: &Page<'_>, component: &Component, number: u16) -> Location {
    let source = &page.document.source;
    let wanted = number.to_string();
    std::iter::once(&component.origin)
        .chain(&component.mentions)
        .find_map(|origin| {
            let lines = source.text().lines().enumerate();
            let (index, line) = lines
                .skip(origin.line.saturating_sub(1))
                .take(6)
                .find(|(_, line)| mentions(line, &wanted))?;
            Some(source.location(source.line_start(index + 1) + line.find(&wanted)?))
        })
        .unwrap_or_else(|| component.origin.location())
}

fn documented(context: &Context<'_>, page: &Page<'_>, port: &Port, outcome: &mut Outcome) {
    let keys = page.services(&port.service);
    for project in context.projects_for(port.origin.environment) {
        let services: Vec<(&str, &Service)> = keys
            .iter()
            .filter(|key| !context.lacks(&format!("services.{key}.ports")))
            .filter_map(|key| Some((key.as_str(), service(project, key)?)))
            .collect();
        if services.is_empty() {
            continue;
        }
        let problems: Vec<_> = services
            .iter()
            .map(|(key, service)| problem(project, key, service, port))
            .collect();
        let Some(rules_decided) = problems.first() else {
            continue;
        };
        outcome.decided(
            rules_decided
                .as_ref()
                .map_or(&rule::DIFFERENT_PORT, |found| found.rule),
        );
        if problems.iter().any(Option::is_none) {
            continue;
        }
        if let Some(found) = problems.into_iter().flatten().next() {
            let fix = (found.rule == &rule::DIFFERENT_PORT && port.source.is_row())
                .then(|| services.first())
                .flatten()
                .and_then(|(_, service)| fix::port_cells(page.document, port, service));
            outcome.report(found.in_document(port.origin.location()).with_fix(fix));
        }
    }
}

fn problem(project: &Project, key: &str, service: &Service, port: &Port) -> Option<Finding> {
    let unpublished = port.internal.is_none()
        && port
            .external
            .is_some_and(|number| listens_usually(service, number));
    match port.source {
        PortSource::Column if unpublished => None,
        // One column may mean the container's side of what nothing publishes.
        PortSource::Column if port.internal.is_none() && service.ports.is_empty() => port
            .external
            .filter(|number| has_ports(service) && !uses(service, *number))
            .map(|number| different(project, key, service, number)),
        PortSource::Table | PortSource::Column => table_problem(project, key, service, port),
        PortSource::Address => external_problem(project, key, service, port.external?),
        PortSource::Diagram | PortSource::Prose => {
            let either = [port.internal, port.external];
            either
                .into_iter()
                .flatten()
                .find(|number| !uses(service, *number))
                .filter(|_| has_ports(service))
                .map(|number| different(project, key, service, number))
        }
    }
}

fn table_problem(project: &Project, key: &str, service: &Service, port: &Port) -> Option<Finding> {
    if port.internal.is_none() && port.external.is_none() {
        return (!service.ports.is_empty() && service.ports[0].published.is_some()).then(|| {
            Finding::new(
                &rule::DIFFERENT_EXPOSURE,
                key,
                format!(
                    "The table says that `{key}` has no port, and it publishes {}",
                    list(service)
                ),
            )
            .in_compose(port_place(project, key, 0))
        });
    }
    if let Some(external) = port.external {
        if port.exposed == Some(Exposure::No)
            && service.ports.iter().any(|other| publishes(other, external))
        {
            return Some(
                Finding::new(
                    &rule::DIFFERENT_EXPOSURE,
                    key,
                    format!(
                        "The table says that `{key}` is not published, and it publishes {}",
                        list(service)
                    ),
                )
                .in_compose(port_place(project, key, 0)),
            );
        }
        if port.exposed != Some(Exposure::No)
            && let Some(found) = external_problem(project, key, service, external)
        {
            return Some(found);
        }
    }
    if let (Some(internal), None, Some(Exposure::No)) = (port.internal, port.external, port.exposed)
    {
        let open =
            |it: &devkit_compose::model::Port| it.target == internal && it.published.is_some();
        if let Some(index) = service.ports.iter().position(open) {
            return Some(
                Finding::new(
                    &rule::DIFFERENT_EXPOSURE,
                    key,
                    format!(
                        "The table says that port {internal} of `{key}` is not published, and the compose file publishes it"
                    ),
                )
                .in_compose(port_place(project, key, index)),
            );
        }
    }
    if let (Some(internal), Some(external)) = (port.internal, port.external) {
        let mut mappings = service.ports.iter().filter(|it| publishes(it, external));
        let mapped = mappings.clone().find(|it| it.target == internal);
        let mapped = mapped.or_else(|| mappings.next());
        if let Some(mapped) = mapped {
            return wrong_target(project, key, service, mapped, internal)
                .or_else(|| wrong_protocol(project, key, service, port));
        }
    }
    port.internal
        .filter(|internal| !uses(service, *internal) && has_ports(service))
        .map(|internal| different(project, key, service, internal))
        .or_else(|| wrong_protocol(project, key, service, port))
}

fn wrong_target(
    project: &Project,
    key: &str,
    service: &Service,
    mapped: &devkit_compose::model::Port,
    internal: u16,
) -> Option<Finding> {
    let index = service.ports.iter().position(|other| other == mapped)?;
    (mapped.target != internal).then(|| {
        Finding::new(
            &rule::DIFFERENT_PORT,
            key,
            format!("The table says that `{key}` listens on port {internal}, and the compose file maps to {}", mapped.target),
        )
        .in_compose(port_place(project, key, index))
    })
}

/// A port of the host that is published, for other protocols than the documented one.
fn wrong_protocol(project: &Project, key: &str, service: &Service, port: &Port) -> Option<Finding> {
    let external = port.external?;
    let documented = port.protocol.as_deref().map(str::to_lowercase)?;
    let wanted = match documented.as_str() {
        "udp" => "udp",
        "tcp" | "http" | "https" | "amqp" | "grpc" => "tcp",
        _ => return None,
    };
    let mut published = service
        .ports
        .iter()
        .enumerate()
        .filter(|(_, other)| publishes(other, external));
    let (index, first) = published.next()?;
    if first.protocol == wanted || published.any(|(_, other)| other.protocol == wanted) {
        return None;
    }
    Some(
        Finding::new(
            &rule::DIFFERENT_PROTOCOL,
            key,
            format!(
                "The table says {documented} for port {external} of `{key}`, and it is published for {}",
                first.protocol
            ),
        )
        .in_compose(port_place(project, key, index)),
    )
}

fn external_problem(
    project: &Project,
    key: &str,
    service: &Service,
    external: u16,
) -> Option<Finding> {
    if service.ports.iter().any(|port| publishes(port, external))
        || service.network_mode.as_deref() == Some("host")
    {
        return None;
    }
    Some(different(project, key, service, external))
}

fn different(project: &Project, key: &str, service: &Service, number: u16) -> Finding {
    let message = if service.ports.is_empty() {
        format!("The document says port {number} for `{key}`, and it publishes none")
    } else {
        format!(
            "The document says port {number} for `{key}`, and it publishes {}",
            list(service)
        )
    };
    let place = if service.ports.is_empty() {
        project.location(&format!("services.{key}"))
    } else {
        port_place(project, key, 0)
    };
    Finding::new(&rule::DIFFERENT_PORT, key, message).in_compose(place)
}

fn list(service: &Service) -> String {
    service
        .ports
        .iter()
        .map(|port| match &port.published {
            Some(published) if *published == port.target.to_string() => published.clone(),
            Some(published) => format!("{published} (for {})", port.target),
            None => format!("{} at a random port", port.target),
        })
        .collect::<Vec<_>>()
        .join(", ")
}

/// Whether a published port, or range of ports, contains a number.
pub(crate) fn publishes(port: &devkit_compose::model::Port, number: u16) -> bool {
    let Some(published) = &port.published else {
        return false;
    };
    match published.split_once('-') {
        Some((first, last)) => {
            first.parse::<u16>().is_ok_and(|first| first <= number)
                && last.parse::<u16>().is_ok_and(|last| number <= last)
        }
        None => port.published_port() == Some(number),
    }
}

fn has_ports(service: &Service) -> bool {
    !service.ports.is_empty() || !service.expose.is_empty()
}

/// Whether a service has anything to do with a port number, on either side.
fn uses(service: &Service, number: u16) -> bool {
    let text = number.to_string();
    let declared = service
        .ports
        .iter()
        .any(|port| port.target == number || publishes(port, number))
        || service
            .expose
            .iter()
            .any(|port| port.split('/').next() == Some(text.as_str()));
    let own_port = |name: &str| {
        let name = name.to_ascii_uppercase();
        name == "PORT"
            || name.ends_with("_PORT")
            || name.ends_with("LISTEN")
            || name.ends_with("_ADDR")
            || name.contains("LISTENERS")
            || name.contains("BIND")
    };
    let configured = service.environment.iter().any(|(name, value)| {
        own_port(name) && value.as_deref().is_some_and(|value| mentions(value, &text))
    });
    let commanded = service
        .command
        .iter()
        .chain(&service.entrypoint)
        .flatten()
        .chain(service.healthcheck.iter().flat_map(|check| &check.test))
        .any(|argument| mentions(argument, &text));
    declared || configured || commanded || listens_usually(service, number)
}

fn mentions(value: &str, number: &str) -> bool {
    value
        .split(|character: char| !character.is_ascii_digit())
        .any(|digits| digits == number)
}
