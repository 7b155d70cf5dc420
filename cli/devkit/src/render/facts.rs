use devkit_archdoc::Document;
use devkit_ui::{Palette, Table, Tone};
use serde_json::Value;

use crate::args::ReportFormat;

/// The kinds of facts, in the order in which they are shown.
const KINDS: [&str; 16] = [
    "components",
    "connections",
    "ports",
    "networks",
    "volumes",
    "tiers",
    "flows",
    "resources",
    "links",
    "endpoints",
    "environment",
    "topics",
    "tables",
    "checklist",
    "activities",
    "sequences",
];
/// What says where a fact stands, not what it is.
const PLACE: [&str; 6] = ["line", "column", "file", "span", "confidence", "mentions"];

/// What was understood of a document: JSON, or a table a kind of fact.
pub(crate) fn facts_text(document: &Document, format: ReportFormat, palette: Palette) -> String {
    // A document is made of plain data, which can always be written.
    let value = serde_json::to_value(document).unwrap_or_default();
    if format != ReportFormat::Human {
        return format!("{value:#}\n");
    }
    let mut text = format!("{}\n", document.source.path().display());
    for kind in KINDS {
        let facts = value[kind].as_array().map_or(&[][..], Vec::as_slice);
        if facts.is_empty() {
            continue;
        }
        text += &["\n", &palette.paint(Tone::Strong, kind), "\n"].concat();
        let mut table = Table::new(["LINE", "FACT", "CONFIDENCE"]);
        for fact in facts {
            let confidence = fact["confidence"]
                .as_f64()
                .map_or_else(String::new, |number| format!("{number:.2}"));
            table.row([fact["line"].to_string(), summary(fact), confidence]);
        }
        text.push_str(&table.render(palette));
    }
    text
}

fn summary(fact: &Value) -> String {
    let Some(fields) = fact.as_object() else {
        return plain(fact);
    };
    let parts: Vec<String> = fields
        .iter()
        .filter(|(key, value)| !PLACE.contains(&key.as_str()) && !is_empty(value))
        .map(|(key, value)| format!("{key}: {}", plain(value)))
        .collect();
    parts.join(", ")
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(summary).collect::<Vec<_>>().join("; "),
        Value::Object(_) => summary(value),
        other => other.to_string(),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}
