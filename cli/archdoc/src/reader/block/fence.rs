//! Blocks between fences, closed or not.

use super::{Block, BlockKind, is_heading};
use crate::reader::text::Line;

/// Whether the language of a fence is that of plain text.
pub(in crate::reader) fn is_plain_text(language: &str) -> bool {
    matches!(language, "" | "text" | "txt" | "plain" | "plaintext")
}

/// Whether the language of a fence is that of drawings in plain text.
pub(in crate::reader) fn is_drawing(language: &str) -> bool {
    matches!(language, "ascii" | "diagram")
}

/// The mark of a fence, and what stands behind it.
pub(super) fn fence_mark(line: &str) -> Option<(char, usize, &str)> {
    let trimmed = line.trim_start();
    let mark = trimmed
        .chars()
        .next()
        .filter(|it| matches!(it, '`' | '~'))?;
    let length = trimmed.chars().take_while(|it| *it == mark).count();
    let info = trimmed[length..].trim();
    (length >= 3 && !(mark == '`' && info.contains('`'))).then_some((mark, length, info))
}

/// The block that a fence opens, and the line behind it.
pub(super) fn fence(lines: &[Line<'_>], at: usize) -> Option<(Block, usize)> {
    let (mark, length, info) = fence_mark(lines[at].text)?;
    let language = info
        .trim_start_matches(['{', '.'])
        .split([' ', ',', '}', '{'])
        .next()
        .unwrap_or("")
        .to_lowercase();
    let mut heading = None;
    for (index, line) in lines.iter().enumerate().skip(at + 1) {
        if heading.is_none() && is_heading(line.text) {
            heading = Some(index);
        }
        let Some((other, other_length, other_info)) = fence_mark(line.text) else {
            continue;
        };
        if other != mark {
            continue;
        }
        if other_info.is_empty() && other_length >= length {
            return Some((block(language, at + 1, index), index + 1));
        }
        // Another fence opens: this one was never closed.
        return Some(unclosed(language, lines, at + 1, heading.unwrap_or(index)));
    }
    let end = heading.unwrap_or(lines.len());
    Some(unclosed(language, lines, at + 1, end))
}

/// The block of a fence that nothing closes: at the latest it ends where text begins.
fn unclosed(language: String, lines: &[Line<'_>], first: usize, end: usize) -> (Block, usize) {
    let begins_text = |at: &usize| lines[*at - 1].is_blank() && is_text(lines[*at].text);
    let text = (language == "mermaid")
        .then(|| (first + 1..end).find(begins_text))
        .flatten();
    let end = text.unwrap_or(end);
    (block(language, first, end), end)
}

/// Whether a line is of words alone, as no statement of a diagram is.
fn is_text(line: &str) -> bool {
    const STATEMENTS: [&str; 14] = [
        "subgraph",
        "participant",
        "actor",
        "direction",
        "note",
        "loop",
        "alt",
        "else",
        "opt",
        "par",
        "title",
        "section",
        "class",
        "state",
    ];
    let is_word = |word: &str| {
        let word = word.trim_end_matches([',', '.', ':', '?', '!']);
        !word.is_empty() && word.chars().all(|it| it.is_alphanumeric() || it == '\'')
    };
    let words: Vec<&str> = line.split_whitespace().collect();
    let begins = words.first().map(|word| word.to_lowercase());
    !line.starts_with(char::is_whitespace)
        && words.len() > 1
        && words.iter().take(4).all(|word| is_word(word))
        && !begins.is_some_and(|word| STATEMENTS.contains(&word.as_str()))
}

fn block(language: String, first: usize, end: usize) -> Block {
    Block {
        kind: BlockKind::Fence(language),
        first,
        end,
    }
}
