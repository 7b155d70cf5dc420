//! What each cell of a drawing is: border, divider, line or text.

use std::collections::HashSet;
use std::ops::Range;

use super::brackets;
use super::frames::Frame;
use super::grid::{Cell, FILLER, Grid};
use crate::signs::{EAST, NORTH, SOUTH, WEST, is_line, ports, tip};

/// A run of words outside the boxes that hold no others.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) row: usize,
    pub(super) from: usize,
    /// The column behind the last character.
    pub(super) end: usize,
    pub(super) text: String,
    /// The innermost frame around it.
    pub(super) frame: Option<usize>,
    /// Whether its meaning is known: a title, a label.
    pub(super) used: bool,
}

/// A number for each cell of a drawing.
#[derive(Debug)]
struct Plane {
    rows: Vec<Vec<u32>>,
}

impl Plane {
    fn new(grid: &Grid) -> Self {
        // A border may be drawn a few columns beyond the end of its line.
        let rows = (0..grid.height()).map(|row| vec![u32::MAX; grid.width(row) + 8]);
        Self {
            rows: rows.collect(),
        }
    }

    fn insert(&mut self, (row, column): Cell, frame: usize) {
        if let Some(cell) = self.rows.get_mut(row).and_then(|it| it.get_mut(column)) {
            *cell = u32::try_from(frame).unwrap_or(u32::MAX);
        }
    }

    fn get(&self, (row, column): Cell) -> Option<usize> {
        let frame = *self.rows.get(row)?.get(column)?;
        (frame != u32::MAX).then_some(frame as usize)
    }
}

/// A drawing with the meaning of its cells.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) grid: Grid,
    pub(super) frames: Vec<Frame>,
    /// Corners that belong to no box and to no line.
    pub(super) loose: usize,
    /// The frame whose border a cell is.
    borders: Plane,
    /// The leaf that a cell is inside of.
    inside: Plane,
    dividers: HashSet<Cell>,
    pub(super) runs: Vec<Run>,
    /// Whether its parts are words in brackets.
    pub(super) bracketed: bool,
}

impl Sheet {
    pub(super) fn of(grid: Grid) -> Self {
        let (mut frames, loose) = super::frames::find(&grid);
        let bracketed = brackets::mark(&grid, &mut frames);
        let mut sheet = Self {
            frames,
            loose,
            borders: Plane::new(&grid),
            inside: Plane::new(&grid),
            grid,
            dividers: HashSet::new(),
            runs: Vec::new(),
            bracketed: false,
        };
        for index in 0..sheet.frames.len() {
            sheet.mark(index);
        }
        for row in 0..sheet.grid.height() {
            sheet.mark_dividers(row);
        }
        sheet.find_runs();
        if sheet.frames.is_empty() {
            sheet.split_runs();
            sheet.bracketed = brackets::split(&mut sheet);
        } else if bracketed {
            sheet.bracketed = brackets::split(&mut sheet);
        }
        sheet
    }

    /// Splits words that several tips point down at, each at a word of its own.
    fn split_runs(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        for run in runs {
            let tips: Vec<usize> = run
                .row
                .checked_sub(1)
                .map(|above| {
                    (run.from.saturating_sub(1)..=run.end)
                        .filter(|column| tip(self.grid.get((above, *column))) == Some(SOUTH))
                        .collect()
                })
                .unwrap_or_default();
            let gaps: Vec<usize> = (run.from..run.end)
                .filter(|column| self.grid.get((run.row, *column)) == ' ')
                .collect();
            if tips.len() < 2 || tips.len() != gaps.len() + 1 {
                self.runs.push(run);
                continue;
            }
            let mut from = run.from;
            for end in gaps.into_iter().chain([run.end]) {
                self.runs.push(Run {
                    row: run.row,
                    from,
                    end,
                    text: self.grid.text(run.row, from, end),
                    frame: run.frame,
                    used: false,
                });
                from = end + 1;
            }
        }
    }

    /// The indices of the runs of words in a row; they stand from left to right.
    pub(super) fn runs_in(&self, row: usize) -> Range<usize> {
        let first = self.runs.partition_point(|run| run.row < row);
        let end = self.runs[first..].partition_point(|run| run.row == row);
        first..first + end
    }

    /// Whether a frame holds no other.
    pub(super) fn is_leaf(&self, frame: usize) -> bool {
        let frame = &self.frames[frame];
        frame.children.is_empty() && frame.brackets_from.is_none()
    }

    fn mark(&mut self, index: usize) {
        let frame = self.frames[index].clone();
        for column in frame.left..=frame.right {
            self.borders.insert((frame.top, column), index);
        }
        let (left, right) = frame.sides(frame.bottom);
        for column in left..=right {
            self.borders.insert((frame.bottom, column), index);
        }
        let leaf = self.is_leaf(index);
        for row in frame.top + 1..frame.bottom {
            let (left, right) = frame.sides(row);
            self.borders.insert((row, left), index);
            if ports(self.grid.get((row, right))) & (NORTH | SOUTH) != 0 {
                self.borders.insert((row, right), index);
            }
            if leaf {
                for column in left + 1..right {
                    self.inside.insert((row, column), index);
                }
            }
        }
    }

