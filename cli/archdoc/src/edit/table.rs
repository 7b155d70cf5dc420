//! Markdown tables: where their cells stand, and how one changes.

use devkit_diagnostic::Span;
use unicode_width::UnicodeWidthStr;

use super::{line_ending, replace_span};

/// A cell of a Markdown table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkdownCell {
    /// The text without the spaces around it.
    pub text: String,
    /// All bytes between the two bars, spaces included.
    pub span: Span,
    /// The bytes of the text alone.
    pub text_span: Span,
}

/// A row of a Markdown table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkdownRow {
    /// The line, from 1.
    pub line: usize,
    /// The bytes of the whole line, its ending included.
    pub span: Span,
    /// Its cells.
    pub cells: Vec<MarkdownCell>,
}

/// A Markdown table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkdownTable {
    /// The titles of its columns.
    pub header: MarkdownRow,
    /// The bytes of the rule below the header, its line ending included.
    pub rule: Span,
    /// Its rows.
    pub rows: Vec<MarkdownRow>,
}

impl MarkdownTable {
    /// The index of the first column whose title contains one of the words, case aside.
    pub fn column(&self, words: &[&str]) -> Option<usize> {
        words.iter().find_map(|word| {
            self.header
                .cells
                .iter()
                .position(|cell| cell.text.to_lowercase().contains(word))
        })
    }
}

/// All tables of a document that stand outside fences.
pub fn tables(text: &str) -> Vec<MarkdownTable> {
    let mut found = Vec::new();
    let mut fence: Option<String> = None;
    let mut previous: Option<MarkdownRow> = None;
    let mut open: Option<MarkdownTable> = None;
    let mut offset = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let start = offset;
        offset += line.len();
        let trimmed = line[margin(line)..].trim_end();
        let was_fenced = fence.is_some();
        track_fence(&mut fence, trimmed);
        let row = (!was_fenced && fence.is_none() && trimmed.contains('|'))
            .then(|| row(line, index + 1, start));
        match (row, open.as_mut()) {
            (Some(row), Some(table)) => table.rows.push(row),
            (Some(row), None) => {
                let header = previous.take();
                match header {
                    Some(header) if is_rule(trimmed, header.cells.len()) => {
                        open = Some(MarkdownTable {
                            header,
                            rule: start..offset,
                            rows: Vec::new(),
                        });
                    }
                    _ => previous = Some(row),
                }
            }
            (None, _) => {
                found.extend(open.take());
                previous = None;
            }
        }
    }
    found.extend(open);
    found
}

/// How many bytes stand before what a line says: spaces, and the marks of a quotation.
fn margin(line: &str) -> usize {
    let rest = line.trim_start_matches([' ', '\t', '\u{FEFF}', '>']);
    line.len() - rest.len()
}

fn track_fence(fence: &mut Option<String>, trimmed: &str) {
    let marks: String = trimmed
        .chars()
        .take_while(|mark| matches!(mark, '`' | '~'))
        .collect();
    if marks.len() < 3 {
        return;
    }
    match fence {
        None => *fence = Some(marks),
        Some(opening) if marks.starts_with(opening.as_str()) && marks.len() == trimmed.len() => {
            *fence = None;
        }
        Some(_) => {}
    }
}

fn is_rule(trimmed: &str, columns: usize) -> bool {
    let inner = trimmed.strip_prefix('|').unwrap_or(trimmed);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let cells: Vec<&str> = inner.split('|').collect();
    cells.len() == columns
        && cells.iter().all(|cell| {
            let cell = cell.trim().trim_matches(':');
            !cell.is_empty() && cell.bytes().all(|byte| byte == b'-')
        })
}

fn row(line: &str, number: usize, start: usize) -> MarkdownRow {
    let content = line.trim_end();
    let indent = margin(content);
    let first = indent + usize::from(content[indent..].starts_with('|'));
    let mut cells = Vec::new();
    let mut from = first;
    let mut escaped = false;
    let mut code = false;
    for (at, character) in content.char_indices().skip_while(|(at, _)| *at < first) {
        match character {
            '|' if !escaped && !code => {
                cells.push(cell(content, from..at, start));
                from = at + 1;
            }
            '`' if !escaped => code = !code && content[at + 1..].contains('`'),
            _ => {}
        }
        escaped = character == '\\' && !escaped;
    }
    if from < content.len() {
        cells.push(cell(content, from..content.len(), start));
    }
    MarkdownRow {
        line: number,
        span: start..start + line.len(),
        cells,
    }
}

