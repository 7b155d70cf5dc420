//! Changes one place of a document and keeps every other byte.

mod region;
mod table;

pub use region::{RegionError, RegionSpan, regions, replace_region};
pub use table::{MarkdownCell, MarkdownRow, MarkdownTable, insert_row, set_cell, tables};

use devkit_diagnostic::Span;

/// The text with the bytes of a span replaced.
fn replace_span(text: &str, span: &Span, with: &str) -> String {
    let mut changed = String::with_capacity(text.len() + with.len());
    changed.push_str(&text[..span.start]);
    changed.push_str(with);
    changed.push_str(&text[span.end..]);
    changed
}

/// The line ending that a text uses, by its first line.
fn line_ending(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if at > 0 && text.as_bytes()[at - 1] == b'\r' => "\r\n",
        _ => "\n",
    }
}
