//! Tables of services, their resources and their tiers.

use super::row::{Row, meaning};
use crate::facts::{Component, ComponentKind, Environment, Resource, Tier, TierKind};
use crate::reader::collector::Collector;
use crate::reader::words;

/// The titles of columns with technologies.
pub(super) const TECHNOLOGY: [&str; 7] = [
    "technology",
    "image",
    "stack",
    "tech",
    "language",
    "framework",
    "runtime",
];
/// The titles of columns with CPUs.
pub(super) const CPU: [&str; 6] = ["cpu limit", "cpu", "vcpu", "core", "limit cpu", "processor"];
/// The titles of columns with memory.
pub(super) const MEMORY: [&str; 5] = ["memory limit", "memory", "ram", "mem", "limit memory"];
/// The titles of columns that say who reaches a tier.
const REACHED: [&str; 7] = [
    "access",
    "accessible",
    "exposure",
    "exposed",
    "reachable",
    "public",
    "trust",
];
/// The titles of columns with the members of a tier.
pub(super) const MEMBERS: [&str; 5] = ["service", "component", "container", "member", "system"];

pub(super) fn service(row: &Row<'_>, to: &mut Collector<'_>) {
    if let Some(name) = row.service() {
        add(row, name, Vec::new(), to);
    }
}

/// The component of a row of another table that says with what it is built.
pub(super) fn component_of(
    row: &Row<'_>,
    name: &str,
    ports: &[(Option<u16>, Option<u16>)],
    to: &mut Collector<'_>,
) {
    if row.table.column(&TECHNOLOGY).is_none() {
        return;
    }
    let mut numbers: Vec<u16> = Vec::new();
    for (internal, external) in ports {
        for number in [internal, external].into_iter().flatten() {
            if !numbers.contains(number) {
                numbers.push(*number);
            }
        }
    }
    add(row, name.to_owned(), numbers, to);
}

fn add(row: &Row<'_>, name: String, ports: Vec<u16>, to: &mut Collector<'_>) {
    let technology = meaning(row.get(&TECHNOLOGY));
    let kind = words::kind(&name, technology.as_deref()).unwrap_or(ComponentKind::Service);
    let origin = row.origin(to);
    to.component(Component {
        role: words::role(&name, technology.as_deref()),
        technology,
        ports,
        ..Component::new(name, kind, origin)
    });
}

pub(super) fn resource(row: &Row<'_>, to: &mut Collector<'_>) {
    let Some(service) = row.service() else {
        return;
    };
    let memory = meaning(row.get(&MEMORY));
    let mut origin = row.origin(to);
    origin.environment = origin
        .heading
        .as_deref()
        .map_or(Environment::Any, words::environment);
    let cpu = row.get(&CPU).and_then(|text| cpus(&text));
    let replicas = row.get(&["replica", "instance"]);
    to.resource(Resource {
        service: Some(service),
        cpu,
        memory_bytes: memory.as_deref().and_then(words::bytes),
        memory,
        scaling: meaning(row.get(&[
            "scaling strategy",
            "scaling",
            "strategy",
            "scale",
            "scalability",
        ])),
        replicas: replicas.and_then(|it| it.split_whitespace().next()?.parse().ok()),
        origin,
    });
}

/// `1.5`, `250m`, `2 cores`, `0.5 vCPU`.
fn cpus(text: &str) -> Option<f64> {
    let word = text.split_whitespace().next()?;
    if let Some(milli) = word.strip_suffix('m') {
        return milli.parse::<f64>().ok().map(|it| it / 1000.0);
    }
    let end = word
        .find(|it: char| !it.is_ascii_digit() && it != '.')
        .unwrap_or(word.len());
    word[..end].parse().ok()
}

pub(super) fn tier(row: &Row<'_>, to: &mut Collector<'_>) {
    let Some(name) = row.cell(0) else {
        return;
    };
    let listed = meaning(row.get(&MEMBERS)).unwrap_or_default();
    let above = to.headings_above(row.line()).join(" ").to_lowercase();
    // Layers of a stack are listed in the same form, and share their members.
    let boundary = ["security", "boundar", "trust", "zone", "segment", "isolat"]
        .iter()
        .any(|word| above.contains(word))
        || row.table.column(&REACHED).is_some();
    let claims = ["access", "exposure", "description", "rule"];
    let origin = row.origin(to);
    to.layer(Tier {
        name,
        members: listed
            .split([',', ';'])
            .map(|it| it.trim().to_owned())
            .filter(|it| !it.is_empty())
            .collect(),
        kind: if boundary {
            TierKind::Boundary
        } else {
            TierKind::Layer
        },
        claims: row.get(&claims).into_iter().collect(),
        origin,
    });
}
