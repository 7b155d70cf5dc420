//! The columns of a table of services that say what each one needs: others, networks, volumes.

use super::row::{Row, Table, meaning};
use crate::facts::{Connection, ConnectionKind, Network, Volume, VolumeKind};
use crate::reader::collector::Collector;
use crate::reader::words;

/// The titles of columns with what a service calls.
const NEEDS: [&str; 7] = [
    "depends on",
    "dependency",
    "dependencies",
    "depends",
    "connects to",
    "talks to",
    "calls",
];
const NETWORKS: [&str; 1] = ["network"];
const VOLUMES: [&str; 2] = ["volume", "mount"];

/// How sure a connection of a table is: nothing is drawn, but it is said.
const SAID: f64 = 0.8;

/// Reads what each row of a table of services says that the service needs.
pub(super) fn read(table: &Table, to: &mut Collector<'_>) {
    let any = [&NEEDS[..], &NETWORKS, &VOLUMES];
    if any.iter().any(|titles| table.column(titles).is_some()) {
        table.each(to, row);
    }
}

fn row(row: &Row<'_>, to: &mut Collector<'_>) {
    let Some(service) = row.service() else {
        return;
    };
    for needed in items(row, &NEEDS) {
        connection(row, &service, &needed, to);
    }
    for network in items(row, &NETWORKS) {
        member(row, &service, &network, to);
    }
    for mount in items(row, &VOLUMES) {
        volume(row, &service, &mount, to);
    }
}

/// The names in a cell, one behind the other.
fn items(row: &Row<'_>, titles: &[&str]) -> Vec<String> {
    let text = meaning(row.get(titles)).unwrap_or_default();
    text.replace("<br>", ",")
        .replace("<br/>", ",")
        .split([',', ';'])
        .filter_map(|it| meaning(Some(it.trim().to_owned())))
        .collect()
}

fn is_name(text: &str) -> bool {
    text.chars()
        .all(|it| it.is_alphanumeric() || matches!(it, '-' | '_' | '.'))
}

fn connection(row: &Row<'_>, service: &str, needed: &str, to: &mut Collector<'_>) {
    let needed = needed.split(" (").next().unwrap_or(needed).trim();
    // A sentence about what it needs names nothing.
    if needed.split_whitespace().count() > 3 || needed.contains([':', '/']) {
        return;
    }
    let rows = row.table.inner.rows.len();
    // The rows below are still to be read.
    let known = to.is_known(needed) || rows < 1000 && is_listed(row.table, needed);
    if !known && (!is_name(needed) || !words::names_software(needed)) {
        return;
    }
    let mut origin = row.origin(to);
    origin.confidence = SAID;
    to.connection(Connection {
        from: service.to_owned(),
        to: needed.to_owned(),
        label: None,
        kind: ConnectionKind::Request,
        protocol: None,
        origin,
    });
}

/// Whether a row of the table is about a service of the name.
fn is_listed(table: &Table, name: &str) -> bool {
    const ROWS: usize = 200;
    let rows = table.inner.rows.iter().take(ROWS);
    rows.map(|row| Row { table, row })
        .filter_map(|row| row.service())
        .any(|it| it.eq_ignore_ascii_case(name) || words::canonical(&it) == words::canonical(name))
}

fn member(row: &Row<'_>, service: &str, network: &str, to: &mut Collector<'_>) {
    let special = matches!(network, "default" | "host" | "bridge" | "all" | "yes");
    if special || !is_name(network) || !network.starts_with(|it: char| it.is_ascii_lowercase()) {
        return;
    }
    let origin = row.origin(to);
    let network = Network {
        name: network.to_owned(),
        driver: None,
        subnet: None,
        members: vec![service.to_owned()],
        origin,
    };
    to.member(service, network);
}

/// `redis-data:/data`, `./config:/etc/app:ro`, `redis-data`.
fn volume(row: &Row<'_>, service: &str, mount: &str, to: &mut Collector<'_>) {
    let (name, target) = match mount.split_once(':') {
        Some((name, target)) => (name, target.split(':').next()),
        None => (mount, None),
    };
    let bind = name.starts_with(['.', '/', '~']);
    let named = is_name(name) && (target.is_some() || name.contains(['-', '_']));
    if name.contains(' ') || !bind && !named {
        return;
    }
    let origin = row.origin(to);
    to.volume(Volume {
        name: name.to_owned(),
        kind: VolumeKind::bind_if(bind),
        of: Some(service.to_owned()),
        target: target.filter(|it| it.starts_with('/')).map(str::to_owned),
        description: None,
        origin,
    });
}
