use std::path::Path;

use devkit_diagnostic::{Diagnostic, SourceFile};

use super::block::block_lines;
use super::lines::Lines;
use super::markers::{Section, sections};
use super::outline::{Entry, Outline};

/// The bytes from the first offset to the second, and what replaces them.
pub(super) type Splice = (usize, usize, String);

/// A top-level mapping of names other than `services`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TopLevel {
    /// Named volumes.
    Volumes,
    /// Networks.
    Networks,
}

impl TopLevel {
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Volumes => "volumes",
            Self::Networks => "networks",
        }
    }
}

/// A compose file that can be edited; each edit gives a new one.
#[derive(Debug, Clone)]
pub struct ComposeFile {
    pub(super) source: SourceFile,
    pub(super) lines: Lines,
    pub(super) outline: Outline,
}

impl ComposeFile {
    /// Reads a file's text.
    ///
    /// # Errors
    /// If it is not one YAML document in block style.
    pub fn parse(path: impl AsRef<Path>, text: &str) -> Result<Self, Diagnostic> {
        let source = SourceFile::new(path.as_ref(), text);
        let lines = Lines::new(text);
        let outline = Outline::parse(&source, &lines)?;
        Ok(Self {
            source,
            lines,
            outline,
        })
    }

    /// Reads a file's bytes.
    ///
    /// # Errors
    /// As [`parse`](Self::parse), and if the bytes are not UTF-8.
    pub fn from_bytes(path: impl AsRef<Path>, bytes: &[u8]) -> Result<Self, Diagnostic> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::parse(path, text),
            Err(error) => {
                let line = bytes[..error.valid_up_to()]
                    .split(|byte| *byte == b'\n')
                    .count();
                Err(Diagnostic::error(format!("Line {line} is not valid UTF-8"))
                    .in_file(path.as_ref())
                    .with_help("save the file as UTF-8"))
            }
        }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        self.source.text()
    }

    /// The keys under `services`, in the file's order.
    pub fn service_names(&self) -> Vec<&str> {
        self.names("services")
    }

    /// The keys under a top-level mapping, in the file's order.
    pub fn top_level_names(&self, top: TopLevel) -> Vec<&str> {
        self.names(top.key())
    }

    /// The sections, from top to bottom.
    ///
    /// # Errors
    /// If a marker is doubled, lacks its partner or crosses another section.
    pub fn sections(&self) -> Result<Vec<Section>, Diagnostic> {
        sections(&self.source, &self.lines, &self.outline)
    }

    /// The section with a name.
    ///
    /// # Errors
    /// As [`sections`](Self::sections), and if there is none or it stands outside `services`.
    pub fn section(&self, name: &str) -> Result<Section, Diagnostic> {
        let services = self.outline.entry("services");
        let place = services.map_or(0, |entry| self.lines.start(entry.line));
        let Some(section) = self
            .sections()?
            .into_iter()
            .find(|found| found.name == name)
        else {
            let message = format!("The section `{name}` is missing");
            return Err(Diagnostic::error(message)
                .at(&self.source, place..place, "")
                .with_help(format!(
                    "put the lines `##<<{name}>>` and `##<</{name}>>` where its services go under `services`"
                )));
        };
        let end = self.services_end();
        let inside = services.is_some_and(|entry| entry.line < section.open);
        if !inside || section.close >= end {
            let at = self.lines.start(section.open);
            let message = format!("The section `{name}` stands outside `services`");
            return Err(Diagnostic::error(message).at(&self.source, at..at, ""));
        }
        Ok(section)
    }

    /// The services of a section, in the file's order.
    ///
    /// # Errors
    /// As [`section`](Self::section).
    pub fn section_services(&self, name: &str) -> Result<Vec<&str>, Diagnostic> {
        let section = self.section(name)?;
        Ok(self
            .services()
            .iter()
            .filter(|entry| (section.open..section.close).contains(&entry.line))
            .map(|entry| entry.name.as_str())
            .collect())
    }

    /// A service's block: the key with its contiguous leading comment and its value.
    pub fn service_block(&self, name: &str) -> Option<&str> {
        let entry = self.services().iter().find(|entry| entry.name == name)?;
        let (first, last) = block_lines(&self.lines, &self.outline, entry, self.services());
        Some(&self.text()[self.lines.start(first)..self.lines.end(last)])
    }

    pub(super) fn services(&self) -> &[Entry] {
        self.outline
            .entry("services")
            .map_or(&[], |entry| &entry.entries)
    }

    /// The line of the first top-level key after `services`.
    fn services_end(&self) -> usize {
        let services = self.outline.entry("services").map_or(0, |entry| entry.line);
        self.outline
            .entries
            .iter()
            .map(|entry| entry.line)
            .filter(|line| *line > services)
            .min()
            .unwrap_or(self.lines.len())
    }

    fn names(&self, top: &str) -> Vec<&str> {
        let entries = self.outline.entry(top).map(|entry| &entry.entries);
        entries
            .into_iter()
            .flatten()
            .map(|entry| entry.name.as_str())
            .collect()
    }

    /// The text with some bytes replaced; the replacements are in order and do not overlap.
    pub(super) fn spliced(&self, edits: &[Splice]) -> String {
        let mut text = String::with_capacity(self.text().len() + 256);
        let mut from = 0;
        for (start, end, with) in edits {
            text.push_str(&self.text()[from..*start]);
            text.push_str(with);
            from = *end;
        }
        text.push_str(&self.text()[from..]);
        text
    }
}
