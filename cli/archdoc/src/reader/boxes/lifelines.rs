//! Vertical lifelines under names, with arrows between them.

use super::grid::Grid;
use crate::facts::{ComponentKind, Connection, ConnectionKind, Step, StepKind};
use crate::reader::collector::Collector;
use crate::reader::drawing::Drawing;
use crate::reader::endpoint;
use crate::reader::label::Label;
use crate::reader::words;
use crate::signs::{EAST, NORTH, SOUTH, WEST, is_line, ports, tip};

/// How sure it is that a participant is a component.
const NAMED: f64 = 0.6;

/// A participant and the column of its line.
struct Lifeline {
    name: String,
    /// The row on which the name stands.
    row: usize,
    column: usize,
}

/// Reads the drawing where it is one of lifelines; answers whether it is.
pub(super) fn read(grid: &Grid, drawing: &Drawing, to: &mut Collector<'_>) -> bool {
    let Some((row, lifelines)) = lifelines(grid) else {
        return false;
    };
    for (index, lifeline) in lifelines.iter().enumerate() {
        let label = Label::of(&[&lifeline.name]);
        let kind = words::kind(&label.name, None).unwrap_or(if index == 0 {
            ComponentKind::Client
        } else {
            ComponentKind::Service
        });
        let origin = drawing.origin(grid.first + lifeline.row, NAMED, to);
        to.component(label.component(kind, origin));
    }
    let mut steps: Vec<Step> = Vec::new();
    // Where words come before the first arrow, each arrow's words stand above it.
    let first = (row + 1..grid.height()).find(|it| has_words(grid, *it));
    let above = first.is_some_and(|it| arrow(grid, it, &lifelines).is_none());
    for row in row + 1..grid.height() {
        match arrow(grid, row, &lifelines) {
            Some((from, target, mut text)) => {
                if above {
                    text = words_above(grid, row, &lifelines, (from, target), &text);
                }
                steps.push(Step {
                    from: lifelines[from].name.clone(),
                    to: lifelines[target].name.clone(),
                    text,
                    number: None,
                    kind: StepKind::Request,
                    branch: Vec::new(),
                    origin: drawing.origin(grid.first + row, 1.0, to),
                });
            }
            None => {
                if let Some(step) = steps.last_mut().filter(|_| !above) {
                    more_words(grid, row, &lifelines, step);
                }
            }
        }
    }
    classify(&mut steps);
    facts(&steps, to);
    to.steps(drawing.title(), steps);
    true
}

/// The row of names, and the columns of the lines below them.
fn lifelines(grid: &Grid) -> Option<(usize, Vec<Lifeline>)> {
    for row in 0..grid.height().min(8) {
        let below: Vec<usize> = (0..grid.width(row + 1))
            .filter(|column| grid.get((row + 1, *column)) == '│')
            .collect();
        let only_lines =
            (0..grid.width(row + 1)).all(|it| matches!(grid.get((row + 1, it)), ' ' | '│'));
        if below.len() < 2 || !only_lines {
            continue;
        }
        let boxed = boxed_names(grid, row, &below);
        let names = boxed.clone().unwrap_or_else(|| names(grid, row));
        if names.len() != below.len() || names.len() < 3 && boxed.is_none() {
            continue;
        }
        let corner = |cell| ports(grid.get(cell)) == (EAST | SOUTH);
        let boxes_below = (row + 2..grid.height())
            .any(|row| (0..grid.width(row)).any(|column| corner((row, column))));
        if boxed.is_some() && boxes_below {
            // Boxes with lines between them, not participants with their lifelines.
            continue;
        }
        // The lines go on: more than boxes would.
        let long = (row + 2..grid.height())
            .filter(|it| {
                below
                    .iter()
                    .filter(|column| is_line(grid.get((*it, **column))))
                    .count()
                    * 2
                    > below.len()
            })
            .count();
        if long < 5 {
            continue;
        }
        let lifelines = names
            .into_iter()
            .zip(below)
            .map(|(name, column)| Lifeline {
                name,
                row: row - usize::from(boxed.is_some()),
                column,
            })
            .collect();
        return Some((row, lifelines));
    }
    None
}

/// The names in a row of boxes whose bottom is a row, one box above each line.
fn boxed_names(grid: &Grid, bottom: usize, lines: &[usize]) -> Option<Vec<String>> {
    let edge = |cell| ports(grid.get(cell)) & (EAST | WEST) == (EAST | WEST);
    let names = lines.iter().map(|column| {
        let left = (0..*column)
            .rev()
            .find(|it| !edge((bottom, *it)))
            .filter(|it| ports(grid.get((bottom, *it))) == (NORTH | EAST))?;
        let right = (*column..grid.width(bottom))
            .find(|it| !edge((bottom, *it)))
            .filter(|it| ports(grid.get((bottom, *it))) == (NORTH | WEST))?;
        let rows = (0..bottom)
            .rev()
            .take_while(|row| ports(grid.get((*row, left))) == (NORTH | SOUTH));
        let mut lines: Vec<String> = rows
            .map(|row| grid.text(row, left + 1, right))
            .filter(|it| !it.is_empty())
            .collect();
        lines.reverse();
        (!lines.is_empty()).then(|| lines.join(" "))
    });
    names.collect()
}

