//! Words under each other with arrows between, which stand in no fence.

use super::fence::fence_mark;
use super::{Block, BlockKind, is_heading};
use crate::reader::text::Line;

/// How many words with arrows between them make a drawing.
const LEAST: usize = 3;

/// How many are looked at from one line.
const MOST: usize = 100;

/// The chain that a line begins, and the line behind it: `Simulator`, `|`, `v`, `Kafka`.
pub(super) fn bare(lines: &[Line<'_>], at: usize) -> Option<(Block, usize)> {
    if !is_words(lines[at].text) {
        return None;
    }
    let mut end = at + 1;
    let mut words = 1;
    while let Some(next) = leads_down(lines, end).filter(|_| words < MOST) {
        end = next + 1;
        words += 1;
    }
    // Where lines go on, it is the beginning of a drawing of more than words.
    let goes_on = lines.get(end).is_some_and(|line| is_drawn_on(line.text));
    (words >= LEAST && !goes_on).then(|| {
        let block = Block {
            kind: BlockKind::Drawing,
            first: at,
            end,
        };
        (block, end)
    })
}

/// The line with words to which an arrow leads that begins at a line or behind blank ones.
fn leads_down(lines: &[Line<'_>], from: usize) -> Option<usize> {
    let is_blank = |at: usize| lines.get(at).is_some_and(|it| it.text.trim().is_empty());
    let mut at = from;
    let mut has_tip = false;
    while at < lines.len() && at - from <= FURTHEST {
        let text = lines[at].text.trim();
        if is_arrow(text) {
            has_tip |= text.contains(TIPS);
        } else if !is_blank(at) {
            break;
        }
        at += 1;
    }
    (has_tip && lines.get(at).is_some_and(|line| is_words(line.text))).then_some(at)
}

/// How many lines an arrow is long at most.
const FURTHEST: usize = 6;

const TIPS: [char; 5] = ['v', 'V', '↓', '▼', '⬇'];

/// Whether a line holds one arrow that leads down, or a part of one.
fn is_arrow(text: &str) -> bool {
    matches!(text, "|" | "│" | "v" | "V" | "↓" | "▼" | "⬇" | "⬇️")
}

/// Whether a line holds more of a drawing.
fn is_drawn_on(line: &str) -> bool {
    let text = line.trim();
    is_arrow(text) || text.starts_with(['|', '┌', '├', '└', '+']) || text.contains(['│', '─'])
}

/// Whether a line may name one thing in a chain: no sentence, no heading, no item of a list.
fn is_words(line: &str) -> bool {
    const LONGEST: usize = 60;
    let text = line.trim();
    !text.is_empty()
        && text.chars().count() <= LONGEST
        && text.starts_with(|it: char| it.is_alphanumeric() || it == '[' || it == '*')
        && !text.starts_with("* ")
        && !text.ends_with(['.', ':', ';'])
        && !is_arrow(text)
        && !is_heading(text)
        && fence_mark(line).is_none()
}
