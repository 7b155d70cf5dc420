//! Mermaid diagrams that stand in no fence.

use super::fence::fence_mark;
use super::{Block, BlockKind, is_heading};
use crate::reader::text::Line;

/// What a page shows until it has drawn a diagram, and what a copy of the page has below it.
pub(in crate::reader) const PLACEHOLDER: &str = "Loading";

/// Whether a line opens a Mermaid diagram.
pub(in crate::reader) fn is_header(line: &str) -> bool {
    let line = line.trim().trim_end_matches(';').trim_end();
    let mut words = line.split_whitespace();
    match words.next() {
        Some("graph" | "flowchart") => match words.next() {
            None => line == "flowchart",
            Some(direction) => {
                matches!(direction, "TB" | "TD" | "LR" | "RL" | "BT") && words.next().is_none()
            }
        },
        Some(
            "sequenceDiagram" | "erDiagram" | "stateDiagram" | "stateDiagram-v2" | "classDiagram"
            | "gitGraph" | "C4Context" | "C4Container" | "C4Component" | "C4Dynamic"
            | "C4Deployment" | "architecture-beta" | "journey" | "gantt" | "mindmap" | "timeline",
        ) => words.next().is_none(),
        _ => false,
    }
}

/// The diagram that a line opens, and the line behind it.
pub(super) fn bare(lines: &[Line<'_>], at: usize) -> Option<(Block, usize)> {
    if !is_header(lines[at].text) {
        return None;
    }
    let mut end = at + 1;
    while end < lines.len() {
        let text = lines[end].text;
        if text.trim() == PLACEHOLDER || is_heading(text) || fence_mark(text).is_some() {
            break;
        }
        let after_blank = lines[end - 1].is_blank();
        if after_blank && !text.starts_with([' ', '\t']) && !is_statement(text.trim()) {
            break;
        }
        end += 1;
    }
    let next = end
        + usize::from(
            lines
                .get(end)
                .is_some_and(|it| it.text.trim() == PLACEHOLDER),
        );
    let block = Block {
        kind: BlockKind::Mermaid,
        first: at,
        end,
    };
    Some((block, next))
}

/// Whether an unindented line still belongs to a Mermaid diagram.
fn is_statement(line: &str) -> bool {
    const WORDS: [&str; 12] = [
        "subgraph",
        "end",
        "style",
        "classDef",
        "class",
        "linkStyle",
        "click",
        "participant",
        "actor",
        "Note",
        "direction",
        "state",
    ];
    let first = line.split([' ', '[', '(', '{']).next().unwrap_or("");
    line.is_empty()
        || line.starts_with("%%")
        || WORDS.contains(&first)
        || ["-->", "---", "==>", "-.-", "->>", "-.->", "||--"]
            .iter()
            .any(|arrow| line.contains(arrow))
        || (line.ends_with([']', ')', '}']) && !first.is_empty() && !line.contains(". "))
}
