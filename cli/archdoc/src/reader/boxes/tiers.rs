//! Tiers: words between two dividers that go across a drawing, and the boxes below them.

use super::facts::Reading;
use super::meaning::Meaning;
use crate::facts::{Tier, TierKind};
use crate::reader::collector::Collector;

/// Reads the tiers, where at least two are drawn.
pub(super) fn read(reading: &mut Reading<'_>, to: &mut Collector<'_>) {
    let dividers: Vec<usize> = (0..reading.sheet.grid.height())
        .filter(|row| reading.sheet.is_divider_row(*row))
        .collect();
    let mut names: Vec<(usize, usize)> = Vec::new();
    for pair in dividers.windows(2) {
        if pair[1] - pair[0] > 3 {
            continue;
        }
        let title = reading.sheet.runs.iter().position(|run| {
            run.row > pair[0] && run.row < pair[1] && run.text.chars().any(char::is_alphabetic)
        });
        names.extend(title.map(|run| (run, pair[1])));
    }
    if names.len() < 2 {
        return;
    }
    for (index, (run, bottom)) in names.iter().enumerate() {
        let end = names
            .get(index + 1)
            .map_or(usize::MAX, |(next, _)| reading.sheet.runs[*next].row);
        let words = reading.sheet.runs[*run].clone();
        reading.sheet.runs[*run].used = true;
        let mut members: Vec<String> = Vec::new();
        let mut claims: Vec<String> = Vec::new();
        for (frame, meaning) in reading.meanings.iter().enumerate() {
            let top = reading.sheet.frames[frame].top;
            let Meaning::Node(label) = meaning else {
                continue;
            };
            if top <= *bottom || top >= end || label.name.is_empty() {
                continue;
            }
            members.push(label.name.clone());
            claims.extend(remarks(reading, frame));
        }
        claims.dedup();
        let origin = reading.origin(to, words.row, words.from, words.end);
        to.facts.tiers.push(Tier {
            name: words.text,
            members,
            kind: TierKind::Boundary,
            claims,
            origin,
        });
    }
}

/// The words right of a box behind `←`, and the lines below them.
fn remarks(reading: &Reading<'_>, frame: usize) -> Vec<String> {
    let frame = &reading.sheet.frames[frame];
    let mut column = None;
    let mut found = Vec::new();
    for run in &reading.sheet.runs {
        if run.row <= frame.top || run.row > frame.bottom {
            continue;
        }
        let (_, right) = frame.sides(run.row);
        let arrow =
            (right..run.from.min(right + 8)).any(|it| reading.sheet.grid.get((run.row, it)) == '←');
        if run.from > right && (arrow || column.is_some_and(|it: usize| it.abs_diff(run.from) <= 2))
        {
            column = Some(run.from);
            found.push(run.text.clone());
        }
    }
    found
}
