//! HTML in Markdown: tables and links.

use devkit_diagnostic::Span;

use super::collector::Collector;
use super::text::Line;
use crate::edit::{MarkdownCell, MarkdownRow, MarkdownTable};
use crate::facts::Link;

/// The tables written as `<table>`, outside fences.
pub(super) fn tables(lines: &[Line<'_>]) -> Vec<MarkdownTable> {
    let mut found = Vec::new();
    let mut open: Option<Rows> = None;
    let mut fenced = false;
    for (index, line) in lines.iter().enumerate() {
        let trimmed = line.text.trim_start();
        fenced ^= trimmed.starts_with("```") || trimmed.starts_with("~~~");
        if fenced || open.is_none() && !line.text.contains('<') {
            continue;
        }
        for (tag, text) in tags(line) {
            match tag {
                "table" => open = Some(Rows::default()),
                "/table" => found.extend(open.take().and_then(Rows::table)),
                _ => {
                    if let Some(rows) = &mut open {
                        rows.tag(tag, index + 1, line, text);
                    }
                }
            }
        }
    }
    found
}

/// The tags of a line, each with the bytes of the text behind it.
fn tags<'a>(line: &Line<'a>) -> impl Iterator<Item = (&'a str, Span)> {
    let text = line.text;
    let starts = text.match_indices('<').map(|(at, _)| at + 1);
    starts.filter_map(move |start| {
        let end = start + head(text, start).find('>')?;
        let name = text[start..end].split_whitespace().next()?;
        let behind = end + 1;
        let length = text[behind..].find('<').unwrap_or(text.len() - behind);
        Some((name, behind..behind + length))
    })
}

/// What a tag may be: no tag of a page is longer.
fn head(text: &str, from: usize) -> &str {
    const LONGEST: usize = 2000;
    let mut end = text.len().min(from + LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[from..end]
}

#[derive(Default)]
struct Rows {
    rows: Vec<MarkdownRow>,
    /// Whether a cell is open: further text in it, behind `<code>` or `<br>`, is part of it.
    in_cell: bool,
}

impl Rows {
    fn tag(&mut self, tag: &str, number: usize, line: &Line<'_>, text: Span) {
        match tag {
            "tr" => self.rows.push(MarkdownRow {
                line: number,
                span: line.start..line.start + line.text.len(),
                cells: Vec::new(),
            }),
            "td" | "th" => {
                self.in_cell = true;
                let start = line.start + text.start;
                if let Some(row) = self.rows.last_mut() {
                    row.line = if row.cells.is_empty() {
                        number
                    } else {
                        row.line
                    };
                    row.cells.push(MarkdownCell {
                        text: String::new(),
                        span: start..start,
                        text_span: start..start,
                    });
                }
                self.text(line, text);
            }
            "/td" | "/th" => self.in_cell = false,
            _ => self.text(line, text),
        }
    }

    fn text(&mut self, line: &Line<'_>, text: Span) {
        let cell = self.rows.last_mut().and_then(|row| row.cells.last_mut());
        let Some(cell) = cell.filter(|_| self.in_cell) else {
            return;
        };
        let words = line.text[text.clone()].trim();
        if words.is_empty() {
            return;
        }
        if cell.text.is_empty() {
            let raw = &line.text[text.clone()];
            let start = line.start + text.start + raw.len() - raw.trim_start().len();
            cell.text_span = start..start + words.len();
        } else {
            cell.text.push(' ');
        }
        cell.text.push_str(&without_entities(words));
        cell.span = cell.text_span.clone();
    }

    fn table(self) -> Option<MarkdownTable> {
        let mut rows = self.rows.into_iter().filter(|row| !row.cells.is_empty());
        let header = rows.next()?;
        Some(MarkdownTable {
            rule: header.span.end..header.span.end,
            header,
            rows: rows.collect(),
        })
    }
}

/// A text with the characters that its entities stand for.
pub(super) fn without_entities(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

/// The targets of `<a href="…">` and `<img src="…">` in a line.
pub(super) fn links(index: usize, to: &mut Collector<'_>) {
    let line = to.lines[index];
    for (opening, attribute, image) in [("<a ", "href=", false), ("<img ", "src=", true)] {
        // How many backticks stand before a byte: an odd number opens code.
        let (mut at, mut ticks) = (0, 0);
        while let Some(found) = line.text[at..].find(opening) {
            let tag = at + found;
            ticks += line.text[at..tag].matches('`').count();
            at = tag + opening.len();
            let rest = head(line.text, at);
            let end = at + rest.find('>').unwrap_or(rest.len());
            let code = ticks % 2 == 1;
            let Some(span) = value(line.text, at..end, attribute).filter(|_| !code) else {
                continue;
            };
            let target = line.text[span.clone()].to_owned();
            let origin = to.origin(index, line.start + span.start..line.start + span.end);
            to.link(Link {
                text: target.clone(),
                target,
                image,
                origin,
            });
        }
    }
}

/// The bytes of an attribute's quoted value in a tag.
fn value(text: &str, tag: Span, attribute: &str) -> Option<Span> {
    let from = tag.start + text[tag.clone()].find(attribute)? + attribute.len();
    let quote = text[from..]
        .chars()
        .next()
        .filter(|it| matches!(it, '"' | '\''))?;
    let length = text[from + 1..tag.end.max(from + 1)].find(quote)?;
    (length > 0).then_some(from + 1..from + 1 + length)
}
