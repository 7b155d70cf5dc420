//! Boxes in which each row is a layer: its name, and the parts in it with wide gaps between them.

use super::facts::Reading;
use super::meaning;
use crate::reader::collector::Collector;
use crate::reader::label::Label;
use crate::reader::subject::Subject;

/// Fewer rows make no box of layers.
const LEAST: usize = 3;

/// A row of a box: the layer, and the parts in it with the columns where they stand.
struct Row {
    line: usize,
    layer: String,
    parts: Vec<(usize, String)>,
}

/// Reads a box of layers into its parts; answers whether it is one.
pub(super) fn read(reading: &Reading<'_>, frame: usize, to: &mut Collector<'_>) -> bool {
    let Some(rows) = rows(reading, frame) else {
        return false;
    };
    for row in rows {
        let subject = reading.subject(row.line);
        let mut groups = reading.groups(frame);
        groups.push(row.layer);
        for (column, text) in row.parts {
            let label = Label::of(std::slice::from_ref(&text));
            if subject != Subject::Platform || label.name.is_empty() {
                continue;
            }
            let kind = meaning::kind(&label, &groups, subject, to);
            let end = column + text.chars().count();
            let origin = reading.origin(to, row.line, column, end);
            let mut component = label.component(kind, origin);
            component.groups.clone_from(&groups);
            to.component(component);
        }
    }
    true
}

/// The rows of a box, where each begins with the name of a layer, or most of them do.
fn rows(reading: &Reading<'_>, frame: usize) -> Option<Vec<Row>> {
    let sheet = &reading.sheet;
    if !sheet.is_leaf(frame) {
        return None;
    }
    let rows: Vec<Row> = sheet
        .lines(frame)
        .into_iter()
        .map(|(row, text)| split(reading, frame, row, &text))
        .collect::<Option<_>>()?;
    let layers = rows.iter().filter(|row| is_a_layer(&row.layer)).count();
    (rows.len() >= LEAST && layers * 2 > rows.len()).then_some(rows)
}

/// A line with wide gaps between its words, in parts; nothing where it has no gap.
fn split(reading: &Reading<'_>, frame: usize, row: usize, text: &str) -> Option<Row> {
    let mut cells = text
        .split("  ")
        .map(str::trim)
        .filter(|cell| !cell.is_empty());
    let layer = cells.next()?.to_owned();
    let (left, right) = reading.sheet.frames[frame].sides(row);
    let mut from = left + 1;
    let parts: Vec<(usize, String)> = cells
        .map(|cell| {
            let column = (from..right)
                .find(|column| {
                    reading
                        .sheet
                        .grid
                        .text(row, *column, right)
                        .starts_with(cell)
                })
                .unwrap_or(from);
            from = column + 1;
            (column, cell.to_owned())
        })
        .collect();
    (!parts.is_empty()).then_some(Row {
        line: row,
        layer,
        parts,
    })
}

/// Whether words name a layer, in any of the languages in which such boxes are drawn.
fn is_a_layer(name: &str) -> bool {
    let name = name
        .split(['(', '（'])
        .next()
        .unwrap_or(name)
        .trim()
        .to_lowercase();
    ["层", "層", "계층", "layer", "tier"]
        .iter()
        .any(|word| name.ends_with(word))
}
