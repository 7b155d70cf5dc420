//! Drawings of boxes and lines: reads the grid, then what it says.

mod ascii;
mod brackets;
mod canvas;
mod captions;
mod columns;
mod corners;
mod facts;
mod flow;
mod frames;
mod grid;
mod joins;
mod labels;
mod lifelines;
mod listed;
mod loose;
mod meaning;
mod networks;
mod remarks;
mod rows;
mod storage;
mod tiers;
mod tree;
mod wires;

use std::ops::Range;

use devkit_diagnostic::Diagnostic;

use super::collector::Collector;
use super::drawing::Drawing;
use super::label::Label;
use super::subject::Subject;
use super::text::Line;
use super::{arrow_text, branches, steps, words};
use crate::facts::{Diagram, DiagramKind, Origin};
use canvas::Sheet;
use grid::Grid;

/// Below this, a drawing is said to be unreadable rather than read.
const TOO_UNSURE: f64 = 0.5;

/// How sure the reading of words is that lines join and no boxes hold.
const UNBOXED: f64 = 0.9;

/// No drawing for people has more rows.
const MAX_ROWS: usize = 2_000;

/// No drawing for people has more cells.
const MAX_CELLS: usize = 300_000;

/// The drawings of no page for people have more cells together.
const MAX_ALL_CELLS: usize = 1_000_000;

