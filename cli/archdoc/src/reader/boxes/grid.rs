//! A drawing as a grid of cells, each one column wide.

use unicode_width::UnicodeWidthChar;

use crate::reader::text::Line;
use crate::signs::{EAST, NORTH, SOUTH};

/// Columns beyond this are not looked at: no drawing is that wide.
pub(super) const MAX_COLUMNS: usize = 1000;

/// The second cell of a wide character.
pub(super) const FILLER: char = '\0';

/// Joins two pictures into one.
const JOINER: char = '\u{200D}';
/// Makes a wide picture of the sign before it.
const VARIATION: char = '\u{FE0F}';

/// A row and a column.
pub(super) type Cell = (usize, usize);

/// The cells of a drawing.
#[derive(Debug)]
pub(super) struct Grid {
    rows: Vec<Vec<char>>,
    /// The byte offset of each cell in the document, and of what follows the last one.
    offsets: Vec<Vec<usize>>,
    /// The index of the first line in the document.
    pub(super) first: usize,
}

impl Grid {
    pub(super) fn of(lines: &[Line<'_>], first: usize) -> Self {
        let mut grid = Self {
            rows: Vec::with_capacity(lines.len()),
            offsets: Vec::with_capacity(lines.len()),
            first,
        };
        for line in lines {
            let mut cells: Vec<char> = Vec::with_capacity(line.text.len().min(MAX_COLUMNS));
            let mut offsets = Vec::with_capacity(cells.capacity());
            let mut joins = false;
            let mut end = line.start;
            for (at, character) in line.text.char_indices() {
                if cells.len() >= MAX_COLUMNS {
                    break;
                }
                end = line.start + at + character.len_utf8();
                let width = match character {
                    '\t' => 8 - cells.len() % 8,
                    // What is joined to a picture is part of it.
                    _ if joins => 0,
                    VARIATION if cells.last().is_some_and(|it| is_narrow_picture(*it)) => {
                        cells.push(FILLER);
                        offsets.push(line.start + at);
                        0
                    }
                    _ => character.width().unwrap_or(0),
                };
                joins = character == JOINER;
                for index in 0..width {
                    cells.push(match (character, index) {
                        ('\t' | '\u{A0}', _) => ' ',
                        (_, 0) => character,
                        _ => FILLER,
                    });
                    offsets.push(line.start + at);
                }
            }
            offsets.push(end);
            grid.rows.push(cells);
            grid.offsets.push(offsets);
        }
        super::corners::square(&mut grid);
        super::ascii::redraw(&mut grid);
        grid
    }

    pub(super) fn rows(&self) -> &[Vec<char>] {
        &self.rows
    }

    pub(super) fn height(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn width(&self, row: usize) -> usize {
        self.rows.get(row).map_or(0, Vec::len)
    }

    pub(super) fn get(&self, (row, column): Cell) -> char {
        self.rows
            .get(row)
            .and_then(|cells| cells.get(column))
            .copied()
            .unwrap_or(' ')
    }

    /// The byte offset of a cell in the document.
    pub(super) fn offset(&self, (row, column): Cell) -> usize {
        let Some(offsets) = self.offsets.get(row) else {
            return 0;
        };
        offsets.get(column).or(offsets.last()).copied().unwrap_or(0)
    }

    /// The text between two columns of a row, without the spaces around it.
    pub(super) fn text(&self, row: usize, from: usize, to: usize) -> String {
        let text: String = (from..to.min(self.width(row)))
            .map(|column| self.get((row, column)))
            .filter(|it| *it != FILLER)
            .collect();
        text.trim().to_owned()
    }

    pub(super) fn set(&mut self, (row, column): Cell, character: char) {
        if let Some(cell) = self.rows.get_mut(row).and_then(|it| it.get_mut(column)) {
            *cell = character;
        }
    }
}

/// A sign that becomes two columns wide as a picture.
fn is_narrow_picture(character: char) -> bool {
    matches!(u32::from(character), 0x2194..=0x21AA | 0x2300..=0x23FF | 0x2600..=0x27BF | 0x1F000..=0x1FAFF)
        && character.width() == Some(1)
}

/// The next cell in a direction, where there is one.
pub(super) fn neighbour((row, column): Cell, direction: u8) -> Option<Cell> {
    Some(match direction {
        NORTH => (row.checked_sub(1)?, column),
        SOUTH => (row + 1, column),
        EAST => (row, column + 1),
        _ => (row, column.checked_sub(1)?),
    })
}
