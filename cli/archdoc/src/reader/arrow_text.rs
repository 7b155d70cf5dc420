//! Names joined by arrows, without boxes: `User Service ←→ PostgreSQL (User DB)`.

use super::collector::Collector;
use super::label::Label;
use super::subject::{Subject, Topic};
use super::words;
use crate::facts::{ComponentKind, Connection, ConnectionKind};

const ARROWS: [&str; 12] = [
    "←→",
    "↔",
    "<-->",
    "<->",
    "───→",
    "──→",
    "→",
    "►",
    "-->",
    "->",
    "=>",
    "⇄",
];

/// Reads lines of names and arrows; answers whether there were any.
pub(super) fn read(
    first: usize,
    end: usize,
    topic: &Topic,
    diagram: usize,
    to: &mut Collector<'_>,
) -> bool {
    let mut found = false;
    for line in first..end {
        let names = names(to.lines[line].text);
        if names.len() < 2 {
            continue;
        }
        found = true;
        if topic.subject == Subject::Platform {
            facts(line, &names, diagram, to);
        }
    }
    found
}

/// The names between the arrows of a line, where every part is a name.
fn names(line: &str) -> Vec<String> {
    let mut text = line.trim().to_owned();
    if text.starts_with(['├', '└', '│', '-', '*']) || text.len() > 300 {
        return Vec::new();
    }
    for arrow in ARROWS {
        text = text.replace(arrow, "\u{1}");
    }
    let parts: Vec<String> = text
        .split('\u{1}')
        .map(|part| {
            part.trim_matches(|it: char| {
                it.is_whitespace() || matches!(it, '─' | '-' | '<' | '←' | '•')
            })
            .to_owned()
        })
        .collect();
    let is_name = |part: &String| {
        (1..=5).contains(&part.split_whitespace().count()) && part.chars().any(char::is_alphabetic)
    };
    if parts.iter().all(is_name) {
        parts
    } else {
        Vec::new()
    }
}

fn facts(line: usize, names: &[String], diagram: usize, to: &mut Collector<'_>) {
    let mut origin = to.line_origin(line);
    origin.diagram = Some(diagram);
    origin.confidence = 0.7;
    let labels: Vec<Label> = names
        .iter()
        .map(|name| Label::of(std::slice::from_ref(name)))
        .collect();
    for label in &labels {
        let kind = words::kind(&label.name, label.technology.as_deref());
        let kind = kind.unwrap_or(ComponentKind::Module);
        // `Cache Layer` and `Message Queue` stand for a role, not for a program.
        let layer = label.name.to_lowercase().ends_with("layer");
        let role = layer
            || words::software(&label.name).is_none()
                && matches!(
                    kind,
                    ComponentKind::Cache | ComponentKind::Queue | ComponentKind::Database
                );
        let kind = if role { ComponentKind::Group } else { kind };
        to.component(label.component(kind, origin.clone()));
    }
    for pair in labels.windows(2) {
        let reachable = |name: &str| {
            to.kind_of(name).is_some_and(|it| {
                it.is_runnable() || it == ComponentKind::Group || it == ComponentKind::Client
            })
        };
        let kind = if reachable(&pair[0].name) && reachable(&pair[1].name) {
            ConnectionKind::Request
        } else {
            ConnectionKind::Sequence
        };
        to.connection(Connection {
            from: pair[0].name.clone(),
            to: pair[1].name.clone(),
            label: None,
            kind,
            protocol: None,
            origin: origin.clone(),
        });
    }
}
