//! Boxes in which each row is a layer: its name, and the parts in it with wide gaps or lines between
//! them.

use super::facts::Reading;
use super::meaning;
use crate::reader::collector::Collector;
use crate::reader::label::Label;
use crate::reader::subject::Subject;
use crate::reader::words;

/// Fewer rows make no box of layers.
const LEAST: usize = 3;

/// A row of a box: the layer, and the parts in it with the columns where they stand.
struct Row {
    line: usize,
    /// The column where the name of the layer begins.
    column: usize,
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
    let mut rows: Vec<Row> = sheet
        .lines(frame)
        .into_iter()
        .map(|(row, text)| split(reading, frame, row, &text))
        .collect::<Option<_>>()?;
    if let Some(title) = &sheet.frames[frame].title {
        return servers_below(title, rows);
    }
    if has_a_title(&rows) {
        rows.remove(0);
    }
    let layers = rows.iter().filter(|row| is_a_layer(&row.layer)).count();
    let all_in_capitals = rows.iter().all(|row| is_in_capitals(&row.layer));
    (rows.len() >= LEAST && (layers * 2 > rows.len() || all_in_capitals)).then_some(rows)
}

/// The rows of a box with a title in its border, where all that stands in it is servers that are
/// known by name: `PostgreSQL (orders)     MinIO (pictures)`.
fn servers_below(title: &str, mut rows: Vec<Row>) -> Option<Vec<Row>> {
    for row in &mut rows {
        let first = std::mem::replace(&mut row.layer, title.to_owned());
        row.parts.insert(0, (row.column, first));
    }
    let mut parts = rows.iter().flat_map(|row| &row.parts);
    let is_server = |text: &String| words::names_software(&Label::of(&[text]).name);
    (!rows.is_empty() && parts.all(|(_, text)| is_server(text))).then_some(rows)
}

/// Whether the first row is a title in the middle: the others all begin in one column.
fn has_a_title(rows: &[Row]) -> bool {
    let Some((first, [second, rest @ ..])) = rows.split_first() else {
        return false;
    };
    first.column > second.column && rest.iter().all(|row| row.column == second.column)
}

/// A line with wide gaps between its words, in parts; nothing where it has no gap.
fn split(reading: &Reading<'_>, frame: usize, row: usize, text: &str) -> Option<Row> {
    let mut cells = text
        .split('│')
        .flat_map(|cell| cell.split("  "))
        .map(str::trim)
        .filter(|cell| !cell.is_empty());
    let layer = cells.next()?.to_owned();
    let (left, right) = reading.sheet.frames[frame].sides(row);
    let grid = &reading.sheet.grid;
    let place = |cell: &str, from: usize| {
        let mut columns = from..right;
        let begins = |column: &usize| {
            cell.starts_with(grid.get((row, *column)))
                && grid.text(row, *column, right).starts_with(cell)
        };
        let place = columns.find(begins);
        place.unwrap_or(from)
    };
    let column = place(&layer, left + 1);
    let mut from = column + 1;
    let parts: Vec<(usize, String)> = cells
        .map(|cell| {
            let column = place(cell, from);
            from = column + 1;
            (column, cell.to_owned())
        })
        .collect();
    (!parts.is_empty()).then_some(Row {
        line: row,
        column,
        layer,
        parts,
    })
}

/// Whether a text is one word in capital letters: `STORE`.
fn is_in_capitals(text: &str) -> bool {
    text.chars().count() > 2 && text.chars().all(char::is_uppercase)
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
