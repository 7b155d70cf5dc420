//! A sheet of cells that drawings are made on.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The second cell of a wide character.
const FILLER: char = '\0';

/// A sheet of character cells that grows as it is drawn upon.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    rows: Vec<Vec<char>>,
}

/// The six characters of a frame.
#[derive(Debug, Clone, Copy)]
pub(super) struct Border {
    corners: [char; 4],
    horizontal: char,
    vertical: char,
}

/// `┌─┐`
pub(super) const SINGLE: Border = Border {
    corners: ['┌', '┐', '└', '┘'],
    horizontal: '─',
    vertical: '│',
};

/// `╔═╗`
pub(super) const DOUBLE: Border = Border {
    corners: ['╔', '╗', '╚', '╝'],
    horizontal: '═',
    vertical: '║',
};

/// A rectangle of cells, borders included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) top: usize,
    pub(super) left: usize,
    pub(super) width: usize,
    pub(super) height: usize,
}

impl Area {
    pub(super) fn bottom(self) -> usize {
        self.top + self.height - 1
    }

    pub(super) fn right(self) -> usize {
        self.left + self.width - 1
    }
}

impl Canvas {
    pub(super) fn get(&self, row: usize, column: usize) -> char {
        self.rows
            .get(row)
            .and_then(|cells| cells.get(column))
            .copied()
            .unwrap_or(' ')
    }

    pub(super) fn set(&mut self, row: usize, column: usize, character: char) {
        if self.rows.len() <= row {
            self.rows.resize(row + 1, Vec::new());
        }
        let cells = &mut self.rows[row];
        if cells.len() <= column {
            cells.resize(column + 1, ' ');
        }
        cells[column] = character;
    }

    /// Writes text, two cells for each wide character.
    pub(super) fn text(&mut self, row: usize, column: usize, text: &str) {
        let mut at = column;
        for character in text.chars() {
            match character.width().unwrap_or(0) {
                0 => {}
                width => {
                    self.set(row, at, character);
                    if width == 2 {
                        self.set(row, at + 1, FILLER);
                    }
                    at += width;
                }
            }
        }
    }

    /// Draws a frame, without touching what is inside.
    pub(super) fn frame(&mut self, area: Area, border: Border) {
        for column in area.left + 1..area.right() {
            self.set(area.top, column, border.horizontal);
            self.set(area.bottom(), column, border.horizontal);
        }
        for row in area.top + 1..area.bottom() {
            self.set(row, area.left, border.vertical);
            self.set(row, area.right(), border.vertical);
        }
        let [top_left, top_right, bottom_left, bottom_right] = border.corners;
        self.set(area.top, area.left, top_left);
        self.set(area.top, area.right(), top_right);
        self.set(area.bottom(), area.left, bottom_left);
        self.set(area.bottom(), area.right(), bottom_right);
    }

    /// Draws a frame with centred lines of text.
    pub(super) fn centred_box(&mut self, area: Area, border: Border, lines: &[String]) {
        self.frame(area, border);
        for (index, line) in lines.iter().enumerate() {
            let space = (area.width - 2).saturating_sub(line.width());
            self.text(area.top + 1 + index, area.left + 1 + space / 2, line);
        }
    }

    /// Takes a row away; what is below moves up.
    pub(super) fn remove_row(&mut self, row: usize) {
        if row < self.rows.len() {
            self.rows.remove(row);
        }
    }

    pub(super) fn render(&self) -> String {
        let mut text = String::new();
        for cells in &self.rows {
            let line: String = cells.iter().filter(|cell| **cell != FILLER).collect();
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// The block in a fence, as it stands in the document.
pub(super) fn fenced(drawing: &str) -> String {
    format!("```\n{drawing}```\n")
}
