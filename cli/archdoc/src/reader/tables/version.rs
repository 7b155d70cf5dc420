//! Versions in the rows of tables.

use super::row::{Row, Table};
use super::service::TECHNOLOGY;
use crate::reader::collector::Collector;

/// The titles of columns with versions.
const VERSION: [&str; 3] = ["version", "image tag", "tag"];

/// Reads the versions and images that the rows of a table name.
pub(super) fn read(table: &Table, to: &mut Collector<'_>) {
    // What such tables list is not what runs.
    let others = [
        "version",
        "date",
        "release",
        "package",
        "library",
        "dependency",
        "module",
        "variable",
        "key",
        "endpoint",
        "option",
        "alternative",
        "requirement",
        "from",
    ];
    if !table.starts(&others) {
        table.each(to, row);
    }
}

fn row(row: &Row<'_>, to: &mut Collector<'_>) {
    let count = row.table.inner.header.cells.len();
    let cells: Vec<String> = (0..count).filter_map(|column| row.cell(column)).collect();
    let service = row.service().or_else(|| row.cell(0));
    let origin = row.origin(to);
    to.written_versions(&cells, service.as_deref(), &origin);
    if let Some(version) = row.get(&VERSION) {
        let named = row.get(&TECHNOLOGY).or(service);
        if let Some(of) = named {
            to.column_version(&of, &version, origin);
        }
    }
}
