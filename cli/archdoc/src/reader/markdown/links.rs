//! Links: `[text](target)`, `<https://…>`, and targets that stand elsewhere in the page.

use super::references::Uses;
use crate::facts::Link;
use crate::reader::collector::Collector;
use crate::reader::html;
use crate::reader::text::without_markup;

/// Reads the links of a line.
pub(super) fn read(index: usize, uses: &Uses, to: &mut Collector<'_>) {
    bracketed(index, to);
    autolinks(index, to);
    html::links(index, to);
    reference(index, uses, to);
}

/// `[text](target)`.
fn bracketed(index: usize, to: &mut Collector<'_>) {
    let line = to.lines[index];
    let text = line.text;
    let mut at = 0;
    // How many backticks stand before a byte: an odd number opens code.
    let (mut ticks, mut counted) = (0, 0);
    while let Some(length) = text[at..].find("](") {
        let close = at + length;
        let target_start = close + 2;
        at = target_start;
        let Some(open) = opening(&text[..close]) else {
            continue;
        };
        if open > counted {
            ticks += text[counted..open].matches('`').count();
            counted = open;
        }
        if ticks % 2 == 1 {
            continue;
        }
        let Some(length) = target_length(&text[target_start..]) else {
            continue;
        };
        let raw = &text[target_start..target_start + length];
        let target = raw.split_whitespace().next().unwrap_or("");
        let lead = raw.len() - raw.trim_start().len();
        let bare = target.trim_matches(|it| matches!(it, '<' | '>'));
        let start = line.start + target_start + lead + usize::from(target.starts_with('<'));
        let found = Link {
            text: without_markup(&text[open + 1..close]),
            target: bare.to_owned(),
            image: text[..open].ends_with('!'),
            origin: to.origin(index, start..start + bare.len()),
        };
        to.link(found);
        at = target_start + length;
    }
}

/// Addresses between angle brackets.
fn autolinks(index: usize, to: &mut Collector<'_>) {
    let line = to.lines[index];
    let mut at = 0;
    while let Some(length) = line.text[at..].find("<http") {
        let start = at + length + 1;
        let Some(end) = line.text[start..].find('>') else {
            break;
        };
        let target = &line.text[start..start + end];
        let scheme = target.starts_with("http://") || target.starts_with("https://");
        // `[text](<target>)` is a link already.
        let inside = line.text[..start - 1].ends_with("](");
        if scheme && !inside && !target.contains([' ', '"', '<']) {
            let found = Link {
                text: target.to_owned(),
                target: target.to_owned(),
                image: false,
                origin: to.origin(index, line.start + start..line.start + start + end),
            };
            to.link(found);
        }
        at = start + end;
    }
}

/// The bracket that opens the text of a link, brackets inside paired.
pub(super) fn opening(text: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, character) in text.char_indices().rev().take(1000) {
        match character {
            ']' => depth += 1,
            '[' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

fn target_length(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, character) in text.char_indices().take(4000) {
        match character {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// A line such as `[name]: target`; its text is what the page shows where it uses the name.
fn reference(index: usize, uses: &Uses, to: &mut Collector<'_>) {
    let line = to.lines[index];
    let trimmed = line.text.trim_start();
    let Some((text, rest)) = trimmed.strip_prefix('[').and_then(|it| it.split_once("]:")) else {
        return;
    };
    let target = rest.split_whitespace().next().unwrap_or("");
    if target.is_empty() || text.starts_with('^') {
        return;
    }
    let lead = rest.len() - rest.trim_start().len();
    let start = line.start + line.text.len() - rest.len() + lead;
    let shown = uses.of_name(text);
    let found = Link {
        text: shown.map_or_else(|| without_markup(text), |it| it.text.clone()),
        target: target.to_owned(),
        image: shown.is_some_and(|it| it.image),
        origin: to.origin(index, start..start + target.len()),
    };
    to.link(found);
}
