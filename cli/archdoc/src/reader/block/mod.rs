//! Splits a document into headings, fenced blocks, drawings without a fence, and the rest.

mod chain;
mod drawn;
mod fence;
pub(super) mod mermaid;

pub(super) use fence::{is_drawing, is_plain_text};

use super::text::Line;

/// What a run of lines is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum BlockKind {
    /// Front matter between two lines of `---`.
    FrontMatter,
    /// A fenced block with the first word behind its fence.
    Fence(String),
    /// Boxes and lines that stand in no fence.
    Drawing,
    /// Mermaid that stands in no fence.
    Mermaid,
    /// Everything else.
    Prose,
}

/// A run of lines; for a fence without the fence itself.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    /// The index of the first line.
    pub(super) first: usize,
    /// The index behind the last line.
    pub(super) end: usize,
}

/// Splits all lines into blocks, in order.
pub(super) fn split(lines: &[Line<'_>]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = front_matter(lines, &mut blocks);
    let mut prose = at;
    while at < lines.len() {
        let found = fence::fence(lines, at)
            .or_else(|| mermaid::bare(lines, at))
            .or_else(|| drawn::bare(lines, at))
            .or_else(|| chain::bare(lines, at));
        let Some((block, next)) = found else {
            at += 1;
            continue;
        };
        let mut block = block;
        if block.kind == BlockKind::Drawing {
            block.first = drawn::words_above(lines, prose, at);
        }
        push_prose(&mut blocks, prose, block.first);
        blocks.push(block);
        at = next.max(at + 1);
        prose = at;
    }
    push_prose(&mut blocks, prose, lines.len());
    blocks
}

fn push_prose(blocks: &mut Vec<Block>, first: usize, end: usize) {
    if first < end {
        blocks.push(Block {
            kind: BlockKind::Prose,
            first,
            end,
        });
    }
}

fn front_matter(lines: &[Line<'_>], blocks: &mut Vec<Block>) -> usize {
    if lines
        .first()
        .is_none_or(|line| line.text.trim_end() != "---")
    {
        return 0;
    }
    let close = lines
        .iter()
        .skip(1)
        .take(200)
        .position(|line| matches!(line.text.trim_end(), "---" | "..."));
    let Some(close) = close else { return 0 };
    blocks.push(Block {
        kind: BlockKind::FrontMatter,
        first: 1,
        end: close + 1,
    });
    close + 2
}

/// Whether a line is a heading with `#`.
pub(super) fn is_heading(line: &str) -> bool {
    let marks = line.chars().take_while(|it| *it == '#').count();
    (1..=6).contains(&marks) && line[marks..].starts_with(' ')
}