/// The names in a row, at least two columns apart.
fn names(grid: &Grid, row: usize) -> Vec<String> {
    let text = grid.text(row, 0, grid.width(row));
    if text.chars().any(is_line) {
        return Vec::new();
    }
    text.split("  ")
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The arrow in a row: its ends, and the words in it.
fn arrow(grid: &Grid, row: usize, lifelines: &[Lifeline]) -> Option<(usize, usize, String)> {
    let at = |column: usize| {
        lifelines
            .iter()
            .position(|it| it.column.abs_diff(column) <= 1)
    };
    let width = grid.width(row);
    let drawn = |column: usize| {
        let character = grid.get((row, column));
        is_line(character) && (ports(character) & (EAST | WEST) != 0)
    };
    let first = (0..width).find(|it| drawn(*it))?;
    let last = (0..width).rev().find(|it| drawn(*it))?;
    if last < first + 3 {
        return None;
    }
    // The line that closes all lifelines is no arrow.
    let bottom = (first..=last)
        .filter(|it| grid.get((row, *it)) == '┴')
        .count();
    if bottom > 1 {
        return None;
    }
    let left = at(first.saturating_sub(1)).or_else(|| at(first))?;
    let right = at(last + 1).or_else(|| at(last))?;
    if left == right {
        return None;
    }
    let text: String = (first..=last)
        .map(|column| grid.get((row, column)))
        .map(|it| if is_line(it) || it == '\0' { ' ' } else { it })
        .collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let tips: Vec<u8> = (first..=last)
        .filter_map(|it| tip(grid.get((row, it))))
        .collect();
    Some(match tips.as_slice() {
        [] => (left, left, text),
        [WEST, ..] => (right, left, text),
        _ => (left, right, text),
    })
}

fn has_words(grid: &Grid, row: usize) -> bool {
    (0..grid.width(row)).any(|column| grid.get((row, column)).is_alphanumeric())
}

/// The words of an arrow and those on the rows right above it, between the same lines.
fn words_above(
    grid: &Grid,
    row: usize,
    lifelines: &[Lifeline],
    (from, target): (usize, usize),
    text: &str,
) -> String {
    let (first, last) = (from.min(target), from.max(target));
    let (left, right) = (lifelines[first].column, lifelines[last].column);
    let mut lines = Vec::new();
    for row in (0..row).rev().take(4) {
        if arrow(grid, row, lifelines).is_some() {
            break;
        }
        let words: String = (left + 1..right)
            .map(|column| grid.get((row, column)))
            .map(|it| if is_line(it) || it == '\0' { ' ' } else { it })
            .collect();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            break;
        }
        lines.insert(0, words);
    }
    if !text.is_empty() {
        lines.push(text.to_owned());
    }
    lines.join("\n")
}

/// Words on the rows below an arrow belong to it.
fn more_words(grid: &Grid, row: usize, lifelines: &[Lifeline], step: &mut Step) {
    let columns = lifelines
        .iter()
        .filter(|it| it.name == step.from || it.name == step.to);
    let from = columns.clone().map(|it| it.column).min().unwrap_or(0);
    let end = lifelines
        .iter()
        .map(|it| it.column)
        .find(|it| *it > from)
        .unwrap_or(from + 16);
    let text: String = (from + 1..end)
        .map(|column| grid.get((row, column)))
        .map(|it| if is_line(it) || it == '\0' { ' ' } else { it })
        .collect();
    let text = text.trim();
    if !text.is_empty() && step.text.lines().count() < 6 {
        step.text.push('\n');
        step.text.push_str(text);
    }
}

fn classify(steps: &mut [Step]) {
    for index in 0..steps.len() {
        let (earlier, rest) = steps.split_at_mut(index);
        let step = &mut rest[0];
        let back = earlier
            .iter()
            .rev()
            .any(|it| it.from == step.to && it.to == step.from && it.kind == StepKind::Request);
        step.kind = if step.from == step.to {
            StepKind::Internal
        } else if back {
            StepKind::Response
        } else {
            StepKind::Request
        };
    }
}

fn facts(steps: &[Step], to: &mut Collector<'_>) {
    for step in steps.iter().filter(|step| step.kind == StepKind::Request) {
        to.connection(Connection {
            from: step.from.clone(),
            to: step.to.clone(),
            label: (!step.text.is_empty()).then(|| step.text.clone()),
            kind: ConnectionKind::Request,
            protocol: words::protocol(&step.text),
            origin: step.origin.clone(),
        });
        endpoint::in_words(&step.to, &step.text, &step.origin, to);
    }
}
