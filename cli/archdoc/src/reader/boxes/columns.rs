//! Boxes in which lists of parts hang below their captions, in columns beside each other.

use std::collections::BTreeMap;

use super::facts::Reading;
use super::meaning;
use crate::reader::collector::Collector;
use crate::reader::label::Label;
use crate::reader::subject::Subject;

/// Fewer parts make no lists.
const LEAST: usize = 4;

/// A part of a list, with the place where it stands.
struct Item {
    row: usize,
    /// The column where its branch stands.
    branch: usize,
    /// The column where its name begins.
    from: usize,
    /// What is written: its name, and what stands behind it.
    text: String,
    /// The words above its list.
    caption: Option<String>,
}

/// Reads a box with lists in columns into their parts; answers whether it is one.
pub(super) fn read(reading: &Reading<'_>, frame: usize, to: &mut Collector<'_>) -> bool {
    let items = items(reading, frame);
    if items.len() < LEAST || !are_beside_each_other(&items) {
        return false;
    }
    let title = reading.sheet.lines(frame).into_iter().next();
    for item in items {
        let subject = reading.subject(item.row);
        let label = Label::of(std::slice::from_ref(&item.text));
        if subject != Subject::Platform || label.name.is_empty() {
            continue;
        }
        let mut groups = reading.groups(frame);
        groups.extend(title.iter().map(|(_, title)| title.clone()));
        groups.extend(item.caption);
        let kind = meaning::kind(&label, &groups, subject, to);
        let end = item.from + label.name.chars().count();
        let origin = reading.origin(to, item.row, item.from, end);
        let mut component = label.component(kind, origin);
        component.groups = groups;
        to.component(component);
    }
    true
}

/// Whether parts of two lists stand in one row, more than once.
fn are_beside_each_other(items: &[Item]) -> bool {
    let pairs = items.windows(2).filter(|two| two[0].row == two[1].row);
    pairs.count() > 1
}

/// The parts of all lists in a box, row by row.
fn items(reading: &Reading<'_>, frame: usize) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut captions: BTreeMap<usize, String> = BTreeMap::new();
    let around = &reading.sheet.frames[frame];
    for row in around.top + 1..around.bottom {
        for (column, text) in cells(reading, frame, row) {
            if let Some(name) = text.strip_prefix(['├', '└']) {
                let name = name.trim_start_matches('─').trim_start();
                let before = text.chars().count() - name.chars().count();
                items.push(Item {
                    row,
                    branch: column,
                    from: column + before,
                    text: name.to_owned(),
                    caption: captions.get(&column).cloned(),
                });
            } else if let Some(above) = above(&mut items, row, column) {
                if above.is_open() {
                    above.text.push(' ');
                    above.text.push_str(&text);
                } else {
                    let caption = above.caption.clone();
                    items.push(Item {
                        row,
                        branch: column,
                        from: column,
                        text,
                        caption,
                    });
                }
            } else {
                captions.insert(column, text);
            }
        }
    }
    items
}

impl Item {
    /// Whether an aside goes on in the next row.
    fn is_open(&self) -> bool {
        self.text.matches('(').count() > self.text.matches(')').count()
    }
}

/// The part right above a place: what stands there goes on with it, or is drawn with it.
fn above(items: &mut [Item], row: usize, column: usize) -> Option<&mut Item> {
    items
        .iter_mut()
        .rev()
        // They stand in the order of their rows.
        .take_while(|item| item.row + 1 >= row)
        .find(|item| item.row + 1 == row && (item.branch + 1..=item.from).contains(&column))
}

/// What stands in a row of a box with wide gaps or branches between it, with the columns where it
/// begins.
pub(super) fn cells(reading: &Reading<'_>, frame: usize, row: usize) -> Vec<(usize, String)> {
    let (left, right) = reading.sheet.frames[frame].sides(row);
    let grid = &reading.sheet.grid;
    let mut cells: Vec<(usize, String)> = Vec::new();
    let mut gap = 2;
    for column in left + 1..right {
        let character = grid.get((row, column));
        if character == ' ' {
            gap += 1;
            continue;
        }
        let begins = gap > 1 || matches!(character, '├' | '└');
        match cells.last_mut() {
            Some((_, text)) if !begins => {
                text.extend(std::iter::repeat_n(' ', gap));
                text.push(character);
            }
            _ => cells.push((column, character.to_string())),
        }
        gap = 0;
    }
    cells
}
