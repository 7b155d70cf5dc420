//! Turns plain signs into the signs that boxes and lines are drawn with.

use super::grid::{Cell, Grid};
use crate::signs::{EAST, NORTH, SOUTH, WEST, line};

/// The signs around a cell.
struct Around {
    above: char,
    below: char,
    left: char,
    right: char,
}

impl Around {
    fn of(grid: &Grid, (row, column): Cell) -> Self {
        Self {
            above: row.checked_sub(1).map_or(' ', |it| grid.get((it, column))),
            below: grid.get((row + 1, column)),
            left: column.checked_sub(1).map_or(' ', |it| grid.get((row, it))),
            right: grid.get((row, column + 1)),
        }
    }

    /// Whether no word stands beside the cell.
    fn is_apart(&self) -> bool {
        !self.left.is_alphanumeric() && !self.right.is_alphanumeric()
    }
}

/// Turns `+--+` and `|` into the signs for boxes, where the drawing is made of them, or else the
/// tips `>`, `<`, `v` and `^` of lines that are drawn with such signs already.
pub(super) fn redraw(grid: &mut Grid) {
    let read = if is_plain(grid) || leads_down(grid) {
        plain
    } else {
        plain_tip
    };
    let mut changes = Vec::new();
    for row in 0..grid.height() {
        for column in 0..grid.width(row) {
            let cell = (row, column);
            changes.extend(read(grid, cell).map(|sign| (cell, sign)));
        }
    }
    for (cell, sign) in changes {
        grid.set(cell, sign);
    }
}

fn is_plain(grid: &Grid) -> bool {
    grid.rows().iter().any(|row| {
        row.windows(3).any(|it| {
            matches!(
                it,
                ['+', '-', '-' | '>'] | ['-', '-', '+'] | ['`' | '\'', '-', '-']
            )
        })
    })
}

/// Whether a line of `|` ends in a tip of `v`, and nothing stands beside it.
fn leads_down(grid: &Grid) -> bool {
    let alone = |row: &[char]| {
        let mut signs = row.iter().enumerate().filter(|(_, it)| **it != ' ');
        match (signs.next(), signs.next()) {
            (Some((column, 'v' | 'V')), None) => Some(column),
            _ => None,
        }
    };
    grid.rows().windows(2).any(|rows| {
        let bar = rows[0].iter().position(|it| *it == '|');
        bar.is_some() && bar == alone(&rows[1])
    })
}

/// The tip that a plain sign is at the end of a line.
fn plain_tip(grid: &Grid, cell: Cell) -> Option<char> {
    let sign = grid.get(cell);
    if !matches!(sign, '>' | '<' | 'v' | 'V' | '^') {
        return None;
    }
    let around = Around::of(grid, cell);
    let level = |it: char| matches!(it, '─' | '━' | '═');
    let leads_down = |it: char| matches!(it, '│' | '┃' | '║' | '┬' | '┼' | '├' | '┤' | '┐' | '┌');
    let leads_up = |it: char| matches!(it, '│' | '┃' | '║' | '┴' | '┼' | '├' | '┤' | '┘' | '└');
    let in_border = level(around.left) && level(around.right);
    match sign {
        '>' if level(around.left) => Some('→'),
        '<' if level(around.right) => Some('←'),
        'v' | 'V' if around.is_apart() && (leads_down(around.above) || in_border) => Some('↓'),
        '^' if around.is_apart() && (leads_up(around.below) || in_border) => Some('↑'),
        _ => None,
    }
}

