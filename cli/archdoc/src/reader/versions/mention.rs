//! How a text names versions: `PostgreSQL 15`, `Redis v7.2`, `postgres:16-alpine`.

use crate::reader::arrows;
use crate::reader::words;

/// A version and what it is of, as written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) of: String,
    pub(super) version: String,
    pub(super) image: bool,
}

/// Words that make of a version a bound, a plan or a past one.
const NOT_THIS: &[&str] = &[
    "upgrade",
    "upgraded",
    "upgrading",
    "migrate",
    "migrated",
    "migrating",
    "migration",
    "from",
    "until",
    "minimum",
    "min",
    "least",
    "later",
    "newer",
    "higher",
    "above",
    "older",
    "legacy",
    "deprecated",
    "compatible",
    "compatibility",
    "supports",
    "supported",
    "since",
    "instead",
    "formerly",
    "planned",
    "future",
    "tested",
    "client",
    "driver",
    "library",
    "sdk",
    "protocol",
];
/// Words behind a number that is no version.
const UNITS: &[&str] = &[
    "b", "kb", "mb", "gb", "tb", "mib", "gib", "ms", "s", "sec", "min", "h", "d", "cpu", "cpus",
    "vcpu", "vcpus", "core", "cores", "x", "to", "%",
];
/// Words behind a whole number that is a version nevertheless.
const BEHIND: &[&str] = &[
    "alpine",
    "and",
    "broker",
    "cache",
    "cluster",
    "com",
    "community",
    "con",
    "container",
    "database",
    "db",
    "enterprise",
    "for",
    "image",
    "in",
    "instance",
    "lts",
    "management",
    "on",
    "primary",
    "server",
    "service",
    "slim",
    "with",
];

/// What stands behind the version in a tag.
const VARIANTS: &[&str] = &[
    "alpine",
    "slim",
    "bookworm",
    "bullseye",
    "buster",
    "trixie",
    "debian",
    "ubuntu",
    "jammy",
    "focal",
    "management",
    "community",
    "enterprise",
    "latest",
    "stable",
    "lts",
    "fpm",
    "jdk",
    "jre",
    "pg",
    "Alpine",
    "LTS",
];

/// What ends the words that belong together; what stands in parentheses is apart.
fn is_end(character: char) -> bool {
    matches!(
        character,
        ',' | ';'
            | '|'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '"'
            | '<'
            | '>'
            | '·'
            | '•'
            | '—'
            | '–'
            | '\n'
    )
}

/// The versions that a text names.
pub(super) fn mentions(text: &str) -> Vec<Mention> {
    if is_about_others(text) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut before: Option<(String, bool)> = None;
    let text = text.replace("\\n", "\n");
    for segment in text.split_inclusive(is_end) {
        let opens = segment.ends_with('(');
        let segment = segment.trim_end_matches(is_end);
        // `PostgreSQL (v15)`.
        if let (Some((of, true)), Some(version)) = (&before, alone(segment)) {
            found.push(Mention {
                of: of.clone(),
                version,
                image: false,
            });
        }
        in_segment(segment, &mut found);
        let segment = segment.trim();
        if !segment.is_empty() {
            let named = words::names_software(segment) && segment.split_whitespace().count() <= 3;
            before = named.then(|| (segment.to_owned(), opens));
        }
    }
    found
}

/// The version that a text is and nothing else: `v15`, `15.4`, `16-alpine`, `version 7`.
pub(super) fn alone(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['`', '(', ')']).trim();
    let lower = text.to_lowercase();
    let label = ["version:", "version", "tag:"]
        .iter()
        .find(|label| lower.starts_with(**label));
    let rest = text[label.map_or(0, |label| label.len())..].trim();
    let version = version(rest)?;
    let plain = version.bytes().all(|it| it.is_ascii_digit());
    (label.is_some() || !plain).then_some(version)
}

