use devkit_archdoc::edit::{MarkdownRow, MarkdownTable, insert_row, set_cell, tables};
use devkit_archdoc::{Document, Port, Resource};
use devkit_compose::model::{Port as Published, Service};

use super::edit_between;
use crate::report::Fix;

const EXTERNAL: &[&str] = &["external", "host", "published"];
const INTERNAL: &[&str] = &["internal", "container", "target"];

/// Writes the ports of the compose file into the row of a documented port.
pub(crate) fn port_cells(document: &Document, port: &Port, service: &Service) -> Option<Fix> {
    let [published] = service.ports.as_slice() else {
        return None;
    };
    let text = document.source.text();
    let (table, row) = row_at(text, port.origin.line)?;
    let external = published.published_port()?.to_string();
    let mut changed = text.to_owned();
    let columns = [
        (table.column(INTERNAL), published.target.to_string()),
        (table.column(EXTERNAL), external),
    ];
    // From the last cell to the first, so that the places of the others stay true.
    let mut cells: Vec<_> = columns
        .into_iter()
        .filter_map(|(column, value)| Some((row.cells.get(column?)?, value)))
        .collect();
    cells.sort_by_key(|(cell, _)| std::cmp::Reverse(cell.span.start));
    for (cell, value) in cells {
        changed = set_cell(&changed, cell, &value);
    }
    fix(
        document,
        &changed,
        "Write the ports of the compose file into the row",
    )
}

/// Adds a row for a published port to the table of ports.
pub(crate) fn port_row(document: &Document, key: &str, port: &Published) -> Option<Fix> {
    let text = document.source.text();
    let known = document
        .facts
        .ports
        .iter()
        .find(|port| port.source.is_row())?;
    let (table, _) = row_at(text, known.origin.line)?;
    let published = port.published_port()?.to_string();
    let target = port.target.to_string();
    let protocol = port.protocol.to_uppercase();
    let values: Vec<&str> = (0..table.header.cells.len())
        .map(|column| {
            let is = |words: &[&str]| table.column(words) == Some(column);
            if column == 0 {
                key
            } else if is(INTERNAL) {
                &target
            } else if is(EXTERNAL) {
                &published
            } else if is(&["protocol"]) {
                &protocol
            } else if is(&["exposed"]) {
                "Yes (dev only)"
            } else {
                ""
            }
        })
        .collect();
    fix(
        document,
        &insert_row(text, &table, &values),
        "Add a row to the table of ports",
    )
}

/// Writes a limit of the compose file into the row of a documented resource.
pub(crate) fn resource_cell(
    document: &Document,
    row: &Resource,
    column: &str,
    value: &str,
) -> Option<Fix> {
    let text = document.source.text();
    let (table, found) = row_at(text, row.origin.line)?;
    let cell = found.cells.get(table.column(&[column])?)?;
    fix(
        document,
        &set_cell(text, cell, value),
        "Write the limit of the compose file into the row",
    )
}

/// Adds a row for a service to the table of resources.
pub(crate) fn resource_row(
    document: &Document,
    key: &str,
    cpu: Option<f64>,
    memory: Option<&str>,
) -> Option<Fix> {
    let text = document.source.text();
    let rows = &document.facts.resources;
    let (table, _) = rows.iter().find_map(|row| row_at(text, row.origin.line))?;
    let cpu = cpu.map(|cpu| format!("{cpu:?}")).unwrap_or_default();
    let values: Vec<&str> = (0..table.header.cells.len())
        .map(|column| {
            if column == 0 {
                key
            } else if table.column(&["cpu"]) == Some(column) {
                &cpu
            } else if table.column(&["memory"]) == Some(column) {
                memory.unwrap_or_default()
            } else {
                ""
            }
        })
        .collect();
    fix(
        document,
        &insert_row(text, &table, &values),
        "Add a row to the table of resources",
    )
}

fn row_at(text: &str, line: usize) -> Option<(MarkdownTable, MarkdownRow)> {
    tables(text).into_iter().find_map(|table| {
        let row = table.rows.iter().find(|row| row.line == line)?.clone();
        Some((table, row))
    })
}

fn fix(document: &Document, changed: &str, description: &str) -> Option<Fix> {
    let text = document.source.text();
    (changed != text).then(|| Fix {
        description: description.to_owned(),
        edits: vec![edit_between(
            document.source.path().to_path_buf(),
            text,
            changed,
        )],
    })
}
