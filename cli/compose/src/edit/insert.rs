use devkit_diagnostic::Diagnostic;

use super::block::{end_of_entries, fit};
use super::file::{ComposeFile, Splice, TopLevel};
use super::outline::{Entry, Shape};
use super::verify::adds_exactly;

impl ComposeFile {
    /// Puts a block of one or more services last into a section.
    ///
    /// The block is written with the two-space indentation it has under `services`; it is moved
    /// to the indentation, and gets the line breaks, that the file uses.
    ///
    /// # Errors
    /// If the section's markers are not in order, a service is there already, or the file cannot
    /// take the block without another change.
    pub fn insert_services(&self, section: &str, block: &str) -> Result<Self, Diagnostic> {
        let names = block_names(block)?;
        self.check_line_breaks()?;
        let section = self.section(section)?;
        let services = self
            .outline
            .entry("services")
            .ok_or_else(|| self.no_services())?;
        for name in &names {
            if let Some(there) = services.entries.iter().find(|entry| entry.name == *name) {
                let at = self.lines.byte(there.line, there.column);
                return Err(
                    Diagnostic::error(format!("There is a service `{name}` already")).at(
                        &self.source,
                        at..at + name.len(),
                        "",
                    ),
                );
            }
        }
        let indentation = match services.entries.first() {
            Some(first) => first.column,
            None => match self.lines.indentation(section.open) {
                0 => services.column + 2,
                indentation => indentation,
            },
        };
        let block = fit(block, 2, indentation, self.lines.line_break());
        let before = self.braces_edit(services)?;
        let candidates = self.appended(section.open, section.close, &block, true);
        self.first_that_adds("services", &names, before.as_ref(), candidates)
    }

    /// Adds a key to a top-level mapping, which is made at the end of the file when it is missing.
    ///
    /// # Errors
    /// If the key is there already, or the mapping is written in braces.
    pub fn insert_top_level(&self, top: TopLevel, name: &str) -> Result<Self, Diagnostic> {
        let key = top.key();
        let names = [name.to_owned()];
        self.check_line_breaks()?;
        let line_break = self.lines.line_break();
        let Some(entry) = self.outline.entry(key) else {
            let column = self.outline.entries.first().map_or(0, |first| first.column);
            let block = fit(&format!("{key}:\n  {name}:"), 0, column, line_break);
            let candidates = self.appended_at_end(&block);
            return self.first_that_adds(key, &names, None, candidates);
        };
        if entry.entries.iter().any(|entry| entry.name == name) {
            let message = format!("`{key}` has a `{name}` already");
            return Err(Diagnostic::error(message).in_file(self.source.path()));
        }
        let indentation = entry
            .entries
            .first()
            .map_or(entry.column + 2, |first| first.column);
        let block = fit(&format!("{name}:"), 0, indentation, line_break);
        let edit = self.braces_edit(entry)?;
        let last = end_of_entries(&self.lines, &self.outline, entry);
        let candidates = vec![self.after_line(last, &block)];
        self.first_that_adds(key, &names, edit.as_ref(), candidates)
    }

    /// The places after the last line that says something between two lines: first with one
    /// blank line between, then directly before the second line.
    fn appended(&self, open: usize, close: usize, block: &str, separate: bool) -> Vec<Splice> {
        let last = (open..close)
            .rev()
            .find(|line| *line == open || !self.lines.is_blank(*line))
            .unwrap_or(open);
        let gap = if last == open || !separate {
            ""
        } else {
            self.lines.line_break()
        };
        let before_close = self.lines.start(close);
        vec![
            self.after_line(last, &format!("{gap}{block}")),
            // A block scalar that keeps its blank lines must not be given other ones.
            (before_close, before_close, block.to_owned()),
        ]
    }

    fn appended_at_end(&self, block: &str) -> Vec<Splice> {
        let line_break = self.lines.line_break();
        let Some(end) = self.lines.len().checked_sub(1) else {
            return vec![(0, 0, block.to_owned())];
        };
        let last = (0..self.lines.len())
            .rev()
            .find(|line| !self.lines.is_blank(*line));
        let Some(last) = last else {
            return vec![self.after_line(end, block)];
        };
        vec![
            self.after_line(last, &format!("{line_break}{block}")),
            self.after_line(end, block),
        ]
    }

