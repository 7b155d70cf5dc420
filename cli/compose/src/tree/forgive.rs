//! What the reference's YAML reader accepts although the specification does not: lines inside of
//! brackets and quotes that stand further left than what they belong to, and tabs behind a key.
//!
//! The text is changed so that it becomes valid, and places are told as they were before.

use std::collections::{BTreeMap, BTreeSet};

use saphyr_parser::{Marker, ScanError};

/// What is put before a line that stands too far left.
const PAD: usize = 64;
/// A line that needs more than this is not merely badly indented.
const MAXIMUM_PAD: usize = 4 * PAD;
/// How much may be read again to forgive mistakes, in bytes, and how often.
const MAXIMUM_READ: usize = 8 << 20;
const MAXIMUM_ROUNDS: usize = 200;

/// The changes to a text.
#[derive(Debug, Default)]
pub(super) struct Forgiven {
    /// Spaces before lines, counted from 1.
    pads: BTreeMap<usize, usize>,
    /// Lines and columns of tabs that became spaces.
    tabs: BTreeSet<(usize, usize)>,
    rounds: usize,
}

impl Forgiven {
    /// Forgives what stopped the reader, where that can be forgiven.
    pub(super) fn forgive(&mut self, error: &ScanError, changed: &str) -> bool {
        self.rounds += 1;
        let read = self.rounds.saturating_mul(changed.len());
        if self.rounds > MAXIMUM_ROUNDS || read > MAXIMUM_READ {
            return false;
        }
        let marker = error.marker();
        match error.info() {
            "invalid indentation" | "invalid indentation in flow construct" => {
                self.pad(marker.line())
            }
            "invalid indentation in quoted scalar" => self.pad_quoted(marker, changed),
            "':' must be followed by a valid YAML whitespace" => self.replace_tab(marker, changed),
            _ => false,
        }
    }

    /// The changed text.
    pub(super) fn apply(&self, text: &str) -> String {
        let mut changed = String::with_capacity(text.len() + self.pads.len() * PAD);
        for (number, line) in (1..).zip(text.split_inclusive('\n')) {
            let pad = self.pads.get(&number).copied().unwrap_or_default();
            changed.extend(std::iter::repeat_n(' ', pad));
            if self
                .tabs
                .range((number, 0)..(number + 1, 0))
                .next()
                .is_none()
            {
                changed.push_str(line);
                continue;
            }
            let spaced = line.chars().enumerate().map(|(column, character)| {
                if self.tabs.contains(&(number, column)) {
                    ' '
                } else {
                    character
                }
            });
            changed.extend(spaced);
        }
        changed
    }

    /// The character and the column in the text as it was.
    pub(super) fn original(&self, marker: &Marker) -> (usize, usize) {
        if self.pads.is_empty() {
            return (marker.index(), marker.col());
        }
        let own = self.pads.get(&marker.line()).copied().unwrap_or_default();
        let before: usize = self.pads.range(..marker.line()).map(|(_, pad)| pad).sum();
        let index = marker
            .index()
            .saturating_sub(before + own.min(marker.col()));
        (index, marker.col().saturating_sub(own))
    }

    fn pad(&mut self, line: usize) -> bool {
        let pad = self.pads.entry(line).or_default();
        *pad += PAD;
        *pad <= MAXIMUM_PAD
    }

    /// Pads all lines of a quoted text but the first.
    fn pad_quoted(&mut self, start: &Marker, changed: &str) -> bool {
        let mut characters = changed.chars().skip(start.index());
        let Some(quote @ ('"' | '\'')) = characters.next() else {
            return false;
        };
        let mut line = start.line();
        let mut forgiven = false;
        while let Some(character) = characters.next() {
            match character {
                '\\' if quote == '"' => {
                    if characters.next() != Some('\n') {
                        continue;
                    }
                }
                '\n' => {}
                // A doubled quote opens what looks like a new text, which is the rest of this one.
                other if other == quote => match characters.next() {
                    Some(next) if next == quote => continue,
                    _ => break,
                },
                _ => continue,
            }
            line += 1;
            if !self.pad(line) {
                return false;
            }
            forgiven = true;
        }
        forgiven
    }

    fn replace_tab(&mut self, marker: &Marker, changed: &str) -> bool {
        let line = changed.lines().nth(marker.line().saturating_sub(1));
        let (_, column) = self.original(marker);
        let pad = marker.col() - column;
        let tab = line.and_then(|line| {
            let characters: Vec<char> = line.chars().take(marker.col() + 1).collect();
            characters.windows(2).rposition(|pair| pair == [':', '\t'])
        });
        tab.is_some_and(|at| self.tabs.insert((marker.line(), at + 1 - pad)))
    }
}
