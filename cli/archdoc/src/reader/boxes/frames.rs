//! Finds boxes: four corners, with borders that may be ragged by a few columns.

use std::collections::HashMap;

use crate::reader::collector::MAX_COMPONENTS;

use super::grid::{Cell, Grid};
use crate::signs::{EAST, NORTH, SOUTH, WEST, is_line, ports, tip};

/// How far a border may stray from its column.
const DRIFT: usize = 2;
/// How far the right border may stray.
const RIGHT_DRIFT: usize = 4;

/// A box with its borders.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    pub(super) top: usize,
    pub(super) bottom: usize,
    pub(super) left: usize,
    pub(super) right: usize,
    /// The columns of the left and right border in each row from top to bottom.
    pub(super) sides: Vec<(usize, usize)>,
    double: bool,
    /// Whether it is the title of what follows: drawn with double lines among plain boxes, alone in
    /// its row, and no line leaves it.
    pub(super) is_title: bool,
    /// The innermost frame around it.
    pub(super) parent: Option<usize>,
    pub(super) children: Vec<usize>,
    /// A title written into the top border.
    pub(super) title: Option<String>,
    /// Whether it is ruled like a table.
    pub(super) table: bool,
    /// The row of the first part, where parts in it are words in brackets.
    pub(super) brackets_from: Option<usize>,
}

impl Frame {
    /// The columns of the borders in a row of the grid.
    pub(super) fn sides(&self, row: usize) -> (usize, usize) {
        row.checked_sub(self.top)
            .and_then(|it| self.sides.get(it))
            .copied()
            .unwrap_or((self.left, self.right))
    }

    fn contains(&self, other: &Frame) -> bool {
        self.top < other.top
            && self.bottom > other.bottom
            && self.left < other.left
            && self.right + RIGHT_DRIFT > other.right
            && self.right > other.left
            && (self.right - self.left) >= (other.right - other.left)
    }
}

/// The boxes of a drawing, outer ones first, and how many corners belong to none.
pub(super) fn find(grid: &Grid) -> (Vec<Frame>, usize) {
    let mut frames = Vec::new();
    let mut loose = 0;
    for row in 0..grid.height() {
        if frames.len() > MAX_COMPONENTS {
            break;
        }
        for column in 0..grid.width(row) {
            if ports(grid.get((row, column))) != (EAST | SOUTH) {
                continue;
            }
            match frame(grid, row, column) {
                Some(frame) => frames.push(frame),
                None => loose += usize::from(!is_connector(grid, row, column)),
            }
        }
    }
    nest(&mut frames);
    keep_titles(&mut frames);
    (frames, loose)
}

/// Takes for titles only boxes with double lines that stand among plain ones, alone in their rows.
fn keep_titles(frames: &mut [Frame]) {
    let all_are_double = frames.iter().all(|frame| frame.double);
    let mut in_row = HashMap::<(Option<usize>, usize), usize>::new();
    for frame in frames.iter() {
        *in_row.entry((frame.parent, frame.top)).or_default() += 1;
    }
    for frame in frames {
        let is_alone = in_row[&(frame.parent, frame.top)] == 1;
        frame.is_title &= frame.double && !all_are_double && frame.children.is_empty() && is_alone;
    }
}

/// Whether an arrow leads to the top or the bottom edge from outside, as none does to a title.
fn is_met(grid: &Grid, (top, bottom): (usize, usize), left: usize, right: usize) -> bool {
    let points = |row: usize, to: u8| {
        (left + 1..right).any(|column| tip(grid.get((row, column))) == Some(to))
    };
    top.checked_sub(1).is_some_and(|above| points(above, SOUTH)) || points(bottom + 1, NORTH)
}

/// Whether a line goes down from the bottom edge.
fn is_left_below(grid: &Grid, row: usize, left: usize, right: usize) -> bool {
    (left + 1..right).any(|column| {
        let sides = ports(grid.get((row, column)));
        sides & (EAST | WEST | SOUTH) == (EAST | WEST | SOUTH)
    })
}

