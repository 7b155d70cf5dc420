//! What production publishes, against what the document keeps closed.

use std::collections::BTreeMap;

use devkit_archdoc::{Environment, Exposure};
use devkit_compose::Project;
use devkit_diagnostic::Location;

use crate::context::{Context, Page, service};
use crate::report::{Finding, Outcome};
use crate::rule;

pub(super) fn check(context: &Context<'_>, outcome: &mut Outcome) {
    // A compose file that stands alone is development's and production's: what the document says
    // of production only is not held against it.
    let alone = context.inputs.production.is_none();
    let production = context.inputs.production.unwrap_or(context.project());
    for page in &context.pages {
        let closed = closed_services(page, alone);
        for (key, place) in &closed {
            let Some(found) = service(production, key) else {
                continue;
            };
            outcome.decided(&rule::EXPOSED_DATA_TIER);
            if let Some(port) = found.ports.iter().position(|port| !is_loopback(port)) {
                outcome.report(
                    Finding::new(
                        &rule::EXPOSED_DATA_TIER,
                        key.as_str(),
                        format!("The document says that `{key}` has no external access, and {} publishes port {}",
                            if alone { "the compose file" } else { "production" }, found.ports[port].target),
                    )
                    .in_document(place.clone())
                    .in_compose(port_place(production, key, port)),
                );
            }
        }
        if !alone {
            development_only(page, production, &closed, outcome);
        }
    }
}

/// Whether a port is bound to the machine itself only.
pub(crate) fn is_loopback(port: &devkit_compose::model::Port) -> bool {
    port.host_ip.as_deref().is_some_and(|address| {
        address.starts_with("127.") || address == "::1" || address == "localhost"
    })
}

/// Where a port of a service is published.
pub(super) fn port_place(project: &Project, key: &str, index: usize) -> Option<Location> {
    project.location(&format!("services.{key}.ports[{index}]"))
}

/// The services that the document keeps closed; where it speaks of production, in production.
fn closed_services(page: &Page<'_>, everywhere: bool) -> BTreeMap<String, Location> {
    let facts = &page.document.facts;
    let shuts = |text: &str| closes(text) && !(everywhere && text.to_lowercase().contains("prod"));
    let mut closed = BTreeMap::new();
    for component in &facts.components {
        let says = component
            .notes
            .iter()
            .chain(&component.technology)
            .any(|note| shuts(note));
        let elsewhere = everywhere && component.origin.environment == Environment::Production;
        if let Some(key) = page
            .names
            .one(&component.name)
            .filter(|_| says && !elsewhere)
        {
            closed
                .entry(key)
                .or_insert_with(|| component.origin.location());
        }
    }
    for tier in &facts.tiers {
        if tier.claims.iter().any(|claim| shuts(claim)) {
            for member in &tier.members {
                if let Some(key) = page.names.one(member) {
                    closed.entry(key).or_insert_with(|| tier.origin.location());
                }
            }
        }
    }
    closed
}

fn closes(text: &str) -> bool {
    let text = text.to_lowercase();
    [
        "no external access",
        "no ext access",
        "not accessible from",
        "no ext",
        "internal only",
        "not exposed",
    ]
    .iter()
    .any(|words| text.contains(words))
}

fn development_only(
    page: &Page<'_>,
    production: &Project,
    closed: &BTreeMap<String, Location>,
    outcome: &mut Outcome,
) {
    for row in &page.document.facts.ports {
        let kept_closed = matches!(row.exposed, Some(Exposure::Development | Exposure::No));
        if !row.source.is_row() || !kept_closed || row.internal.is_none() {
            continue;
        }
        for key in page.services(&row.service) {
            let Some(found) = service(production, &key) else {
                continue;
            };
            outcome.decided(&rule::UNDOCUMENTED_EXPOSURE);
            let published = found.ports.iter().position(|port| {
                !is_loopback(port)
                    && (row.internal == Some(port.target)
                        || row.external.is_some() && row.external == port.published_port())
            });
            if let Some(index) = published.filter(|_| !closed.contains_key(&key)) {
                outcome.report(
                    Finding::new(
                        &rule::UNDOCUMENTED_EXPOSURE,
                        key.as_str(),
                        format!("Production publishes port {} of `{key}`, and the document says it is {}", found.ports[index].target,
                            if row.exposed == Some(Exposure::No) { "not published" } else { "published in development only" }),
                    )
                    .in_document(row.origin.location())
                    .in_compose(port_place(production, &key, index)),
                );
            }
        }
    }
}
