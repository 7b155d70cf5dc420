//! Architecture diagrams (`architecture-beta`): services in groups, and lines between them.

use std::collections::HashMap;

use super::Numbered;
use super::sequence::ratio;
use crate::facts::{ComponentKind, Connection, ConnectionKind, Origin};
use crate::reader::collector::Collector;
use crate::reader::label::Label;
use crate::reader::words;

#[derive(Default)]
struct Names {
    /// Titles of services by id.
    services: HashMap<String, String>,
    /// Titles of groups by id, with the group around them.
    groups: HashMap<String, (String, Option<String>)>,
}

impl Names {
    /// The titles of a group and of those around it, outermost first.
    fn around(&self, group: Option<&str>) -> Vec<String> {
        let mut titles = Vec::new();
        let mut next = group;
        while let Some((title, parent)) = next.and_then(|id| self.groups.get(id)) {
            titles.push(title.clone());
            next = parent.as_deref().filter(|_| titles.len() < 20);
        }
        titles.reverse();
        titles
    }
}

/// Reads the statements; answers with the share of them that was understood.
pub(super) fn read(statements: &[Numbered<'_>], diagram: usize, to: &mut Collector<'_>) -> f64 {
    let mut names = Names::default();
    let (mut count, mut unread) = (0_usize, 0_usize);
    for (line, text) in statements {
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        count += 1;
        let mut origin = to.line_origin(*line);
        origin.diagram = Some(diagram);
        origin.confidence = 0.9;
        let read = match text.split_once(' ') {
            Some(("group", rest)) => group(rest, origin, &mut names, to),
            Some(("service", rest)) => service(rest, origin, &mut names, to),
            Some(("junction", _)) => Some(()),
            _ => edge(text, origin, &names, to),
        };
        if read.is_none() {
            unread += 1;
        }
    }
    1.0 - ratio(unread, count)
}

/// `id(icon)[Title] in parent`: id, icon, title, parent.
fn part(text: &str) -> Option<(&str, &str, &str, Option<&str>)> {
    let end = text.find(['(', '[', ' ']).unwrap_or(text.len());
    let (id, mut rest) = text.split_at(end);
    let mut icon = "";
    if let Some(inner) = rest.strip_prefix('(') {
        (icon, rest) = inner.split_once(')')?;
    }
    let mut title = id;
    if let Some(inner) = rest.trim_start().strip_prefix('[') {
        (title, rest) = inner.split_once(']')?;
    }
    let parent = rest.trim().strip_prefix("in ").map(str::trim);
    (!id.is_empty()).then(|| (id, icon, title.trim().trim_matches('"'), parent))
}

fn group(text: &str, origin: Origin, names: &mut Names, to: &mut Collector<'_>) -> Option<()> {
    let (id, _, title, parent) = part(text)?;
    names
        .groups
        .insert(id.to_owned(), (title.to_owned(), parent.map(str::to_owned)));
    if !to.is_known(title) {
        let label = Label::of(&[title.to_owned()]);
        let mut component = label.component(ComponentKind::Group, origin);
        component.runnable = false;
        to.component(component);
    }
    Some(())
}

fn service(text: &str, origin: Origin, names: &mut Names, to: &mut Collector<'_>) -> Option<()> {
    let (id, icon, title, parent) = part(text)?;
    let label = Label::of(&[title.to_owned()]);
    let kind = words::kind(&label.name, label.technology.as_deref()).unwrap_or(match icon {
        "internet" | "cloud" => ComponentKind::External,
        "database" => ComponentKind::Database,
        _ => ComponentKind::Service,
    });
    let mut component = label.component(kind, origin);
    component.groups = names.around(parent);
    if words::canonical(id) != words::canonical(&label.name) {
        component.aliases.push(id.to_owned());
    }
    to.component(component);
    names.services.insert(id.to_owned(), label.name);
    Some(())
}

/// `db:L -- R:api`, `db{group}:T --> B:api`.
fn edge(text: &str, origin: Origin, names: &Names, to: &mut Collector<'_>) -> Option<()> {
    let (left, right) = text.split_once("--")?;
    let forth = right.starts_with('>');
    let back = left.trim_end().ends_with('<');
    let right = right.trim_start_matches('>');
    let id = |end: &str| -> String {
        end.split(':')
            .map(|it| it.trim().trim_matches(['<', '>']).trim())
            .find(|it| !matches!(*it, "L" | "R" | "T" | "B" | ""))
            .map(|it| it.split('{').next().unwrap_or(it).to_owned())
            .unwrap_or_default()
    };
    let (mut from, mut target) = (id(left), id(right));
    if back && !forth {
        std::mem::swap(&mut from, &mut target);
    }
    let (Some(from), Some(target)) = (names.services.get(&from), names.services.get(&target))
    else {
        return Some(());
    };
    to.connection(Connection {
        from: from.clone(),
        to: target.clone(),
        label: None,
        kind: if forth || back {
            ConnectionKind::Request
        } else {
            ConnectionKind::Link
        },
        protocol: None,
        origin,
    });
    Some(())
}