/// The line or tip that a plain sign is among others.
fn plain(grid: &Grid, cell: Cell) -> Option<char> {
    let around = Around::of(grid, cell);
    let (left, right) = (around.left, around.right);
    let in_border = is_level(left) && is_level(right);
    match grid.get(cell) {
        '|' => Some('│'),
        '-' if is_level(left) || is_level(right) || right == '>' || left == '<' => Some('─'),
        '=' if matches!(left, '=' | '+') && matches!(right, '=' | '+') => Some('═'),
        '+' => joint(grid, cell, &around),
        // The corner of a branch: `` `--> `` or `'-- `.
        '`' | '\'' if is_upright(around.above) && right == '-' => Some('└'),
        '>' if matches!(left, '-' | '=') => Some('→'),
        '<' if matches!(right, '-' | '=') => Some('←'),
        'v' | 'V' if around.is_apart() && (is_upright(around.above) || in_border) => Some('↓'),
        '^' if is_upright(around.below) || in_border => Some('↑'),
        _ => None,
    }
}

fn is_level(sign: char) -> bool {
    matches!(sign, '-' | '+' | '=' | '─')
}

fn is_upright(sign: char) -> bool {
    matches!(sign, '|' | '+' | '│')
}

/// The corner or crossing that a `+` is.
fn joint(grid: &Grid, cell: Cell, around: &Around) -> Option<char> {
    let (row, column) = cell;
    let above = row
        .checked_sub(1)
        .is_some_and(|above| is_of_another_border(grid, cell, (above, column)));
    let below = is_of_another_border(grid, cell, (row + 1, column));
    let sides = [
        (
            NORTH,
            is_upright(around.above) && !above || around.above == '^',
        ),
        (
            SOUTH,
            is_upright(around.below) && !below || matches!(around.below, 'v' | 'V'),
        ),
        (WEST, is_level(around.left) || around.left == '<'),
        (EAST, is_level(around.right) || around.right == '>'),
    ];
    let open = sides.into_iter().filter(|(_, leads)| *leads);
    let mut ports = open.fold(0, |ports, (side, _)| ports | side);
    if ports == WEST || ports == EAST {
        ports |= strayed_corner(grid, cell);
    }
    Some(line(ports)).filter(|_| ports.count_ones() > 1)
}

/// Whether the `+` above or below another one is a corner of another box: both have borders on the
/// same side, and no box is without a row.
fn is_of_another_border(grid: &Grid, (row, column): Cell, (other, _): Cell) -> bool {
    let level = |row: usize, column: usize| is_level(grid.get((row, column)));
    let both = |column: usize| level(row, column) && level(other, column);
    grid.get((other, column)) == '+'
        && (both(column + 1) || column.checked_sub(1).is_some_and(both))
}

/// The side at which the border goes on below or above an end of an edge, when it is drawn a column
/// or two beside it.
fn strayed_corner(grid: &Grid, (row, column): Cell) -> u8 {
    const STRAY: usize = 2;
    const SHORTEST: usize = 3;
    let Some((start, end)) =
        edge(grid, (row, column)).filter(|(start, end)| start + SHORTEST <= *end)
    else {
        return 0;
    };
    let is_bar = |row: usize, column: usize| grid.get((row, column)) == '|';
    let near = |row: usize, column: usize| {
        (column.saturating_sub(STRAY)..=column + STRAY).any(|it| is_bar(row, it))
    };
    // Bars below an edge and above it belong to lines that cross it.
    let goes_on = |row: usize| near(row, start) && near(row, end);
    let goes_up = row.checked_sub(1).is_some_and(goes_on);
    match (goes_up, goes_on(row + 1)) {
        (true, false) => NORTH,
        (false, true) => SOUTH,
        _ => 0,
    }
}

/// The columns of the two `+` between which an edge is drawn, where a cell is one of them.
fn edge(grid: &Grid, (row, column): Cell) -> Option<(usize, usize)> {
    let is_edge = |column: &usize| matches!(grid.get((row, *column)), '-' | '+' | '=');
    let start = (0..=column).rev().take_while(is_edge).last()?;
    let end = (column..grid.width(row)).take_while(is_edge).last()?;
    let is_corner = |column: usize| grid.get((row, column)) == '+';
    (is_corner(start) && is_corner(end) && (column == start || column == end))
        .then_some((start, end))
}
