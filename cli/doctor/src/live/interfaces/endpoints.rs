//! Documented endpoints against the interface that a running service describes.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use devkit_archdoc::Endpoint;
use devkit_runtime::Observed;

use super::is_foreign;
use super::openapi::{self, Interface, Operation};
use super::paths::Path;
use crate::context::{Context, Page};
use crate::live::connect::{in_time, published, well_known_port};
use crate::live::http;
use crate::report::{Finding, Outcome};
use crate::rule::{self, Level};

/// The least number of rows of a table that claims to list a service's endpoints.
const TABLE: usize = 3;

/// Asks every running service of which the document names endpoints.
pub(in crate::live) async fn check(context: &Context<'_>, observed: &Observed) -> Outcome {
    let asked = context.pages.iter().flat_map(|page| {
        documented(page)
            .into_iter()
            .map(move |(key, endpoints)| service(context, observed, page, key, endpoints))
    });
    let mut outcome = Outcome::default();
    for answers in futures::future::join_all(asked).await {
        outcome.extend(answers);
    }
    outcome
}

/// The documented endpoints of each service.
fn documented<'p>(page: &Page<'p>) -> BTreeMap<String, Vec<&'p Endpoint>> {
    let mut documented: BTreeMap<String, Vec<&Endpoint>> = BTreeMap::new();
    for endpoint in &page.document.facts.endpoints {
        let key = endpoint
            .service
            .as_deref()
            .and_then(|name| page.names.one(name));
        let sure = endpoint.origin.confidence >= 0.5 && endpoint.path.starts_with('/');
        if let Some(key) = key.filter(|_| sure && endpoint.method != "RPC") {
            documented.entry(key).or_default().push(endpoint);
        }
    }
    // A page or a health test alone is no interface that would be described.
    documented.retain(|_, endpoints| {
        endpoints
            .iter()
            .any(|endpoint| !Path::read(&endpoint.path).is_operational())
    });
    documented
}

async fn service(
    context: &Context<'_>,
    observed: &Observed,
    page: &Page<'_>,
    key: String,
    endpoints: Vec<&Endpoint>,
) -> Outcome {
    let mut outcome = Outcome::default();
    let Some((address, interface)) = interface(context, observed, &key).await else {
        return outcome;
    };
    outcome.decided(&rule::MISSING_ENDPOINT);
    let mut missing = Vec::new();
    for endpoint in &endpoints {
        if let Some(problem) = problem(&interface, address, endpoint).await {
            missing.push((*endpoint, problem));
        }
    }
    if is_foreign(missing.len(), endpoints.len()) {
        outcome.report(
            Finding::new(
                &rule::MISSING_ENDPOINT,
                key.as_str(),
                format!(
                    "{} of {} documented endpoints of `{key}` are not served; the document seems to describe another service",
                    missing.len(),
                    endpoints.len()
                ),
            )
            .with_level(Level::Info)
            .in_document(missing[0].0.origin.location()),
        );
        return outcome;
    }
    undocumented(page, &key, &interface, &endpoints, &missing, &mut outcome);
    for (endpoint, problem) in missing {
        outcome.report(
            Finding::new(
                &rule::MISSING_ENDPOINT,
                format!("{} {}", endpoint.method, endpoint.path),
                format!("`{key}` {problem}"),
            )
            .in_document(endpoint.origin.location())
            .in_compose(context.place(&format!("services.{key}"))),
        );
    }
    outcome
}

/// Where a running service answers with a description of its interface, and that.
async fn interface(
    context: &Context<'_>,
    observed: &Observed,
    key: &str,
) -> Option<(SocketAddr, Interface)> {
    let service = context.service(key)?;
    if well_known_port(service).is_some() {
        return None;
    }
    let instance = observed
        .instances_of(key)
        .into_iter()
        .find(|instance| instance.is_running())?;
    let exposed = service
        .expose
        .iter()
        .filter_map(|port| port.split('/').next()?.parse().ok());
    let targets = service
        .ports
        .iter()
        .filter(|port| port.protocol != "udp")
        .map(|port| port.target)
        .chain(exposed)
        .chain(instance.ports.iter().map(|port| port.target));
    let mut tried = Vec::new();
    for target in targets {
        if tried.contains(&target) {
            continue;
        }
        tried.push(target);
        let address = match published(instance, target) {
            Some(address) => Some(address),
            None => context
                .inputs
                .driver?
                .endpoint(instance, target)
                .await
                .ok()?,
        };
        if let Some(address) = address
            && let Some(interface) = openapi::ask(address).await
        {
            return Some((address, interface));
        }
    }
    None
}