    /// Refuses carriage returns that end lines alone: a line feed written behind one would make
    /// one line break of two.
    fn check_line_breaks(&self) -> Result<(), Diagnostic> {
        let bytes = self.text().as_bytes();
        let alone = |at: &usize| bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
        match (0..bytes.len()).find(alone) {
            None => Ok(()),
            Some(at) => Err(
                Diagnostic::error("A carriage return ends a line alone here")
                    .at(&self.source, at..at, "")
                    .with_help("save the file with line feeds at the ends of its lines"),
            ),
        }
    }

    /// Whole lines after a line; a file without a final line break stays without.
    fn after_line(&self, line: usize, block: &str) -> Splice {
        let at = self.lines.end(line);
        if self.lines.is_ended(line) {
            return (at, at, block.to_owned());
        }
        let line_break = self.lines.line_break();
        let block = block.strip_suffix(line_break).unwrap_or(block);
        (at, at, format!("{line_break}{block}"))
    }

    /// What takes the braces of an empty mapping away.
    fn braces_edit(&self, entry: &Entry) -> Result<Option<Splice>, Diagnostic> {
        let key_end = self.lines.byte(entry.line, entry.column);
        match entry.value {
            Shape::Null | Shape::Block => Ok(None),
            Shape::EmptyFlow(start, end) if self.lines.end(entry.line) >= end => {
                let before = &self.text()[key_end..start];
                let colon = before.trim_end_matches(' ');
                if colon.ends_with(':') {
                    let blanks = (before.len() - colon.len()).min(1);
                    return Ok(Some((start - blanks, end, String::new())));
                }
                Err(self.not_a_block(entry))
            }
            _ => Err(self.not_a_block(entry)),
        }
    }

    fn not_a_block(&self, entry: &Entry) -> Diagnostic {
        let at = self.lines.byte(entry.line, entry.column);
        Diagnostic::error(format!(
            "`{}` is not written with one key a line",
            entry.name
        ))
        .at(&self.source, at..at + entry.name.len(), "")
        .with_help("write its keys on lines of their own, without braces")
    }

    fn no_services(&self) -> Diagnostic {
        Diagnostic::error("The file has no `services`").in_file(self.source.path())
    }

    /// The first candidate that adds exactly the keys and changes nothing else.
    fn first_that_adds(
        &self,
        top: &str,
        names: &[String],
        first: Option<&Splice>,
        candidates: Vec<Splice>,
    ) -> Result<Self, Diagnostic> {
        for candidate in candidates {
            let edits: Vec<_> = first.into_iter().cloned().chain([candidate]).collect();
            let text = self.spliced(&edits);
            if let Ok(edited) = Self::parse(self.source.path(), &text)
                && adds_exactly(&self.outline.root, &edited.outline.root, top, names)
                && self.same_sections(&edited)
            {
                return Ok(edited);
            }
        }
        Err(Diagnostic::error(format!(
            "`{}` cannot be added without changing something else",
            names.join("`, `")
        ))
        .in_file(self.source.path())
        .with_note("The file was parsed again after the edit, and more than these keys differed"))
    }

    pub(super) fn same_sections(&self, other: &Self) -> bool {
        let names = |file: &Self| -> Option<Vec<String>> {
            let sections = file.sections().ok()?;
            Some(sections.into_iter().map(|section| section.name).collect())
        };
        names(self) == names(other)
    }
}

/// The services that a block holds.
fn block_names(block: &str) -> Result<Vec<String>, Diagnostic> {
    // Anchors of the file that the block uses are made known so that it can be read by itself.
    let anchors = anchors_used(block);
    let mut text = String::new();
    for name in &anchors {
        text.extend([
            "x-", name, ": &", name, " {}
",
        ]);
    }
    text.extend(["services:\n", block]);
    let file = ComposeFile::parse("the block", &text)?;
    let names: Vec<String> = file
        .service_names()
        .into_iter()
        .map(str::to_owned)
        .collect();
    let outside = file.outline.entries.len() != anchors.len() + 1;
    if names.is_empty() || outside || file.services().iter().any(|entry| entry.column != 2) {
        return Err(Diagnostic::error(
            "The block is not one or more services with an indentation of two blanks",
        ));
    }
    Ok(names)
}

fn anchors_used(block: &str) -> Vec<String> {
    let mut names: Vec<String> = block
        .split_whitespace()
        .filter_map(|word| word.strip_prefix('*').or_else(|| word.strip_prefix("[*")))
        .map(|word| {
            word.chars()
                .take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
                .collect::<String>()
        })
        .filter(|name| !name.is_empty())
        .collect();
    names.sort();
    names.dedup();
    names
}
