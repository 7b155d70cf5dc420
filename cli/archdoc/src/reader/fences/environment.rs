//! Variables in blocks of code: `KEY=value`, `export KEY=value`, `ENV KEY=value`.

use super::EXCERPT;
use crate::facts::{ComponentKind, EnvironmentVariable};
use crate::reader::collector::Collector;
use crate::reader::text::Line;

/// Reads a block in which every line may set a variable.
pub(super) fn read(first: usize, end: usize, to: &mut Collector<'_>) {
    let mut section = None;
    for line in first..end {
        let text = to.lines[line].text.trim_start();
        if let Some(remark) = text.strip_prefix('#') {
            section = service_of(remark, to);
            continue;
        }
        if let Some(mut variable) = variable(line, text.trim_start_matches("export "), to) {
            variable.service = section.clone().or(variable.service);
            to.variable(variable);
        }
    }
}

/// The service that a remark above variables names; a store does not read what leads to it.
fn service_of(remark: &str, to: &Collector<'_>) -> Option<String> {
    let name =
        remark.trim_matches(|it: char| it.is_whitespace() || matches!(it, '#' | '-' | '=' | ':'));
    let found = to.find(name)?;
    matches!(found.kind, ComponentKind::Service | ComponentKind::Gateway)
        .then(|| found.name.clone())
}

/// Reads what a block of commands exports, or all of it where it does nothing but set variables.
pub(super) fn read_shell(first: usize, end: usize, to: &mut Collector<'_>) {
    if is_all_variables(&to.lines[first..end]) {
        return read(first, end, to);
    }
    for line in first..end {
        let text = to.lines[line].text.trim_start().trim_start_matches("$ ");
        let assignment = text.strip_prefix("export ");
        if let Some(mut variable) = assignment.and_then(|it| variable(line, it, to)) {
            // Commands are for one machine at one time.
            variable.origin.confidence = EXCERPT;
            to.variable(variable);
        }
    }
}

/// Reads the `ENV` lines of a Dockerfile.
pub(super) fn read_dockerfile(first: usize, end: usize, to: &mut Collector<'_>) {
    for line in first..end {
        let text = to.lines[line].text.trim_start();
        let Some(rest) = text.strip_prefix("ENV ") else {
            continue;
        };
        let found = match rest.split_once(char::is_whitespace) {
            // `ENV KEY value`
            Some((key, value)) if !key.contains('=') => {
                variable(line, &format!("{key}={}", value.trim()), to)
            }
            _ => variable(line, rest, to),
        };
        if let Some(variable) = found {
            to.variable(variable);
        }
    }
}

/// Whether every line that says something sets a variable in capitals.
pub(super) fn is_all_variables(lines: &[Line<'_>]) -> bool {
    let mut said = lines
        .iter()
        .map(|line| line.text.trim())
        .filter(|text| !text.is_empty() && !text.starts_with('#'))
        .peekable();
    said.peek().is_some()
        && said.all(|text| {
            assignment(text.trim_start_matches("export "))
                .is_some_and(|(key, _)| !key.contains(|it: char| it.is_lowercase()))
        })
}

/// The key and the value of `KEY=value # remark`, without quotes.
pub(in crate::reader) fn assignment(text: &str) -> Option<(&str, String)> {
    let (key, value) = text.split_once('=')?;
    let key = key.trim();
    let named = key.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_')
        && key
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | '.' | '-'));
    if !named {
        return None;
    }
    let value = value.trim();
    let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''));
    let value = match quote {
        Some(quote) => {
            let inner = &value[1..];
            inner.split(quote).next().unwrap_or(inner)
        }
        None => value.split(" #").next().unwrap_or(value).trim(),
    };
    Some((key, value.to_owned()))
}

/// The variable that a line sets.
fn variable(line: usize, text: &str, to: &Collector<'_>) -> Option<EnvironmentVariable> {
    let (key, value) = assignment(text)?;
    Some(EnvironmentVariable {
        service: to.service_at(line),
        key: key.to_owned(),
        value: Some(value),
        origin: to.line_origin(line),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_lose_quotes_and_remarks() {
        let read = |text| assignment(text).map(|(key, value)| format!("{key}|{value}"));
        assert_eq!(read("A=b # c").as_deref(), Some("A|b"));
        assert_eq!(read("A='b # c'  # d").as_deref(), Some("A|b # c"));
        assert_eq!(
            read("URL=http://x?a=b").as_deref(),
            Some("URL|http://x?a=b")
        );
        assert_eq!(read("if [ $a = b ]"), None);
    }
}
