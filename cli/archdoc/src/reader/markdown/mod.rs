//! The page itself: headings, links, checkboxes, metadata and comments for devkit.

mod comments;
mod headings;
mod links;
mod metadata;
mod references;

use super::block::{Block, BlockKind};
use super::collector::Collector;
use super::text::without_markup;
use crate::facts::CheckItem;
use references::Uses;

/// Reads what all blocks of a document say of the page.
pub(super) fn read(blocks: &[Block], to: &mut Collector<'_>) {
    headings::read(blocks, to);
    let uses = Uses::of(blocks, to);
    for block in blocks {
        for line in block.first..block.end {
            match block.kind {
                BlockKind::FrontMatter => metadata::read(line, to),
                BlockKind::Prose => {
                    metadata::read(line, to);
                    checkbox(line, to);
                    links::read(line, &uses, to);
                    comments::read(line, to);
                }
                _ => {}
            }
        }
    }
    comments::read_regions(to);
}

fn checkbox(index: usize, to: &mut Collector<'_>) {
    let line = to.lines[index];
    let trimmed = line.text.trim_start_matches([' ', '\t', '>']);
    let number = trimmed.trim_start_matches(|it: char| it.is_ascii_digit());
    let numbered = number.len() < trimmed.len();
    let mark = if numbered {
        &['.', ')'][..]
    } else {
        &['-', '*', '+'][..]
    };
    let Some(rest) = number
        .strip_prefix(mark)
        .and_then(|rest| rest.trim_start().strip_prefix('['))
    else {
        return;
    };
    let mut characters = rest.chars();
    let (Some(mark), Some(']')) = (characters.next(), characters.next()) else {
        return;
    };
    if !matches!(mark, ' ' | 'x' | 'X') {
        return;
    }
    let start = line.start + line.text.len() - rest.len();
    let item = CheckItem {
        text: without_markup(&rest[2..]),
        checked: mark != ' ',
        origin: to.origin(index, start..start + 1),
    };
    to.check(item);
}
