//! Documents of many kinds, each beside the facts that a person reads in it.
//!
//! A line of a `.facts` file is one fact, its parts between bars: `-` is nothing, `*` anything.
//! Behind ` @ ` stands the beginning of the line of the document that states it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use devkit_archdoc::{Document, read};
use serde_json::Value;

use crate::support::damaged;

/// The kinds of facts, with the keys of their parts.
const KINDS: [(&str, &str, &[&str]); 16] = [
    (
        "component",
        "components",
        &["name", "kind", "technology", "ports"],
    ),
    (
        "connection",
        "connections",
        &["from", "to", "label", "kind"],
    ),
    (
        "port",
        "ports",
        &["service", "internal", "external", "protocol"],
    ),
    ("network", "networks", &["name", "driver", "subnet"]),
    ("volume", "volumes", &["name", "kind", "of"]),
    ("tier", "tiers", &["name", "members"]),
    ("flow", "flows", &["name"]),
    ("step", "steps", &["from", "to", "text"]),
    ("resource", "resources", &["service", "cpu", "memory"]),
    ("link", "links", &["text", "target"]),
    ("endpoint", "endpoints", &["service", "method", "path"]),
    ("env", "environment", &["service", "key", "value"]),
    ("topic", "topics", &["name", "broker"]),
    ("table", "tables", &["name", "columns"]),
    ("version", "versions", &["of", "version", "service"]),
    ("check", "checklist", &["checked", "text"]),
];

#[derive(Debug, PartialEq)]
struct Fact {
    kind: String,
    parts: Vec<String>,
    line: Option<usize>,
}

impl Fact {
    fn is(&self, other: &Fact) -> bool {
        self.kind == other.kind
            && self.parts.len() == other.parts.len()
            && self
                .parts
                .iter()
                .zip(&other.parts)
                .all(|(wanted, found)| wanted == "*" || wanted == found)
            && self.line.is_none_or(|line| Some(line) == other.line)
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents")
}

/// The facts that a person wrote down.
fn expected(facts: &str, document: &str) -> Vec<Fact> {
    facts
        .lines()
        .map(|fact| {
            let (fact, place) = fact
                .split_once(" @ ")
                .map_or((fact, None), |(fact, place)| (fact, Some(place)));
            let mut parts = fact.split(" | ").map(|part| part.trim().to_owned());
            let kind = parts.next().unwrap();
            let line = place.map(|place| {
                let at = document.lines().position(|line| line.contains(place));
                at.unwrap_or_else(|| panic!("no line has {place:?}")) + 1
            });
            Fact {
                kind,
                parts: parts.collect(),
                line,
            }
        })
        .collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(false) => "-".to_owned(),
        Value::Bool(true) => "x".to_owned(),
        Value::String(text) if text.is_empty() => "-".to_owned(),
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Array(items) if items.is_empty() => "-".to_owned(),
        Value::Array(items) => items
            .iter()
            .map(|item| plain(item.get("name").unwrap_or(item)))
            .collect::<Vec<_>>()
            .join(", "),
        Value::Number(number) => number
            .as_f64()
            .map_or_else(String::new, |it| it.to_string()),
        Value::Object(_) => value.to_string(),
    }
}

/// The facts that were read, in the form in which a person writes them down.
fn found(document: &Document) -> Vec<Fact> {
    let all = serde_json::to_value(document).unwrap();
    let mut facts = Vec::new();
    let mut push = |kind: &str, keys: &[&str], fact: &Value| {
        facts.push(Fact {
            kind: kind.to_owned(),
            parts: keys.iter().map(|key| plain(&fact[*key])).collect(),
            line: fact["line"]
                .as_u64()
                .and_then(|line| usize::try_from(line).ok()),
        });
    };
    for (kind, key, parts) in KINDS {
        for fact in all[key].as_array().into_iter().flatten() {
            let counts = match key {
                "components" => fact["runnable"] == true,
                "connections" => fact["kind"] != "response",
                _ => true,
            };
            if counts {
                push(kind, parts, fact);
            }
            for step in fact["steps"].as_array().into_iter().flatten() {
                push("step", KINDS[7].2, step);
            }
        }
    }
    facts
}

/// What differs between the facts of a document and those that were read.
fn difference(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let facts = std::fs::read_to_string(path.with_extension("facts")).unwrap();
    let document = read(path.file_name().unwrap(), text.as_bytes());
    let (wanted, mut found) = (expected(&facts, &text), found(&document));
    let mut report = String::new();
    for fact in &wanted {
        match found.iter().position(|it| fact.is(it)) {
            Some(at) => drop(found.remove(at)),
            None => drop(writeln!(report, "  missing {fact:?}")),
        }
    }
    for fact in found {
        let _ = writeln!(report, "  extra   {fact:?}");
    }
    report
}

fn documents() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension().is_none_or(|it| it != "facts") && path.with_extension("facts").exists()
        })
        .collect();
    found.sort();
    found
}

#[test]
fn every_document_says_what_a_person_reads_in_it() {
    let mut report = String::new();
    let documents = documents();
    assert!(documents.len() >= 15);
    for path in documents {
        let difference = difference(&path);
        if !difference.is_empty() {
            let _ = write!(
                report,
                "{}\n{difference}",
                path.file_name().unwrap().display()
            );
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

/// Shows UTF-8 as Windows-1252 does, without the bytes that it leaves undefined.
fn as_western(text: &str) -> String {
    let turkish = [
        ('Ğ', 'Ð'),
        ('İ', 'Ý'),
        ('Ş', 'Þ'),
        ('ğ', 'ð'),
        ('ı', 'ý'),
        ('ş', 'þ'),
    ];
    let replaced = |it: char| {
        turkish
            .iter()
            .find(|(from, _)| *from == it)
            .map_or(it, |(_, to)| *to)
    };
    damaged(text).chars().map(replaced).collect()
}

#[test]
fn a_mis_decoded_document_says_what_the_clean_one_says() {
    for path in documents() {
        let text = std::fs::read_to_string(&path).unwrap();
        // A sign or two in a whole page may stand there on purpose.
        if text.chars().filter(|it| !it.is_ascii()).count() < 20 {
            continue;
        }
        let clean = read("page.md", text.as_bytes());
        for broken in [damaged(&text), as_western(&text)] {
            let repaired = read("page.md", broken.as_bytes());
            assert_eq!(repaired.source.text(), text, "{}", path.display());
            assert_eq!(repaired.facts, clean.facts, "{}", path.display());
        }
    }
}
