//! Architecture diagrams (`architecture-beta`): services in groups, lines between their sides.

use std::collections::{BTreeMap, BTreeSet};

use super::flowchart::{origin, tier_kind};
use super::{MAX_DEPTH, Numbered, plain_kind, ratio};
use crate::facts::{ComponentKind, Connection, Tier};
use crate::reader::collector::{Collector, MAX_FACTS};
use crate::reader::label::Label;
use crate::reader::subject::{Subject, Topic};
use crate::reader::words;

#[derive(Default)]
struct Chart {
    /// Names of services by id.
    services: BTreeMap<String, String>,
    /// Titles and parents of groups by id.
    groups: BTreeMap<String, (String, Option<String>)>,
    junctions: BTreeSet<String>,
    lines: Vec<Line>,
}

struct Line {
    ends: [String; 2],
    tips: [bool; 2],
    index: usize,
}

/// Reads the statements; answers with the share of them that was understood.
pub(super) fn read(
    statements: &[Numbered<'_>],
    topic: &Topic,
    diagram: usize,
    to: &mut Collector<'_>,
) -> f64 {
    let mut chart = Chart::default();
    let mut tiers = Vec::new();
    let (mut count, mut unread) = (0, 0);
    for (line, text) in statements {
        let text = text.trim();
        if text.is_empty() || text.starts_with("title") || text.starts_with("align") {
            continue;
        }
        if to.is_full() || chart.lines.len() >= MAX_FACTS {
            to.too_many("components");
            break;
        }
        count += 1;
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        let read = match word {
            "group" => chart.group(*line, rest, diagram, &mut tiers, to),
            "service" => chart.service(*line, rest, topic, diagram, &mut tiers, to),
            "junction" => {
                let id = rest.split_whitespace().next().unwrap_or("");
                chart.junctions.insert(id.to_owned()).then_some(())
            }
            _ => chart.line(*line, text),
        };
        unread += usize::from(read.is_none());
    }
    for (_, mut tier) in tiers {
        tier.kind = tier_kind(&topic.title);
        to.layer(tier);
    }
    chart.connections(topic, diagram, to);
    1.0 - ratio(unread, count)
}

/// `id(icon)[Title] in parent`.
fn declared(text: &str) -> Option<(String, &str, String, Option<String>)> {
    let (head, parent) = match text.rsplit_once(" in ") {
        Some((head, parent)) if !parent.contains(']') => (head, Some(parent.trim().to_owned())),
        _ => (text, None),
    };
    let end = head
        .find(|it: char| !it.is_alphanumeric() && !matches!(it, '_' | '-'))
        .unwrap_or(head.len());
    let (id, rest) = head.split_at(end);
    let icon = rest
        .strip_prefix('(')
        .and_then(|it| it.split(')').next())
        .unwrap_or("");
    let title = rest
        .split_once('[')
        .and_then(|(_, it)| it.rsplit_once(']'))
        .map_or(id, |(title, _)| title.trim().trim_matches('"'));
    (!id.is_empty()).then(|| (id.to_owned(), icon, title.to_owned(), parent))
}

impl Chart {
    /// The titles of a group and of those around it, outermost first.
    fn titles(&self, parent: Option<&String>) -> Vec<String> {
        let mut titles = Vec::new();
        let mut at = parent;
        while let Some((title, next)) = at.and_then(|id| self.groups.get(id)) {
            titles.insert(0, title.clone());
            at = next.as_ref().filter(|_| titles.len() < MAX_DEPTH);
        }
        titles
    }

    fn group(
        &mut self,
        line: usize,
        text: &str,
        diagram: usize,
        tiers: &mut Vec<(String, Tier)>,
        to: &mut Collector<'_>,
    ) -> Option<()> {
        let (id, _, title, parent) = declared(text)?;
        let origin = origin(to, line, diagram);
        if words::is_tier(&title) {
            let tier = Tier {
                name: title.clone(),
                members: Vec::new(),
                kind: crate::facts::TierKind::Layer,
                claims: Vec::new(),
                origin: origin.clone(),
            };
            tiers.push((title.clone(), tier));
        }
        let label = Label::of(std::slice::from_ref(&title));
        let mut component = label.component(ComponentKind::Group, origin);
        component.groups = self.titles(parent.as_ref());
        to.component(component);
        self.groups.insert(id, (title, parent));
        Some(())
    }

    fn service(
        &mut self,
        line: usize,
        text: &str,
        topic: &Topic,
        diagram: usize,
        tiers: &mut [(String, Tier)],
        to: &mut Collector<'_>,
    ) -> Option<()> {
        let (id, icon, title, parent) = declared(text)?;
        let label = Label::of(std::slice::from_ref(&title));
        let kind = words::kind(&label.name, label.technology.as_deref());
        let kind = match topic.subject {
            Subject::Platform => kind.unwrap_or(match icon {
                "database" => ComponentKind::Database,
                "disk" => ComponentKind::Storage,
                "internet" => ComponentKind::External,
                _ => ComponentKind::Service,
            }),
            Subject::Inside => kind.unwrap_or(ComponentKind::Module),
            Subject::Process => ComponentKind::Activity,
        };
        let mut component = label.component(kind, origin(to, line, diagram));
        component.groups = self.titles(parent.as_ref());
        if words::canonical(&id) != words::canonical(&label.name) {
            component.aliases.push(id.clone());
        }
        for (title, tier) in tiers {
            if component.groups.contains(title) {
                tier.members.push(label.name.clone());
            }
        }
        to.component(component);
        self.services.insert(id, label.name);
        Some(())
    }

    /// `db:L <--> R:server{group}`.
    fn line(&mut self, line: usize, text: &str) -> Option<()> {
        let dashes = text.find("--")?;
        let (left, right) = text.split_at(dashes);
        let right = right.trim_start_matches('-');
        let tips = [left.trim_end().ends_with('<'), right.starts_with('>')];
        let id = |end: &str| {
            let parts = end.trim_matches(|it: char| it.is_whitespace() || matches!(it, '<' | '>'));
            let side = |it: &&str| matches!(*it, "L" | "R" | "T" | "B");
            let id = parts.split(':').map(str::trim).find(|it| !side(it))?;
            Some(id.split('{').next().unwrap_or(id).to_owned())
        };
        self.lines.push(Line {
            ends: [id(left)?, id(right)?],
            tips,
            index: line,
        });
        Some(())
    }

    /// Lines between services; what comes into a junction leaves by its other lines.
    fn connections(&self, topic: &Topic, diagram: usize, to: &mut Collector<'_>) {
        let mut joined: BTreeMap<String, String> = BTreeMap::new();
        for line in &self.lines {
            let [left, right] = &line.ends;
            if self.junctions.contains(left) && self.junctions.contains(right) {
                let (left, right) = (
                    junction(left, &joined).to_owned(),
                    junction(right, &joined).to_owned(),
                );
                if left != right {
                    joined.insert(left, right);
                }
            }
        }
        let mut through: BTreeMap<String, [Vec<(String, usize)>; 2]> = BTreeMap::new();
        for line in &self.lines {
            let ends = [0, 1].map(|end| self.junctions.contains(&line.ends[end]));
            match ends {
                [false, false] => {
                    let back = line.tips == [true, false];
                    let (from, target) = if back { (1, 0) } else { (0, 1) };
                    self.connect(
                        &line.ends[from],
                        &line.ends[target],
                        line.index,
                        topic,
                        diagram,
                        to,
                    );
                }
                [true, true] => {}
                [first, _] => {
                    let (inner, outer) = if first { (0, 1) } else { (1, 0) };
                    let key = junction(&line.ends[inner], &joined).to_owned();
                    let side = usize::from(line.tips[outer]);
                    through.entry(key).or_default()[side]
                        .push((line.ends[outer].clone(), line.index));
                }
            }
        }
        for [sources, targets] in through.values() {
            for (from, line) in sources.iter().take(64) {
                for (target, _) in targets.iter().take(64) {
                    self.connect(from, target, *line, topic, diagram, to);
                }
            }
        }
    }

    fn connect(
        &self,
        from: &str,
        target: &str,
        line: usize,
        topic: &Topic,
        diagram: usize,
        to: &mut Collector<'_>,
    ) {
        let name = |id: &str| {
            let group = || self.groups.get(id).map(|(title, _)| title);
            self.services.get(id).or_else(group).cloned()
        };
        let (Some(from), Some(target)) = (name(from), name(target)) else {
            return;
        };
        let kind = plain_kind(&from, &target, topic, to);
        to.connection(Connection {
            from,
            to: target,
            label: None,
            kind,
            protocol: None,
            origin: origin(to, line, diagram),
        });
    }
}

/// The junction that stands for all that are joined with one.
fn junction<'a>(id: &'a str, of: &'a BTreeMap<String, String>) -> &'a str {
    let mut at = id;
    for _ in 0..of.len().min(MAX_DEPTH) {
        match of.get(at) {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}
