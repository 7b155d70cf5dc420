//! What all stages share: the files that were read, the errors and the warnings.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use devkit_diagnostic::{Diagnostic, Diagnostics, SourceFile};

use crate::tree::{Node, Place};
use crate::wording::clipped;

mod omissions;

pub(crate) use omissions::Omissions;

/// More errors than this help nobody.
const MAXIMUM_ERRORS: usize = 200;
/// More warnings than this help nobody.
const MAXIMUM_WARNINGS: usize = 200;
/// What the files of one project may hold together, in bytes, each counted as often as it is read.
const MAXIMUM_TEXT: usize = 32 << 20;
/// How many files one project may read; includes and `extends` can multiply them.
const MAXIMUM_FILES: usize = 20_000;
/// What the texts with variables of a project may come to, in bytes.
const MAXIMUM_UNFOLDED: usize = 32 << 20;

/// Variables by name.
pub(crate) type Environment = BTreeMap<String, String>;

/// A stage found errors; they are in the [`Session`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Failed;

/// The files that were read and what is to be said about them.
#[derive(Debug, Default)]
pub(crate) struct Session {
    sources: Vec<SourceFile>,
    errors: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
    not_set: BTreeSet<String>,
    keeps_variables: bool,
    text: usize,
    unfolded: usize,
    /// The places of the errors, as far as they have one.
    stops: Vec<Place>,
    /// What is left out, where the project is only looked at.
    omissions: Option<Omissions>,
    /// The errors in spite of which a look at the project goes on.
    overlooked: Vec<Diagnostic>,
}

impl Session {
    /// A session whose files keep their variables.
    pub(crate) fn keeping_variables(keeps_variables: bool) -> Self {
        Self {
            keeps_variables,
            ..Self::default()
        }
    }

    /// A session for looking at a project, which leaves out what stopped earlier ones.
    pub(crate) fn tolerating(omissions: Omissions) -> Self {
        Self {
            omissions: Some(omissions),
            ..Self::default()
        }
    }

    /// Whether the project is only looked at.
    pub(crate) fn tolerates(&self) -> bool {
        self.omissions.is_some()
    }

    /// Goes on in spite of errors, where the project is only looked at; answers whether it does.
    pub(crate) fn overlook(&mut self, errors: &[Diagnostic]) -> bool {
        let tolerates = self.tolerates();
        if tolerates {
            self.overlooked.extend_from_slice(errors);
        }
        tolerates
    }

