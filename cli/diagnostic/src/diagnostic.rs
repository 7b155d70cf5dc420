use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{Location, SourceFile, Span};

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Works, and will hurt one day.
    Warning,
    /// Does not work.
    Error,
}

/// A span of a source file with what is to be said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The file that the span is in.
    pub source: SourceFile,
    /// The bytes that are shown.
    pub span: Span,
    /// What is to be said there; may be empty.
    pub message: String,
}

/// One thing to tell the user: what is wrong, where, why it matters and what to type next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable id of the kind of diagnostic, where it has one.
    pub code: Option<String>,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, in sentence case, without a full stop.
    pub message: String,
    /// The file it is about, where there is no span to show.
    pub file: Option<PathBuf>,
    /// Where, with the first label as the main one.
    pub labels: Vec<Label>,
    /// Why it matters, where that is not plain.
    pub notes: Vec<String>,
    /// What to do next, one suggestion each.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// An error with a message.
    pub fn error(message: impl Into<String>) -> Self {
        Self::new(Severity::Error, message)
    }

    /// A warning with a message.
    pub fn warning(message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, message)
    }

    /// A piece of information with a message.
    pub fn info(message: impl Into<String>) -> Self {
        Self::new(Severity::Info, message)
    }

    fn new(severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code: None,
            severity,
            message: message.into(),
            file: None,
            labels: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Gives it the stable id of its kind.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// Names the file that it is about.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// Points at a span; the first one is the main one.
    #[must_use]
    pub fn at(mut self, source: &SourceFile, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label {
            source: source.clone(),
            span,
            message: message.into(),
        });
        self
    }

    /// Says why it matters.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Says what to do next.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// The place of the main label, where there is one.
    pub fn location(&self) -> Option<Location> {
        self.labels
            .first()
            .map(|label| label.source.location(label.span.start))
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(location) = self.location() {
            write!(formatter, "{location}: ")?;
        } else if let Some(file) = &self.file {
            write!(formatter, "{}: ", file.display())?;
        }
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Diagnostic {}
