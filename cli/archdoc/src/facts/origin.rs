use std::path::PathBuf;

use devkit_diagnostic::{Location, Span};
use serde::{Deserialize, Serialize};

/// The environment that a claim is made about.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// The document names none: the claim is about all of them.
    #[default]
    Any,
    /// A developer's machine.
    Development,
    /// The stage before production.
    Staging,
    /// What users reach.
    Production,
}

impl Environment {
    /// Whether a claim about this environment says something about another one.
    pub fn covers(self, other: Environment) -> bool {
        self == Environment::Any || other == Environment::Any || self == other
    }
}

/// Where a fact stands, how sure the reading is, and which environment it is about.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// The document, as messages name it.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The bytes of [`crate::Document::source`] that state the fact.
    #[serde(skip)]
    pub span: Span,
    /// How sure the reading is, from 0 to 1.
    pub confidence: f64,
    /// The environment that the fact is about.
    pub environment: Environment,
    /// The index in [`crate::Document::diagrams`] of the diagram that states it, where one does.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub diagram: Option<usize>,
    /// The text of the heading that it stands under.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub heading: Option<String>,
}

impl Origin {
    /// The place, for people and for JSON.
    pub fn location(&self) -> Location {
        Location {
            file: self.file.clone(),
            line: self.line,
            column: self.column,
        }
    }
}
