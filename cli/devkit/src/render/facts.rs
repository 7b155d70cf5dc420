use devkit_archdoc::Document;
use devkit_ui::{Palette, Table, Tone};
use serde_json::Value;

use crate::args::ReportFormat;

/// What is shown of a kind of fact.
struct Section {
    /// The name of its list.
    kind: &'static str,
    /// The keys of its facts that are shown, each in a column of its name.
    columns: &'static [&'static str],
}

/// The kinds of facts, in the order in which they are shown.
const SECTIONS: [Section; 17] = [
    of(
        "components",
        &["name", "kind", "technology", "ports", "runnable"],
    ),
    of("connections", &["from", "to", "label", "kind"]),
    of(
        "ports",
        &["service", "internal", "external", "protocol", "exposed"],
    ),
    of("networks", &["name", "driver", "subnet", "members"]),
    of("volumes", &["name", "kind", "of", "target"]),
    of("tiers", &["name", "members", "claims"]),
    of("flows", &["name", "from", "to", "text"]),
    of("resources", &["service", "cpu", "memory", "scaling"]),
    of("links", &["text", "target"]),
    of("endpoints", &["service", "method", "path", "description"]),
    of("environment", &["service", "key", "value"]),
    of("topics", &["name", "broker", "partitions"]),
    of("tables", &["name", "columns"]),
    of("versions", &["of", "version", "service"]),
    of("checklist", &["checked", "text"]),
    of("activities", &["name", "technology"]),
    of("sequences", &["from", "to", "label"]),
];

/// How many characters of a text are shown.
const WIDEST: usize = 60;

const fn of(kind: &'static str, columns: &'static [&'static str]) -> Section {
    Section { kind, columns }
}

/// What was understood of a document: JSON, or a table a kind of fact, which fits into the columns
/// of a terminal.
pub(crate) fn facts_text(
    document: &Document,
    shown: &str,
    format: ReportFormat,
    palette: Palette,
    columns: Option<usize>,
) -> String {
    // A document is made of plain data, which can always be written.
    let value = serde_json::to_value(document).unwrap_or_default();
    if format != ReportFormat::Human {
        return format!("{value:#}\n");
    }
    let mut text = format!("{shown}\n");
    for section in &SECTIONS {
        let facts = value[section.kind]
            .as_array()
            .map_or(&[][..], Vec::as_slice);
        if facts.is_empty() {
            continue;
        }
        text += &["\n", &palette.paint(Tone::Strong, section.kind), "\n"].concat();
        let table = table(section, facts);
        let table = match columns {
            Some(columns) => table.within(columns),
            None => table,
        };
        text.push_str(&table.render(palette));
    }
    text
}

/// A row a fact, and below a flow one for each of its steps; columns in which nothing stands are
/// left out.
fn table(section: &Section, facts: &[Value]) -> Table {
    let rows: Vec<&Value> = facts
        .iter()
        .flat_map(|fact| {
            std::iter::once(fact).chain(fact["steps"].as_array().into_iter().flatten())
        })
        .collect();
    let columns: Vec<&str> = section
        .columns
        .iter()
        .copied()
        .filter(|column| rows.iter().any(|row| !plain(&row[column]).is_empty()))
        .collect();
    let heads: Vec<String> = columns.iter().map(|column| column.to_uppercase()).collect();
    let heads = heads.iter().map(String::as_str);
    let mut table = Table::new(["LINE"].into_iter().chain(heads).chain(["CONFIDENCE"]));
    for row in rows {
        let confidence = row["confidence"]
            .as_f64()
            .map_or_else(String::new, |number| format!("{number:.2}"));
        let cells = columns.iter().map(|column| shortened(plain(&row[column])));
        let cells = std::iter::once(row["line"].to_string()).chain(cells);
        table.row(cells.chain([confidence]));
    }
    table
}

/// The beginning of a text that would make a column too wide to read; JSON has it whole.
fn shortened(text: String) -> String {
    match text.char_indices().nth(WIDEST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        // A column of a table: its name says enough.
        Value::Object(fields) => fields.get("name").map_or_else(String::new, plain),
        Value::Number(number) => number.to_string(),
    }
}
