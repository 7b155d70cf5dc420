//! Boxes of plain signs whose corners are round or slanted: `.---.`, `/---\`, `(===)`.

use super::grid::{Cell, Grid};

/// How long a border is at least beside a corner.
const BORDER: usize = 3;
/// How many rows a box between two lines of brackets has at most.
const ROWS: usize = 12;

/// Draws such corners as `+`, and the brackets beside the words as `|`.
pub(super) fn square(grid: &mut Grid) {
    let mut changes = Vec::new();
    for row in 0..grid.height() {
        for column in 0..grid.width(row) {
            if is_corner(grid, (row, column)) {
                changes.push(((row, column), '+'));
            }
        }
        bracketed(grid, row, &mut changes);
    }
    for (cell, sign) in changes {
        grid.set(cell, sign);
    }
}

fn is_border(sign: char) -> bool {
    matches!(sign, '-' | '=' | '+')
}

fn is_corner(grid: &Grid, (row, column): Cell) -> bool {
    let sign = grid.get((row, column));
    if !matches!(sign, '.' | ',' | '\'' | '`' | '/' | '\\') {
        return false;
    }
    let above = row.checked_sub(1).map_or(' ', |it| grid.get((it, column)));
    let below = grid.get((row + 1, column));
    let goes_right = (1..=BORDER).all(|step| is_border(grid.get((row, column + step))));
    let goes_left = (1..=BORDER).all(|step| {
        column
            .checked_sub(step)
            .is_some_and(|it| is_border(grid.get((row, it))))
    });
    match (goes_left, goes_right) {
        (false, true) => {
            matches!(sign, '.' | ',' | '/') && below == '|'
                || matches!(sign, '\'' | '`' | '\\') && above == '|'
        }
        (true, false) => {
            matches!(sign, '.' | ',' | '\\') && below == '|'
                || matches!(sign, '\'' | '/') && above == '|'
        }
        _ => false,
    }
}

/// A box between two lines of `(====)` at the same place, with brackets at its sides.
fn bracketed(grid: &Grid, top: usize, changes: &mut Vec<(Cell, char)>) {
    let mut column = 0;
    while let Some((from, to)) = brackets(grid, top, column) {
        column = to + 1;
        let is_same = |row: &usize| brackets(grid, *row, from) == Some((from, to));
        let Some(bottom) = (top + 2..=top + ROWS).find(is_same) else {
            continue;
        };
        let is_side = |sign: char| matches!(sign, '(' | ')' | '|');
        let sides = |row: usize| is_side(grid.get((row, from))) && is_side(grid.get((row, to)));
        if !(top + 1..bottom).all(sides) {
            continue;
        }
        for row in top..=bottom {
            let sign = if row == top || row == bottom {
                '+'
            } else {
                '|'
            };
            changes.extend([((row, from), sign), ((row, to), sign)]);
        }
    }
}

/// The columns of the first `(====)` of a row at or behind a column.
fn brackets(grid: &Grid, row: usize, column: usize) -> Option<(usize, usize)> {
    let width = grid.width(row);
    (column..width)
        .filter(|from| grid.get((row, *from)) == '(')
        .find_map(|from| {
            let border = (from + 1..width)
                .take_while(|it| matches!(grid.get((row, *it)), '=' | '-'))
                .count();
            let to = from + border + 1;
            (border >= BORDER && grid.get((row, to)) == ')').then_some((from, to))
        })
}

#[cfg(test)]
mod tests {
    use crate::facts::Document;

    fn names(drawing: &str) -> Vec<String> {
        let text = format!("# A\n\n## Architecture\n\n```\n{drawing}\n```\n");
        let document: Document = crate::read("a.md", text.as_bytes());
        let mut names: Vec<String> = document
            .facts
            .connections
            .iter()
            .map(|it| format!("{} -> {}", it.from, it.to))
            .collect();
        let components = document.facts.components.iter();
        names.extend(components.map(|it| it.name.clone()));
        names.sort();
        names
    }

    #[test]
    fn boxes_with_round_and_slanted_corners_are_boxes() {
        let round = "  .-------------.        ,--------------.
  |     api     |------->|    redis     |
  '------+------'        `--------------'
         |
         v
  /-------------\\
  |  postgres   |
  \\-------------/";
        assert_eq!(
            names(round),
            [
                "api",
                "api -> postgres",
                "api -> redis",
                "postgres",
                "redis"
            ]
        );
    }

    #[test]
    fn boxes_between_brackets_are_boxes() {
        let brackets = "  +-----------+
  |    api    |
  +-----+-----+
        |
        v
  (===========)
  ( postgres  )
  (===========)";
        assert_eq!(names(brackets), ["api", "api -> postgres", "postgres"]);
    }

    #[test]
    fn trees_of_folders_keep_their_corners() {
        let tree = "shop/\n|-- api\n|   `-- src\n`-- web";
        assert!(names(tree).is_empty());
    }
}
