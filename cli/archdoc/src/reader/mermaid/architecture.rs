//! Architecture diagrams (`architecture-beta`): services in groups, lines between their sides.

use std::collections::{BTreeMap, BTreeSet};

use super::{DRAWN, MAX_DEPTH, Numbered, ratio, tier_kind};
use crate::facts::{ComponentKind, Connection, ConnectionKind, Tier};
use crate::reader::collector::{Collector, MAX_FACTS};
use crate::reader::drawing::Drawing;
use crate::reader::label::Label;
use crate::reader::subject::Subject;
use crate::reader::words;

/// More lines than this at one side of a junction are in no diagram for people.
const MAX_JOINED: usize = 64;

struct Reader<'a, 'b> {
    to: &'a mut Collector<'b>,
    drawing: &'a Drawing,
    /// Names of services by id.
    services: BTreeMap<String, String>,
    /// Titles and parents of groups by id.
    groups: BTreeMap<String, (String, Option<String>)>,
    /// The tiers that groups are, in order.
    tiers: Vec<Tier>,
    junctions: BTreeSet<String>,
    lines: Vec<Line>,
}

struct Line {
    ends: [String; 2],
    tips: [bool; 2],
    index: usize,
}

/// What comes into a junction, and what leaves it: ids with the lines of the document.
type Sides = [Vec<(String, usize)>; 2];

/// Reads the statements; answers with the share of them that was understood.
pub(super) fn read(statements: &[Numbered<'_>], drawing: &Drawing, to: &mut Collector<'_>) -> f64 {
    let mut reader = Reader {
        to,
        drawing,
        services: BTreeMap::new(),
        groups: BTreeMap::new(),
        tiers: Vec::new(),
        junctions: BTreeSet::new(),
        lines: Vec::new(),
    };
    let (mut count, mut unread) = (0, 0);
    for (line, text) in statements {
        let text = text.trim();
        if text.is_empty() || text.starts_with("title") || text.starts_with("align") {
            continue;
        }
        if reader.to.is_full() || reader.lines.len() >= MAX_FACTS {
            reader.to.too_many("components");
            break;
        }
        count += 1;
        unread += usize::from(reader.statement(*line, text).is_none());
    }
    for tier in std::mem::take(&mut reader.tiers) {
        reader.to.layer(tier);
    }
    reader.connections();
    1.0 - ratio(unread, count)
}

/// What stands behind `group` or `service`: `id(icon)[Title] in parent`.
struct Declared<'a> {
    id: &'a str,
    icon: &'a str,
    title: String,
    parent: Option<String>,
}

impl<'a> Declared<'a> {
    fn of(text: &'a str) -> Option<Self> {
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
            .map_or(id, |(title, _)| title.trim().trim_matches('"'))
            .to_owned();
        (!id.is_empty()).then_some(Self {
            id,
            icon,
            title,
            parent,
        })
    }
}

impl Reader<'_, '_> {
    fn statement(&mut self, line: usize, text: &str) -> Option<()> {
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        match word {
            "group" => self.group(line, Declared::of(rest)?),
            "service" => self.service(line, &Declared::of(rest)?),
            "junction" => {
                let id = rest.split_whitespace().next().unwrap_or("");
                self.junctions.insert(id.to_owned());
            }
            _ => self.lines.push(line_of(line, text)?),
        }
        Some(())
    }

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

    fn group(&mut self, line: usize, declared: Declared<'_>) {
        let Declared {
            id, title, parent, ..
        } = declared;
        let origin = self.drawing.origin(line, DRAWN, self.to);
        if words::is_tier(&title) {
            self.tiers.push(Tier {
                name: title.clone(),
                members: Vec::new(),
                kind: tier_kind(self.drawing),
                claims: Vec::new(),
                origin: origin.clone(),
            });
        }
        let label = Label::of(&[&title]);
        let mut component = label.component(ComponentKind::Group, origin);
        component.groups = self.titles(parent.as_ref());
        self.to.component(component);
        self.groups.insert(id.to_owned(), (title, parent));
    }

