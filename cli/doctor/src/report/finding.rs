use std::borrow::Borrow;
use std::path::PathBuf;

use devkit_diagnostic::{Location, Span};

use crate::rule::{Evidence, Level, Rule};

/// One disagreement, question or thing that could not be decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How much it matters.
    pub level: Level,
    /// The service, node, port or link that it is about.
    pub subject: String,
    /// What is wrong, in sentence case, without a full stop.
    pub message: String,
    /// Where the document says so.
    pub document: Option<Location>,
    /// Where the compose file (or another file that was compared) says otherwise.
    pub compose: Option<Location>,
    /// What it rests on.
    pub evidence: Evidence,
    /// What to do now, where it is more than the rule's own action.
    pub help: Option<String>,
    /// The certain way to repair it, where there is one.
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding with the level and the evidence of its rule.
    pub fn new(
        rule: &'static Rule,
        subject: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            level: rule.level,
            subject: subject.into(),
            message: message.into(),
            document: None,
            compose: None,
            evidence: rule.evidence,
            help: None,
            fix: None,
        }
    }

    /// Says where in the document.
    #[must_use]
    pub fn in_document(mut self, location: Location) -> Self {
        self.document = Some(location);
        self
    }

    /// Says where in the compose files, where that is known.
    #[must_use]
    pub fn in_compose(mut self, location: Option<impl Borrow<Location>>) -> Self {
        self.compose = location.map(|location| location.borrow().clone());
        self
    }

    /// Gives it another level than its rule's.
    #[must_use]
    pub fn with_level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// Says what to do now.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Gives the certain way to repair it.
    #[must_use]
    pub fn with_fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }

    /// What to do about it.
    pub fn action(&self) -> &str {
        self.help.as_deref().unwrap_or(self.rule.action)
    }
}

/// A repair that is certain: replacements in files of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in a few words, sentence case, without a full stop.
    pub description: String,
    /// The replacements.
    pub edits: Vec<Edit>,
}

/// One replacement in a document, in the bytes of its text as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The file, as messages name it.
    pub file: PathBuf,
    /// The bytes that are replaced; an empty range inserts.
    pub span: Span,
    /// What takes their place.
    pub replacement: String,
}
