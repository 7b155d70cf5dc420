//! Follows lines from box to box: through gaps, dividers and titles.

use super::brackets;
use super::canvas::Sheet;
use super::grid::{Cell, neighbour};
use crate::signs::{EAST, NORTH, SOUTH, WEST, is_line, opposite, ports, tip};

/// Nothing is followed further than this, whatever is drawn.
const MAX_CELLS: usize = 20_000;
/// How many blanks may stand between a line and what it leads to.
const GAP: usize = 2;
/// How many may stand there where lines begin in one column.
const ALIGNED: usize = 10;

/// What a line ends at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Node {
    /// A box.
    Frame(usize),
    /// A run of words.
    Text(usize),
}

/// One end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    pub(super) node: Node,
    /// Whether the line has a tip there.
    pub(super) tip: bool,
    /// The direction in which the line leaves towards the node.
    pub(super) direction: u8,
    pub(super) cell: Cell,
}

/// A line with all its ends.
#[derive(Debug, Clone, Default)]
pub(super) struct Net {
    pub(super) cells: Vec<Cell>,
    pub(super) ends: Vec<End>,
    /// Runs of words that interrupt the line.
    pub(super) inline: Vec<usize>,
}

/// The cells that lines were followed through.
struct Seen(Vec<Vec<bool>>);

impl Seen {
    /// Marks a cell; answers whether it was not marked before.
    fn insert(&mut self, (row, column): Cell) -> bool {
        let cell = self.0.get_mut(row).and_then(|row| row.get_mut(column));
        cell.is_some_and(|cell| !std::mem::replace(cell, true))
    }
}

/// All lines of a drawing.
pub(super) fn follow(sheet: &Sheet) -> Vec<Net> {
    let rows = 0..sheet.grid.height();
    let mut seen = Seen(rows.map(|row| vec![false; sheet.grid.width(row)]).collect());
    let mut nets = Vec::new();
    for row in 0..sheet.grid.height() {
        for column in 0..sheet.grid.width(row) {
            let cell = (row, column);
            if sheet.wire(cell) != 0 && seen.insert(cell) {
                nets.push(net(sheet, cell, &mut seen));
            }
        }
    }
    nets
}

/// Whether lines lead down from words to words, in a drawing without boxes.
pub(super) fn joins_words(sheet: &Sheet) -> bool {
    follow(sheet).iter().any(|net| {
        let is = |end: &End, direction: u8| {
            matches!(end.node, Node::Text(_)) && end.direction == direction
        };
        net.ends.iter().any(|end| is(end, NORTH))
            && net.ends.iter().any(|end| is(end, SOUTH) || is(end, EAST))
            && net.ends.iter().any(|end| end.tip)
    })
}

fn net(sheet: &Sheet, start: Cell, seen: &mut Seen) -> Net {
    let mut net = Net::default();
    let mut open = vec![start];
    while let Some(cell) = open.pop() {
        net.cells.push(cell);
        if net.cells.len() > MAX_CELLS {
            break;
        }
        let character = sheet.grid.get(cell);
        let point = tip(character);
        let sides = ports(character) | point.unwrap_or(0);
        for direction in [NORTH, EAST, SOUTH, WEST] {
            if sides & direction == 0 {
                continue;
            }
            let is_tip = point == Some(direction);
            match onward(sheet, cell, direction, is_tip) {
                Some(Onward::Wire(reached, words)) => {
                    net.inline.extend(words);
                    if seen.insert(reached) {
                        open.push(reached);
                    }
                }
                Some(Onward::End(node)) => {
                    let is_tip = is_tip || points_in(sheet, cell, direction);
                    let end = End {
                        node,
                        tip: is_tip,
                        direction,
                        cell,
                    };
                    if !net
                        .ends
                        .iter()
                        .any(|it| it.node == node && it.tip == is_tip)
                    {
                        net.ends.push(end);
                    }
                }
                None => {}
            }
        }
    }
    net
}

