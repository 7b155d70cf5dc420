//! A drawing as a grid of cells, each one column wide.

use unicode_width::UnicodeWidthChar;

use crate::reader::text::Line;

pub(super) const NORTH: u8 = 1;
pub(super) const EAST: u8 = 2;
pub(super) const SOUTH: u8 = 4;
pub(super) const WEST: u8 = 8;

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
        grid.draw_ascii();
        grid
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

    /// Turns `+--+` and `|` into the characters for boxes, where the drawing is made of them.
    fn draw_ascii(&mut self) {
        let is_ascii = self.rows.iter().any(|row| {
            row.windows(3).any(|it| {
                matches!(
                    it,
                    ['+', '-', '-' | '>'] | ['-', '-', '+'] | ['`' | '\'', '-', '-']
                )
            })
        });
        if !is_ascii && !self.leads_down() {
            self.draw_tips();
            return;
        }
        let mut changes = Vec::new();
        for row in 0..self.height() {
            for column in 0..self.width(row) {
                if let Some(character) = self.ascii((row, column)) {
                    changes.push(((row, column), character));
                }
            }
        }
        for (cell, character) in changes {
            self.set(cell, character);
        }
    }

    /// Turns the tips `>`, `<`, `v` and `^` of lines that are drawn with characters for boxes.
    fn draw_tips(&mut self) {
        let mut changes = Vec::new();
        for row in 0..self.height() {
            for column in 0..self.width(row) {
                if let Some(character) = self.tip((row, column)) {
                    changes.push(((row, column), character));
                }
            }
        }
        for (cell, character) in changes {
            self.set(cell, character);
        }
    }

    fn tip(&self, cell: Cell) -> Option<char> {
        let (row, column) = cell;
        let sign = self.get(cell);
        if !matches!(sign, '>' | '<' | 'v' | 'V' | '^') {
            return None;
        }
        let left = column.checked_sub(1).map_or(' ', |it| self.get((row, it)));
        let right = self.get((row, column + 1));
        let above = row.checked_sub(1).map_or(' ', |it| self.get((it, column)));
        let below = self.get((row + 1, column));
        let level = |it: char| matches!(it, '─' | '━' | '═');
        let leads_down =
            |it: char| matches!(it, '│' | '┃' | '║' | '┬' | '┼' | '├' | '┤' | '┐' | '┌');
        let leads_up = |it: char| matches!(it, '│' | '┃' | '║' | '┴' | '┼' | '├' | '┤' | '┘' | '└');
        let alone = !left.is_alphanumeric() && !right.is_alphanumeric();
        let in_border = level(left) && level(right);
        match sign {
            '>' if level(left) => Some('→'),
            '<' if level(right) => Some('←'),
            'v' | 'V' if alone && (leads_down(above) || in_border) => Some('↓'),
            '^' if alone && (leads_up(below) || in_border) => Some('↑'),
            _ => None,
        }
    }

    /// Whether a line of `|` ends in a tip of `v`, and nothing stands beside it.
    fn leads_down(&self) -> bool {
        let alone = |row: &[char], is: fn(char) -> bool| {
            let mut signs = row.iter().enumerate().filter(|(_, it)| **it != ' ');
            match (signs.next(), signs.next()) {
                (Some((column, sign)), None) if is(*sign) => Some(column),
                _ => None,
            }
        };
        self.rows.windows(2).any(|rows| {
            let bar = rows[0].iter().position(|it| *it == '|');
            bar.is_some() && bar == alone(&rows[1], |sign| matches!(sign, 'v' | 'V'))
        })
    }

    fn ascii(&self, cell: Cell) -> Option<char> {
        let (row, column) = cell;
        let left = column.checked_sub(1).map_or(' ', |it| self.get((row, it)));
        let right = self.get((row, column + 1));
        let above = row.checked_sub(1).map_or(' ', |it| self.get((it, column)));
        let below = self.get((row + 1, column));
        let horizontal = |it: char| matches!(it, '-' | '+' | '=' | '─');
        let vertical = |it: char| matches!(it, '|' | '+' | '│');
        match self.get(cell) {
            '|' => Some('│'),
            '-' if horizontal(left)
                || horizontal(right)
                || matches!(right, '>')
                || matches!(left, '<') =>
            {
                Some('─')
            }
            '=' if matches!(left, '=' | '+') && matches!(right, '=' | '+') => Some('═'),
            '+' => {
                let mut ports = 0;
                ports |= if vertical(above) || matches!(above, '^') {
                    NORTH
                } else {
                    0
                };
                ports |= if vertical(below) || matches!(below, 'v' | 'V') {
                    SOUTH
                } else {
                    0
                };
                ports |= if horizontal(left) || left == '<' {
                    WEST
                } else {
                    0
                };
                ports |= if horizontal(right) || right == '>' {
                    EAST
                } else {
                    0
                };
                if ports == WEST {
                    ports |= self.strayed_corner(cell);
                }
                Some(character(ports)).filter(|_| ports.count_ones() > 1)
            }
            // The corner of a branch: `` `--> `` or `'-- `.
            '`' | '\'' if vertical(above) && right == '-' => Some('└'),
            '>' if matches!(left, '-' | '=') => Some('→'),
            '<' if matches!(right, '-' | '=') => Some('←'),
            'v' | 'V' if vertical(above) && !left.is_alphanumeric() && !right.is_alphanumeric() => {
                Some('↓')
            }
            '^' if vertical(below) => Some('↑'),
            _ => None,
        }
    }
}