fn cell(line: &str, span: Span, start: usize) -> MarkdownCell {
    let raw = &line[span.clone()];
    let text = raw.trim();
    let lead = raw.len() - raw.trim_start().len();
    let text_start = start + span.start + if text.is_empty() { 0 } else { lead };
    MarkdownCell {
        text: text.replace("\\|", "|"),
        span: start + span.start..start + span.end,
        text_span: text_start..text_start + text.len(),
    }
}

/// Writes another text into a cell; the column keeps its width where the text fits.
pub fn set_cell(text: &str, cell: &MarkdownCell, value: &str) -> String {
    let old = &text[cell.span.clone()];
    let padded = pad(&value.replace('|', "\\|"), old.width());
    replace_span(text, &cell.span, &padded)
}

/// Adds a row after all rows of a table, with cells as wide as those of the header.
pub fn insert_row(text: &str, table: &MarkdownTable, values: &[&str]) -> String {
    let last = table.rows.last().map_or(&table.rule, |row| &row.span);
    let header = &text[table.header.span.clone()];
    let indent = &header[..margin(header)];
    let cells: Vec<String> = table
        .header
        .cells
        .iter()
        .enumerate()
        .map(|(index, cell)| {
            let value = values.get(index).copied().unwrap_or("");
            pad(&value.replace('|', "\\|"), text[cell.span.clone()].width())
        })
        .collect();
    let line = format!("{indent}|{}|", cells.join("|"));
    let ending = line_ending(text);
    let added = if text[last.clone()].ends_with('\n') {
        format!("{line}{ending}")
    } else {
        format!("{ending}{line}")
    };
    replace_span(text, &(last.end..last.end), &added)
}

/// The value with a space on each side, filled up to a width.
fn pad(value: &str, width: usize) -> String {
    let fill = width.saturating_sub(value.width() + 2);
    format!(" {value} {}", " ".repeat(fill))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "before\n\n| Service | Port |\n|---------|------|\n| API     | 8000 |\n| `a|b`   | 1    |\n\nafter | not a table\n";

    #[test]
    fn tables_are_found_with_their_cells() {
        let found = tables(PAGE);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].column(&["port"]), Some(1));
        assert_eq!(found[0].rows[0].line, 5);
        assert_eq!(found[0].rows[0].cells[1].text, "8000");
        assert_eq!(found[0].rows[1].cells[0].text, "`a|b`");
    }

    #[test]
    fn one_cell_changes() {
        let cell = &tables(PAGE)[0].rows[0].cells[1];
        assert_eq!(set_cell(PAGE, cell, "9000"), PAGE.replace("8000", "9000"));
    }

    #[test]
    fn a_row_is_added() {
        let added = insert_row(PAGE, &tables(PAGE)[0], &["Worker", "N/A"]);
        let line = "| Worker  | N/A  |\n";
        assert!(added.contains(&format!("| 1    |\n{line}\n")));
    }

    #[test]
    fn tables_in_quotations_are_tables() {
        let quoted =
            "> | Service | Port |\n> |---------|------|\n> | API     | 8000 |\n>\n> text\n";
        let found = tables(quoted);
        assert_eq!(found[0].rows.len(), 1);
        let cell = &found[0].rows[0].cells[1];
        assert_eq!(&quoted[cell.text_span.clone()], "8000");
        let added = insert_row(quoted, &found[0], &["Worker", "N/A"]);
        assert!(added.contains("> | API     | 8000 |\n> | Worker  | N/A  |\n>\n"));
    }

    #[test]
    fn tables_in_fences_are_text() {
        assert!(tables("```\n| a | b |\n|---|---|\n```\n").is_empty());
    }
}
