//! Tables of ports, networks, endpoints and variables.

use super::row::{Row, meaning};
use super::service::component_of;
use crate::facts::{
    Endpoint, Environment, EnvironmentVariable, Exposure, Network, Port, PortSource,
};
use crate::reader::collector::Collector;
use crate::reader::endpoint::is_method;

/// The titles of columns with ports.
pub(super) const PORT: [&str; 5] = ["port", "listens on", "listens", "listening on", "exposes"];
/// The titles of columns with ports inside the container.
const INSIDE: [&str; 9] = [
    "internal",
    "container port",
    "target port",
    "target",
    "inside",
    "listens on",
    "listens",
    "listening on",
    "port container",
];
/// The titles of columns with ports on the host.
const OUTSIDE: [&str; 8] = [
    "external",
    "host port",
    "host",
    "published",
    "public",
    "outside",
    "mapped to",
    "mapped",
];

/// The numbers in a cell that can be ports.
fn numbers(text: &str) -> Vec<u16> {
    text.split(|it: char| !it.is_ascii_digit())
        .filter_map(|word| word.parse().ok())
        .filter(|port| *port > 0)
        .collect()
}

/// The ports inside and outside that a row pairs.
fn pairs(row: &Row<'_>) -> Vec<(Option<u16>, Option<u16>)> {
    let (inside, outside) = (row.get(&INSIDE), row.get(&OUTSIDE));
    let mut pairs = Vec::new();
    if inside.is_some() || outside.is_some() {
        let inner = numbers(inside.as_deref().unwrap_or(""));
        let outer = numbers(outside.as_deref().unwrap_or(""));
        for index in 0..inner.len().max(outer.len()).max(1) {
            pairs.push((inner.get(index).copied(), outer.get(index).copied()));
        }
        return pairs;
    }
    let any = row.get(&PORT);
    for word in any.as_deref().unwrap_or("").split([',', ' ', '/']) {
        match numbers(word).as_slice() {
            [outer, inner] => pairs.push((Some(*inner), Some(*outer))),
            [one] => pairs.push((None, Some(*one))),
            _ => {}
        }
    }
    if pairs.is_empty() {
        pairs.push((None, None));
    }
    pairs
}

pub(super) fn port(row: &Row<'_>, to: &mut Collector<'_>) {
    let Some(service) = row.service() else {
        return;
    };
    let exposed = row.get(&["exposed", "access", "exposure"]);
    let exposure = exposed.as_deref().and_then(exposure);
    let protocol = meaning(row.get(&["protocol"])).or_else(|| transport(row));
    let pairs = pairs(row);
    component_of(row, &service, &pairs, to);
    for (internal, external) in pairs {
        let mut origin = row.origin(to);
        if exposure == Some(Exposure::Development) {
            origin.environment = Environment::Development;
        }
        to.facts.ports.push(Port {
            service: service.clone(),
            internal,
            external,
            protocol: protocol.clone(),
            exposed: exposure,
            source: PortSource::Table,
            origin,
        });
    }
}

/// The transport written at the port: `80/tcp`.
fn transport(row: &Row<'_>) -> Option<String> {
    let cells = row.row.cells.iter().map(|cell| cell.text.to_lowercase());
    let found = cells.flat_map(|cell| {
        ["tcp", "udp"]
            .into_iter()
            .filter(move |it| cell.contains(&format!("/{it}")))
    });
    found.map(str::to_uppercase).next()
}

fn exposure(text: &str) -> Option<Exposure> {
    let lower = text.to_lowercase();
    if lower.contains("dev only") || lower.contains("development only") {
        Some(Exposure::Development)
    } else if lower.starts_with("yes") || lower.starts_with('✅') || lower.contains("public") {
        Some(Exposure::Yes)
    } else if lower.starts_with("no") || lower.starts_with('❌') || lower.contains("internal") {
        Some(Exposure::No)
    } else {
        None
    }
}

pub(super) fn network(row: &Row<'_>, to: &mut Collector<'_>) {
    let Some(name) = meaning(row.get(&["network name", "network"])) else {
        return;
    };
    let members = row.get(&[
        "service",
        "member",
        "container",
        "component",
        "attached",
        "used by",
    ]);
    let members = members.unwrap_or_default();
    let origin = row.origin(to);
    to.facts.networks.push(Network {
        name,
        driver: meaning(row.get(&["driver", "type"])),
        subnet: meaning(row.get(&["subnet", "cidr", "range"])),
        members: members
            .split(',')
            .map(|it| it.trim().to_owned())
            .filter(|it| !it.is_empty())
            .collect(),
        origin,
    });
}

pub(super) fn environment(row: &Row<'_>, to: &mut Collector<'_>) {
    let titles = [
        "variable",
        "env var",
        "env",
        "key",
        "name",
        "setting",
        "parameter",
    ];
    let Some(key) = row.get(&titles) else {
        return;
    };
    let capital = |it: char| it.is_ascii_uppercase() || it.is_ascii_digit() || it == '_';
    if key.len() < 2 || !key.chars().all(capital) || key.chars().all(|it| it.is_ascii_digit()) {
        return;
    }
    let origin = row.origin(to);
    let service = meaning(row.get(&["service", "used by", "component", "container"]))
        .or_else(|| to.service_at(row.line()));
    to.facts.environment.push(EnvironmentVariable {
        service,
        key,
        value: meaning(row.get(&["default", "value", "example"])),
        origin,
    });
}

/// The titles of columns with paths.
pub(super) const PATH: [&str; 6] = ["path", "endpoint", "route", "uri", "url", "resource"];
/// The titles of columns with methods.
pub(super) const METHOD: [&str; 3] = ["method", "verb", "http"];

pub(super) fn endpoint(row: &Row<'_>, to: &mut Collector<'_>) {
    let Some(written) = row.get(&PATH) else {
        return;
    };
    let (methods, path) = match written.split_once(' ') {
        Some((method, path)) if is_method(method) => (method.to_owned(), path.trim().to_owned()),
        _ => (
            row.get(&METHOD).unwrap_or_else(|| "GET".to_owned()),
            written,
        ),
    };
    if !path.starts_with('/') {
        return;
    }
    let methods = methods.to_uppercase();
    for method in methods
        .split([',', '/', ' ', '|'])
        .filter(|it| is_method(it))
    {
        let origin = row.origin(to);
        let service = meaning(row.get(&["service", "component", "container"]))
            .or_else(|| to.service_at(row.line()));
        to.endpoint(Endpoint {
            service,
            method: method.to_owned(),
            path: path.clone(),
            description: row.get(&["description", "purpose", "summary"]),
            origin,
        });
    }
}