/// Whether a text is about versions that need not be the running ones.
fn is_about_others(text: &str) -> bool {
    let words: Vec<String> = text
        .split(|it: char| !it.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let either =
        |pair: &[String]| pair[0] == "or" && pair[1].starts_with(|it: char| it.is_ascii_digit());
    text.contains(['≥', '≤', '~', '^'])
        || [">=", "<="].iter().any(|mark| text.contains(mark))
        || arrows::are_in(text)
        || words.windows(2).any(either)
        || words.iter().any(|word| NOT_THIS.contains(&word.as_str()))
}

fn in_segment(segment: &str, found: &mut Vec<Mention>) {
    let words: Vec<&str> = segment
        .split_whitespace()
        .map(|word| word.trim_matches(['`', '*', '\'']))
        .filter(|word| !word.is_empty())
        .collect();
    let mut start = 0;
    for (index, word) in words.iter().enumerate() {
        if let Some(image) = image(word) {
            found.push(image);
            start = index + 1;
        } else if let Some(version) = version(word) {
            let of = &words[start..index];
            let next = words.get(index + 1).copied();
            if is_version_of(of, &version, next.filter(|_| !word.ends_with([':', '.']))) {
                found.push(Mention {
                    of: of[of.len().saturating_sub(4)..].join(" "),
                    version,
                    image: false,
                });
            }
            start = index + 1;
        } else if word.ends_with(':')
            || matches!(
                *word,
                "+" | "&" | "/" | "-" | "and" | "on" | "with" | "in" | "by"
            )
        {
            start = index + 1;
        }
    }
}

/// Whether a number behind some words is the version of what they name.
fn is_version_of(of: &[&str], version: &str, next: Option<&str>) -> bool {
    let name = of.join(" ");
    let known = of.len() <= 4
        && (words::names_software(&name) || of.last().is_some_and(|it| words::is_technology(it)));
    let whole = version.bytes().all(|it| it.is_ascii_digit());
    let next = next.map(|it| it.trim_end_matches([':', '.']).to_lowercase());
    let next = next.as_deref();
    let free = next.is_none_or(|next| {
        let plain = !whole || BEHIND.contains(&next) || !next.starts_with(char::is_alphanumeric);
        plain && !UNITS.contains(&next)
    });
    // `Redis Replica 2` is one of several, and a number of four digits is a port or a year.
    let small = version.parse::<u32>().is_ok_and(|number| number < 5);
    let alone = words::is_plain_software(&name) || words::is_technology(&name);
    let told = !whole || version.len() <= 2 && version != "0";
    known && free && told && (!small || alone && version != "1")
}

/// A version as one word: `15`, `15.4`, `v2.10`, `7.x`, `16-alpine`; of an address or a bound none.
fn version(word: &str) -> Option<String> {
    let word = word.trim_end_matches(['.', ':']);
    let number = word.strip_prefix(['v', 'V']).unwrap_or(word);
    let (number, variant) = number
        .split_once('-')
        .map_or((number, None), |(number, variant)| (number, Some(variant)));
    let parts: Vec<&str> = number.split('.').collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
    let first = parts.first().is_some_and(digits);
    let rest = parts
        .iter()
        .skip(1)
        .all(|part| digits(part) || *part == "x");
    // `3-node` and `7-day` are no versions.
    let named = variant.is_none_or(|variant| VARIANTS.iter().any(|it| variant.starts_with(it)));
    (first && rest && named && parts.len() <= 3).then(|| word.to_owned())
}

/// An image with its tag as one word; `redis:6379` is an address.
fn image(word: &str) -> Option<Mention> {
    let (of, tag) = word.rsplit_once(':')?;
    let plain = |text: &str, more: &[char]| {
        text.chars()
            .all(|it| it.is_ascii_alphanumeric() || more.contains(&it))
    };
    let named = of.starts_with(|it: char| it.is_ascii_alphanumeric())
        && of.contains(|it: char| it.is_ascii_lowercase())
        && plain(of, &['.', '_', '-', '/'])
        && !of.contains("//");
    let tagged = tag.starts_with(|it: char| it.is_ascii_alphanumeric())
        && tag.contains(|it: char| it.is_ascii_digit())
        && plain(tag, &['.', '_', '-']);
    let port = tag.parse::<u32>().is_ok_and(|port| port >= 80);
    (named && tagged && !port).then(|| Mention {
        of: of.to_owned(),
        version: tag.to_owned(),
        image: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        mentions(text)
            .into_iter()
            .map(|it| {
                format!(
                    "{}{}{}",
                    it.of,
                    if it.image { ":" } else { " " },
                    it.version
                )
            })
            .collect()
    }

    #[test]
    fn programs_are_named_with_their_versions() {
        for (text, expected) in [
            ("PostgreSQL 15", &["PostgreSQL 15"][..]),
            ("Database: PostgreSQL 15.4 (primary)", &["PostgreSQL 15.4"]),
            ("PostgreSQL 15 + PostGIS 3.4", &["PostgreSQL 15"]),
            ("Redis v7 · port 6379", &["Redis v7"]),
            ("Redis (v7.2)", &["Redis v7.2"]),
            ("MongoDB 7.x, Python 3.12", &["MongoDB 7.x", "Python 3.12"]),
            ("RabbitMQ 3 (management image)", &["RabbitMQ 3"]),
            ("`postgres:16-alpine`", &["postgres:16-alpine"]),
            ("Image: mongo:7.0", &["mongo:7.0"]),
            ("Apache Kafka 3.5", &["Apache Kafka 3.5"]),
            ("Redis 7 Alpine", &["Redis 7"]),
            ("RabbitMQ 3 Management: queues", &["RabbitMQ 3"]),
            ("PostgreSQL 15: holds the orders", &["PostgreSQL 15"]),
            ("PostgreSQL 16 (or SQLite)", &["PostgreSQL 16"]),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_versions() {
        for text in [
            "postgres:5432",
            "nginx:80",
            "PostgreSQL 5432",
            "Redis 7 GB",
            "Redis 512MB",
            "Kafka 12 partitions",
            "PostgreSQL 14+",
            "PostgreSQL >= 14",
            "PostgreSQL 14 or newer",
            "Upgrade PostgreSQL 13",
            "Redis 172.20.0.3",
            "PostgreSQL 15/16",
            "PostgreSQL 15.2 or 16.1",
            "PostgreSQL 15-16",
            "Phase 2",
            "Redis Replica 2",
            "Kafka 1",
            "Kafka (3-node)",
            "Redis (7-day retention)",
            "http://redis:6379/0",
            "postgres://app:app@db:5432/app",
            "redis client 4.6.0",
        ] {
            assert_eq!(told(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_version_may_stand_alone() {
        assert_eq!(alone("(v15)").as_deref(), Some("v15"));
        assert_eq!(alone("Version: 7").as_deref(), Some("7"));
        assert_eq!(alone("16-alpine").as_deref(), Some("16-alpine"));
        assert_eq!(alone("5432"), None);
        assert_eq!(alone("Go"), None);
    }
}
