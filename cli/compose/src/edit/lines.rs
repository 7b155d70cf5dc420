use std::ops::Range;

/// The lines of a text, with their line breaks: `\n`, `\r\n` or a lone `\r`.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    text: String,
    spans: Vec<Range<usize>>,
}

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut spans = Vec::new();
        let mut start = 0;
        for at in 0..bytes.len() {
            let ends = match bytes[at] {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends {
                spans.push(start..at + 1);
                start = at + 1;
            }
        }
        if start < bytes.len() {
            spans.push(start..bytes.len());
        }
        Self {
            text: text.to_owned(),
            spans,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    /// The byte at which a line starts; the end of the text after the last one.
    pub(super) fn start(&self, line: usize) -> usize {
        self.spans
            .get(line)
            .map_or(self.text.len(), |span| span.start)
    }

    /// The byte after a line and its line break.
    pub(super) fn end(&self, line: usize) -> usize {
        self.spans
            .get(line)
            .map_or(self.text.len(), |span| span.end)
    }

    /// The byte at which the line break of a line starts.
    pub(super) fn text_end(&self, line: usize) -> usize {
        let start = self.start(line);
        let text = &self.text[start..self.end(line)];
        start + text.trim_end_matches(['\n', '\r']).len()
    }

    /// A line without its line break and without a byte order mark.
    pub(super) fn text(&self, line: usize) -> &str {
        let text = &self.text[self.start(line)..self.end(line)];
        let text = text.trim_end_matches(['\n', '\r']);
        text.strip_prefix('\u{feff}').unwrap_or(text)
    }

    pub(super) fn is_blank(&self, line: usize) -> bool {
        self.text(line).trim().is_empty()
    }

    pub(super) fn is_comment(&self, line: usize) -> bool {
        self.text(line).trim_start().starts_with('#')
    }

    /// How many blanks a line begins with.
    pub(super) fn indentation(&self, line: usize) -> usize {
        let text = self.text(line);
        text.len() - text.trim_start_matches(' ').len()
    }

    /// Whether a line ends with a line break.
    pub(super) fn is_ended(&self, line: usize) -> bool {
        self.text[..self.end(line)].ends_with(['\n', '\r'])
    }

    /// The line break that the text uses.
    pub(super) fn line_break(&self) -> &'static str {
        match self.spans.first() {
            Some(first) if self.text[first.clone()].ends_with("\r\n") => "\r\n",
            _ => "\n",
        }
    }

    /// The byte of a column counted in characters.
    pub(super) fn byte(&self, line: usize, column: usize) -> usize {
        let text = self.text(line);
        let mark = if line == 0 && self.text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        let offset = text
            .char_indices()
            .nth(column)
            .map_or(text.len(), |(at, _)| at);
        self.start(line) + mark + offset
    }
}