fn frame(grid: &Grid, top: usize, left: usize) -> Option<Frame> {
    let (right, title) = top_edge(grid, top, left)?;
    if right < left + 2 {
        return None;
    }
    let mut sides = vec![(left, right)];
    let mut at = left;
    let mut missing = 0;
    for row in top + 1..grid.height() {
        if !is_side(grid.get((row, at)))
            && let Some(corner) = near(grid, row, at, left, |it| ports(it) == (NORTH | EAST))
            && let Some(end) = bottom_edge(grid, row, corner, right)
        {
            if !is_closed(grid, top, &sides) {
                return None;
            }
            sides.push((corner, end));
            let table = is_table(grid, top, row, left, right);
            return Some(Frame {
                top,
                bottom: row,
                left,
                right,
                sides,
                double: matches!(grid.get((top, left)), '╔'),
                is_title: !is_left_below(grid, row, corner, end)
                    && !is_met(grid, (top, row), corner, end),
                parent: None,
                children: Vec::new(),
                title,
                table,
                brackets_from: None,
            });
        }
        if ports(grid.get((row, at))) == (NORTH | EAST) && goes_on(grid, row, at) {
            // A line that turns here and closes no box.
            return None;
        }
        if let Some(column) = near(grid, row, at, left, is_side) {
            // A tip right before a border that strayed is no part of it.
            let bar = grid.get((row, column + 1));
            let strayed = tip(grid.get((row, column))) == Some(EAST)
                && column < left + DRIFT
                && ports(bar) == (NORTH | SOUTH);
            at = column + usize::from(strayed);
        } else {
            missing += 1;
            if missing > 1 {
                return None;
            }
        }
        let end = right_border(grid, row, at, right);
        sides.push((at, end));
    }
    None
}

/// Whether the line that turns east in a cell leads somewhere, unlike the branch of a tree.
fn goes_on(grid: &Grid, row: usize, column: usize) -> bool {
    (column + 1..grid.width(row))
        .map(|column| ports(grid.get((row, column))))
        .find(|sides| sides & (EAST | WEST) != (EAST | WEST))
        .is_some_and(|sides| sides & WEST != 0)
}

/// The column nearest to the last one that holds what is sought, within reach of the first.
fn near(
    grid: &Grid,
    row: usize,
    last: usize,
    first: usize,
    is: impl Fn(char) -> bool,
) -> Option<usize> {
    let mut order = vec![last, first];
    for step in 1..=DRIFT {
        order.extend([first + step, first.wrapping_sub(step)]);
    }
    order
        .into_iter()
        .find(|column| is(grid.get((row, *column))))
}

fn is_side(character: char) -> bool {
    let sides = ports(character);
    sides & NORTH != 0 && sides & SOUTH != 0 || matches!(tip(character), Some(EAST | WEST))
}

/// The column of the top right corner, and a title in the edge.
fn top_edge(grid: &Grid, row: usize, left: usize) -> Option<(usize, Option<String>)> {
    let mut column = left + 1;
    let mut title_from = None;
    let mut title = None;
    let width = grid.width(row);
    while column < width {
        let character = grid.get((row, column));
        let sides = ports(character);
        if sides == (SOUTH | WEST) {
            return title_from.is_none().then_some((column, title));
        }
        let edge =
            sides & (EAST | WEST) == (EAST | WEST) || matches!(tip(character), Some(NORTH | SOUTH));
        if edge {
            if let Some(from) = title_from.take() {
                title = Some(grid.text(row, from, column)).filter(|it| !it.is_empty());
            }
        } else if sides != 0 {
            return None;
        } else if title_from.is_none() {
            if column == left + 1 && character == ' ' {
                return None;
            }
            title_from = Some(column);
        } else if column - title_from.unwrap_or(column) > 80 {
            return None;
        }
        column += 1;
    }
    None
}