    /// Marks `═════` and `─ ─ ─` across a row.
    fn mark_dividers(&mut self, row: usize) {
        let width = self.grid.width(row);
        let mut dashes = Vec::new();
        let mut column = 0;
        while column < width {
            let cell = (row, column);
            if self.is_taken(cell) {
                column += 1;
                continue;
            }
            let end = (column..width)
                .find(|it| self.grid.get((row, *it)) != '═' || self.is_taken((row, *it)))
                .unwrap_or(width);
            if end - column >= 8 {
                self.dividers.extend((column..end).map(|it| (row, it)));
            }
            let goes_on = |column: usize| {
                let character = self.grid.get((row, column));
                is_line(character) && !matches!(character, '┼' | '│')
            };
            let after = self.grid.get((row, column + 1));
            let before = column
                .checked_sub(1)
                .map_or(' ', |it| self.grid.get((row, it)));
            // Between two lines it is a part of a line that passes below them: `│─│─│`.
            let passes = after != ' ' && before != ' ';
            let alone = matches!(self.grid.get(cell), '─' | '-' | '╌')
                && !passes
                && !after.is_alphanumeric()
                && !goes_on(column + 1)
                && column.checked_sub(1).is_none_or(|it| !goes_on(it));
            if alone {
                dashes.push(column);
            }
            column = end.max(column + 1);
        }
        if dashes.len() < 5 {
            return;
        }
        self.dividers.extend(dashes.iter().map(|it| (row, *it)));
        let (first, last) = (dashes[0], dashes[dashes.len() - 1]);
        for column in first..last {
            if ports(self.grid.get((row, column))).count_ones() == 4 {
                // A line that crosses a divider only passes.
                self.grid.set((row, column), '│');
            }
        }
    }

    fn is_taken(&self, cell: Cell) -> bool {
        self.borders.get(cell).is_some() || self.inside.get(cell).is_some()
    }

    /// The frame whose border a cell is.
    pub(super) fn border(&self, cell: Cell) -> Option<usize> {
        self.borders.get(cell)
    }

    /// The leaf that a cell is inside of.
    pub(super) fn leaf_at(&self, cell: Cell) -> Option<usize> {
        self.inside.get(cell)
    }

    pub(super) fn is_divider(&self, cell: Cell) -> bool {
        self.dividers.contains(&cell)
    }

    /// The sides at which a free line in a cell goes on.
    pub(super) fn wire(&self, cell: Cell) -> u8 {
        if self.is_taken(cell) || self.is_divider(cell) {
            return 0;
        }
        ports(self.grid.get(cell))
    }

    /// Whether a row is nothing but a divider.
    pub(super) fn is_divider_row(&self, row: usize) -> bool {
        let width = self.grid.width(row);
        let dividers = (0..width).filter(|it| self.is_divider((row, *it))).count();
        dividers >= 5
            && (0..width).all(|it| {
                self.is_divider((row, it)) || matches!(self.grid.get((row, it)), ' ' | '│' | '┼')
            })
    }

    fn find_runs(&mut self) {
        for row in 0..self.grid.height() {
            let mut column = 0;
            let width = self.grid.width(row);
            while column < width {
                if !self.is_text((row, column)) {
                    column += 1;
                    continue;
                }
                let from = column;
                let mut end = column + 1;
                while end < width {
                    if self.is_text((row, end)) {
                        end += 1;
                    } else if self.grid.get((row, end)) == ' ' && self.is_text((row, end + 1)) {
                        end += 2;
                    } else {
                        break;
                    }
                }
                let text = self.grid.text(row, from, end);
                let frame = self.frame_at((row, from));
                self.runs.push(Run {
                    row,
                    from,
                    end,
                    text,
                    frame,
                    used: false,
                });
                column = end;
            }
        }
    }

    fn is_text(&self, cell: Cell) -> bool {
        let character = self.grid.get(cell);
        if character == FILLER {
            return !self.is_taken(cell);
        }
        character != ' ' && !is_line(character) && !self.is_taken(cell) && !self.is_divider(cell)
    }

    /// The innermost frame around a cell.
    pub(super) fn frame_at(&self, (row, column): Cell) -> Option<usize> {
        self.frames
            .iter()
            .enumerate()
            .filter(|(_, frame)| {
                let (left, right) = frame.sides(row);
                frame.top < row && row < frame.bottom && left < column && column < right
            })
            .min_by_key(|(_, frame)| frame.right - frame.left)
            .map(|(index, _)| index)
    }

    /// Where a line of text in a box ends: words that break through the border belong to it.
    fn line_end(&self, row: usize, right: usize) -> usize {
        let mut end = right;
        if is_line(self.grid.get((row, right))) {
            return end;
        }
        while end < self.grid.width(row) {
            let (here, next) = (self.grid.get((row, end)), self.grid.get((row, end + 1)));
            if is_line(here) || here == ' ' && (next == ' ' || is_line(next)) {
                break;
            }
            end += 1;
        }
        end
    }

    /// The lines of text inside a leaf, with their rows.
    pub(super) fn lines(&self, frame: usize) -> Vec<(usize, String)> {
        let frame = &self.frames[frame];
        let mut lines = Vec::new();
        for row in frame.top + 1..frame.bottom {
            let (left, right) = frame.sides(row);
            let end = self.line_end(row, right);
            let text = self.grid.text(row, left + 1, end);
            // The border of the box before it may have strayed into this one.
            let text = text.trim_matches(['│', '║', ' ']).to_owned();
            if text.is_empty() || text.chars().all(|it| ports(it) & (EAST | WEST) != 0) {
                continue;
            }
            lines.push((row, text));
        }
        lines
    }
}