    fn service(&mut self, line: usize, declared: &Declared<'_>) {
        let id = declared.id;
        let label = Label::of(&[&declared.title]);
        let kind = words::kind(&label.name, label.technology.as_deref());
        let kind = match self.drawing.topic.subject {
            Subject::Platform => kind.unwrap_or(match declared.icon {
                "database" => ComponentKind::Database,
                "disk" => ComponentKind::Storage,
                // In a group it is what the platform shows to the internet.
                "internet" if declared.parent.is_none() => ComponentKind::External,
                _ => ComponentKind::Service,
            }),
            Subject::Inside => kind.unwrap_or(ComponentKind::Module),
            Subject::Process => ComponentKind::Activity,
        };
        let origin = self.drawing.origin(line, DRAWN, self.to);
        let mut component = label.component(kind, origin);
        component.groups = self.titles(declared.parent.as_ref());
        if words::canonical(id) != words::canonical(&label.name) {
            component.aliases.push(id.to_owned());
        }
        for tier in &mut self.tiers {
            if component.groups.contains(&tier.name) {
                tier.members.push(label.name.clone());
            }
        }
        self.to.component(component);
        self.services.insert(id.to_owned(), label.name);
    }

    /// Lines between services; what comes into a junction leaves by its other lines.
    fn connections(&mut self) {
        let joined = self.joined_junctions();
        let mut through: BTreeMap<String, Sides> = BTreeMap::new();
        for line in std::mem::take(&mut self.lines) {
            let [left, right] = &line.ends;
            match [left, right].map(|id| self.junctions.contains(id)) {
                [false, false] if line.tips == [true, false] => {
                    self.connect(right, left, line.index);
                }
                [false, false] => self.connect(left, right, line.index),
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
            for (from, line) in sources.iter().take(MAX_JOINED) {
                for (target, _) in targets.iter().take(MAX_JOINED) {
                    self.connect(from, target, *line);
                }
            }
        }
    }

    /// The junctions that lines join with others.
    fn joined_junctions(&self) -> BTreeMap<String, String> {
        let mut joined: BTreeMap<String, String> = BTreeMap::new();
        for line in &self.lines {
            if !line.ends.iter().all(|it| self.junctions.contains(it)) {
                continue;
            }
            let [left, right] = line
                .ends
                .each_ref()
                .map(|it| junction(it, &joined).to_owned());
            if left != right {
                joined.insert(left, right);
            }
        }
        joined
    }

    fn connect(&mut self, from: &str, target: &str, line: usize) {
        let name = |id: &str| {
            let group = || self.groups.get(id).map(|(title, _)| title);
            self.services.get(id).or_else(group).cloned()
        };
        let (Some(from), Some(target)) = (name(from), name(target)) else {
            return;
        };
        let kind = self.kind(&from, &target);
        let origin = self.drawing.origin(line, DRAWN, self.to);
        self.to.connection(Connection {
            from,
            to: target,
            label: None,
            kind,
            protocol: None,
            origin,
        });
    }

    /// What a line means, by what stands at its ends.
    fn kind(&self, from: &str, target: &str) -> ConnectionKind {
        use ComponentKind::{Client, External, Group};
        let claims = |name: &str| {
            self.to
                .kind_of(name)
                .is_some_and(|it| it.is_runnable() || matches!(it, Client | External | Group))
        };
        if self.drawing.topic.subject == Subject::Process {
            ConnectionKind::Sequence
        } else if claims(from) && claims(target) {
            ConnectionKind::Request
        } else {
            ConnectionKind::Internal
        }
    }
}

/// `db:L <--> R:server{group}`.
fn line_of(index: usize, text: &str) -> Option<Line> {
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
    Some(Line {
        ends: [id(left)?, id(right)?],
        tips,
        index,
    })
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
