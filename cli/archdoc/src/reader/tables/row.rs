//! A table whose columns are found by the words of their titles.

use crate::edit::{MarkdownRow, MarkdownTable};
use crate::facts::Origin;
use crate::reader::collector::Collector;
use crate::reader::text::without_markup;

/// The words of a title that names services.
const SERVICE: [&str; 9] = [
    "service",
    "container",
    "microservice",
    "component",
    "application",
    "app",
    "process",
    "server",
    "name",
];

/// What the last row of a table begins with that adds up the others.
const SUMS: [&str; 14] = [
    "total",
    "totals",
    "sum",
    "summe",
    "gesamt",
    "totale",
    "итого",
    "всего",
    "toplam",
    "合计",
    "总计",
    "合計",
    "합계",
    "tổng",
];

/// No table for people has more columns.
const MAX_COLUMNS: usize = 64;

/// A table with the words of its titles.
pub(super) struct Table {
    pub(super) inner: MarkdownTable,
    titles: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn of(inner: MarkdownTable) -> Self {
        let titles = inner
            .header
            .cells
            .iter()
            .take(MAX_COLUMNS)
            .map(|cell| words(&cell.text))
            .collect();
        Self { inner, titles }
    }

    /// The first column whose title has one of the words or phrases, the best ones first.
    pub(super) fn column(&self, phrases: &[&str]) -> Option<usize> {
        phrases
            .iter()
            .find_map(|phrase| self.titles.iter().position(|title| has(title, phrase)))
    }

    /// Whether the first column's title has one of the words or phrases.
    pub(super) fn starts(&self, phrases: &[&str]) -> bool {
        let first = self.titles.first();
        first.is_some_and(|title| phrases.iter().any(|phrase| has(title, phrase)))
    }

    /// The column that names services.
    pub(super) fn service(&self) -> Option<usize> {
        let named = |word: &&str| {
            self.titles
                .iter()
                .position(|title| has(title, word) && !has(title, "port") && !has(title, "path"))
        };
        SERVICE.iter().find_map(named)
    }

    pub(super) fn each(&self, to: &mut Collector<'_>, read: fn(&Row<'_>, &mut Collector<'_>)) {
        for row in self.inner.rows.iter().filter(|row| !is_sum(row)) {
            read(&Row { table: self, row }, to);
        }
    }
}

/// Whether a row adds up the others.
fn is_sum(row: &MarkdownRow) -> bool {
    let first = row.cells.first().map(|cell| words(&cell.text));
    matches!(first.as_deref(), Some([word]) if SUMS.contains(&word.as_str()))
}

fn words(text: &str) -> Vec<String> {
    without_markup(text)
        .to_lowercase()
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether a title has the words of a phrase one after the other; a plural counts.
fn has(title: &[String], phrase: &str) -> bool {
    let wanted = phrase.split(' ');
    let same =
        |word: &String, wanted: &str| word == wanted || word.strip_suffix('s') == Some(wanted);
    title.windows(wanted.clone().count()).any(|window| {
        window
            .iter()
            .zip(wanted.clone())
            .all(|(word, wanted)| same(word, wanted))
    })
}

/// A row of a table.
pub(super) struct Row<'a> {
    pub(super) table: &'a Table,
    pub(super) row: &'a MarkdownRow,
}

impl Row<'_> {
    /// The plain text of the cell in the first column whose title has one of the phrases.
    pub(super) fn get(&self, phrases: &[&str]) -> Option<String> {
        self.cell(self.table.column(phrases)?)
    }

    /// The plain texts of the cells in all columns whose titles have one of the phrases, those
    /// that say something where some do: `HTTP Port` and `gRPC Port`.
    pub(super) fn all(&self, phrases: &[&str]) -> Option<String> {
        let columns = self.table.titles.iter().enumerate();
        let cells: Vec<String> = columns
            .filter(|(_, title)| phrases.iter().any(|phrase| has(title, phrase)))
            .filter_map(|(column, _)| meaning(self.cell(column)))
            .collect();
        if cells.is_empty() {
            self.get(phrases)
        } else {
            Some(cells.join(", "))
        }
    }

    /// The plain text of a cell.
    pub(super) fn cell(&self, column: usize) -> Option<String> {
        let text = without_markup(&self.row.cells.get(column)?.text);
        (!text.is_empty()).then_some(text)
    }

    /// The name in the column of services.
    pub(super) fn service(&self) -> Option<String> {
        meaning(self.cell(self.table.service()?))
    }

    /// The index of its line.
    pub(super) fn line(&self) -> usize {
        self.row.line - 1
    }

    pub(super) fn origin(&self, to: &Collector<'_>) -> Origin {
        let span = self
            .row
            .cells
            .first()
            .map_or_else(|| self.row.span.clone(), |cell| cell.text_span.clone());
        to.origin(self.line(), span)
    }
}

/// The text, where it says something.
pub(super) fn meaning(text: Option<String>) -> Option<String> {
    text.filter(|it| {
        !matches!(
            it.trim().to_lowercase().as_str(),
            "" | "n/a" | "na" | "-" | "--" | "—" | "–" | "none" | "no"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_known_by_whole_words() {
        let title = |text| words(text);
        assert!(has(&title("Host Port(s)"), "host port"));
        assert!(has(&title("**Ports**"), "port"));
        assert!(!has(&title("Support"), "port"));
        assert!(!has(&title("Port"), "host port"));
    }
}
