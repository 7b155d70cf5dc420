//! Where facts stand.

use devkit_diagnostic::Span;

use super::Collector;
use crate::facts::{Environment, Origin};

impl Collector<'_> {
    /// The place of bytes in one line (counted from 0), with full confidence.
    pub(in crate::reader) fn origin(&self, line: usize, span: Span) -> Origin {
        let start = self.lines.get(line).map_or(0, |line| line.start);
        let text = self.source.text();
        // Many facts of one long line are read from left to right.
        let (from, before) = match self.counted.get() {
            (known, byte, column) if known == line && byte <= span.start => (byte, column),
            _ => (start, 0),
        };
        let length = text.get(from..span.start).map(|it| it.chars().count());
        let column = length.map_or(0, |length| before + length);
        if length.is_some() {
            self.counted.set((line, span.start, column));
        }
        let column = column + 1;
        Origin {
            file: self.source.path().to_owned(),
            line: line + 1,
            column,
            span,
            confidence: 1.0,
            environment: Environment::Any,
            diagram: None,
            heading: self.heading_at(line),
        }
    }

    /// The place of a whole line without the spaces around it.
    pub(in crate::reader) fn line_origin(&self, line: usize) -> Origin {
        let Some(found) = self.lines.get(line) else {
            return self.origin(line, 0..0);
        };
        let lead = found.text.len() - found.text.trim_start().len();
        let start = found.start + lead;
        self.origin(line, start..start + found.text.trim().len())
    }

    /// The text of the nearest heading above a line.
    pub(in crate::reader) fn heading_at(&self, line: usize) -> Option<String> {
        let after = self
            .headings
            .partition_point(|heading| heading.origin.line <= line + 1);
        let heading = self.headings.get(after.checked_sub(1)?)?;
        // Every fact below it repeats the heading, which nobody makes longer than that.
        Some(heading.text.chars().take(200).collect())
    }

    /// The texts of the headings that a line stands under, innermost first.
    pub(in crate::reader) fn headings_above(&self, line: usize) -> Vec<&str> {
        let after = self
            .headings
            .partition_point(|heading| heading.origin.line <= line + 1);
        let mut found = Vec::new();
        let mut at = after.checked_sub(1);
        while let Some(index) = at {
            found.push(self.headings[index].text.as_str());
            at = self.above.get(index).copied().flatten();
        }
        found
    }
}

/// The place that comes first in the document.
pub(super) fn earlier(known: &Origin, other: Origin) -> Origin {
    if other.line < known.line {
        other
    } else {
        known.clone()
    }
}
