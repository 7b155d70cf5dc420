//! Finds the names in a row and the lines that go down below them.

use super::{Lifeline, Lifelines};
use crate::reader::boxes::grid::Grid;
use crate::signs::{EAST, NORTH, SOUTH, WEST, is_line, ports};

/// How many rows may stand above the names.
const ROWS_ABOVE: usize = 8;
/// How many boxes below names are notes.
const NOTES: usize = 3;
/// How many further rows the lines go on at least: more than those between boxes.
const LONG: usize = 5;

impl<'a> Lifelines<'a> {
    /// The lifelines of a drawing, where it has any.
    pub(super) fn find(grid: &'a Grid) -> Option<Self> {
        let rows = 0..grid.height().min(ROWS_ABOVE);
        rows.into_iter().find_map(|row| Self::below(grid, row))
    }

    /// The lifelines that begin below a row.
    fn below(grid: &'a Grid, row: usize) -> Option<Self> {
        let columns = lines_in(grid, row + 1)?;
        let boxed = boxed_names(grid, row, &columns);
        let is_boxed = boxed.is_some();
        let names = boxed.unwrap_or_else(|| names(grid, row));
        if names.len() != columns.len() || names.len() < 3 && !is_boxed {
            return None;
        }
        // Boxes with lines between them are no participants with their lifelines; beside those there
        // may be some notes in boxes.
        let below = boxes_below(grid, row + 2);
        let has_boxes = if is_boxed { below > 0 } else { below > NOTES };
        if has_boxes || !go_on(grid, row + 2, &columns) {
            return None;
        }
        let lines = names.into_iter().zip(columns);
        let lines = lines.map(|(name, column)| Lifeline {
            name,
            row: row - usize::from(is_boxed),
            column,
        });
        Some(Self {
            grid,
            row,
            lines: lines.collect(),
        })
    }
}

/// The columns of the lines in a row that holds nothing else.
fn lines_in(grid: &Grid, row: usize) -> Option<Vec<usize>> {
    let columns = 0..grid.width(row);
    let only_lines = columns
        .clone()
        .all(|it| matches!(grid.get((row, it)), ' ' | '│'));
    let lines: Vec<usize> = columns.filter(|it| grid.get((row, *it)) == '│').collect();
    (only_lines && lines.len() >= 2).then_some(lines)
}

/// How many boxes stand below a row, by their first corners.
fn boxes_below(grid: &Grid, first: usize) -> usize {
    let is_corner = |cell| ports(grid.get(cell)) == (EAST | SOUTH);
    let rows = first..grid.height();
    rows.map(|row| {
        let columns = 0..grid.width(row);
        columns.filter(|column| is_corner((row, *column))).count()
    })
    .sum()
}

/// Whether most of the lines go on far below.
fn go_on(grid: &Grid, first: usize, columns: &[usize]) -> bool {
    let drawn = |row: &usize| {
        let drawn = columns.iter().filter(|it| is_line(grid.get((*row, **it))));
        drawn.count() * 2 > columns.len()
    };
    (first..grid.height()).filter(drawn).count() >= LONG
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