/// Whether a tip stands in the border that a line leads to: `└──▲──┘`.
fn points_in(sheet: &Sheet, cell: Cell, direction: u8) -> bool {
    let Some((row, column)) = neighbour(cell, direction) else {
        return false;
    };
    // The line may have strayed from the tip.
    let stray = usize::from(direction & (NORTH | SOUTH) != 0);
    (column.saturating_sub(stray)..=column + stray).any(|column| {
        sheet.border((row, column)).is_some()
            && tip(sheet.grid.get((row, column))) == Some(direction)
    })
}

enum Onward {
    Wire(Cell, Option<usize>),
    End(Node),
}

/// What a line comes to when it leaves a cell in a direction.
fn onward(sheet: &Sheet, cell: Cell, direction: u8, is_tip: bool) -> Option<Onward> {
    let next = neighbour(cell, direction)?;
    if let Some(found) = direct(sheet, next, direction, is_tip) {
        return Some(found);
    }
    if direction & (NORTH | SOUTH) != 0 {
        vertical(sheet, cell, direction, is_tip)
    } else {
        horizontal(sheet, next, direction, is_tip)
    }
}

fn direct(sheet: &Sheet, next: Cell, direction: u8, is_tip: bool) -> Option<Onward> {
    if !is_tip && accepts(sheet, next, direction) {
        return Some(Onward::Wire(next, None));
    }
    if !is_tip && let Some(beyond) = passage(sheet, next, direction) {
        return Some(Onward::Wire(beyond, None));
    }
    border(sheet, next, direction).map(Onward::End)
}

/// The line behind the border of a group that is drawn as crossed: `┼`.
fn passage(sheet: &Sheet, cell: Cell, direction: u8) -> Option<Cell> {
    let frame = sheet.border(cell)?;
    if sheet.is_leaf(frame) {
        return None;
    }
    let (row, column) = cell;
    let beside = if direction & (NORTH | SOUTH) == 0 {
        1
    } else {
        3
    };
    // The line behind the border may have strayed from the crossing.
    let crossing = [column, column + 1, column.wrapping_sub(1)]
        .into_iter()
        .take(beside)
        .map(|column| (row, column))
        .find(|it| {
            sheet.border(*it) == Some(frame) && ports(sheet.grid.get(*it)).count_ones() == 4
        })?;
    let (row, column) = neighbour(crossing, direction)?;
    [column, column + 1, column.wrapping_sub(1)]
        .into_iter()
        .map(|column| (row, column))
        .find(|beyond| accepts(sheet, *beyond, direction))
}

/// Whether a free line in a cell goes on towards where we come from.
fn accepts(sheet: &Sheet, cell: Cell, direction: u8) -> bool {
    let sides = sheet.wire(cell);
    sides & opposite(direction) != 0
}

/// The box whose border a cell is; a title is no end of a line.
fn border(sheet: &Sheet, cell: Cell, direction: u8) -> Option<Node> {
    let frame = sheet.border(cell)?;
    if sheet.frames[frame].is_title {
        return None;
    }
    // A line that crosses the border of a group goes on inside.
    if !sheet.is_leaf(frame) && ports(sheet.grid.get(cell)).count_ones() == 4 {
        let beyond = neighbour(cell, direction)?;
        if let Some(inner) = sheet.border(beyond)
            && inner != frame
        {
            return Some(Node::Frame(inner));
        }
    }
    Some(Node::Frame(frame))
}

/// Goes up or down: over a step to the side, blank rows, dividers and titles.
fn vertical(sheet: &Sheet, cell: Cell, direction: u8, is_tip: bool) -> Option<Onward> {
    let mut at = cell;
    let mut blank = 0;
    let mut crossed = false;
    for step in 0..40 {
        at = neighbour(at, direction)?;
        if at.0 >= sheet.grid.height() {
            return None;
        }
        let near = [
            at.1,
            at.1 + 1,
            at.1.wrapping_sub(1),
            at.1 + 2,
            at.1.wrapping_sub(2),
        ];
        let reach = if step == 0 || crossed { 5 } else { 1 };
        for column in near.into_iter().take(reach) {
            let beside = (at.0, column);
            // A step to the side must lead to a loose end, not into the middle of another line.
            let loose = column == at.1
                || neighbour(beside, opposite(direction))
                    .is_none_or(|it| !is_line(sheet.grid.get(it)));
            if !is_tip && loose && accepts(sheet, beside, direction) {
                return Some(Onward::Wire(beside, None));
            }
        }
        if let Some(node) = border(sheet, at, direction) {
            return Some(Onward::End(node));
        }
        if sheet.is_divider(at) || titled(sheet, at) {
            crossed = true;
            blank = 0;
            continue;
        }
        if let Some(run) = run_at(sheet, at)
            && !crossed
        {
            if sheet.bracketed && !brackets::is_part(&sheet.runs[run]) {
                // Words in a line between words in brackets are its label.
                blank = 0;
                continue;
            }
            return Some(Onward::End(Node::Text(run)));
        }
        if sheet.leaf_at(at).is_some() || is_line(sheet.grid.get(at)) {
            return None;
        }
        blank += 1;
        if blank
            > if crossed || is_divider_near(sheet, at, direction) {
                3
            } else {
                1
            }
        {
            return None;
        }
    }
    None
}

