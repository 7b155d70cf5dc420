//! What a document says about itself: `**Last Validated:** 2025-10-06`.

use crate::facts::{Dated, Metadata};
use crate::reader::collector::Collector;

/// Reads a line of metadata; the first of several with one key counts.
pub(super) fn read(index: usize, to: &mut Collector<'_>) {
    let line = to.lines[index];
    let trimmed = line.text.trim();
    if trimmed.len() > 200 || trimmed.starts_with('|') {
        return;
    }
    let Some((key, rest)) = trimmed.split_once(':') else {
        return;
    };
    let value = rest.trim_matches(|it: char| it.is_whitespace() || matches!(it, '*' | '"' | '\''));
    let key = plain(key);
    if value.is_empty() || slot(&mut to.metadata, &key).is_none_or(|it| it.is_some()) {
        return;
    }
    let lead = line.text.len() - line.text.trim_start().len();
    let within = trimmed.len() - rest.len() + rest.find(value).unwrap_or(0);
    let start = line.start + lead + within;
    let dated = Dated {
        value: value.to_owned(),
        origin: to.origin(index, start..start + value.len()),
    };
    if let Some(slot) = slot(&mut to.metadata, &key) {
        *slot = Some(dated);
    }
}

/// A key without marks: `last validated`.
fn plain(key: &str) -> String {
    let key = key.replace(['*', '_', '-', '"'], " ").to_lowercase();
    key.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The place for what a key says.
fn slot<'a>(metadata: &'a mut Metadata, key: &str) -> Option<&'a mut Option<Dated>> {
    match key {
        "last updated" | "updated" | "date" => Some(&mut metadata.last_updated),
        "last validated" | "validated" => Some(&mut metadata.last_validated),
        "next review" | "review by" => Some(&mut metadata.next_review),
        "document version" | "version" => Some(&mut metadata.version),
        "status" => Some(&mut metadata.status),
        _ => None,
    }
}
