//! Arrows in plain text: `→`, `──▶`, `-->`, `=>`, `<->`.

use std::ops::Range;

use crate::signs::{EAST, WEST, tip};

/// Whether a sign is one that the line of an arrow is made of.
fn is_line(sign: char) -> bool {
    matches!(sign, '-' | '=' | '─' | '━' | '═')
}

/// Whether a sign is the tip at the left of an arrow that leads both ways.
fn is_back(sign: char) -> bool {
    sign == '<' || tip(sign) == Some(WEST)
}

/// Whether a sign is an arrow without a line before it.
fn is_whole(sign: char) -> bool {
    matches!(sign, '⇒' | '↔' | '⇄')
}

/// What a text begins with.
enum Start {
    /// An arrow of some bytes.
    Arrow(usize),
    /// As many bytes that are none.
    Other(usize),
}

impl Start {
    fn of(text: &str) -> Option<Self> {
        let first = text.chars().next()?;
        let line = text.trim_start_matches(is_back);
        let rest = line.trim_start_matches(is_line);
        let before = text.len() - rest.len();
        // `>` alone is a sign of many other things.
        let end = rest
            .trim_start_matches(|it| tip(it) == Some(EAST) || it == '>' && rest.len() < line.len());
        Some(if end.len() < rest.len() {
            Self::Arrow(text.len() - end.len())
        } else if let Some(whole) = rest.chars().next().filter(|it| is_whole(*it)) {
            Self::Arrow(before + whole.len_utf8())
        } else {
            Self::Other(before.max(first.len_utf8()))
        })
    }
}

/// The bytes of the arrow that a text begins with.
pub(super) fn leading(text: &str) -> Option<usize> {
    match Start::of(text)? {
        Start::Arrow(length) => Some(length),
        Start::Other(_) => None,
    }
}

/// The places of the arrows in a text.
pub(super) fn places(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            // Most of a text is words.
            at += text[at..].find(|it: char| !it.is_alphanumeric() && it != ' ')?;
            match Start::of(&text[at..])? {
                Start::Arrow(length) => {
                    at += length;
                    return Some(at - length..at);
                }
                Start::Other(length) => at += length,
            }
        }
    })
}

/// Whether a text has an arrow.
pub(super) fn are_in(text: &str) -> bool {
    places(text).next().is_some()
}

/// What stands before the first arrow of a text, and what stands behind it.
pub(super) fn split_once(text: &str) -> Option<(&str, &str)> {
    let arrow = places(text).next()?;
    Some((&text[..arrow.start], &text[arrow.end..]))
}

/// What stands between the arrows of a text.
pub(super) fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for arrow in places(text) {
        parts.push(&text[from..arrow.start]);
        from = arrow.end;
    }
    parts.push(&text[from..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_of_every_kind_part_names() {
        for arrow in [
            "→",
            "->",
            "-->",
            "--->",
            "=>",
            "==>",
            "──>",
            "──▶",
            "───►",
            "►",
            "➜",
            "⇒",
            "←→",
            "<->",
            "<-->",
            "↔",
            "⇄",
            "◄──►",
            "->>",
        ] {
            assert_eq!(split(&format!("a {arrow} b")), ["a ", " b"], "{arrow}");
            assert_eq!(split(&format!("a{arrow}b{arrow}c")), ["a", "b", "c"]);
            assert_eq!(leading(&format!("{arrow}b")), Some(arrow.len()));
        }
    }

    #[test]
    fn other_signs_are_no_arrows() {
        for text in [
            "",
            "a",
            "a-b",
            "a -- b",
            "─────",
            "a > b",
            "<b>",
            "a <- b",
            "a ← b",
            ">=",
            "<=",
            "<!-- a",
            "x--",
            "▼",
        ] {
            assert!(!are_in(text), "{text}");
        }
    }
}