    /// The errors in spite of which the project was read, taken out.
    pub(crate) fn take_overlooked(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.overlooked)
    }

    /// Takes what earlier sessions could not use out of a document of a file.
    pub(crate) fn omit(&self, document: &mut Node, source: &SourceFile) {
        if let Some(omissions) = &self.omissions {
            omissions.take_from(document, source.path());
        }
    }

    /// What a next session is to leave out, and everything that was reported; nothing when there
    /// is nothing more to leave out.
    pub(crate) fn leave_out(mut self) -> (Option<Omissions>, Diagnostics) {
        let mut omissions = self.omissions.take().unwrap_or_default();
        let mut more = false;
        for place in &self.stops {
            if let Some(source) = self.source(*place) {
                more |= omissions.add(source.path(), *place);
            }
        }
        (more.then_some(omissions), self.into_diagnostics())
    }

    /// Whether variables stand as they were written, so that texts may not be what they will be.
    pub(crate) fn keeps_variables(&self) -> bool {
        self.keeps_variables
    }

    /// Takes a file in and gives its number.
    ///
    /// # Errors
    /// When the project reads more than any real one does.
    pub(crate) fn add(&mut self, source: SourceFile) -> Result<u32, Failed> {
        self.text += source.text().len();
        if self.text > MAXIMUM_TEXT || self.sources.len() >= MAXIMUM_FILES {
            let message = "The files that this project reads are too many or too large";
            self.errors([Diagnostic::error(message).in_file(source.path())]);
            return Err(Failed);
        }
        self.sources.push(source);
        Ok(u32::try_from(self.sources.len() - 1).unwrap_or(u32::MAX))
    }

    /// Counts a text that variables made; false when they make more than any real file needs.
    pub(crate) fn unfold(&mut self, text: &str) -> bool {
        self.unfolded += text.len();
        self.unfolded <= MAXIMUM_UNFOLDED
    }

    /// The file that a place is in.
    pub(crate) fn source(&self, place: Place) -> Option<&SourceFile> {
        (place.line > 0)
            .then(|| self.sources.get(place.file as usize))
            .flatten()
    }

    /// Points a diagnostic at a place; where that is in no file, at the first file.
    pub(crate) fn point(&self, diagnostic: Diagnostic, place: Place) -> Diagnostic {
        match (self.source(place), self.sources.first()) {
            (Some(source), _) => diagnostic.at(source, place.bytes(source), ""),
            (None, Some(first)) if diagnostic.file.is_none() => {
                diagnostic.in_file(first.path().to_path_buf())
            }
            _ => diagnostic,
        }
    }

    /// Reports an error at a place.
    pub(crate) fn error(&mut self, message: impl Into<String>, place: Place) {
        if self.is_full() {
            return;
        }
        let diagnostic = self.point(Diagnostic::error(clipped(message.into())), place);
        self.stops.push(place);
        self.errors.push(diagnostic);
    }

    /// Reports an error at a place, with what to do about it.
    pub(crate) fn error_with_help(
        &mut self,
        message: impl Into<String>,
        place: Place,
        help: impl Into<String>,
    ) {
        if self.is_full() {
            return;
        }
        let diagnostic = self.point(
            Diagnostic::error(clipped(message.into())).with_help(help),
            place,
        );
        self.stops.push(place);
        self.errors.push(diagnostic);
    }

    /// Whether no further error would be kept.
    pub(crate) fn has_enough_errors(&self) -> bool {
        self.errors.len() > MAXIMUM_ERRORS
    }

    /// Counts what is reported; behind the limit only the fact that there is more is kept.
    fn is_full(&mut self) -> bool {
        if self.errors.len() == MAXIMUM_ERRORS {
            self.errors
                .push(Diagnostic::error("There are more errors than these"));
        }
        self.errors.len() > MAXIMUM_ERRORS
    }

    /// Reports errors that were made elsewhere.
    pub(crate) fn errors(&mut self, errors: impl IntoIterator<Item = Diagnostic>) {
        self.errors.extend(errors);
    }

    /// Reports a warning at a place.
    pub(crate) fn warning(&mut self, message: impl Into<String>, place: Place) {
        if self.warnings.len() > MAXIMUM_WARNINGS {
            return;
        }
        let diagnostic = if self.warnings.len() == MAXIMUM_WARNINGS {
            Diagnostic::warning("There are more warnings than these")
        } else {
            self.point(Diagnostic::warning(clipped(message.into())), place)
        };
        if !self.warnings.contains(&diagnostic) {
            self.warnings.push(diagnostic);
        }
    }

    /// Warns, once a variable, that it is not set.
    pub(crate) fn variable_not_set(&mut self, name: &str, place: Place) {
        if self.not_set.insert(name.into()) {
            let message =
                format!("The variable {name} is not set, a blank string stands in its place");
            self.warning(message, place);
        }
    }

    /// `Err` when errors were reported.
    pub(crate) fn check(&self) -> Result<(), Failed> {
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(Failed)
        }
    }

    /// The files that were read, when nothing more is to be reported about them.
    pub(crate) fn take_sources(&mut self) -> Vec<SourceFile> {
        std::mem::take(&mut self.sources)
    }

    /// The warnings, taken out.
    pub(crate) fn take_warnings(&mut self) -> Diagnostics {
        std::mem::take(&mut self.warnings).into_iter().collect()
    }

    /// Everything that was reported, errors first.
    pub(crate) fn into_diagnostics(self) -> Diagnostics {
        self.errors.into_iter().chain(self.warnings).collect()
    }
}

/// The way from the top of the model to a node, such as `services.api.ports[0]`.
///
/// Steps that were left keep their text, so that a walk over a whole tree allocates next to nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Path {
    steps: Vec<Step>,
    length: usize,
}

/// One step of a [`Path`].
#[derive(Debug, Clone, Default)]
struct Step {
    key: String,
    index: Option<usize>,
}

impl Path {
    fn next(&mut self) -> &mut Step {
        if self.length == self.steps.len() {
            self.steps.push(Step::default());
        }
        self.length += 1;
        &mut self.steps[self.length - 1]
    }

    /// Goes down into an entry of a mapping.
    pub(crate) fn push(&mut self, key: &str) {
        let step = self.next();
        step.key.clear();
        step.key.push_str(key);
        step.index = None;
    }

    /// Goes down into an entry of a list.
    pub(crate) fn push_index(&mut self, index: usize) {
        self.next().index = Some(index);
    }

    /// Goes up.
    pub(crate) fn pop(&mut self) {
        self.length = self.length.saturating_sub(1);
    }

    /// Whether a pattern such as `services.*.ports`, given in parts, fits; `*` fits any step.
    pub(crate) fn matches(&self, pattern: &[&str]) -> bool {
        self.length == pattern.len()
            && self.steps[..self.length]
                .iter()
                .zip(pattern)
                .rev()
                .all(|(step, part)| *part == "*" || (step.index.is_none() && step.key == *part))
    }

    /// Whether a key below is an extension; services may have any name.
    pub(crate) fn is_extension(&self, key: &str) -> bool {
        key.starts_with("x-") && !self.matches(&["services"])
    }

    /// How many steps it has.
    pub(crate) fn len(&self) -> usize {
        self.length
    }
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.steps[..self.length].iter().enumerate() {
            match step.index {
                Some(index) => write!(formatter, "[{index}]")?,
                None if position == 0 => formatter.write_str(&step.key)?,
                None => write!(formatter, ".{}", step.key)?,
            }
        }
        Ok(())
    }
}
