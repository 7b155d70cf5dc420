//! Words at lines: above or below a horizontal one, right of a vertical one, or within it.

use std::collections::{BTreeMap, HashSet};

use super::canvas::Sheet;
use super::wires::{Net, Node};
use crate::signs::{EAST, NORTH, SOUTH, WEST, ports};

/// The runs of words that are at a line, in the order of their rows; marks them as used.
pub(super) fn of(sheet: &mut Sheet, net: &Net, ends: &HashSet<usize>) -> Vec<usize> {
    let mut found: Vec<usize> = net.inline.clone();
    let mut spans: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (row, column) in &net.cells {
        let sides = ports(sheet.grid.get((*row, *column)));
        if sides & (EAST | WEST) != 0 {
            let span = spans.entry(*row).or_insert((*column, *column));
            *span = (span.0.min(*column), span.1.max(*column));
        }
        if sides & (NORTH | SOUTH) != 0 {
            found.extend(beside(sheet, *row, *column));
        }
    }
    for (row, (from, end)) in spans {
        if end - from < 2 {
            continue;
        }
        for near in [row + 1, row.wrapping_sub(1)] {
            found.extend(sheet.runs_in(near).filter(|index| {
                let run = &sheet.runs[*index];
                run.from + 1 >= from && run.end <= end + 2
            }));
        }
    }
    found.retain(|index| {
        !ends.contains(index) && (!sheet.runs[*index].used || net.inline.contains(index))
    });
    found.sort_unstable();
    found.dedup();
    for index in &found {
        sheet.runs[*index].used = true;
    }
    found
}

/// The words that begin right of a cell, as far as below those of a step with two digits.
fn beside(sheet: &Sheet, row: usize, column: usize) -> Option<usize> {
    let behind = sheet
        .runs
        .partition_point(|run| (run.row, run.from) <= (row, column));
    Some(behind)
        .filter(|index| {
            let run = sheet.runs.get(*index);
            run.is_some_and(|run| run.row == row && run.from <= column + 6)
        })
        .filter(|index| {
            let run = &sheet.runs[*index];
            (column + 1..run.from).all(|it| sheet.grid.get((row, it)) == ' ')
        })
}

/// All runs of words at which lines end with a tip, or from which they start.
pub(super) fn ends(nets: &[Net]) -> HashSet<usize> {
    nets.iter()
        .flat_map(|net| &net.ends)
        .filter(|end| end.tip || end.direction & (NORTH | SOUTH) != 0)
        .filter_map(|end| match end.node {
            Node::Text(run) => Some(run),
            Node::Frame(_) => None,
        })
        .collect()
}
