//! Variables and topics in lists.

use super::Item;
use crate::facts::{EnvironmentVariable, Topic};
use crate::reader::collector::Collector;
use crate::reader::fences::assignment;
use crate::reader::words;

/// `` - `LOG_LEVEL` (default: `info`): how much is logged ``.
pub(super) fn variable(item: &Item<'_>, to: &mut Collector<'_>) {
    let Some((written, rest)) = item.marked() else {
        return;
    };
    let (key, value) = match assignment(&written) {
        Some((key, value)) => (key.to_owned(), Some(value)),
        None => (written, default(rest)),
    };
    let named = key.contains(|it: char| it.is_ascii_uppercase())
        && key
            .chars()
            .all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == '_');
    if !named || key.len() < 2 {
        return;
    }
    let service = to.service_at(item.line);
    let mut known = to.facts.environment.iter().rev().take(1000);
    if known.any(|it| it.key == key && it.service == service) {
        return;
    }
    let origin = to.line_origin(item.line);
    to.variable(EnvironmentVariable {
        service,
        key,
        value,
        origin,
    });
}

/// The value behind the word `default`, or in the marks right behind the name.
fn default(rest: &str) -> Option<String> {
    let lower = rest.to_lowercase();
    let at = lower.find("default")? + "default".len();
    let text = rest.get(at..)?.trim_start_matches([':', '=', ' ', 's']);
    let text = text.trim_start_matches("to ");
    let value = match text.strip_prefix('`') {
        Some(quoted) => quoted.split('`').next()?,
        None => text.split([')', ',', ';', ' ']).next()?,
    };
    let value = value.trim_matches('"');
    (!value.is_empty()).then(|| value.to_owned())
}

/// `` - `vehicle.positions` (12 partitions): raw positions ``.
pub(super) fn topic(item: &Item<'_>, to: &mut Collector<'_>) {
    let written = match item.marked() {
        Some((name, _)) => name,
        None => item
            .text
            .split([' ', ':', ','])
            .next()
            .unwrap_or("")
            .to_owned(),
    };
    add(item.line, &written, partitions(&item.text), to);
}

/// A line such as ``Topics: `fuel.levels`, `fuel.theft` ``.
pub(super) fn after_colon(line: usize, to: &mut Collector<'_>) {
    let Some((title, rest)) = to.lines[line].text.split_once(':') else {
        return;
    };
    let title = title.trim_matches([' ', '*', '_']).to_lowercase();
    let words = title.split_whitespace();
    let last = words.clone().last().unwrap_or("");
    if words.count() > 2 || !matches!(last, "topics" | "queues") {
        return;
    }
    for name in rest.split(',') {
        add(line, name.trim_matches([' ', '`', '*', '.', '"']), None, to);
    }
}

fn add(line: usize, name: &str, partitions: Option<u32>, to: &mut Collector<'_>) {
    let named = name.len() > 2
        && name.contains(|it: char| it.is_ascii_lowercase())
        && name.chars().all(|it| {
            it.is_ascii_alphanumeric()
                || matches!(it, '.' | '-' | '_' | '/' | ':' | '#' | '*' | '{' | '}')
        });
    if !named {
        return;
    }
    let broker = to.headings_above(line).first().and_then(|it| broker(it));
    let origin = to.line_origin(line);
    to.topic(Topic {
        name: name.to_owned(),
        broker,
        partitions,
        origin,
    });
}

/// The broker that a heading names: `Kafka Topics`.
pub(in crate::reader) fn broker(heading: &str) -> Option<String> {
    let mut words = heading.split(|it: char| !it.is_alphanumeric());
    let found = words.find(|word| words::names_software(word))?;
    Some(found.to_owned())
}

/// How many partitions a topic has: `(12 partitions)`.
fn partitions(text: &str) -> Option<u32> {
    let at = text.find(" partition")?;
    let number = text[..at].rsplit(|it: char| !it.is_ascii_digit()).next()?;
    number.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::partitions;

    #[test]
    fn partitions_are_counted() {
        for text in [
            "`a.b` (12 partitions)",
            "a.b（12 partitions）",
            "12 partitions",
        ] {
            assert_eq!(partitions(text), Some(12), "{text}");
        }
        assert_eq!(partitions("many partitions"), None);
    }

    #[test]
    fn topics_are_listed_behind_a_title() {
        for title in [
            "Topics:",
            "**Queues**:",
            "RabbitMQ queues:",
            "**Kafka topics:**",
        ] {
            let page = format!("# Shop\n\n{title} `fuel.levels`, `fuel.theft`\n");
            let found = crate::read("shop.md", page.as_bytes()).facts.topics;
            let names: Vec<&str> = found.iter().map(|it| it.name.as_str()).collect();
            assert_eq!(names, ["fuel.levels", "fuel.theft"], "{title}");
        }
        let page = "# Shop\n\nWe talked about many topics: apples, pears\n";
        assert!(
            crate::read("shop.md", page.as_bytes())
                .facts
                .topics
                .is_empty()
        );
    }
}
