//! Drawings of boxes and lines: reads the grid, then what it says.

mod ascii;
mod canvas;
mod captions;
mod corners;
mod facts;
mod flow;
mod frames;
mod grid;
mod joins;
mod labels;
mod lifelines;
mod meaning;
mod networks;
mod storage;
mod tiers;
mod tree;
mod wires;

use devkit_diagnostic::Diagnostic;

use super::branches;
use super::collector::Collector;
use super::subject::{Subject, topic};
use super::text::Line;
use crate::facts::{Diagram, DiagramKind};
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

/// Reads the drawing on some lines of the document, where there is one.
pub(super) fn read(first: usize, end: usize, to: &mut Collector<'_>) {
    let free = MAX_ALL_CELLS.saturating_sub(to.cells).min(MAX_CELLS);
    let (rows, cells) = rows_of(&to.lines[first..end], free);
    to.cells += cells;
    let last = first + rows;
    if last < end {
        to.too_many("rows of a drawing");
    }
    let end = last;
    let lines = &to.lines[first..end];
    if lines
        .iter()
        .all(|line| line.text.is_ascii() && !line.text.contains(['+', '|', '>']))
    {
        return;
    }
    let topic = topic(to, first);
    let origin = to.line_origin(first);
    let mut diagram = Diagram {
        kind: DiagramKind::Other,
        architecture: false,
        end_line: end,
        origin,
    };
    let index = to.diagrams.len();
    if super::arrow_text::read_numbered(first, end, &topic, index, to)
        || super::steps::read(first, end, &topic, index, to)
    {
        diagram.kind = DiagramKind::Flow;
        diagram.architecture = topic.subject == Subject::Platform;
        to.diagrams.push(diagram);
        return;
    }
    if branches::read(first, end, &topic, index, to) {
        diagram.kind = DiagramKind::ArrowText;
        diagram.architecture = topic.subject == Subject::Platform;
        diagram.origin.confidence = UNBOXED;
        to.diagrams.insert(index, diagram);
        return;
    }
    if tree::is_tree(&to.lines[first..end]) {
        diagram.kind = DiagramKind::DirectoryTree;
        to.diagrams.push(diagram);
        return;
    }
    if lines.iter().any(|line| line.text.contains(['█', '░', '▓'])) {
        to.diagrams.push(diagram);
        return;
    }
    let grid = Grid::of(lines, first);
    if lifelines::read(&grid, &topic, index, to) {
        diagram.kind = DiagramKind::Lifelines;
        diagram.architecture = topic.subject == Subject::Platform;
        to.diagrams.insert(index, diagram);
        return;
    }
    let mut sheet = Sheet::of(grid);
    if sheet.frames.is_empty() {
        if topic.subject != Subject::Process && wires::joins_words(&sheet) {
            diagram.kind = DiagramKind::ArrowText;
            diagram.architecture = topic.subject == Subject::Platform;
            diagram.origin.confidence = UNBOXED;
            to.diagrams.push(diagram);
            if facts::read(&mut sheet, &topic, index, to) {
                to.diagrams[index].kind = DiagramKind::Flow;
            }
        } else if super::arrow_text::read(first, end, &topic, index, to) {
            diagram.kind = DiagramKind::ArrowText;
            diagram.architecture = topic.subject == Subject::Platform;
            to.diagrams.insert(index, diagram);
        } else if sheet.loose > 2 {
            unreadable(first, to);
        }
        return;
    }
    let confidence = confidence(&sheet);
    diagram.origin.confidence = confidence;
    diagram.kind = DiagramKind::Boxes;
    diagram.architecture = topic.subject == Subject::Platform;
    to.diagrams.push(diagram);
    if confidence < TOO_UNSURE {
        to.diagrams[index].architecture = false;
        unreadable(first, to);
        return;
    }
    let is_flow = facts::read(&mut sheet, &topic, index, to);
    if is_flow {
        to.diagrams[index].kind = DiagramKind::Flow;
    }
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

fn unreadable(line: usize, to: &mut Collector<'_>) {
    let span = to.line_origin(line).span;
    let diagnostic =
        Diagnostic::warning("This diagram could not be read reliably, so nothing in it is checked")
            .at(&to.source, span, "")
            .with_help("close its boxes, or draw it with Mermaid");
    to.diagnostics.push(diagnostic);
}
