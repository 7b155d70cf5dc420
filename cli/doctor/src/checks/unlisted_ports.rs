//! `DK502`: published ports that a table of ports does not list.

use std::collections::BTreeSet;

use devkit_archdoc::PortSource;
use devkit_compose::Project;
use devkit_compose::model::{Port, Service};
use devkit_diagnostic::Location;

use super::exposure::port_place;
use crate::context::{Context, Page};
use crate::fix;
use crate::report::{Finding, Outcome};
use crate::rule;

pub(super) fn check(context: &Context<'_>, page: &Page<'_>, outcome: &mut Outcome) {
    let facts = &page.document.facts;
    let rows = facts
        .ports
        .iter()
        .filter(|port| port.source.is_row() && port.external.is_some())
        .count();
    let project = context.project();
    if rows < 3 || !lists_what_is_published(page, project) {
        return;
    }
    let known = known_ports(page, project);
    outcome.decided(&rule::UNDOCUMENTED_PORT);
    for (key, service) in project.all_services() {
        let differs = outcome.findings().iter().any(|finding| {
            matches!(finding.rule.id, "DK501" | "DK505" | "DK101") && finding.subject == key
        });
        if differs {
            continue;
        }
        for entry in entries(project, key, service) {
            let numbers: Vec<u16> = entry.ports.iter().map(|(_, number)| *number).collect();
            let (Some(first), Some(last)) = (numbers.first(), numbers.last()) else {
                continue;
            };
            // A row may name a range by its first port.
            if numbers.iter().any(|number| known.contains(number)) {
                continue;
            }
            let (message, fix) = match entry.ports.as_slice() {
                [(port, number)] => (
                    format!("Port {number} of `{key}` is not in the table of ports"),
                    fix::port_row(page.document, key, port),
                ),
                _ => (
                    format!("Ports {first}-{last} of `{key}` are not in the table of ports"),
                    None,
                ),
            };
            outcome.report(
                Finding::new(&rule::UNDOCUMENTED_PORT, key, message)
                    .in_document(table_place(page))
                    .in_compose(entry.place)
                    .with_fix(fix),
            );
        }
    }
}

/// What one entry of `ports:` publishes, which may be a range.
struct Entry<'p> {
    place: Option<Location>,
    ports: Vec<(&'p Port, u16)>,
}

fn entries<'p>(project: &Project, key: &str, service: &'p Service) -> Vec<Entry<'p>> {
    let mut entries: Vec<Entry<'p>> = Vec::new();
    for (index, port) in service.ports.iter().enumerate() {
        let Some(number) = port.published_port() else {
            continue;
        };
        let place = port_place(project, key, index);
        match entries.last_mut() {
            Some(last) if place.is_some() && last.place == place => last.ports.push((port, number)),
            _ => entries.push(Entry {
                place,
                ports: vec![(port, number)],
            }),
        }
    }
    entries
}

/// Whether a table is about what is published: one that has a column for each side is, and a list
/// of services with their ports is where it has at least half of them.
fn lists_what_is_published(page: &Page<'_>, project: &Project) -> bool {
    let rows = page.document.facts.ports.iter();
    let mut rows = rows.filter(|port| port.source.is_row());
    if rows.any(|port| port.source == PortSource::Table) {
        return true;
    }
    let published = published_ports(project);
    let listed = numbers_of(page, PortSource::is_row);
    published.intersection(&listed).count() * 2 >= published.len()
}

fn published_ports(project: &Project) -> BTreeSet<u16> {
    project
        .all_services()
        .flat_map(|(_, service)| &service.ports)
        .filter_map(Port::published_port)
        .collect()
}

/// The numbers of the ports that the document names where it asks for them.
fn numbers_of(page: &Page<'_>, wanted: impl Fn(PortSource) -> bool) -> BTreeSet<u16> {
    let ports = page.document.facts.ports.iter();
    ports
        .filter(|port| wanted(port.source))
        .flat_map(|port| [port.internal, port.external])
        .flatten()
        .collect()
}

/// The ports that count as documented: those of the tables, where these list most of what is
/// published; any that the document names otherwise.
fn known_ports(page: &Page<'_>, project: &Project) -> BTreeSet<u16> {
    let published = published_ports(project);
    let tables = numbers_of(page, PortSource::is_row);
    if published.intersection(&tables).count() * 4 >= published.len() * 3 {
        tables
    } else {
        numbers_of(page, |_| true)
    }
}

fn table_place(page: &Page<'_>) -> Location {
    page.document
        .facts
        .ports
        .iter()
        .find(|port| port.source.is_row())
        .map_or_else(
            || page.document.source.location(0),
            |port| port.origin.location(),
        )
}
