use super::lines::Lines;
use super::markers::is_marker;
use super::outline::{Entry, Outline};

/// The lines of a key's block: its contiguous leading comment, the key and its value, and the
/// comments that follow without a gap or stand deeper than the key.
pub(super) fn block_lines(
    lines: &Lines,
    outline: &Outline,
    entry: &Entry,
    siblings: &[Entry],
) -> (usize, usize) {
    let first = leading_comment(lines, outline, entry.line);
    let limit = siblings
        .iter()
        .filter(|sibling| sibling.line > entry.line)
        .map(|sibling| leading_comment(lines, outline, sibling.line))
        .chain(outline.entries.iter().map(|top| top.line))
        .filter(|line| *line > entry.last_line)
        .min()
        .unwrap_or(lines.len());
    (first, trailing_comments(lines, outline, entry, limit))
}

/// The first line of the comment that stands directly above a line; what is indented deeper
/// belongs to the key before.
pub(super) fn leading_comment(lines: &Lines, outline: &Outline, line: usize) -> usize {
    let mut first = line;
    while first > 0
        && !outline.content[first - 1]
        && lines.is_comment(first - 1)
        && lines.indentation(first - 1) <= lines.indentation(line)
        && !is_marker(lines.text(first - 1))
    {
        first -= 1;
    }
    first
}

/// The last line of a mapping's last key, with the comments that are indented deeper than keys.
pub(super) fn end_of_entries(lines: &Lines, outline: &Outline, mapping: &Entry) -> usize {
    let Some(column) = mapping.entries.first().map(|entry| entry.column) else {
        return mapping.last_line;
    };
    let comments = (mapping.last_line + 1..lines.len())
        .take_while(|line| !outline.content[*line] && !is_marker(lines.text(*line)))
        .take_while(|line| {
            lines.is_blank(*line) || lines.is_comment(*line) && lines.indentation(*line) > column
        });
    comments
        .filter(|line| lines.is_comment(*line))
        .last()
        .unwrap_or(mapping.last_line)
}

fn trailing_comments(lines: &Lines, outline: &Outline, entry: &Entry, limit: usize) -> usize {
    let mut last = entry.last_line;
    for line in entry.last_line + 1..limit {
        let text = lines.text(line);
        if outline.content[line] || is_marker(text) {
            break;
        }
        if lines.is_comment(line) {
            let deeper = lines.indentation(line) > entry.column;
            if !deeper {
                break;
            }
            last = line;
        } else if !lines.is_blank(line) {
            break;
        }
    }
    last
}

/// Moves a block to another indentation and gives it other line breaks; ends with a line break.
pub(super) fn fit(block: &str, from: usize, to: usize, line_break: &str) -> String {
    let mut fitted = String::with_capacity(block.len() + 64);
    for line in block.trim_end_matches(['\n', '\r']).lines() {
        if !line.trim().is_empty() {
            let blanks = line.len() - line.trim_start_matches(' ').len();
            let indentation = (blanks + to).saturating_sub(from);
            fitted.extend(std::iter::repeat_n(' ', indentation));
            fitted.push_str(&line[blanks..]);
        }
        fitted.push_str(line_break);
    }
    fitted
}
