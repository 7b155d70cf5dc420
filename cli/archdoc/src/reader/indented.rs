//! Drawings that are indented rather than fenced.

use super::block::Block;
use super::collector::Collector;
use super::text::Line;
use super::{arrows, boxes};

/// Reads the blocks of indented code that draw arrows.
pub(super) fn read(block: &Block, to: &mut Collector<'_>) {
    let mut line = block.first;
    while line < block.end {
        let opens =
            is_code(to.lines[line].text) && (line == block.first || to.lines[line - 1].is_blank());
        let first = line;
        line = if opens {
            end_of_code(first, block, to)
        } else {
            first + 1
        };
        let drawn = to.lines[first..line].iter().any(draws);
        if opens && drawn && !is_in_item(first, block, to) {
            boxes::read(first, line, to);
        }
    }
}

/// Whether a line is indented as code is, and is no item of a list.
fn is_code(text: &str) -> bool {
    (text.starts_with("    ") || text.starts_with('\t'))
        && !["- ", "* ", "+ ", "**", ">", "#"]
            .iter()
            .any(|mark| text.trim_start().starts_with(mark))
}

/// The line behind a block of code; blank lines between lines of code are code as well.
fn end_of_code(first: usize, block: &Block, to: &Collector<'_>) -> usize {
    let is_code = |line: usize| to.lines.get(line).is_some_and(|it| is_code(it.text));
    let goes_on = |line: &usize| is_code(*line) || to.lines[*line].is_blank() && is_code(line + 1);
    first + (first..block.end).take_while(goes_on).count()
}

/// Whether code is the second paragraph of an item of a list, which is indented as well.
fn is_in_item(first: usize, block: &Block, to: &Collector<'_>) -> bool {
    let mut above = to.lines[block.first..first].iter().rev().take(50);
    above
        .find(|it| !it.is_blank() && !it.text.starts_with(' '))
        .is_some_and(|it| {
            let text = it.text;
            text.starts_with(['-', '*', '+']) || text.starts_with(|it: char| it.is_ascii_digit())
        })
}

/// Whether a line has an arrow that programs are not written with, as they are with `=>`, is
/// nothing but the tip of a line that leads down or up, or is a branch of a tree.
fn draws(line: &Line<'_>) -> bool {
    let text = line.text.trim_start_matches([' ', '\t', '|', '│']);
    arrows::places(line.text).any(|arrow| !line.text[arrow].contains('='))
        || matches!(line.text.trim(), "v" | "V" | "^" | "▼" | "▲" | "↓" | "↑")
        || ["+-- ", "`-- ", "├─", "└─"]
            .iter()
            .any(|branch| text.starts_with(branch))
}