/// The column of the bottom right corner; the edge may lack it.
fn bottom_edge(grid: &Grid, row: usize, left: usize, right: usize) -> Option<usize> {
    let mut column = left + 1;
    let width = grid.width(row);
    while column < width && column <= right + RIGHT_DRIFT + DRIFT {
        let character = grid.get((row, column));
        let sides = ports(character);
        if sides == (NORTH | WEST) {
            break;
        }
        let edge =
            sides & (EAST | WEST) == (EAST | WEST) || matches!(tip(character), Some(NORTH | SOUTH));
        if !edge {
            break;
        }
        column += 1;
    }
    let corner = ports(grid.get((row, column))) == (NORTH | WEST);
    if !corner && is_line(grid.get((row, column))) {
        return None;
    }
    let reach = if corner { RIGHT_DRIFT } else { DRIFT };
    (column.abs_diff(right) <= reach).then_some(column)
}

/// The column of the right border in a row, or where it ought to be.
fn right_border(grid: &Grid, row: usize, left: usize, right: usize) -> usize {
    let is = |column: usize| {
        let sides = ports(grid.get((row, column)));
        column > left && sides & NORTH != 0 && sides & SOUTH != 0
    };
    if is(right) {
        return right;
    }
    for step in 1..=RIGHT_DRIFT {
        for column in [right + step, right.saturating_sub(step)] {
            if is(column) {
                return column;
            }
        }
    }
    right
}

/// Whether enough of the right border is drawn, and is no other box's left one.
fn is_closed(grid: &Grid, top: usize, sides: &[(usize, usize)]) -> bool {
    let right = sides[0].1;
    let columns = sides.iter().map(|(_, column)| *column).enumerate().skip(1);
    let drawn: Vec<Cell> = columns
        .map(|(row, column)| (top + row, column))
        .filter(|cell| is_line(grid.get(*cell)))
        .collect();
    let upright = drawn.iter().filter(|cell| is_side(grid.get(**cell)));
    let strayed = upright.clone().filter(|(_, column)| *column + 1 < right);
    let foreign = strayed.filter(|cell| opens_a_box(grid, **cell)).count();
    drawn.len() * 5 >= (sides.len() - 1) * 2 && foreign * 2 <= upright.count()
}

/// Whether a vertical line comes down from the upper left corner of a box.
fn opens_a_box(grid: &Grid, (row, column): Cell) -> bool {
    const HIGH: usize = 60;
    (row.saturating_sub(HIGH)..=row)
        .rev()
        .map(|row| ports(grid.get((row, column))))
        .find(|sides| sides & NORTH == 0)
        == Some(EAST | SOUTH)
}

/// Whether a box has ruled rows and columns.
fn is_table(grid: &Grid, top: usize, bottom: usize, left: usize, right: usize) -> bool {
    let divided =
        (left..right).any(|column| ports(grid.get((top, column))) == (EAST | SOUTH | WEST));
    let ruled = (top + 1..bottom).any(|row| {
        ports(grid.get((row, left))) == (NORTH | EAST | SOUTH)
            && (left..right).any(|column| ports(grid.get((row, column))).count_ones() == 4)
    });
    divided && ruled
}

/// Whether a corner is where a line turns.
fn is_connector(grid: &Grid, row: usize, column: usize) -> bool {
    is_line(grid.get((row, column + 1))) || is_line(grid.get((row + 1, column)))
}

/// Finds the innermost frame around each.
fn nest(frames: &mut [Frame]) {
    // Frames are in the order of their top rows, so a parent always stands before its children.
    let mut open: Vec<usize> = Vec::new();
    for index in 0..frames.len() {
        open.retain(|it| frames[*it].bottom >= frames[index].top);
        let parent = open
            .iter()
            .rev()
            .copied()
            .filter(|it| frames[*it].contains(&frames[index]))
            .min_by_key(|it| frames[*it].right - frames[*it].left);
        frames[index].parent = parent;
        if let Some(parent) = parent {
            frames[parent].children.push(index);
        }
        open.push(index);
    }
}
