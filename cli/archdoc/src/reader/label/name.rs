//! The name in a label, without what is drawn and written around it.

use crate::facts::ComponentKind;
use crate::reader::words;

/// A text without emoji and other pictures at its ends.
pub(in crate::reader) fn without_pictures(text: &str) -> String {
    let picture = |it: char| {
        it.is_whitespace()
            || matches!(u32::from(it), 0x2190..=0x21FF | 0x2300..=0x23FF | 0x2600..=0x27BF | 0x2B00..=0x2BFF | 0xFE00..=0xFE0F | 0x1F000..=0x1FAFF | 0xFFFD | 0x200D)
    };
    let mut text = text.trim_matches(picture);
    while let Some(rest) = text
        .strip_prefix(|it: char| it.is_ascii_digit())
        .and_then(|it| it.trim_start_matches('\u{FE0F}').strip_prefix('\u{20E3}'))
    {
        text = rest.trim_matches(picture);
    }
    text.to_owned()
}

/// A name without the brackets that draw its box or its round end: `[api]`, `(redis)`.
pub(in crate::reader) fn unbracketed(text: &str) -> &str {
    let text = text.trim();
    let pairs = [('[', ']'), ('(', ')'), ('<', '>'), ('{', '}')];
    let inner = pairs.iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(*open)?.strip_suffix(*close)?;
        (!inner.contains([*open, *close])).then_some(inner.trim())
    });
    inner
        .filter(|it| it.contains(char::is_alphabetic))
        .unwrap_or(text)
}

/// A name and the programs that it says to be behind a colon: `Event Broker: RabbitMQ/Kafka`.
pub(in crate::reader) fn split_programs(text: &str) -> Option<(&str, &str)> {
    let (name, programs) = text.split_once(": ")?;
    let mut parts = programs.split(['/', '+', ',']).map(str::trim);
    let is_kind = words::kind(name, None).is_some_and(|kind| {
        matches!(
            kind,
            ComponentKind::Database
                | ComponentKind::Cache
                | ComponentKind::Queue
                | ComponentKind::Gateway
        )
    });
    (is_kind && !words::names_software(name) && parts.all(words::names_software))
        .then(|| (name.trim(), programs.trim()))
}

/// A name and what stands in parentheses behind it.
pub(in crate::reader) fn split_aside(text: &str) -> (String, Option<String>) {
    let text = text.trim();
    if let Some(open) = text.find('(')
        && open > 0
        && let Some(inner) = text[open + 1..].strip_suffix(')')
        // `instance(s)` is a plural.
        && (!matches!(inner, "s" | "es") || text[..open].ends_with(' '))
    {
        return (
            text[..open].trim().to_owned(),
            Some(inner.trim().to_owned()),
        );
    }
    (text.to_owned(), None)
}
