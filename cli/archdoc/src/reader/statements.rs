//! SQL in the words of a step: `SELECT * FROM users` names a table.

use std::collections::HashSet;

use super::collector::Collector;
use crate::facts::{Origin, Table};

/// Adds the tables that the steps of flows and the labels of lines name.
pub(super) fn tables(to: &mut Collector<'_>) {
    let mut found: Vec<(String, Origin)> = Vec::new();
    let steps = to.facts.flows.iter().flat_map(|flow| &flow.steps);
    for step in steps {
        for (index, line) in step.text.lines().enumerate() {
            let names = names(line).map(str::to_owned);
            found.extend(names.map(|name| (name, place(&step.origin, index, line, to))));
        }
    }
    for connection in &to.facts.connections {
        let names = connection.label.iter().flat_map(|label| names(label));
        let owned = names.map(|name| (name.to_owned(), connection.origin.clone()));
        found.extend(owned);
    }
    let known = to.facts.tables.iter().map(|it| it.name.to_lowercase());
    let mut known: HashSet<String> = known.collect();
    for (name, mut origin) in found {
        // A step tells of a table by the way, and perhaps of one in an example.
        origin.confidence = origin.confidence.min(0.45);
        if known.insert(name.to_lowercase()) {
            to.facts.tables.push(Table {
                name,
                columns: Vec::new(),
                origin,
            });
        }
    }
}

/// The place of a line of a step's words: they follow one another in a drawing.
fn place(step: &Origin, index: usize, line: &str, to: &Collector<'_>) -> Origin {
    let at = step.line - 1 + index;
    let written = to.lines.get(at).is_some_and(|it| it.text.contains(line));
    if index == 0 || !written {
        return step.clone();
    }
    let mut origin = to.line_origin(at);
    origin.diagram = step.diagram;
    origin.confidence = step.confidence;
    origin
}

/// The tables that a statement reads or writes; its keywords must be capitals, as prose has
/// `select` and `from` too.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let reads = words.iter().any(|it| matches!(*it, "SELECT" | "DELETE"));
    let mut found = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let next = |further: usize| words.get(index + further).copied();
        let name = match *word {
            "FROM" | "JOIN" if reads => next(1),
            "INSERT" if next(1) == Some("INTO") => next(2),
            "UPDATE" if next(2) == Some("SET") => next(1),
            _ => None,
        };
        found.extend(name.and_then(identifier));
    }
    found.into_iter()
}

fn identifier(word: &str) -> Option<&str> {
    let word = word.split('(').next()?;
    let word = word.trim_matches(|it: char| matches!(it, '"' | '`' | '\'' | ';' | ',' | ')'));
    let first = word.chars().next()?;
    let is_name = (first.is_alphabetic() || first == '_')
        && word
            .chars()
            .all(|it| it.is_alphanumeric() || matches!(it, '_' | '.'));
    is_name.then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_name_tables() {
        let of = |text| names(text).collect::<Vec<_>>();
        assert_eq!(of("SELECT * FROM seats WHERE row = ?"), ["seats"]);
        assert_eq!(
            of("SELECT a FROM shop.carts JOIN \"items\" ON x"),
            ["shop.carts", "items"]
        );
        assert_eq!(
            of("2. INSERT INTO orders(id, total) VALUES (?)"),
            ["orders"]
        );
        assert_eq!(of("UPDATE carts SET total = 0"), ["carts"]);
        assert_eq!(of("DELETE FROM sessions;"), ["sessions"]);
        assert!(of("select a seat from the map").is_empty());
        assert!(of("UPDATE the page FROM cache").is_empty());
        assert!(of("SELECT FROM (SELECT 1)").is_empty());
    }
}
