//! Splits a document into headings, fenced blocks, drawings without a fence, and the rest.

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

/// The characters that boxes and lines are drawn with.
pub(super) fn is_box_character(character: char) -> bool {
    ('\u{2500}'..='\u{257F}').contains(&character)
}

/// Splits all lines into blocks, in order.
pub(super) fn split(lines: &[Line<'_>]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = front_matter(lines, &mut blocks);
    let mut prose = at;
    while at < lines.len() {
        let found = fence(lines, at)
            .or_else(|| bare_mermaid(lines, at))
            .or_else(|| bare_drawing(lines, at));
        let Some((block, next)) = found else {
            at += 1;
            continue;
        };
        let mut block = block;
        if block.kind == BlockKind::Drawing {
            block.first = words_above(lines, prose, at);
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

/// The mark of a fence, and what stands behind it.
fn fence_mark(line: &str) -> Option<(char, usize, &str)> {
    let trimmed = line.trim_start();
    let mark = trimmed
        .chars()
        .next()
        .filter(|it| matches!(it, '`' | '~'))?;
    let length = trimmed.chars().take_while(|it| *it == mark).count();
    let info = trimmed[length..].trim();
    (length >= 3 && !(mark == '`' && info.contains('`'))).then_some((mark, length, info))
}

fn fence(lines: &[Line<'_>], at: usize) -> Option<(Block, usize)> {
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
        let end = heading.unwrap_or(index);
        return Some((block(language, at + 1, end), end));
    }
    let end = heading.unwrap_or(lines.len());
    Some((block(language, at + 1, end), end))
}

fn block(language: String, first: usize, end: usize) -> Block {
    Block {
        kind: BlockKind::Fence(language),
        first,
        end,
    }
}

/// Whether a line is a heading with `#`.
pub(super) fn is_heading(line: &str) -> bool {
    let marks = line.chars().take_while(|it| *it == '#').count();
    (1..=6).contains(&marks) && line[marks..].starts_with(' ')
}

/// Whether a line opens a Mermaid diagram.
pub(super) fn is_mermaid_header(line: &str) -> bool {
    let line = line.trim().trim_end_matches(';').trim_end();
    let mut words = line.split_whitespace();
    match words.next() {
        Some("graph" | "flowchart") => match words.next() {
            None => line == "flowchart",
            Some(direction) => {
                matches!(direction, "TB" | "TD" | "LR" | "RL" | "BT") && words.next().is_none()
            }
        },
        Some(
            "sequenceDiagram" | "erDiagram" | "stateDiagram" | "stateDiagram-v2" | "classDiagram"
            | "gitGraph" | "C4Context" | "C4Container" | "C4Component" | "C4Dynamic"
            | "C4Deployment" | "architecture-beta" | "journey" | "gantt" | "mindmap" | "timeline",
        ) => words.next().is_none(),
        _ => false,
    }
}

fn bare_mermaid(lines: &[Line<'_>], at: usize) -> Option<(Block, usize)> {
    if !is_mermaid_header(lines[at].text) {
        return None;
    }
    let mut end = at + 1;
    while end < lines.len() {
        let text = lines[end].text;
        if text.trim() == "Loading" || is_heading(text) || fence_mark(text).is_some() {
            break;
        }
        let after_blank = lines[end - 1].is_blank();
        if after_blank && !text.starts_with([' ', '\t']) && !is_mermaid_statement(text.trim()) {
            break;
        }
        end += 1;
    }
    let next = end + usize::from(lines.get(end).is_some_and(|it| it.text.trim() == "Loading"));
    let block = Block {
        kind: BlockKind::Mermaid,
        first: at,
        end,
    };
    Some((block, next))
}

/// Whether an unindented line still belongs to a Mermaid diagram.
fn is_mermaid_statement(line: &str) -> bool {
    const WORDS: [&str; 12] = [
        "subgraph",
        "end",
        "style",
        "classDef",
        "class",
        "linkStyle",
        "click",
        "participant",
        "actor",
        "Note",
        "direction",
        "state",
    ];
    let first = line.split([' ', '[', '(', '{']).next().unwrap_or("");
    line.is_empty()
        || line.starts_with("%%")
        || WORDS.contains(&first)
        || ["-->", "---", "==>", "-.-", "->>", "-.->", "||--"]
            .iter()
            .any(|arrow| line.contains(arrow))
        || (line.ends_with([']', ')', '}']) && !first.is_empty() && !line.contains(". "))
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
}

/// Whether a line holds nothing but lines that lead down, and their tips.
fn is_connector(line: &str) -> bool {
    let text = line.trim();
    !text.is_empty()
        && text
            .chars()
            .all(|it| matches!(it, '|' | 'v' | 'V' | '^' | '↓' | '↑' | '▼' | '▲' | ' '))
}

/// The first line of a drawing with the words from which lines lead down into it.
fn words_above(lines: &[Line<'_>], from: usize, at: usize) -> usize {
    let connectors = lines[from..at]
        .iter()
        .rev()
        .take_while(|line| is_connector(line.text))
        .count();
    let first = at - connectors;
    let words = first.checked_sub(1).filter(|it| *it >= from).filter(|it| {
        let text = lines[*it].text;
        let short = text.split_whitespace().count() <= 4;
        connectors > 0
            && short
            && text.starts_with("  ")
            && !text.trim_start().starts_with(['-', '*', '#', '|'])
    });
    words.unwrap_or(first)
}

/// A drawn line that no table has.
fn opens_drawing(line: &str) -> bool {
    let text = line.trim();
    is_drawn(line) && !text.starts_with('|')
}

fn bare_drawing(lines: &[Line<'_>], at: usize) -> Option<(Block, usize)> {
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
    (drawn >= 3).then(|| {
        let block = Block {
            kind: BlockKind::Drawing,
            first: at,
            end,
        };
        (block, end)
    })
}
