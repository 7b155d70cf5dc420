//! The lines of a document, and words without the marks of Markdown.

use devkit_diagnostic::SourceFile;

/// A line of the document, without its ending.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Where it starts in the document.
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl Line<'_> {
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// All lines of a document; a byte order mark belongs to none.
pub(super) fn lines(source: &SourceFile) -> Vec<Line<'_>> {
    let mut start = 0;
    let mut lines = Vec::new();
    for raw in source.text().split_inclusive('\n') {
        let mut text = raw.trim_end_matches(['\n', '\r']);
        let mut from = start;
        if start == 0
            && let Some(rest) = text.strip_prefix('\u{FEFF}')
        {
            from += text.len() - rest.len();
            text = rest;
        }
        lines.push(Line { start: from, text });
        start += raw.len();
    }
    lines
}

/// A text without the marks of Markdown around words.
pub(super) fn without_markup(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if character == '[' || rest.starts_with("![") {
            let open = if character == '[' { 1 } else { 2 };
            if let Some(close) = rest.find("](")
                && let Some(end) = rest[close..].find(')')
            {
                plain.push_str(&rest[open..close]);
                rest = &rest[close + end + 1..];
                continue;
            }
        }
        if !matches!(character, '*' | '`') {
            plain.push(character);
        }
        rest = &rest[character.len_utf8()..];
    }
    plain.trim().to_owned()
}
