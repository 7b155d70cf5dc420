use devkit_diagnostic::Diagnostic;

use super::block::block_lines;
use super::file::{ComposeFile, Splice, TopLevel};
use super::outline::{Entry, Shape};
use super::verify::adds_exactly;

impl ComposeFile {
    /// Takes a service with its block away.
    ///
    /// # Errors
    /// If there is none, or something else in the file needs a part of it.
    pub fn remove_service(&self, name: &str) -> Result<Self, Diagnostic> {
        let services = self.outline.entry("services");
        let found = services.and_then(|services| {
            let entry = services.entries.iter().find(|entry| entry.name == name)?;
            Some((services, entry))
        });
        let Some((services, entry)) = found else {
            return Err(Diagnostic::error(format!("There is no service `{name}`"))
                .in_file(self.source.path()));
        };
        let (first, last) = block_lines(&self.lines, &self.outline, entry, &services.entries);
        let braces = (services.entries.len() == 1).then(|| self.braces_after(services));
        self.first_that_removes("services", name, braces.as_ref(), first, last)
    }

    /// Takes a key of a top-level mapping away, and the mapping with its last key.
    ///
    /// # Errors
    /// As [`remove_service`](Self::remove_service).
    pub fn remove_top_level(&self, top: TopLevel, name: &str) -> Result<Self, Diagnostic> {
        let key = top.key();
        let parent = self.outline.entry(key);
        let found = parent.and_then(|parent| {
            let entry = parent.entries.iter().find(|entry| entry.name == name)?;
            Some((parent, entry))
        });
        let Some((parent, entry)) = found else {
            return Err(
                Diagnostic::error(format!("`{key}` has no `{name}`")).in_file(self.source.path())
            );
        };
        let (first, last) = if parent.entries.len() == 1 {
            let whole = block_lines(&self.lines, &self.outline, parent, &self.outline.entries);
            // Comments above the mapping are the user's words about more than this key.
            (parent.line, whole.1)
        } else {
            block_lines(&self.lines, &self.outline, entry, &parent.entries)
        };
        self.first_that_removes(key, name, None, first, last)
    }

    /// Writes `services: {}` where nothing but markers stands under `services`, for Docker Compose
    /// takes nothing for no mapping.
    ///
    /// # Errors
    /// If the result would mean something else.
    pub fn with_services_mapping(&self) -> Result<Self, Diagnostic> {
        match self.outline.entry("services") {
            Some(services) if services.value == Shape::Null => {
                let text = self.spliced(&[self.braces_after(services)]);
                Self::parse(self.source.path(), &text)
            }
            _ => Ok(self.clone()),
        }
    }

    fn braces_after(&self, services: &Entry) -> Splice {
        let line = self.lines.text(services.line);
        let key = line
            .char_indices()
            .nth(services.column)
            .map_or(0, |(at, _)| at);
        let colon = line[key..].find(':').map_or(line.len(), |at| key + at + 1);
        let at = self
            .lines
            .byte(services.line, line[..colon].chars().count());
        (at, at, " {}".to_owned())
    }

    /// The bytes to take away, most complete first: with a blank line before it, with the blank
    /// lines after it, or alone.
    fn removals(&self, first: usize, last: usize) -> Vec<(usize, usize)> {
        let start = self.lines.start(first);
        let end = self.lines.end(last);
        let mut removals = Vec::new();
        let blank_before = first > 0 && self.lines.is_blank(first - 1);
        let before = (0..first).rev().find(|line| !self.lines.is_blank(*line));
        let is_first = before.is_none_or(|line| self.opens_services(line));
        if !self.lines.is_ended(last) && first > 0 {
            // The last line of a file without a final line break takes the break before it along.
            // The line that was put between is empty, one with blanks is the user's.
            let before = if self.lines.text(first - 1).is_empty() && first > 1 {
                first - 2
            } else {
                first - 1
            };
            removals.push((self.lines.text_end(before), end));
        }
        // Behind several blank lines at the end of a file a key was put without one of its own.
        let ends_the_file = last + 1 == self.lines.len();
        let blanks_are_older = ends_the_file && first > 1 && self.lines.is_blank(first - 2);
        if blank_before && !is_first && !blanks_are_older {
            removals.push((self.lines.start(first - 1), end));
        } else if is_first {
            let after = (last + 1..self.lines.len())
                .take_while(|line| self.lines.is_blank(*line))
                .last();
            if let Some(after) = after.filter(|after| self.is_service_line(after + 1)) {
                removals.push((start, self.lines.end(after)));
            }
        }
        removals.push((start, end));
        removals
    }

    /// Whether services begin after a line: an opening marker, or `services` itself.
    fn opens_services(&self, line: usize) -> bool {
        let services = self.outline.entry("services");
        services.is_some_and(|services| services.line == line && services.last_line > line)
            || self
                .sections()
                .is_ok_and(|sections| sections.iter().any(|section| section.open == line))
    }

    fn is_service_line(&self, line: usize) -> bool {
        line < self.lines.len() && !super::markers::is_marker(self.lines.text(line))
    }

    fn first_that_removes(
        &self,
        top: &str,
        name: &str,
        braces: Option<&Splice>,
        first: usize,
        last: usize,
    ) -> Result<Self, Diagnostic> {
        let names = [name.to_owned()];
        for (start, end) in self.removals(first, last) {
            let edits: Vec<_> = braces
                .into_iter()
                .cloned()
                .chain([(start, end, String::new())])
                .collect();
            let text = self.spliced(&edits);
            if let Ok(edited) = Self::parse(self.source.path(), &text)
                && adds_exactly(&edited.outline.root, &self.outline.root, top, &names)
                && self.same_sections(&edited)
            {
                return Ok(edited);
            }
        }
        Err(Diagnostic::error(format!(
            "`{name}` cannot be removed without changing something else"
        ))
        .in_file(self.source.path())
        .with_help("another key may use an anchor that stands in it"))
    }
}
