//! Entity diagrams: tables with their columns.

use std::collections::BTreeMap;

use super::Numbered;
use crate::facts::{Column, Table};
use crate::reader::collector::Collector;

/// Reads the statements; answers with the share of them that was understood.
pub(super) fn read(statements: &[Numbered<'_>], to: &mut Collector<'_>) -> f64 {
    let mut open: Option<Table> = None;
    let mut mentioned: BTreeMap<String, usize> = BTreeMap::new();
    for (line, text) in statements {
        let text = text.trim();
        if let Some(mut table) = open.take() {
            if text.starts_with('}') {
                to.table(table);
            } else {
                table.columns.extend(column(text));
                open = Some(table);
            }
            continue;
        }
        if let Some((left, right)) = related(text) {
            for name in [left, right] {
                mentioned.entry(name.to_owned()).or_insert(*line);
            }
            continue;
        }
        if let Some(name) = text.strip_suffix('{') {
            let name = name.trim();
            // `A ||--o{` is a relation that goes on, never an entity.
            if !name.is_empty() && !name.contains("--") {
                let name = name
                    .split('[')
                    .next()
                    .unwrap_or(name)
                    .trim_matches('"')
                    .trim();
                open = Some(Table {
                    name: name.to_owned(),
                    columns: Vec::new(),
                    origin: to.line_origin(*line),
                });
            }
        }
    }
    if let Some(table) = open {
        to.table(table);
    }
    for (name, line) in mentioned {
        if !to.is_table(&name) {
            let origin = to.line_origin(line);
            to.table(Table {
                name,
                columns: Vec::new(),
                origin,
            });
        }
    }
    1.0
}

/// The entities of `A ||--o{ "B" : has`.
fn related(text: &str) -> Option<(&str, &str)> {
    let ends = text.split(':').next().unwrap_or(text);
    let at = ends.find("--").or_else(|| ends.find(".."))?;
    let mark = |it: char| matches!(it, '|' | 'o' | '}' | '{');
    let (left, right) = (ends[..at].trim_end(), &ends[at + 2..]);
    let left = left.strip_suffix(mark)?.strip_suffix(mark)?;
    let right = right.strip_prefix(mark)?.strip_prefix(mark)?;
    let name = |it: &'_ str| -> Option<()> {
        let it = it.trim().trim_matches('"');
        (!it.is_empty() && !it.contains(['|', '{', '}', '[', ']'])).then_some(())
    };
    name(left).and(name(right))?;
    Some((
        left.trim().trim_matches('"'),
        right.trim().trim_matches('"'),
    ))
}

/// `string basket_id FK "comment"`.
fn column(text: &str) -> Option<Column> {
    let text = text.split('"').next().unwrap_or("");
    let mut words = text.split_whitespace();
    let type_name = words.next()?;
    let name = words.next()?;
    let keys: Vec<&str> = words
        .map(|it| it.trim_matches(','))
        .filter(|it| matches!(*it, "PK" | "FK" | "UK"))
        .collect();
    Some(Column {
        name: name.to_owned(),
        type_name: Some(type_name.to_owned()),
        key: (!keys.is_empty()).then(|| keys.join(", ")),
    })
}
