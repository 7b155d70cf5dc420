//! `DK7xx`: what would forbid the scaling that the files ask for or the document promises.

use std::collections::BTreeMap;

use devkit_archdoc::{Environment, Origin, Role};
use devkit_compose::model::Service;
use devkit_diagnostic::Location;

use super::exposure::port_place;
use crate::context::{Context, Page, service};
use crate::matching::product_of_image;
use crate::report::{Finding, Outcome};
use crate::rule;

pub(super) fn check(context: &Context<'_>, outcome: &mut Outcome) {
    for page in &context.pages {
        numbers(context, page, outcome);
    }
    let promised = promised(context);
    for project in [Some(context.project()), context.inputs.production]
        .into_iter()
        .flatten()
    {
        for (key, service) in project.all_services() {
            let several = service.replicas() > 1;
            let promise = promised.get(key);
            if several || promise.is_some() {
                outcome.decided(&rule::FIXED_NAME);
                outcome.decided(&rule::FIXED_ADDRESS);
                names(project, key, service, promise, outcome);
            }
            if several {
                outcome.decided(&rule::FIXED_PORT);
                ports(project, key, service, outcome);
                mounts(project, key, service, outcome);
            }
        }
    }
}

/// The services of which the document says that they scale to several instances.
fn promised(context: &Context<'_>) -> BTreeMap<String, Location> {
    let mut promised = BTreeMap::new();
    for page in &context.pages {
        for row in &page.document.facts.resources {
            let horizontal = row
                .scaling
                .as_deref()
                .is_some_and(|scaling| scaling.to_lowercase().contains("horizontal"));
            let key = row.service.as_deref().and_then(|it| page.names.one(it));
            if let Some(key) = key.filter(|_| horizontal) {
                promised.insert(key, row.origin.location());
            }
        }
        for (key, _, origin) in instances(page) {
            promised.entry(key).or_insert_with(|| origin.location());
        }
    }
    promised
}

/// The services that the document gives a number of instances, for here and now.
fn instances<'p>(page: &'p Page<'_>) -> Vec<(String, u32, &'p Origin)> {
    let facts = &page.document.facts;
    let rows = facts.resources.iter();
    let rows = rows.filter_map(|row| Some((row.service.as_ref()?, row.replicas, &row.origin)));
    let drawn = facts.components.iter().filter(|it| it.runnable);
    let drawn = drawn.map(|it| (&it.name, it.replicas, &it.origin));
    rows.chain(drawn)
        .filter(|(_, _, origin)| {
            matches!(
                origin.environment,
                Environment::Any | Environment::Development
            )
        })
        .filter_map(|(name, count, origin)| {
            Some((
                page.names.one(name)?,
                count.filter(|count| *count > 1)?,
                origin,
            ))
        })
        .collect()
}

/// Numbers of instances that the document names and the compose files set otherwise.
fn numbers(context: &Context<'_>, page: &Page<'_>, outcome: &mut Outcome) {
    let project = context.project();
    for (key, documented, origin) in instances(page) {
        let Some(service) = service(project, &key) else {
            continue;
        };
        let replicas = service.deploy.as_ref().and_then(|deploy| deploy.replicas);
        let Some(count) = service.scale.or(replicas) else {
            continue;
        };
        outcome.decided(&rule::DIFFERENT_INSTANCES);
        if count != documented {
            let path = match service.scale {
                Some(_) => "scale",
                None => "deploy.replicas",
            };
            let place = project.location(&format!("services.{key}.{path}"));
            outcome.report(
                Finding::new(
                    &rule::DIFFERENT_INSTANCES,
                    key.as_str(),
                    format!(
                        "The document gives `{key}` {documented} instances, and the compose file {count}"
                    ),
                )
                .in_document(origin.location())
                .in_compose(place),
            );
        }
    }
}

fn finding(
    rule: &'static rule::Rule,
    key: &str,
    message: String,
    promise: Option<&Location>,
    place: Option<&Location>,
) -> Finding {
    let mut finding = Finding::new(rule, key, message).in_compose(place);
    finding.document = promise.cloned();
    finding
}

fn names(
    project: &devkit_compose::Project,
    key: &str,
    service: &Service,
    promise: Option<&Location>,
    outcome: &mut Outcome,
) {
    if let Some(name) = &service.container_name {
        outcome.report(finding(
            &rule::FIXED_NAME,
            key,
            format!(
                "`{key}` is to have several instances, and `container_name: {name}` allows one"
            ),
            promise,
            project
                .location(&format!("services.{key}.container_name"))
                .as_ref(),
        ));
    }
    let fixed = service.networks.iter().find_map(|(network, attachment)| {
        let address = attachment.as_ref()?.ipv4_address.as_ref()?;
        Some((network, address))
    });
    if let Some((network, address)) = fixed {
        outcome.report(finding(
            &rule::FIXED_ADDRESS,
            key,
            format!("`{key}` is to have several instances, and the address {address} allows one"),
            promise,
            project
                .location(&format!("services.{key}.networks.{network}.ipv4_address"))
                .as_ref(),
        ));
    }
}

fn ports(project: &devkit_compose::Project, key: &str, service: &Service, outcome: &mut Outcome) {
    let fixed = service
        .ports
        .iter()
        .position(|port| port.published_port().is_some_and(|port| port > 0));
    if let Some(index) = fixed {
        outcome.report(finding(
            &rule::FIXED_PORT,
            key,
            format!(
                "`{key}` is to have {} instances, and all would publish port {}",
                service.replicas(),
                service.ports[index]
                    .published
                    .as_deref()
                    .unwrap_or_default()
            ),
            None,
            port_place(project, key, index).as_ref(),
        ));
    }
}

fn mounts(project: &devkit_compose::Project, key: &str, service: &Service, outcome: &mut Outcome) {
    let is_database = service
        .image
        .as_deref()
        .and_then(product_of_image)
        .and_then(|product| product.role)
        .is_some_and(|role| matches!(role, Role::Database | Role::Queue | Role::Search));
    if !is_database {
        return;
    }
    outcome.decided(&rule::SHARED_MOUNT);
    let shared = service
        .volumes
        .iter()
        .position(|mount| mount.kind == "volume" && !mount.read_only && mount.source.is_some());
    if let Some(index) = shared {
        outcome.report(finding(
            &rule::SHARED_MOUNT,
            key,
            format!(
                "{} instances of `{key}` would write to one volume",
                service.replicas()
            ),
            None,
            project
                .location(&format!("services.{key}.volumes[{index}]"))
                .as_ref(),
        ));
    }
}
