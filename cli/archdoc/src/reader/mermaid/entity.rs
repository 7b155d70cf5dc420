//! Entity diagrams: tables with their columns.

use super::Numbered;
use crate::facts::{Column, Table};
use crate::reader::collector::Collector;

pub(super) fn read(statements: &[Numbered<'_>], to: &mut Collector<'_>) -> f64 {
    let mut open: Option<Table> = None;
    for (line, text) in statements {
        let text = text.trim();
        if let Some(mut table) = open.take() {
            if text.starts_with('}') {
                to.facts.tables.push(table);
            } else {
                table.columns.extend(column(text));
                open = Some(table);
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
    to.facts.tables.extend(open);
    1.0
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
