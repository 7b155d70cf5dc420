//! Traces of the reference platform, recorded from its log lines.

use super::event::Roots;
use super::line::Line;

/// A list that came from the database and filled the cache.
pub(super) fn miss() -> Vec<Line> {
    lines(include_str!("recorded/miss.jsonl"))
}

/// A list that the cache had.
pub(super) fn hit() -> Vec<Line> {
    lines(include_str!("recorded/hit.jsonl"))
}

/// A login.
pub(super) fn login() -> Vec<Line> {
    lines(include_str!("recorded/login.jsonl"))
}

/// An export, from the request to the word of its completion.
pub(super) fn export() -> Vec<Line> {
    lines(include_str!("recorded/export.jsonl"))
}

/// The span that the recorded requests came with.
pub(super) fn roots() -> Roots {
    Roots::from([("00f067aa0ba902b7".to_owned(), 0)])
}

fn lines(text: &str) -> Vec<Line> {
    text.lines()
        .map(|line| {
            let fields: serde_json::Value = serde_json::from_str(line).unwrap();
            Line::read(fields["service"].as_str().unwrap(), line).unwrap()
        })
        .collect()
}