fn is_divider_near(sheet: &Sheet, cell: Cell, direction: u8) -> bool {
    let mut at = cell;
    for _ in 0..2 {
        match neighbour(at, direction) {
            Some(next) => at = next,
            None => return false,
        }
        if sheet.is_divider(at) || titled(sheet, at) {
            return true;
        }
    }
    false
}

/// Whether a cell belongs to the title of a section.
fn titled(sheet: &Sheet, cell: Cell) -> bool {
    let frame = sheet.border(cell).or_else(|| sheet.leaf_at(cell));
    frame.is_some_and(|frame| sheet.frames[frame].is_title)
}

/// Goes left or right: over small gaps, lines that cross, and words in the line.
fn horizontal(sheet: &Sheet, next: Cell, direction: u8, is_tip: bool) -> Option<Onward> {
    let mut at = next;
    let mut gap = 0;
    // Without boxes, lines may begin in one column behind names of different lengths.
    let reach = if sheet.frames.is_empty() && direction == WEST && !is_tip {
        ALIGNED
    } else {
        GAP
    };
    while gap <= reach {
        let character = sheet.grid.get(at);
        if gap > GAP && run_at(sheet, at).is_none() && character != ' ' {
            return None;
        }
        let crossing = sheet.wire(at) != 0 && ports(character) & (EAST | WEST) == 0;
        if crossing && tip(character).is_none() && !is_tip {
            // The other line is drawn through; this one goes on behind it.
            let beyond = neighbour(at, direction)?;
            if accepts(sheet, beyond, direction) {
                return Some(Onward::Wire(beyond, None));
            }
            let further = sheet.wire(beyond) != 0;
            if !further {
                return None;
            }
            at = beyond;
            continue;
        }
        if gap > 0 {
            if !is_tip && accepts(sheet, at, direction) {
                return Some(Onward::Wire(at, None));
            }
            if let Some(node) = border(sheet, at, direction) {
                return Some(Onward::End(node));
            }
        }
        if let Some(run) = run_at(sheet, at) {
            return Some(through_words(sheet, run, direction, is_tip));
        }
        if character != ' ' {
            return None;
        }
        gap += 1;
        at = neighbour(at, direction)?;
    }
    None
}

/// Words in a line are its label; words behind its tip are what it leads to.
fn through_words(sheet: &Sheet, run: usize, direction: u8, is_tip: bool) -> Onward {
    let words = &sheet.runs[run];
    if is_tip {
        return Onward::End(Node::Text(run));
    }
    for gap in 0..=2_usize {
        let column = if direction == EAST {
            Some(words.end + gap)
        } else {
            words.from.checked_sub(gap + 1)
        };
        let Some(column) = column else { break };
        let cell = (words.row, column);
        if accepts(sheet, cell, direction) {
            return Onward::Wire(cell, Some(run));
        }
        // The tip of another line points at these words: they are no label.
        if sheet.wire(cell) != 0 {
            break;
        }
    }
    Onward::End(Node::Text(run))
}

fn run_at(sheet: &Sheet, (row, column): Cell) -> Option<usize> {
    let behind = sheet
        .runs
        .partition_point(|run| (run.row, run.from) <= (row, column));
    let index = behind.checked_sub(1)?;
    let run = &sheet.runs[index];
    (run.row == row && column < run.end).then_some(index)
}