/// How many rows of a drawing are read, and how many cells they have.
fn rows_of(lines: &[Line<'_>], most: usize) -> (usize, usize) {
    let mut cells = 0;
    let widths = lines
        .iter()
        .map(|line| line.text.chars().take(grid::MAX_COLUMNS).count());
    let fit = widths.take(MAX_ROWS).take_while(|width| {
        let fits = cells + width <= most;
        cells += if fits { *width } else { 0 };
        fits
    });
    (fit.count(), cells)
}

/// The lines from the first that are read: those that a drawing for people may have.
fn bounded(first: usize, end: usize, to: &mut Collector<'_>) -> Range<usize> {
    let free = MAX_ALL_CELLS.saturating_sub(to.cells).min(MAX_CELLS);
    let (rows, cells) = rows_of(&to.lines[first..end], free);
    to.cells += cells;
    if first + rows < end {
        to.too_many("rows of a drawing");
    }
    first..first + rows
}

/// What a drawing was read as, and how surely.
struct Found {
    kind: DiagramKind,
    confidence: f64,
}

impl Found {
    fn sure(kind: DiagramKind) -> Self {
        Self {
            kind,
            confidence: 1.0,
        }
    }

    /// Whether it draws parts and who calls whom, and is read well enough to say so.
    fn draws_parts(&self) -> bool {
        let drawn = !matches!(self.kind, DiagramKind::DirectoryTree | DiagramKind::Other);
        drawn && self.confidence >= TOO_UNSURE
    }
}

/// Reads the drawing on some lines of the document, where there is one.
pub(super) fn read(first: usize, end: usize, to: &mut Collector<'_>) {
    let lines = bounded(first, end, to);
    let is_plain = |line: &Line<'_>| line.text.is_ascii() && !line.text.contains(['+', '|', '>']);
    if to.lines[lines.clone()].iter().all(is_plain) {
        return;
    }
    let drawing = Drawing::new(lines, to);
    let Some(found) = found(&drawing, to) else {
        return;
    };
    let diagram = Diagram {
        kind: found.kind,
        architecture: found.draws_parts() && drawing.is_of_platform(),
        end_line: drawing.lines.end,
        origin: Origin {
            confidence: found.confidence,
            ..to.line_origin(first)
        },
    };
    to.diagrams.push(diagram);
}

/// Reads a drawing as the first kind that it can be.
fn found(drawing: &Drawing, to: &mut Collector<'_>) -> Option<Found> {
    if steps::stations::read(drawing, to) || steps::calls::read(drawing, to) {
        return Some(Found::sure(DiagramKind::Flow));
    }
    if branches::read(drawing, to) {
        return Some(Found {
            kind: DiagramKind::ArrowText,
            confidence: UNBOXED,
        });
    }
    let lines = &to.lines[drawing.lines.clone()];
    if tree::is_tree(lines) {
        return Some(Found::sure(DiagramKind::DirectoryTree));
    }
    if lines.iter().any(|line| line.text.contains(['█', '░', '▓'])) {
        return Some(Found::sure(DiagramKind::Other));
    }
    let grid = Grid::of(lines, drawing.lines.start);
    if lifelines::read(&grid, drawing, to) {
        return Some(Found::sure(DiagramKind::Lifelines));
    }
    let sheet = Sheet::of(grid);
    if sheet.frames.is_empty() {
        unboxed(sheet, drawing, to)
    } else {
        let is_of_programs = drawing.topic.subject == Subject::Process
            && drawing.topic.is_of_data_on_its_way()
            && draws_servers(&sheet);
        let of_platform = is_of_programs.then(|| drawing.of_platform());
        Some(boxed(sheet, of_platform.as_ref().unwrap_or(drawing), to))
    }
}

/// Whether boxes are called as several servers are that are known by name, which steps alone are
/// not: a drawing below `Pipeline at a glance` may show what runs.
fn draws_servers(sheet: &Sheet) -> bool {
    const LEAST: usize = 2;
    let leaves = (0..sheet.frames.len()).filter(|frame| sheet.is_leaf(*frame));
    let names = leaves.filter_map(|frame| Some(sheet.lines(frame).into_iter().next()?.1));
    let servers = names.filter(|name| words::names_software(&Label::of(&[name]).name));
    servers.count() >= LEAST
}

/// Reads words that lines or arrows join without any box.
fn unboxed(mut sheet: Sheet, drawing: &Drawing, to: &mut Collector<'_>) -> Option<Found> {
    let draws = wires::joins_words(&sheet) || sheet.bracketed && brackets::are_joined(&sheet);
    if drawing.topic.subject != Subject::Process && draws {
        let is_flow = facts::read(&mut sheet, drawing, UNBOXED, to);
        return Some(Found {
            kind: if is_flow {
                DiagramKind::Flow
            } else {
                DiagramKind::ArrowText
            },
            confidence: UNBOXED,
        });
    }
    if arrow_text::read(drawing, to) {
        return Some(Found::sure(DiagramKind::ArrowText));
    }
    if sheet.loose > 2 {
        unreadable(drawing, to);
    }
    None
}

/// Reads boxes and the lines between them.
fn boxed(mut sheet: Sheet, drawing: &Drawing, to: &mut Collector<'_>) -> Found {
    let confidence = confidence(&sheet);
    let mut kind = DiagramKind::Boxes;
    if confidence < TOO_UNSURE {
        unreadable(drawing, to);
    } else if facts::read(&mut sheet, drawing, confidence, to) {
        kind = DiagramKind::Flow;
    }
    Found { kind, confidence }
}

/// How sure the reading is: the share of corners that belong to boxes or lines.
#[allow(clippy::cast_precision_loss)] // counts of corners are small
fn confidence(sheet: &Sheet) -> f64 {
    let boxes = sheet.frames.len() as f64;
    let loose = sheet.loose as f64;
    let torn = sheet
        .frames
        .iter()
        .filter(|frame| {
            frame
                .sides
                .iter()
                .any(|(left, _)| left.abs_diff(frame.left) > 0)
        })
        .count() as f64;
    (boxes - torn * 0.2) / (boxes + loose)
}

fn unreadable(drawing: &Drawing, to: &mut Collector<'_>) {
    let span = to.line_origin(drawing.lines.start).span;
    let diagnostic =
        Diagnostic::warning("This diagram could not be read reliably, so nothing in it is checked")
            .at(&to.source, span, "")
            .with_help("close its boxes, or draw it with Mermaid");
    to.diagnostics.push(diagnostic);
}
