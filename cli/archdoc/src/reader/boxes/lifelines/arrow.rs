//! The arrows between lifelines, and their words.

use std::ops::Range;

use super::Lifelines;
use crate::facts::Step;
use crate::reader::boxes::grid::FILLER;
use crate::signs::{EAST, WEST, is_line, ports, tip};

/// How many rows of words an arrow has above it at most.
const ROWS_ABOVE: usize = 4;
/// How many rows of words a step has at most.
const ROWS: usize = 6;
/// How far the words at the last lifeline go.
const WIDTH: usize = 16;

/// An arrow from one lifeline to another, and the words in it.
pub(super) struct Arrow {
    pub(super) from: usize,
    pub(super) target: usize,
    pub(super) text: String,
}

impl Lifelines<'_> {
    /// The arrow in a row.
    pub(super) fn arrow(&self, row: usize) -> Option<Arrow> {
        let grid = self.grid;
        let drawn = |column: &usize| ports(grid.get((row, *column))) & (EAST | WEST) != 0;
        let mut columns = 0..grid.width(row);
        let first = columns.clone().find(drawn)?;
        let last = columns.rfind(drawn)?;
        if last < first + 3 {
            return None;
        }
        let signs = || (first..=last).map(|it| grid.get((row, it)));
        // The line that closes all lifelines is no arrow.
        if signs().filter(|it| *it == '┴').count() > 1 {
            return None;
        }
        let at = |column: usize| {
            let mut lines = self.lines.iter();
            lines.position(|it| it.column.abs_diff(column) <= 1)
        };
        let left = at(first.saturating_sub(1)).or_else(|| at(first))?;
        let right = at(last + 1).or_else(|| at(last))?;
        if left == right {
            return None;
        }
        let (from, target) = match signs().find_map(tip) {
            None => (left, left),
            Some(WEST) => (right, left),
            Some(_) => (left, right),
        };
        Some(Arrow {
            from,
            target,
            text: self.words_between(row, first..last + 1),
        })
    }

    /// The words between two columns of a row, without the lines that pass them.
    fn words_between(&self, row: usize, columns: Range<usize>) -> String {
        let text: String = columns
            .map(|column| self.grid.get((row, column)))
            .filter(|it| *it != FILLER)
            .map(|it| if is_line(it) { ' ' } else { it })
            .collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether the words of arrows stand above them, as words come before the first arrow.
    pub(super) fn words_come_first(&self) -> bool {
        let has_words = |row: &usize| {
            let mut columns = 0..self.grid.width(*row);
            columns.any(|column| self.grid.get((*row, column)).is_alphanumeric())
        };
        let first = self.rows().find(has_words);
        first.is_some_and(|row| self.arrow(row).is_none())
    }

    /// The words of an arrow and those on the rows right above it, between the same lines.
    pub(super) fn words_above(&self, row: usize, arrow: Arrow) -> String {
        let [one, other] = [arrow.from, arrow.target].map(|it| self.lines[it].column);
        let columns = one.min(other) + 1..one.max(other);
        let above = (0..row).rev().take(ROWS_ABOVE);
        let mut lines: Vec<String> = above
            .take_while(|row| self.arrow(*row).is_none())
            .map(|row| self.words_between(row, columns.clone()))
            .take_while(|words| !words.is_empty())
            .collect();
        lines.reverse();
        if !arrow.text.is_empty() {
            lines.push(arrow.text);
        }
        lines.join("\n")
    }

    /// Adds the words of a row below the arrow of a step to it.
    pub(super) fn add_words_below(&self, row: usize, step: &mut Step) {
        let ends = self
            .lines
            .iter()
            .filter(|it| it.name == step.from || it.name == step.to);
        let from = ends.map(|it| it.column).min().unwrap_or(0);
        let mut columns = self.lines.iter().map(|it| it.column);
        let end = columns.find(|it| *it > from).unwrap_or(from + WIDTH);
        let text = self.words_between(row, from + 1..end);
        if !text.is_empty() && step.text.lines().count() < ROWS {
            step.text.push('\n');
            step.text.push_str(&text);
        }
    }
}
