//! `CREATE TABLE` statements: tables with their columns.

use crate::facts::{Column, Table};
use crate::reader::collector::Collector;

/// Reads the statements that create tables.
pub(super) fn read(first: usize, end: usize, to: &mut Collector<'_>) {
    let lines = &to.lines[first..end];
    let (Some(open), Some(last)) = (lines.first(), lines.last()) else {
        return;
    };
    let text = to.source.text()[open.start..last.start + last.text.len()].to_owned();
    let masked = masked(&text);
    let lower = masked.to_ascii_lowercase();
    let (mut at, mut line, mut counted) = (0, first, 0);
    while let Some(found) = lower[at..].find("create ") {
        let create = at + found;
        at = create + "create ".len();
        line += text[counted..create].matches('\n').count();
        counted = create;
        let Some((name, body)) = statement(&text, &masked, &lower, at) else {
            continue;
        };
        let columns = body.map_or_else(Vec::new, |(open, close)| {
            at = close;
            columns(&text, &masked, open, close)
        });
        let origin = to.line_origin(line);
        to.table(Table {
            name,
            columns,
            origin,
        });
    }
}

/// The text with comments and quoted strings blanked out, byte for byte.
fn masked(text: &str) -> String {
    let mut masked = text.as_bytes().to_vec();
    let mut at = 0;
    while at < masked.len() {
        let end = match masked[at..] {
            [b'-', b'-', ..] => until(&masked, at, b"\n"),
            [b'/', b'*', ..] => until(&masked, at + 2, b"*/"),
            [b'\'', ..] => until(&masked, at + 1, b"'"),
            _ => at,
        };
        for byte in &mut masked[at..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        at = end.max(at + 1);
    }
    // Blanks replaced whole comments and strings, so what is left is as valid as before.
    String::from_utf8(masked).unwrap_or_default()
}

fn until(bytes: &[u8], from: usize, end: &[u8]) -> usize {
    let found = bytes
        .get(from..)
        .and_then(|rest| rest.windows(end.len()).position(|it| it == end));
    found.map_or(bytes.len(), |at| from + at + end.len())
}

type Body = Option<(usize, usize)>;

/// The name of the table that a statement creates, and the bytes between its parentheses.
fn statement(text: &str, masked: &str, lower: &str, at: usize) -> Option<(String, Body)> {
    const WORDS: [&str; 12] = [
        "or",
        "replace",
        "temp",
        "temporary",
        "unlogged",
        "global",
        "local",
        "foreign",
        "external",
        "if",
        "not",
        "exists",
    ];
    let mut at = at;
    let mut table = false;
    loop {
        at += lower[at..].len() - lower[at..].trim_start().len();
        let end = lower[at..]
            .find(|it: char| !it.is_ascii_alphabetic())
            .map_or(lower.len(), |end| at + end);
        match &lower[at..end] {
            "table" if !table => table = true,
            word if WORDS.contains(&word) => {}
            _ => break,
        }
        at = end;
    }
    if !table {
        return None;
    }
    let (name, after) = name(text, at)?;
    let open = masked[after..].find(|it: char| !it.is_whitespace())? + after;
    if !masked[open..].starts_with('(') {
        return Some((name, None));
    }
    let close = closing(masked, open).unwrap_or(masked.len());
    Some((name, Some((open + 1, close))))
}

/// A name, perhaps quoted and with a schema before it, without both; and where it ends.
fn name(text: &str, at: usize) -> Option<(String, usize)> {
    let mut at = at;
    loop {
        let rest = &text[at..];
        let close = match rest.chars().next()? {
            '"' => Some('"'),
            '`' => Some('`'),
            '[' => Some(']'),
            _ => None,
        };
        let (name, end) = if let Some(close) = close {
            let end = rest[1..].find(close)? + 1;
            (&rest[1..end], at + end + 1)
        } else {
            let length = rest
                .find(|it: char| !it.is_alphanumeric() && !matches!(it, '_' | '$'))
                .unwrap_or(rest.len());
            (&rest[..length], at + length)
        };
        if name.is_empty() {
            return None;
        }
        if text[end..].starts_with('.') {
            at = end + 1;
        } else {
            return Some((name.to_owned(), end));
        }
    }
}

fn closing(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().skip(open) {
        match byte {
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

fn columns(text: &str, masked: &str, open: usize, close: usize) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let (mut depth, mut start) = (0_usize, open);
    for (at, byte) in masked.bytes().enumerate().take(close + 1).skip(open) {
        match byte {
            b'(' => depth += 1,
            b')' if at < close => depth = depth.saturating_sub(1),
            _ => {}
        }
        if at == close || byte == b',' && depth == 0 {
            definition(&text[start..at], &masked[start..at], &mut columns);
            start = at + 1;
        }
    }
    if close == masked.len() {
        definition(
            &text[start.min(close)..],
            &masked[start.min(close)..],
            &mut columns,
        );
    }
    columns
}

/// A column, or a constraint about columns that are known.
fn definition(text: &str, masked: &str, columns: &mut Vec<Column>) {
    let Some(lead) = masked.find(|it: char| !it.is_whitespace()) else {
        return;
    };
    let body = masked[lead..].trim_end();
    let words: Vec<&str> = body.split_whitespace().collect();
    let upper = body.to_uppercase();
    if is_constraint(&words) {
        for (words, key) in [("PRIMARY KEY", "PK"), ("FOREIGN KEY", "FK")] {
            let Some(at) = upper.find(words) else {
                continue;
            };
            let inner = body[at..]
                .split_once('(')
                .and_then(|(_, it)| it.split(')').next());
            for named in inner.unwrap_or("").split(',') {
                let named = named.trim().trim_matches(['"', '`', '[', ']']);
                if let Some(column) = columns.iter_mut().find(|it| it.name == named) {
                    column.key.get_or_insert_with(|| key.to_owned());
                }
            }
        }
        return;
    }
    let Some((name, end)) = name(text, lead) else {
        return;
    };
    let key = [
        (" PRIMARY KEY", "PK"),
        (" REFERENCES", "FK"),
        (" UNIQUE", "UK"),
    ]
    .into_iter()
    .find(|(words, _)| upper.contains(words))
    .map(|(_, key)| key.to_owned());
    columns.push(Column {
        name,
        type_name: type_name(&masked[end.min(masked.len())..]),
        key,
    });
}

fn is_constraint(words: &[&str]) -> bool {
    let word = |index: usize| {
        words
            .get(index)
            .map_or(String::new(), |it| it.to_uppercase())
    };
    let first = word(0);
    match first.split('(').next().unwrap_or("") {
        "CONSTRAINT" | "EXCLUDE" | "PERIOD" | "PARTITION" | "FULLTEXT" | "SPATIAL" => true,
        "PRIMARY" | "FOREIGN" => word(1).starts_with("KEY"),
        "UNIQUE" | "CHECK" | "KEY" | "INDEX" => {
            first.contains('(')
                || word(1).starts_with('(')
                || word(2).starts_with('(')
                || matches!(word(1).as_str(), "KEY" | "INDEX")
        }
        _ => false,
    }
}

/// The words of a type up to the first constraint: `NUMERIC(10, 2)`.
fn type_name(text: &str) -> Option<String> {
    const ENDS: [&str; 16] = [
        "NOT",
        "NULL",
        "DEFAULT",
        "PRIMARY",
        "REFERENCES",
        "UNIQUE",
        "CHECK",
        "CONSTRAINT",
        "AUTO_INCREMENT",
        "AUTOINCREMENT",
        "GENERATED",
        "COLLATE",
        "COMMENT",
        "ON",
        "IDENTITY",
        "AS",
    ];
    let words: Vec<&str> = text
        .split_whitespace()
        .take_while(|word| !ENDS.contains(&word.to_uppercase().as_str()))
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_hide_no_structure() {
        let text = "a int, -- (b int,\nc text DEFAULT ')', /* d int, */ e int";
        let found = columns(text, &masked(text), 0, text.len());
        let names: Vec<&str> = found.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["a", "c", "e"]);
    }

    #[test]
    fn keys_are_read_from_columns_and_constraints() {
        let text = "id int, user_id int REFERENCES users, key text, PRIMARY KEY (id), KEY by_user (user_id)";
        let found = columns(text, &masked(text), 0, text.len());
        let keys: Vec<_> = found
            .iter()
            .map(|it| (it.name.as_str(), it.key.as_deref()))
            .collect();
        assert_eq!(
            keys,
            [("id", Some("PK")), ("user_id", Some("FK")), ("key", None)]
        );
        assert_eq!(found[0].type_name.as_deref(), Some("int"));
    }
}
