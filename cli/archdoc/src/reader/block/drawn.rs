//! Drawings that stand in no fence.

use super::fence::fence_mark;
use super::{Block, BlockKind, is_heading};
use crate::reader::text::Line;

/// The characters that boxes and lines are drawn with.
fn is_box_character(character: char) -> bool {
    ('\u{2500}'..='\u{257F}').contains(&character)
}

/// The sides of boxes.
const SIDES: [char; 3] = ['│', '┃', '║'];

/// Whether a line is drawn rather than written.
fn is_drawn(line: &str) -> bool {
    let text = line.trim();
    let boxes = text.chars().filter(|it| is_box_character(*it)).count();
    boxes > 0 && boxes * 10 >= text.chars().count()
        || text.chars().count() > 2 && text.starts_with(SIDES) && text.ends_with(SIDES)
        || text.starts_with(['+', '|'])
            && text.ends_with(['+', '|'])
            && text.contains("--")
            && text.contains('+')
        || text.len() > 2 && text.starts_with('|') && text.ends_with('|') && text.contains("  ")
        || is_edge_with_round_corners(text)
}

/// Whether a line is the edge of boxes, of which some have round corners: `.-----.   +-----+`.
fn is_edge_with_round_corners(text: &str) -> bool {
    const CORNERS: [char; 4] = ['.', '\'', '`', '+'];
    text.starts_with(CORNERS)
        && text.ends_with(CORNERS)
        && text.contains("---")
        && text
            .chars()
            .all(|it| CORNERS.contains(&it) || matches!(it, '-' | ' ' | 'v' | '^'))
}

/// Whether a line holds nothing but lines that lead down, and their tips.
fn is_connector(line: &str) -> bool {
    let text = line.trim();
    !text.is_empty()
        && text
            .chars()
            .all(|it| matches!(it, '|' | 'v' | 'V' | '^' | '↓' | '↑' | '▼' | '▲' | ' '))
}

/// Whether a line holds nothing but lines that lead up or down.
fn is_upright(line: &str) -> bool {
    let text = line.trim();
    !text.is_empty() && text.chars().all(|it| it == ' ' || SIDES.contains(&it))
}

/// Whether a line may be the words at which lines of a drawing begin or end, with wide gaps between
/// those of each.
fn is_words(line: &str) -> bool {
    const LONGEST: usize = 4;
    let is_short = |words: &str| words.split_whitespace().count() <= LONGEST;
    line.split("  ").all(is_short)
        && line.starts_with("  ")
        && !line.trim().is_empty()
        && !line.trim_start().starts_with(['-', '*', '#', '|'])
}

/// The line behind a drawing with the words to which lines lead down out of it.
fn words_below(lines: &[Line<'_>], end: usize) -> usize {
    let below = &lines[end..];
    let tips = below
        .iter()
        .take_while(|line| is_connector(line.text))
        .count();
    let words = below[tips..]
        .iter()
        .take(2)
        .take_while(|line| is_words(line.text))
        .count();
    let leads_down = || {
        let last = end.checked_sub(1).and_then(|last| lines.get(last));
        last.is_some_and(|line| is_upright(line.text))
    };
    if words > 0 && (tips > 0 || leads_down()) {
        end + tips + words
    } else {
        end
    }
}

/// The first line of a drawing with the words from which lines lead down into it.
pub(super) fn words_above(lines: &[Line<'_>], from: usize, at: usize) -> usize {
    let connectors = lines[from..at]
        .iter()
        .rev()
        .take_while(|line| is_connector(line.text))
        .count();
    let first = at - connectors;
    let words = first
        .checked_sub(1)
        .filter(|it| *it >= from)
        .filter(|it| (connectors > 0 || is_upright(lines[at].text)) && is_words(lines[*it].text));
    words.unwrap_or(first)
}

/// A drawn line that no table has.
fn opens_drawing(line: &str) -> bool {
    let text = line.trim();
    is_drawn(line) && !text.starts_with('|')
}

/// The drawing that a line opens, and the line behind it.
pub(super) fn bare(lines: &[Line<'_>], at: usize) -> Option<(Block, usize)> {
    if !opens_drawing(lines[at].text) {
        return None;
    }
    let mut end = at;
    let mut drawn = 0;
    let mut gap = 0;
    for (index, line) in lines.iter().enumerate().skip(at) {
        if is_drawn(line.text) {
            drawn += 1;
            gap = 0;
            end = index + 1;
        } else if !is_connector(line.text) && !line.text.contains(SIDES) {
            gap += 1;
            if gap > 2 || is_heading(line.text) || fence_mark(line.text).is_some() {
                break;
            }
        }
    }
    let mut below = words_below(lines, end);
    while below > end {
        end = below;
        below = words_below(lines, end);
    }
    (drawn >= 3).then(|| {
        let block = Block {
            kind: BlockKind::Drawing,
            first: at,
            end,
        };
        (block, end)
    })
}
