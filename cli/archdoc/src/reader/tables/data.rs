//! Tables of volumes, topics and database tables.

use super::row::{Row, Table, meaning};
use crate::facts::{Column, Table as DatabaseTable, Topic, Volume, VolumeKind};
use crate::reader::collector::Collector;
use crate::reader::lists;
use crate::reader::words;

/// The titles of columns with topics and queues.
pub(super) const TOPIC: [&str; 7] = [
    "topic",
    "queue",
    "channel",
    "stream",
    "subject",
    "exchange",
    "routing key",
];

pub(super) fn volume(row: &Row<'_>, to: &mut Collector<'_>) {
    let titles = [
        "volume name",
        "volume",
        "source",
        "host path",
        "name",
        "bind mount",
        "mount",
    ];
    let Some(name) = meaning(row.get(&titles)) else {
        return;
    };
    let origin = row.origin(to);
    let words = row
        .get(&["type", "kind"])
        .unwrap_or_default()
        .to_lowercase();
    let bind = words.contains("bind") || words::is_path(&name) || name.starts_with(['.', '/', '~']);
    let of = [
        "service",
        "container",
        "component",
        "application",
        "used by",
        "mounted in",
        "mounted by",
        "shared by",
        "owner",
    ];
    let column = row.table.column(&of).filter(|it| {
        let title = row.table.inner.header.cells[*it].text.to_lowercase();
        !title.contains("path")
    });
    let target = [
        "target",
        "container path",
        "mount path",
        "mount point",
        "mounted at",
        "mount",
        "path",
    ];
    to.stored(Volume {
        kind: VolumeKind::bind_if(bind),
        name,
        of: meaning(column.and_then(|it| row.cell(it))),
        target: meaning(row.get(&target)).filter(|it| it.starts_with('/')),
        description: row.get(&["description", "purpose", "content"]),
        origin,
    });
}

pub(super) fn topic(row: &Row<'_>, to: &mut Collector<'_>) {
    let Some(name) = meaning(row.cell(0)).filter(|it| !it.contains(' ')) else {
        return;
    };
    let heading = to.headings_above(row.line());
    let broker = heading.first().and_then(|it| lists::broker(it));
    let origin = row.origin(to);
    to.topic(Topic {
        name,
        broker: meaning(row.get(&["broker"])).or(broker),
        partitions: row.get(&["partition"]).and_then(|it| it.parse().ok()),
        origin,
    });
}

/// A table that lists database tables, one a row.
pub(super) fn listed(row: &Row<'_>, to: &mut Collector<'_>) {
    let Some(name) = row.cell(0).filter(|it| is_identifier(it)) else {
        return;
    };
    let columns = row.get(&["column", "field", "key column", "attribute"]);
    let columns = columns.iter().flat_map(|it| it.split(','));
    let columns = columns.filter_map(|it| {
        let name = it.split_whitespace().next()?;
        is_identifier(name).then(|| Column {
            name: name.to_owned(),
            type_name: None,
            key: None,
        })
    });
    let columns = columns.collect();
    let origin = row.origin(to);
    to.table(DatabaseTable {
        name,
        columns,
        origin,
    });
}

/// Whether a table lists the columns of one database table.
pub(super) fn is_columns(table: &Table, to: &Collector<'_>) -> bool {
    if table.column(&["type", "data type", "datatype"]).is_none() {
        return false;
    }
    let above = to
        .headings_above(table.inner.header.line - 1)
        .join(" ")
        .to_lowercase();
    let about = [
        "schema",
        "database",
        "table",
        "data model",
        "entit",
        "collection",
    ];
    table.starts(&["column"])
        || table.starts(&["field", "attribute"]) && about.iter().any(|it| above.contains(it))
}

/// A table that lists the columns of the database table that the heading above names.
pub(super) fn columns(table: &Table, to: &mut Collector<'_>) {
    let line = table.inner.header.line - 1;
    let Some(heading) = to.headings_above(line).first().map(|it| (*it).to_owned()) else {
        return;
    };
    let name =
        heading.trim_start_matches(|it: char| it.is_ascii_digit() || matches!(it, '.' | ' '));
    let mut words = name
        .split([' ', ':'])
        .map(|it| it.trim_matches(['`', '(', ')']))
        .filter(|it| {
            !it.is_empty() && !matches!(it.to_lowercase().as_str(), "table" | "the" | "collection")
        });
    let (Some(name), None) = (words.next(), words.next()) else {
        return;
    };
    let rows = table.inner.rows.iter().map(|row| Row { table, row });
    let columns = rows.filter_map(|row| {
        let name = row.cell(0)?;
        let keys = row
            .get(&["key", "constraint", "description"])
            .unwrap_or_default();
        let upper = keys.to_uppercase();
        let key = [
            ("PK", "PK"),
            ("PRIMARY", "PK"),
            ("FK", "FK"),
            ("FOREIGN", "FK"),
            ("UNIQUE", "UK"),
        ]
        .into_iter()
        .find(|(word, _)| upper.contains(word))
        .map(|(_, key)| key.to_owned());
        Some(Column {
            name,
            type_name: row.get(&["data type", "type", "datatype"]),
            key,
        })
    });
    let columns = columns.collect();
    let place = to
        .headings
        .iter()
        .rposition(|it| it.origin.line <= line && it.text == heading);
    let origin = place.map_or_else(|| to.line_origin(line), |it| to.headings[it].origin.clone());
    to.table(DatabaseTable {
        name: name.to_owned(),
        columns,
        origin,
    });
}

fn is_identifier(text: &str) -> bool {
    text.starts_with(|it: char| it.is_alphabetic() || it == '_')
        && text
            .chars()
            .all(|it| it.is_alphanumeric() || matches!(it, '_' | '.' | '-' | '$'))
}