impl Grid {
    /// The side at which the border goes on below or above the right end of an edge, when it is
    /// drawn a column or two beside it.
    fn strayed_corner(&self, (row, column): Cell) -> u8 {
        const STRAY: usize = 2;
        let is_bar = |row: usize, column: usize| self.get((row, column)) == '|';
        let near = |row: usize| {
            (1..=STRAY).any(|step| is_bar(row, column + step) || is_bar(row, column - step))
        };
        let start = (0..column)
            .rev()
            .find(|it| !matches!(self.get((row, *it)), '-' | '+' | '='))
            .map_or(0, |it| it + 1);
        if column < start + 3 || self.get((row, start)) != '+' {
            return 0;
        }
        let above = row.checked_sub(1);
        let goes_up = above.is_some_and(|it| is_bar(it, start) && near(it));
        let goes_down = is_bar(row + 1, start) && near(row + 1);
        match (goes_up, goes_down) {
            (true, false) => NORTH,
            (false, true) => SOUTH,
            _ => 0,
        }
    }
}

fn character(ports: u8) -> char {
    const SHAPES: [(u8, char); 9] = [
        (EAST | SOUTH, '┌'),
        (SOUTH | WEST, '┐'),
        (NORTH | EAST, '└'),
        (NORTH | WEST, '┘'),
        (NORTH | EAST | SOUTH, '├'),
        (NORTH | SOUTH | WEST, '┤'),
        (EAST | SOUTH | WEST, '┬'),
        (NORTH | EAST | WEST, '┴'),
        (NORTH | EAST | SOUTH | WEST, '┼'),
    ];
    let found = SHAPES.iter().find(|(shape, _)| *shape == ports);
    found.map_or(
        if ports & (EAST | WEST) != 0 {
            '─'
        } else {
            '│'
        },
        |(_, character)| *character,
    )
}

/// A sign that becomes two columns wide as a picture.
fn is_narrow_picture(character: char) -> bool {
    matches!(u32::from(character), 0x2194..=0x21AA | 0x2300..=0x23FF | 0x2600..=0x27BF | 0x1F000..=0x1FAFF)
        && character.width() == Some(1)
}

/// The sides at which the line in a cell goes on.
pub(super) fn ports(character: char) -> u8 {
    match character {
        '─' | '━' | '═' | '╌' | '┄' | '┈' | '╍' | '┅' | '┉' => EAST | WEST,
        '│' | '┃' | '║' | '╎' | '┆' | '┊' | '╏' | '┇' | '┋' => NORTH | SOUTH,
        '┌' | '╔' | '╭' | '┏' | '╒' | '╓' => EAST | SOUTH,
        '┐' | '╗' | '╮' | '┓' | '╕' | '╖' => SOUTH | WEST,
        '└' | '╚' | '╰' | '┗' | '╘' | '╙' => NORTH | EAST,
        '┘' | '╝' | '╯' | '┛' | '╛' | '╜' => NORTH | WEST,
        '├' | '┝' | '┞' | '┟' | '┠' | '┡' | '┢' | '┣' | '╞' | '╟' | '╠' => {
            NORTH | EAST | SOUTH
        }
        '┤' | '┥' | '┦' | '┧' | '┨' | '┩' | '┪' | '┫' | '╡' | '╢' | '╣' => {
            NORTH | SOUTH | WEST
        }
        '┬' | '┭' | '┮' | '┯' | '┰' | '┱' | '┲' | '┳' | '╤' | '╥' | '╦' => {
            EAST | SOUTH | WEST
        }
        '┴' | '┵' | '┶' | '┷' | '┸' | '┹' | '┺' | '┻' | '╧' | '╨' | '╩' => {
            NORTH | EAST | WEST
        }
        '┼'..='╋' | '╪' | '╫' | '╬' => NORTH | EAST | SOUTH | WEST,
        _ => match tip(character) {
            Some(direction) => opposite(direction),
            None => 0,
        },
    }
}

/// The direction in which an arrow's tip points.
pub(super) fn tip(character: char) -> Option<u8> {
    match character {
        '→' | '►' | '▶' | '▸' | '➜' | '➔' => Some(EAST),
        '←' | '◄' | '◀' | '◂' => Some(WEST),
        '↓' | '▼' | '▾' => Some(SOUTH),
        '↑' | '▲' | '▴' => Some(NORTH),
        _ => None,
    }
}

pub(super) fn opposite(direction: u8) -> u8 {
    match direction {
        NORTH => SOUTH,
        SOUTH => NORTH,
        EAST => WEST,
        _ => EAST,
    }
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

/// Whether a cell holds a line or a tip rather than text.
pub(super) fn is_line(character: char) -> bool {
    ports(character) != 0
}
