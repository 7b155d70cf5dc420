//! Drawings in which parts are words in brackets: `[Web] --> [API]`.

use super::canvas::{Run, Sheet};
use super::frames::Frame;
use super::grid::{FILLER, Grid};
use super::wires::{self, End, Node};
use crate::reader::arrows;

/// Fewer words in brackets are no drawing.
const LEAST: usize = 3;
/// No name of a part is longer.
const LONGEST: usize = 48;

/// Gives each of several words in brackets a run of its own, where enough of them stand in a sheet;
/// answers whether they do.
pub(super) fn split(sheet: &mut Sheet) -> bool {
    let found: usize = sheet.runs.iter().map(|run| tokens(&run.text).len()).sum();
    if found < LEAST {
        return false;
    }
    let runs = std::mem::take(&mut sheet.runs);
    let parts = runs.into_iter().flat_map(|run| parts(run, &sheet.grid));
    sheet.runs = parts.collect();
    true
}

/// The parts in brackets of one box.
struct Held {
    /// The box.
    frame: usize,
    /// The row of the first part.
    first: usize,
    /// How many parts there are.
    count: usize,
    /// Whether arrows lead from one to another.
    leads: bool,
    /// Whether they stand below a title, at the beginning of their row.
    is_layer: bool,
}

/// Marks the boxes in which parts are words in brackets, where arrows lead from one to another or
/// where several boxes are layers of them; answers whether there are any.
pub(super) fn mark(grid: &Grid, frames: &mut [Frame]) -> bool {
    let leaves = frames.iter().enumerate();
    let held: Vec<Held> = leaves
        .filter(|(_, frame)| frame.children.is_empty() && !frame.table)
        .filter_map(|(index, frame)| held(grid, index, frame))
        .collect();
    let layers = held.iter().filter(|it| it.is_layer).count();
    let marked: Vec<Held> = held
        .into_iter()
        .filter(|it| it.count >= 2 && it.leads || it.is_layer && layers >= LEAST)
        .collect();
    if marked.iter().map(|it| it.count).sum::<usize>() < LEAST {
        return false;
    }
    for it in marked {
        frames[it.frame].brackets_from = Some(it.first);
    }
    true
}

/// The parts in brackets of a box, where it has any.
fn held(grid: &Grid, index: usize, frame: &Frame) -> Option<Held> {
    let text = |row: usize| {
        let (left, right) = frame.sides(row);
        grid.text(row, left + 1, right)
    };
    let rows = || (frame.top + 1..frame.bottom).map(|row| (row, text(row)));
    let (first, beginning) = rows().find(|(_, text)| !tokens(text).is_empty())?;
    let has_a_title = (frame.top + 1..first).any(|row| !text(row).trim().is_empty());
    Some(Held {
        frame: index,
        first,
        count: rows().map(|(_, text)| tokens(&text).len()).sum(),
        leads: rows().any(|(_, text)| arrows::are_in(&text)),
        is_layer: has_a_title && beginning.trim_start().starts_with('['),
    })
}

/// Whether words in brackets are joined by lines.
pub(super) fn are_joined(sheet: &Sheet) -> bool {
    let is_part = |end: &&End| match end.node {
        Node::Text(run) => is_part(&sheet.runs[run]),
        Node::Frame(_) => false,
    };
    wires::follow(sheet)
        .iter()
        .any(|net| net.ends.iter().filter(is_part).count() > 1)
}

/// Whether a run is words in brackets and nothing else.
pub(super) fn is_part(run: &Run) -> bool {
    matches!(tokens(&run.text).as_slice(), [(0, end)] if *end == run.text.chars().count())
}

/// A run, cut before and behind each of its words in brackets.
fn parts(run: Run, grid: &Grid) -> Vec<Run> {
    let mut cuts: Vec<usize> = tokens(&run.text)
        .into_iter()
        .flat_map(|(from, end)| [from, end])
        .collect();
    if cuts.is_empty() {
        return vec![run];
    }
    let characters: Vec<char> = run.text.chars().collect();
    // A wide character takes two columns.
    let columns: Vec<usize> = (run.from..run.end)
        .filter(|column| grid.get((run.row, *column)) != FILLER)
        .collect();
    let column = |at: usize| columns.get(at).copied().unwrap_or(run.end);
    cuts.insert(0, 0);
    cuts.push(characters.len());
    cuts.windows(2)
        .filter_map(|cut| {
            let text: String = characters[cut[0]..cut[1]].iter().collect();
            let before = text.chars().take_while(|it| *it == ' ').count();
            let trimmed = text.trim();
            let from = cut[0] + before;
            (!trimmed.is_empty()).then(|| Run {
                from: column(from),
                end: column(from + trimmed.chars().count()),
                text: trimmed.to_owned(),
                ..run.clone()
            })
        })
        .collect()
}

/// Where words in brackets begin and end in a text, in characters.
fn tokens(text: &str) -> Vec<(usize, usize)> {
    let characters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = position(&characters, from, '[') {
        let Some(close) = position(&characters, open, ']') else {
            break;
        };
        let inner: String = characters[open + 1..close].iter().collect();
        // `[text](address)` is a link.
        let is_link = characters.get(close + 1) == Some(&'(');
        if is_name(inner.trim()) && !is_link {
            found.push((open, close + 1));
        }
        from = close;
    }
    found
}

fn position(characters: &[char], from: usize, wanted: char) -> Option<usize> {
    let rest = characters.get(from..)?;
    rest.iter().position(|it| *it == wanted).map(|at| from + at)
}

/// Whether words may name a part.
fn is_name(text: &str) -> bool {
    text.chars().count() > 1
        && text.chars().count() <= LONGEST
        && text.chars().any(char::is_alphabetic)
        && !text.contains(['"', '\'', '=', '[', '{', ';', '$', '\\', '<', '>'])
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn names_in_brackets_are_found_and_links_and_flags_are_not() {
        assert_eq!(tokens("[API] [Redis]"), [(0, 5), (6, 13)]);
        assert_eq!(tokens("[ Shop (Next.js) ]"), [(0, 18)]);
        assert!(tokens("[x] [ ] [\"a\", \"b\"] [read](me.md)").is_empty());
    }
}
