//! Tables of networks, endpoints and variables.

use super::row::{Row, meaning};
use crate::facts::{Endpoint, EnvironmentVariable, Network};
use crate::reader::collector::Collector;
use crate::reader::endpoint::is_method;

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
    to.network(Network {
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
    to.variable(EnvironmentVariable {
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
