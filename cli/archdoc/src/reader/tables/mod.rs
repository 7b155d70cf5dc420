//! What Markdown tables say: ports, resources, services, networks, volumes and more.

mod data;
mod network;
mod port;
mod row;
mod service;
mod version;
mod wiring;

use super::collector::Collector;
use super::html;
use crate::edit::tables;
use row::Table;

/// Reads every table outside fences by the titles of its columns.
pub(super) fn read(to: &mut Collector<'_>) {
    let source = to.source.clone();
    let written = tables(source.text()).into_iter();
    for mut table in written.chain(html::tables(to.lines)) {
        // A table without rows says nothing, but costs as much as one with a row.
        let taken = to.take_rows(table.rows.len().max(1));
        table.rows.truncate(taken);
        if taken > 0 {
            by_titles(&Table::of(table), to);
        }
    }
}

fn by_titles(table: &Table, to: &mut Collector<'_>) {
    version::read(table, to);
    let has = |phrases: &[&str]| table.column(phrases).is_some();
    let named = table.service().is_some();
    let tiers = table.starts(&["tier", "zone", "layer"]) && has(&service::MEMBERS);
    // "External access" of a tier is no port.
    let sides = has(&["internal", "external", "published"]);
    let ports = has(&port::PORT) || named && sides && !tiers;
    let resources = has(&service::MEMORY) || has(&service::CPU);
    let variables = has(&["variable", "env var", "env"]);
    if table.starts(&[
        "service",
        "container",
        "microservice",
        "component",
        "application",
    ]) {
        wiring::read(table, to);
    }
    if variables && !ports {
        table.each(to, network::environment);
    } else if has(&network::METHOD) && has(&network::PATH) || table.starts(&["endpoint"]) {
        table.each(to, network::endpoint);
    } else if named && (ports || resources) && !table.starts(&["network", "volume"]) {
        if ports {
            table.each(to, port::port);
        }
        if resources {
            table.each(to, service::resource);
        }
    } else if tiers {
        table.each(to, service::tier);
    } else if table.starts(&["network"]) {
        table.each(to, network::network);
    } else if has(&["volume", "mount", "bind mount"]) {
        table.each(to, data::volume);
    } else if table.starts(&data::TOPIC) {
        table.each(to, data::topic);
    } else if data::is_columns(table, to) {
        data::columns(table, to);
    } else if table.starts(&["table", "entity", "collection"]) {
        table.each(to, data::listed);
    } else if table.starts(&["service", "container", "microservice"])
        || table.starts(&["component", "application", "app", "name"]) && has(&service::TECHNOLOGY)
    {
        table.each(to, service::service);
    } else if table.starts(&["key", "setting", "parameter", "name"])
        && has(&["default", "value", "example"])
    {
        table.each(to, network::environment);
    }
}
