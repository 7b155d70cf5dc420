//! Mermaid diagrams: read statement by statement, so that one that cannot be read hides no other.

mod architecture;
mod block;
mod c4;
mod call;
mod entity;
mod flowchart;
mod sequence;
mod text;

use super::collector::Collector;
use super::drawing::Drawing;
use crate::facts::{Diagram, DiagramKind, Origin, TierKind};

/// A statement's line, with the index of the line it starts on.
pub(super) type Numbered<'a> = (usize, &'a str);

/// How sure the facts of a diagram are that can be read statement by statement.
const DRAWN: f64 = 0.9;
/// Frames or groups that stand deeper in others than this are in no diagram for people.
const MAX_DEPTH: usize = 32;
/// No statement for people has more bytes.
const MAX_STATEMENT: usize = 1 << 16;

/// Reads the diagram on some lines of the document.
pub(super) fn read(first: usize, end: usize, to: &mut Collector<'_>) {
    let lines: Vec<Numbered<'_>> = (first..end)
        .map(|index| (index, to.lines[index].text))
        .filter(|(_, text)| !text.trim_start().starts_with("%%"))
        .collect();
    let body = without_front_matter(&lines);
    let Some(header) = body.iter().position(|(_, text)| !text.trim().is_empty()) else {
        return;
    };
    let word = body[header]
        .1
        .trim()
        .split([' ', ';', '\t'])
        .next()
        .unwrap_or("");
    let kind = match word {
        "graph" | "flowchart" | "block-beta" | "block" => DiagramKind::MermaidFlowchart,
        "sequenceDiagram" => DiagramKind::MermaidSequence,
        "stateDiagram" | "stateDiagram-v2" => DiagramKind::MermaidState,
        "erDiagram" => DiagramKind::MermaidEntity,
        "architecture-beta" | "architecture" => DiagramKind::MermaidArchitecture,
        _ if c4::Level::of(word).is_some() => DiagramKind::MermaidC4,
        _ => DiagramKind::MermaidOther,
    };
    let drawing = Drawing::new(first..end, to);
    let level = c4::Level::of(word);
    let architecture = drawing.is_of_platform()
        && matches!(
            kind,
            DiagramKind::MermaidFlowchart
                | DiagramKind::MermaidSequence
                | DiagramKind::MermaidArchitecture
        )
        || level == Some(c4::Level::Container);
    let statements = &body[header + 1..];
    let confidence = match kind {
        DiagramKind::MermaidFlowchart if word.starts_with("block") => {
            let said = block::as_flowchart(statements);
            let said: Vec<Numbered<'_>> =
                said.iter().map(|(line, it)| (*line, it.as_str())).collect();
            flowchart::read(&said, &drawing, to)
        }
        DiagramKind::MermaidFlowchart => flowchart::read(statements, &drawing, to),
        DiagramKind::MermaidSequence => sequence::read(statements, &drawing, to),
        DiagramKind::MermaidEntity => entity::read(statements, to),
        DiagramKind::MermaidArchitecture => architecture::read(statements, &drawing, to),
        DiagramKind::MermaidC4 => {
            level.map_or(1.0, |level| c4::read(statements, level, &drawing, to))
        }
        _ => 1.0,
    };
    let origin = Origin {
        confidence,
        ..to.line_origin(body[header].0)
    };
    to.diagrams.push(Diagram {
        kind,
        architecture,
        end_line: end,
        origin,
    });
}

/// A share of a whole, as a number from 0 to 1.
#[allow(clippy::cast_precision_loss)] // counts of lines are small
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    part as f64 / whole as f64
}

fn without_front_matter<'a, 'b>(lines: &'b [Numbered<'a>]) -> &'b [Numbered<'a>] {
    if lines.first().is_some_and(|(_, text)| text.trim() == "---")
        && let Some(close) = lines
            .iter()
            .skip(1)
            .position(|(_, text)| text.trim() == "---")
    {
        return &lines[close + 2..];
    }
    lines
}

/// Under a title about security, tiers are boundaries.
fn tier_kind(drawing: &Drawing) -> TierKind {
    let title = drawing.topic.title.to_lowercase();
    if title.contains("security") || title.contains("trust") {
        TierKind::Boundary
    } else {
        TierKind::Layer
    }
}
