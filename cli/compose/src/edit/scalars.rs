use saphyr_parser::{Event, ScalarStyle, Span};

use super::lines::Lines;

/// Finds the lines that are inside a scalar of several lines (not the one on which it begins).
pub(super) fn mark_content(lines: &Lines, events: &[(Event<'_>, Span)]) -> Vec<bool> {
    let mut content = vec![false; lines.len()];
    for (event, span) in events {
        let Event::Scalar(value, style, ..) = event else {
            continue;
        };
        let first = span.start.line().saturating_sub(1);
        let last = match style {
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let header = header_line(lines, first);
                mark(&mut content, header + 1, block_end(lines, header, value));
                continue;
            }
            _ if span.end.line() > span.start.line() => span.end.line() - 1,
            _ => continue,
        };
        mark(&mut content, first + 1, last);
    }
    content
}

fn mark(content: &mut [bool], first: usize, last: usize) {
    for line in content.iter_mut().take(last + 1).skip(first) {
        *line = true;
    }
}

/// The line with the `|` or `>`: the span begins there, or at the first line of the content.
fn header_line(lines: &Lines, first: usize) -> usize {
    let has_header = |line: usize| {
        let text = lines.text(line);
        let text = text.split(" #").next().unwrap_or(text).trim_end();
        let indicator = text.rfind(['|', '>']);
        indicator.is_some_and(|at| {
            text[at + 1..]
                .chars()
                .all(|c| c.is_ascii_digit() || c == '+' || c == '-')
        })
    };
    (0..=first)
        .rev()
        .take(64)
        .find(|line| has_header(*line))
        .unwrap_or(first)
}

/// The last line of a block scalar, which may be its header line.
fn block_end(lines: &Lines, header: usize, value: &str) -> usize {
    let Some(first_text) = value
        .lines()
        .find(|line| !line.trim_matches(' ').is_empty())
    else {
        return header;
    };
    let Some(first) = (header + 1..lines.len()).find(|line| !is_empty(lines, *line)) else {
        return header;
    };
    // An explicit indentation indicator makes leading blanks part of the content.
    let extra = first_text.len() - first_text.trim_start_matches(' ').len();
    let indentation = lines.indentation(first).saturating_sub(extra);
    let mut last = first;
    for line in first + 1..lines.len() {
        if is_empty(lines, line) {
            continue;
        }
        if lines.indentation(line) < indentation {
            break;
        }
        last = line;
    }
    last
}

/// Whether a line has nothing but blanks; a tab is content.
fn is_empty(lines: &Lines, line: usize) -> bool {
    lines.text(line).trim_matches(' ').is_empty()
}
