use crate::palette::{Palette, Tone};

/// The spaces between two columns.
const GAP: usize = 3;

/// Columns are not made narrower than this to fit a table into a terminal.
const LEAST: usize = 6;

/// Rows under headings, aligned by display width; the last column is never padded.
#[derive(Debug, Clone, Default)]
pub struct Table {
    headings: Vec<String>,
    rows: Vec<Vec<(String, Option<Tone>)>>,
}

impl Table {
    /// A table with its headings.
    pub fn new<'a>(headings: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            headings: headings.into_iter().map(str::to_owned).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row of plain cells.
    pub fn row<T: Into<String>>(&mut self, cells: impl IntoIterator<Item = T>) {
        self.rows
            .push(cells.into_iter().map(|cell| (cell.into(), None)).collect());
    }

    /// Adds a row of cells with tones.
    pub fn toned_row(&mut self, cells: Vec<(String, Option<Tone>)>) {
        self.rows.push(cells);
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table with its widest columns shortened until its lines fit into some columns.
    #[must_use]
    pub fn within(mut self, columns: usize) -> Self {
        let mut widths: Vec<usize> = (0..self.headings.len())
            .map(|column| self.width(column))
            .collect();
        let gaps = GAP * widths.len().saturating_sub(1);
        loop {
            let total = widths.iter().sum::<usize>() + gaps;
            let widest = widths.iter_mut().max();
            let Some(widest) = widest.filter(|widest| total > columns && **widest > LEAST) else {
                break;
            };
            *widest -= 1;
        }
        for row in &mut self.rows {
            for ((text, _), width) in row.iter_mut().zip(&widths) {
                *text = console::truncate_str(text, *width, "…").into_owned();
            }
        }
        for (heading, width) in self.headings.iter_mut().zip(&widths) {
            *heading = console::truncate_str(heading, *width, "…").into_owned();
        }
        self
    }

    /// The table as text, each line ended.
    pub fn render(&self, palette: Palette) -> String {
        let widths: Vec<usize> = (0..self.headings.len())
            .map(|column| self.width(column))
            .collect();
        let headings: Vec<_> = self
            .headings
            .iter()
            .map(|heading| (heading.clone(), Some(Tone::Faint)))
            .collect();
        std::iter::once(&headings)
            .chain(&self.rows)
            .map(|row| render_row(row, &widths, palette))
            .collect()
    }

    fn width(&self, column: usize) -> usize {
        let cells = self
            .rows
            .iter()
            .filter_map(|row| row.get(column))
            .map(|(text, _)| text);
        cells
            .chain(self.headings.get(column))
            .map(|text| console::measure_text_width(text))
            .max()
            .unwrap_or(0)
    }
}

fn render_row(row: &[(String, Option<Tone>)], widths: &[usize], palette: Palette) -> String {
    let mut line = String::new();
    for (index, (text, tone)) in row.iter().enumerate() {
        let painted = tone.map_or_else(|| text.clone(), |tone| palette.paint(tone, text));
        line.push_str(&painted);
        if index + 1 < row.len() {
            let padding = widths.get(index).copied().unwrap_or(0) + GAP;
            let used = console::measure_text_width(text);
            line.extend(std::iter::repeat_n(' ', padding.saturating_sub(used)));
        }
    }
    let mut line = line.trim_end().to_owned();
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_lines_have_no_trailing_space() {
        let mut table = Table::new(["SERVICE", "STATE"]);
        table.row(["api", "ready"]);
        table.row(["redis-commander", ""]);
        assert_eq!(
            table.render(Palette::new(false)),
            "SERVICE           STATE\napi               ready\nredis-commander\n"
        );
    }

    #[test]
    fn the_widest_columns_make_room_in_a_narrow_terminal() {
        let mut table = Table::new(["LINE", "NAME", "TEXT"]);
        table.row(["7", "postgres", "a text that is much too long"]);
        table.row(["8", "redis", "short"]);
        let text = table.clone().within(30).render(Palette::new(false));
        assert_eq!(
            text,
            "LINE   NAME       TEXT\n7      postgres   a text that…\n8      redis      short\n"
        );
        let whole = table.render(Palette::new(false));
        assert_eq!(table.within(80).render(Palette::new(false)), whole);
    }
}