/// What is wrong with a documented endpoint, as the rest of a sentence about the service.
async fn problem(
    interface: &Interface,
    address: SocketAddr,
    endpoint: &Endpoint,
) -> Option<String> {
    let path = Path::read(&endpoint.path);
    let served: Vec<&Operation> = interface
        .operations
        .iter()
        .filter(|operation| operation.path.is_meant_by(&path))
        .collect();
    let method = match endpoint.method.as_str() {
        "WS" | "WSS" | "WEBSOCKET" | "SSE" => "GET",
        method => method,
    };
    let any = matches!(method, "ANY" | "ALL" | "*" | "HEAD" | "OPTIONS");
    if served
        .iter()
        .any(|operation| any || operation.methods.contains(method))
    {
        return None;
    }
    if served.is_empty() && path.is_operational() && path.is_plain() && (any || method == "GET") {
        let asked = if endpoint.path == "/" {
            "/".to_owned()
        } else {
            path.to_text()
        };
        let answer = in_time(http::get(address, &asked, None)).await;
        // A page that is slow or wants a login is there.
        return match answer {
            Ok(answer) if answer.status == 404 => {
                Some(format!("answers 404 at `{}`", endpoint.path))
            }
            _ => None,
        };
    }
    if let Some(other) = served.first() {
        let methods: Vec<&str> = other.methods.iter().map(String::as_str).collect();
        return Some(format!(
            "answers {} at `{}`, and not {method}",
            methods.join(", "),
            endpoint.path
        ));
    }
    Some(format!(
        "has no endpoint `{} {}`",
        endpoint.method, endpoint.path
    ))
}

/// Endpoints that a table leaves out which otherwise lists nearly all of them.
fn undocumented(
    page: &Page<'_>,
    key: &str,
    interface: &Interface,
    endpoints: &[&Endpoint],
    missing: &[(&Endpoint, String)],
    outcome: &mut Outcome,
) {
    let rows: Vec<&&Endpoint> = endpoints
        .iter()
        .filter(|endpoint| is_row(page, endpoint))
        .collect();
    let all: Vec<(&Operation, &String)> = interface
        .operations
        .iter()
        .filter(|operation| !operation.path.is_operational())
        .flat_map(|operation| {
            operation
                .methods
                .iter()
                .map(move |method| (operation, method))
        })
        .collect();
    let mut lacking: Vec<&(&Operation, &String)> = all
        .iter()
        .filter(|(operation, method)| {
            // One that is also in a drawing is known by its place there.
            !endpoints.iter().any(|endpoint| {
                operation.path.is_meant_by(&Path::read(&endpoint.path))
                    && (endpoint.method == **method
                        || matches!(endpoint.method.as_str(), "ANY" | "ALL" | "*"))
            })
        })
        .collect();
    if rows.len() < TABLE || lacking.len() * 4 > all.len() {
        return;
    }
    outcome.decided(&rule::UNDOCUMENTED_ENDPOINT);
    for (endpoint, _) in missing {
        leave_out_its_other_name(endpoint, &mut lacking);
    }
    let last = rows.iter().max_by_key(|row| row.origin.line);
    for (operation, method) in lacking {
        let name = format!("{method} {}", operation.written);
        let message = format!("`{key}` serves `{name}`, which is not in the table of endpoints");
        let finding = Finding::new(&rule::UNDOCUMENTED_ENDPOINT, name, message);
        outcome.report(match last {
            Some(row) => finding.in_document(row.origin.location()),
            None => finding,
        });
    }
}

/// An endpoint that is documented under another name is told of by its missing one alone.
fn leave_out_its_other_name(missing: &Endpoint, lacking: &mut Vec<&(&Operation, &String)>) {
    let path = Path::read(&missing.path);
    let same_path = |operation: &Operation| operation.path.is_meant_by(&path);
    let other = lacking
        .iter()
        .position(|(operation, _)| same_path(operation))
        .or_else(|| {
            let mut methods = lacking.iter().map(|(_, method)| method);
            methods.position(|method| **method == missing.method)
        });
    if let Some(other) = other {
        lacking.remove(other);
    }
}

/// Whether an endpoint stands in a table or list, not in a drawing.
fn is_row(page: &Page<'_>, endpoint: &Endpoint) -> bool {
    let lines = page.document.source.text().lines();
    endpoint.origin.diagram.is_none()
        && lines
            .skip(endpoint.origin.line.saturating_sub(1))
            .take(1)
            .any(|line| line.trim_start().starts_with(['|', '-', '*']))
}
