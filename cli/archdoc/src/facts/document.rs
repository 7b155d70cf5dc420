use devkit_diagnostic::{Diagnostics, SourceFile};
use serde::{Deserialize, Serialize};

use super::{Architecture, Heading, Origin, Region};

/// How the bytes of a document became text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decoding {
    /// The code page as which UTF-8 had been read by mistake, where it had.
    pub mistaken_for: Option<String>,
    /// How many characters were repaired.
    pub repaired: usize,
    /// How many characters could not be restored.
    pub lost: usize,
}

/// What kind of drawing a block holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DiagramKind {
    /// Boxes, frames and lines.
    Boxes,
    /// Boxes one below the other with numbered steps between them.
    Flow,
    /// Names joined by arrows, without boxes.
    ArrowText,
    /// Vertical lifelines with arrows between them.
    Lifelines,
    /// A Mermaid flowchart.
    MermaidFlowchart,
    /// A Mermaid sequence diagram.
    MermaidSequence,
    /// A Mermaid state diagram.
    MermaidState,
    /// A Mermaid entity diagram.
    MermaidEntity,
    /// A Mermaid C4 diagram.
    MermaidC4,
    /// A Mermaid architecture diagram.
    MermaidArchitecture,
    /// Another Mermaid diagram, which is not read.
    MermaidOther,
    /// A directory tree; no claims about services.
    DirectoryTree,
    /// A dashboard, branches of a repository, stages of a pipeline; no claims about services.
    Other,
}

/// A block that was taken for a drawing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Diagram {
    /// What kind it is.
    pub kind: DiagramKind,
    /// Whether its boxes claim to be services of the platform.
    pub architecture: bool,
    /// The line on which it ends, from 1.
    pub end_line: usize,
    /// Where it starts; its confidence is that of the whole reading.
    #[serde(flatten)]
    pub origin: Origin,
}

/// A value of the document's own metadata, with the bytes to replace when it changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dated {
    /// The value as written: `2025-10-06`.
    pub value: String,
    /// Where the value stands; `span` covers exactly the value.
    #[serde(flatten)]
    pub origin: Origin,
}

/// What the document says about itself, in front matter or in lines such as
/// `**Last Validated:** 2025-10-06`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// `Document Version`.
    pub version: Option<Dated>,
    /// `Status`.
    pub status: Option<Dated>,
    /// `Last Updated`.
    pub last_updated: Option<Dated>,
    /// `Last Validated`.
    pub last_validated: Option<Dated>,
    /// `Next Review`.
    pub next_review: Option<Dated>,
}

/// A finding that the document's authors accept:
/// `<!-- devkit:ignore DK102 "Load Balancer" production only -->`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Waiver {
    /// The rule, or `*` for all of them.
    pub rule: String,
    /// The subject that it is about; every subject where none is named.
    pub subject: Option<String>,
    /// The reason written behind it.
    pub reason: Option<String>,
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
}

/// A name of the document that means a service: `<!-- devkit:alias API = api -->`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// The name in the document.
    pub name: String,
    /// The key of the service in the compose file.
    pub service: String,
    /// The line, from 1.
    pub line: usize,
}

/// Everything that was read from one file.
#[derive(Debug, Clone, Serialize)]
pub struct Document {
    /// The text as it was read, repaired where it was mis-decoded; spans point into it.
    #[serde(skip)]
    pub source: SourceFile,
    /// How the bytes became text.
    pub decoding: Decoding,
    /// What the document says about itself.
    pub metadata: Metadata,
    /// Its headings in order.
    pub headings: Vec<Heading>,
    /// The blocks that were taken for drawings.
    pub diagrams: Vec<Diagram>,
    /// The findings that its authors accept.
    pub waivers: Vec<Waiver>,
    /// The names that mean a service.
    pub aliases: Vec<Alias>,
    /// The generated regions.
    pub regions: Vec<Region>,
    /// What it claims.
    #[serde(flatten)]
    pub facts: Architecture,
    /// What is to be said about the reading itself.
    #[serde(skip)]
    pub diagnostics: Diagnostics,
}

impl Document {
    /// The service that an alias of the document gives to a name.
    pub fn alias(&self, name: &str) -> Option<&str> {
        let name = super::normalised(name);
        self.aliases
            .iter()
            .find(|alias| super::normalised(&alias.name) == name)
            .map(|alias| alias.service.as_str())
    }

    /// Whether the authors accept a finding of a rule about a subject.
    pub fn waives(&self, rule: &str, subject: &str) -> bool {
        let subject = super::normalised(subject);
        self.waivers.iter().any(|waiver| {
            (waiver.rule == "*" || waiver.rule.eq_ignore_ascii_case(rule))
                && waiver
                    .subject
                    .as_ref()
                    .is_none_or(|waived| super::normalised(waived) == subject)
        })
    }
}
