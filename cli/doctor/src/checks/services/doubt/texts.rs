//! The words that stand in diagrams, whatever was read there.

use std::collections::BTreeSet;

use devkit_archdoc::{Diagram, DiagramKind, normalised};

use crate::context::Page;
use crate::matching::words;

/// The words of a diagram.
pub(super) struct Text<'a> {
    pub(super) diagram: &'a Diagram,
    pub(super) all: BTreeSet<String>,
    /// The words of all lines in their order, with an empty one behind each line.
    pub(super) lines: Vec<String>,
    /// What is written as keys and names of containers are, in the form in which names are compared.
    pub(super) keys: BTreeSet<String>,
}

/// The words of the diagrams that may show services.
pub(super) fn texts<'a>(page: &'a Page<'_>) -> Vec<Text<'a>> {
    let diagrams = page.document.diagrams.iter().filter(|diagram| {
        !matches!(
            diagram.kind,
            DiagramKind::DirectoryTree
                | DiagramKind::MermaidEntity
                | DiagramKind::MermaidOther
                | DiagramKind::Other
        )
    });
    diagrams
        .map(|diagram| {
            let mut lines = Vec::new();
            let mut keys = BTreeSet::new();
            for line in page.lines_of(diagram) {
                lines.extend(words(line));
                lines.push(String::new());
                keys.extend(keys_in(line));
            }
            Text {
                diagram,
                all: lines.iter().cloned().collect(),
                lines,
                keys,
            }
        })
        .collect()
}

/// What of a line is written as keys are: `farm-web`.
fn keys_in(line: &str) -> impl Iterator<Item = String> {
    let is_of_key = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.');
    line.split(move |it: char| !is_of_key(it))
        .filter(|word| word.contains(['-', '_', '.']))
        .map(normalised)
}
