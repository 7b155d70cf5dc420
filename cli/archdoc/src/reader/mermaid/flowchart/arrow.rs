//! Arrows of a flowchart: `-->`, `-.->`, `== text ==>`, `<-->`, `--o`, with their texts.

use crate::reader::mermaid::text::lines;

/// How the line of an arrow is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Stroke {
    #[default]
    Solid,
    Dotted,
    /// Not at all: it sets the places of nodes.
    Hidden,
}

/// An arrow between two nodes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Arrow {
    pub(super) label: Option<String>,
    /// Whether it has a tip at its start.
    pub(super) back: bool,
    /// Whether it has a tip at its end.
    pub(super) forth: bool,
    pub(super) stroke: Stroke,
}

fn is_line(character: char) -> bool {
    matches!(character, '-' | '=' | '.' | '~')
}

/// The name of an arrow at the start of the text, and the arrow: `calls@-->`.
pub(super) fn named(text: &str) -> Option<(&str, &str)> {
    let (name, arrow) = text.trim_start().split_once('@')?;
    let is_name = !name.is_empty()
        && name
            .chars()
            .all(|it| it.is_alphanumeric() || matches!(it, '_' | '-'));
    (is_name && arrow.starts_with(['-', '=', '<', 'o', 'x', '~'])).then_some((name, arrow))
}

/// Reads an arrow at the start of the text; answers with what follows.
pub(super) fn parse(text: &str) -> Option<(Arrow, &str)> {
    let mut rest = text.trim_start();
    let mut arrow = Arrow::default();
    for tip in ['<', 'o', 'x'] {
        if let Some(after) = rest.strip_prefix(tip)
            && ["--", "==", "-.", ".-"]
                .iter()
                .any(|line| after.starts_with(line))
        {
            arrow.back = true;
            rest = after;
        }
    }
    if !["--", "==", "-.", ".-", "~~~"]
        .iter()
        .any(|line| rest.starts_with(line))
    {
        return None;
    }
    let (line, after) = run(rest);
    if line.starts_with('~') {
        arrow.stroke = Stroke::Hidden;
    } else if line.contains('.') {
        arrow.stroke = Stroke::Dotted;
    }
    rest = after;
    let (tip, after) = tip(rest);
    let open = !tip && (line.len() == 2);
    rest = after;
    if open {
        // The text stands inside the arrow: `-- text -->`.
        let closing = match line {
            "==" => "==",
            "-." => ".-",
            _ => "--",
        };
        let end = rest.find(closing)?;
        let label = rest[..end].trim();
        arrow.label = clean(label);
        let (_, after) = run(&rest[end..]);
        let (tip, after) = self::tip(after);
        arrow.forth = tip;
        rest = after;
    } else {
        arrow.forth = tip;
    }
    let trimmed = rest.trim_start();
    if let Some(piped) = trimmed.strip_prefix('|')
        && let Some(end) = piped.find('|')
    {
        arrow.label = clean(&piped[..end]);
        rest = &piped[end + 1..];
    }
    Some((arrow, rest))
}

fn run(text: &str) -> (&str, &str) {
    let end = text.find(|it| !is_line(it)).unwrap_or(text.len());
    text.split_at(end)
}

/// Whether the text starts with an arrow's tip, and what follows.
fn tip(text: &str) -> (bool, &str) {
    if let Some(after) = text.strip_prefix('>') {
        return (true, after);
    }
    for mark in ['o', 'x'] {
        if let Some(after) = text.strip_prefix(mark)
            && after.starts_with([' ', '|'])
        {
            return (true, after);
        }
    }
    (false, text)
}

fn clean(label: &str) -> Option<String> {
    let label = lines(label).join("\n");
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<String>, bool, bool, String) {
        let (arrow, rest) = parse(text).unwrap();
        (arrow.label, arrow.back, arrow.forth, rest.trim().to_owned())
    }

    #[test]
    fn every_arrow_is_read() {
        assert_eq!(read("--> B"), (None, false, true, "B".into()));
        assert_eq!(read("---B"), (None, false, false, "B".into()));
        assert_eq!(
            read("-->|HTTP| B"),
            (Some("HTTP".into()), false, true, "B".into())
        );
        assert_eq!(
            read("-- uses it --> B"),
            (Some("uses it".into()), false, true, "B".into())
        );
        assert_eq!(
            read("-. reads .-> B"),
            (Some("reads".into()), false, true, "B".into())
        );
        assert_eq!(
            read("== big ==> B"),
            (Some("big".into()), false, true, "B".into())
        );
        assert_eq!(read("<--> B"), (None, true, true, "B".into()));
        assert_eq!(read("-..-> B"), (None, false, true, "B".into()));
        assert_eq!(read("<.-> B"), (None, true, true, "B".into()));
        assert_eq!(read(".-> B"), (None, false, true, "B".into()));
        assert_eq!(read("--o B"), (None, false, true, "B".into()));
        assert_eq!(read("-->|\"a b\"|B").0, Some("a b".into()));
        assert!(parse("B").is_none());
        assert_eq!(named(" e1@-- uses --> B"), Some(("e1", "-- uses --> B")));
        assert_eq!(named("e1@{ animate: true }"), None);
    }
}
