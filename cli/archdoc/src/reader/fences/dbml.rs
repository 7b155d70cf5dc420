//! DBML: tables with their columns.

use crate::facts::{Column, Table};
use crate::reader::collector::Collector;

/// Reads `Table name { column type [settings] }`.
pub(super) fn read(first: usize, end: usize, to: &mut Collector<'_>) {
    let mut open: Option<Table> = None;
    let mut inner = 0_usize;
    for line in first..end {
        let text = to.lines[line].text.trim();
        let Some(mut table) = open.take() else {
            let name = text
                .strip_prefix("Table ")
                .or_else(|| text.strip_prefix("table "));
            if let Some(name) = name {
                let name = name.split(['{', '[']).next().unwrap_or(name);
                let name = name.split(" as ").next().unwrap_or(name).trim();
                let name = name.rsplit('.').next().unwrap_or(name);
                open = Some(Table {
                    name: name.trim_matches(['"', '`']).to_owned(),
                    columns: Vec::new(),
                    origin: to.line_origin(line),
                });
            }
            continue;
        };
        if text.starts_with('}') && inner == 0 {
            to.table(table);
            continue;
        }
        if text.starts_with('}') {
            inner -= 1;
        } else if text.ends_with('{') {
            // Indexes, notes and checks of the table.
            inner += 1;
        } else if inner == 0 {
            table.columns.extend(column(text));
        }
        open = Some(table);
    }
    if let Some(table) = open {
        to.table(table);
    }
}

fn column(text: &str) -> Option<Column> {
    let plain = text.split("//").next()?.trim();
    if plain.to_lowercase().starts_with("note") {
        return None;
    }
    let (words, settings) = plain.split_once('[').unwrap_or((plain, ""));
    let mut words = words.split_whitespace();
    let name = words.next()?.trim_matches(['"', '`']).to_owned();
    let type_name = words.collect::<Vec<_>>().join(" ");
    let key = [
        ("pk", "PK"),
        ("primary key", "PK"),
        ("ref:", "FK"),
        ("unique", "UK"),
    ]
    .into_iter()
    .find(|(word, _)| settings.contains(word))
    .map(|(_, key)| key.to_owned());
    (!type_name.is_empty()).then_some(Column {
        name,
        type_name: Some(type_name),
        key,
    })
}
