//! Turns boxes and lines into components, connections, networks and volumes.

use super::canvas::Sheet;
use super::captions::{self, Caption};
use super::grid::{EAST, NORTH, SOUTH, WEST};
use super::meaning::{self, Meaning};
use super::wires::{self, End, Net, Node};
use super::{flow, labels, storage, tiers};
use crate::facts::{
    ComponentKind, Connection, ConnectionKind, Network, Origin, Topic as BrokerTopic, Volume,
    VolumeKind,
};
use crate::reader::collector::Collector;
use crate::reader::label::{Label, split_aside, without_pictures};
use crate::reader::subject::{Subject, Topic};
use crate::reader::words;

/// A line between boxes, with its words.
pub(super) struct Wire {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) labels: Vec<(usize, String)>,
    pub(super) row: usize,
    /// Whether a tip was drawn.
    pub(super) tip: bool,
    pub(super) column: usize,
    to_frame: Option<usize>,
}

/// What all steps of the reading share.
pub(super) struct Reading<'a> {
    pub(super) sheet: &'a mut Sheet,
    pub(super) meanings: Vec<Meaning>,
    pub(super) captions: Vec<Caption>,
    pub(super) topic: &'a Topic,
    pub(super) diagram: usize,
}

/// Reads the facts of a drawing; answers whether it draws a flow.
pub(super) fn read(
    sheet: &mut Sheet,
    topic: &Topic,
    diagram: usize,
    to: &mut Collector<'_>,
) -> bool {
    let captions = captions::find(sheet);
    let meanings = meaning::of(sheet);
    let mut reading = Reading {
        sheet,
        meanings,
        captions,
        topic,
        diagram,
    };
    let kept = storage::read(&mut reading, to);
    reading.components(&kept, to);
    tiers::read(&mut reading, to);
    let nets = wires::follow(reading.sheet);
    let wires = reading.wires(&nets, to);
    if flow::is_flow(&wires) {
        flow::read(&reading, &wires, to);
        return true;
    }
    reading.connections(&wires, to);
    false
}

impl Reading<'_> {
    /// The place of words in a box.
    pub(super) fn origin(&self, to: &Collector<'_>, row: usize, from: usize, end: usize) -> Origin {
        let start = self.sheet.grid.offset((row, from));
        let stop = self.sheet.grid.offset((row, end)).max(start);
        let mut origin = to.origin(self.sheet.grid.first + row, start..stop);
        origin.diagram = Some(self.diagram);
        origin.confidence = to
            .diagrams
            .get(self.diagram)
            .map_or(0.8, |it| it.origin.confidence * 0.95);
        if let Some(caption) = captions::above(&self.captions, row) {
            origin.environment = words::environment(&caption.text);
        }
        origin
    }

    /// The place of the name in a box.
    fn name_origin(&self, to: &Collector<'_>, frame: usize, name: &str) -> Origin {
        let frame = &self.sheet.frames[frame];
        let word = name.split_whitespace().next().unwrap_or(name);
        for row in frame.top..=frame.bottom {
            let (left, right) = frame.sides(row);
            let text = self.sheet.grid.text(row, left, right + 1);
            if !text.contains(word) {
                continue;
            }
            let first = (left..right).find(|column| {
                let rest = self.sheet.grid.text(row, *column, right);
                rest.starts_with(word) && self.sheet.grid.get((row, *column)) != ' '
            });
            if let Some(column) = first {
                return self.origin(to, row, column, column + name.chars().count());
            }
        }
        self.origin(to, frame.top, frame.left, frame.right)
    }

    /// The titles around a box, outermost first, with the section above it last.
    fn groups(&self, frame: usize) -> Vec<String> {
        let mut groups = Vec::new();
        let mut at = self.sheet.frames[frame].parent;
        while let Some(parent) = at {
            if let Some(label) = self.meanings[parent].label() {
                groups.insert(0, label.name.clone());
            }
            at = self.sheet.frames[parent].parent;
        }
        let parent = self.sheet.frames[frame].parent;
        let top = self.sheet.frames[frame].top;
        let titles = self
            .meanings
            .iter()
            .enumerate()
            .filter_map(|(index, meaning)| {
                let other = &self.sheet.frames[index];
                match meaning {
                    Meaning::Title(title) if other.parent == parent && other.bottom < top => {
                        Some((other.bottom, title.clone()))
                    }
                    _ => None,
                }
            });
        groups.extend(titles.max_by_key(|(row, _)| *row).map(|(_, title)| title));
        groups
    }

    fn components(&mut self, kept: &[usize], to: &mut Collector<'_>) {
        for frame in 0..self.meanings.len() {
            if kept.contains(&frame) {
                continue;
            }
            match self.meanings[frame].clone() {
                Meaning::Group(label) if !label.name.is_empty() => self.group(frame, &label, to),
                Meaning::Node(label) if !label.name.is_empty() => self.node(frame, &label, to),
                _ => {}
            }
        }
    }

    fn group(&mut self, frame: usize, label: &Label, to: &mut Collector<'_>) {
        let origin = self.name_origin(to, frame, &label.name);
        let row = self.sheet.frames[frame].top;
        if captions::subject(&self.captions, row, self.topic) == Subject::Process {
            return;
        }
        if label.name.to_lowercase().contains("network") {
            self.network(frame, label, &origin, to);
        }
        let named = words::kind(&label.name, label.technology.as_deref());
        let lower = label.name.to_lowercase();
        let single = words::software(&label.name).is_some() && !meaning::is_group_name(&lower);
        let kind = match named {
            Some(kind)
                if single
                    && self.topic.subject == Subject::Platform
                    && !lower.contains("network") =>
            {
                kind
            }
            _ => ComponentKind::Group,
        };
        let mut component = label.component(kind, origin);
        component.groups = self.groups(frame);
        to.component(component);
    }

    fn network(&self, frame: usize, label: &Label, origin: &Origin, to: &mut Collector<'_>) {
        let name = label.name.rsplit(':').next().unwrap_or(&label.name).trim();
        if name.contains(' ') {
            return;
        }
        let subnet = label.notes.iter().find_map(|note| {
            note.to_lowercase()
                .find("subnet:")
                .map(|at| note[at + "subnet:".len()..].trim().to_owned())
        });
        let members: Vec<String> = (0..self.meanings.len())
            .filter(|inner| self.is_inside(*inner, frame) && self.sheet.is_leaf(*inner))
            .filter_map(|inner| self.meanings[inner].label())
            .filter(|it| {
                words::kind(&it.name, it.technology.as_deref())
                    .is_none_or(ComponentKind::is_runnable)
            })
            .map(|it| it.name.clone())
            .collect();
        let driver = label.technology.clone();
        let known = to.facts.networks.iter_mut().find(|it| it.name == name);
        if let Some(known) = known {
            known.driver = known.driver.take().or(driver);
            known.subnet = known.subnet.take().or(subnet);
            for member in members {
                let key = words::canonical(&member);
                if !known.members.iter().any(|it| words::canonical(it) == key) {
                    known.members.push(member);
                }
            }
            return;
        }
        to.facts.networks.push(Network {
            name: name.to_owned(),
            driver,
            subnet,
            members,
            origin: origin.clone(),
        });
    }

    fn is_inside(&self, inner: usize, outer: usize) -> bool {
        let mut at = self.sheet.frames[inner].parent;
        while let Some(parent) = at {
            if parent == outer {
                return true;
            }
            at = self.sheet.frames[parent].parent;
        }
        false
    }

    fn node(&mut self, frame: usize, label: &Label, to: &mut Collector<'_>) {
        let row = self.sheet.frames[frame].top;
        let subject = captions::subject(&self.captions, row, self.topic);
        if subject == Subject::Process && !to.is_known(&label.name) {
            return;
        }
        let groups = self.groups(frame);
        let kind = meaning::kind(label, &groups, subject, to);
        let origin = self.name_origin(to, frame, &label.name);
        if kind == ComponentKind::Queue {
            broker_topics(label, &origin, to);
        }
        let mut component = label.component(kind, origin);
        component.groups = groups;
        if subject == Subject::Process {
            component.technology = None;
        }
        to.component(component);
    }

    /// The name of what a line ends at.
    fn name(&self, node: Node, to: &mut Collector<'_>) -> Option<String> {
        match node {
            Node::Frame(frame) => self.meanings[frame].label().map(|it| it.name.clone()),
            Node::Text(run) => self.text_node(run, to),
        }
    }

    /// Words without a box that a line leads to.
    fn text_node(&self, index: usize, to: &mut Collector<'_>) -> Option<String> {
        let run = &self.sheet.runs[index];
        let next = self.sheet.runs.get(index + 1);
        let aside = next.filter(|it| it.row == run.row && it.text.starts_with('('));
        let text = match aside {
            Some(aside) => format!("{} {}", run.text, aside.text),
            None => run.text.clone(),
        };
        let text = without_pictures(&text);
        let (name, aside) = split_aside(&text);
        if name.contains("://") {
            let name = aside?;
            return Some(to.resolve(&name));
        }
        if name.is_empty() || name.split_whitespace().count() > 6 {
            return None;
        }
        if self.topic.subject == Subject::Process {
            return Some(name);
        }
        let label = Label::of(&[text]);
        let kind = words::kind(&name, label.technology.as_deref())
            .filter(|kind| !kind.is_runnable() || words::software(&name).is_some())
            .unwrap_or(ComponentKind::External);
        let mut origin = self.origin(to, run.row, run.from, run.end);
        origin.confidence *= 0.7;
        if !to.is_known(&name) {
            to.component(label.component(kind, origin));
        }
        Some(name)
    }

    /// The lines between boxes, one for each pair of ends.
    fn wires(&mut self, nets: &[Net], to: &mut Collector<'_>) -> Vec<Wire> {
        let ends = labels::ends(nets);
        let mut wires = Vec::new();
        for net in nets {
            let labels = labels::of(self.sheet, net, &ends);
            let labels: Vec<(usize, String)> = labels
                .into_iter()
                .map(|index| {
                    (
                        self.sheet.runs[index].row,
                        self.sheet.runs[index].text.clone(),
                    )
                })
                .collect();
            let row = net.cells.iter().map(|it| it.0).min().unwrap_or(0);
            for (from, target, tip) in pairs(net) {
                let (Some(from_name), Some(to_name)) =
                    (self.name(from.node, to), self.name(target.node, to))
                else {
                    continue;
                };
                let to_frame = match target.node {
                    Node::Frame(frame) => Some(frame),
                    Node::Text(_) => None,
                };
                wires.push(Wire {
                    from: from_name,
                    to: to_name,
                    labels: labels.clone(),
                    row,
                    tip,
                    column: from.cell.1,
                    to_frame,
                });
            }
        }
        wires.sort_by_key(|wire| wire.row);
        wires
    }

    fn connections(&mut self, wires: &[Wire], to: &mut Collector<'_>) {
        for wire in wires {
            if words::canonical(&wire.from) == words::canonical(&wire.to) {
                continue;
            }
            let label: Vec<&str> = wire.labels.iter().map(|(_, text)| text.as_str()).collect();
            let label = label.join("\n");
            let Some(kind) = self.connection_kind(wire, &label, to) else {
                continue;
            };
            let origin = self.origin(to, wire.row, wire.column, wire.column + 1);
            if kind == ConnectionKind::Mount {
                self.volume(wire, to);
            }
            to.connection(Connection {
                from: wire.from.clone(),
                to: wire.to.clone(),
                protocol: words::protocol(&label),
                label: (!label.is_empty()).then_some(label),
                kind,
                origin,
            });
        }
    }

    fn connection_kind(
        &self,
        wire: &Wire,
        label: &str,
        to: &Collector<'_>,
    ) -> Option<ConnectionKind> {
        use ComponentKind::{Activity, Cache, Database, File, Module, Volume};
        let (from, target) = (to.kind_of(&wire.from), to.kind_of(&wire.to));
        let either = |kind: ComponentKind| from == Some(kind) || target == Some(kind);
        let subject = captions::subject(&self.captions, wire.row, self.topic);
        if either(Volume) {
            return Some(ConnectionKind::Mount);
        }
        if either(File) {
            return Some(ConnectionKind::Configuration);
        }
        if words::is_response(label) {
            return Some(ConnectionKind::Response);
        }
        let unknown = from.is_none() || target.is_none();
        let runnable = |kind: Option<ComponentKind>| kind.is_some_and(ComponentKind::is_runnable);
        let inside = subject == Subject::Inside && !(runnable(from) && runnable(target));
        let host = [&wire.from, &wire.to]
            .iter()
            .any(|it| it.eq_ignore_ascii_case("host machine"));
        if subject == Subject::Process
            || unknown
            || inside
            || host
            || either(Module)
            || either(Activity)
        {
            return Some(ConnectionKind::Sequence);
        }
        if !wire.tip {
            let data = |kind: Option<ComponentKind>| matches!(kind, Some(Cache | Database));
            // A chain of stores is a row on paper, not a connection between them.
            return (!(data(from) && data(target))).then_some(ConnectionKind::Link);
        }
        let queue = either(ComponentKind::Queue);
        match words::protocol(label).as_deref() {
            Some("AMQP" | "MQTT") if !queue => Some(ConnectionKind::Message),
            _ => Some(ConnectionKind::Request),
        }
    }

    /// A volume or bind mount drawn as a box below its service.
    fn volume(&self, wire: &Wire, to: &mut Collector<'_>) {
        let Some(frame) = wire.to_frame else { return };
        let lines = meaning::joined(
            &self
                .sheet
                .lines(frame)
                .into_iter()
                .map(|(_, text)| text)
                .collect::<Vec<_>>(),
        );
        let note = self.annotation(frame);
        let mut at = 0;
        while at < lines.len() {
            let name = lines[at].clone();
            let words = lines.get(at + 1).filter(|it| it.starts_with('(')).cloned();
            at += if words.is_some() { 2 } else { 1 };
            if name.starts_with('(') {
                continue;
            }
            let said = format!(
                "{} {}",
                words.as_deref().unwrap_or(""),
                note.as_deref().unwrap_or("")
            )
            .to_lowercase();
            let bind = said.contains("bind") || words::is_path(&name);
            let origin = self.name_origin(to, frame, &name);
            to.volume(Volume {
                kind: if bind {
                    VolumeKind::Bind
                } else {
                    VolumeKind::Named
                },
                name,
                of: Some(wire.from.clone()),
                target: None,
                description: note.clone(),
                origin,
            });
        }
    }

    /// Words right of a box behind `←`.
    pub(super) fn annotation(&self, frame: usize) -> Option<String> {
        let frame = &self.sheet.frames[frame];
        let found = self.sheet.runs.iter().find(|run| {
            let (_, right) = frame.sides(run.row);
            frame.top < run.row
                && run.row < frame.bottom
                && run.from > right
                && run.from <= right + 8
                && (right..run.from).any(|it| self.sheet.grid.get((run.row, it)) == '←')
        });
        found.map(|run| run.text.clone())
    }
}

/// Bullets in the box of a broker: its topics.
fn broker_topics(label: &Label, origin: &Origin, to: &mut Collector<'_>) {
    for note in &label.notes {
        let name = note.trim_start_matches(['├', '└', '─', '•', '-', '*', ' ', '│']);
        let is_bullet = name.len() < note.len();
        let is_name = name.contains(['.', '-', '_'])
            && name
                .chars()
                .all(|it| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_'));
        if is_bullet && is_name {
            to.facts.topics.push(BrokerTopic {
                name: name.to_owned(),
                broker: Some(label.name.clone()),
                partitions: None,
                origin: origin.clone(),
            });
        }
    }
}

/// Which end of a line is the source of which other.
fn pairs(net: &Net) -> Vec<(End, End, bool)> {
    const MAX_PAIRS: usize = 256;
    let nodes: Vec<End> = net
        .ends
        .iter()
        .copied()
        .filter(|end| {
            // Words beside the blunt end of a horizontal line are a remark about the box.
            end.tip || matches!(end.node, Node::Frame(_)) || end.direction & (NORTH | SOUTH) != 0
        })
        .collect();
    let (tips, blunt): (Vec<End>, Vec<End>) = nodes.iter().partition(|end| end.tip);
    let (sources, targets, tip) = match (tips.is_empty(), blunt.is_empty()) {
        (false, false) => (blunt, tips, true),
        (false, true) => {
            let mut ordered = tips;
            ordered.sort_by_key(|end| (end.direction & (SOUTH | EAST) != 0, end.cell));
            let rest = ordered.split_off(1.min(ordered.len()));
            (ordered, rest, true)
        }
        (true, _) => {
            let above: Vec<End> = blunt
                .iter()
                .copied()
                .filter(|end| end.direction == NORTH || end.direction == WEST)
                .collect();
            let below: Vec<End> = blunt
                .iter()
                .copied()
                .filter(|end| end.direction == SOUTH || end.direction == EAST)
                .collect();
            (above, below, false)
        }
    };
    let mut found = Vec::new();
    for source in &sources {
        for target in &targets {
            if source.node != target.node && found.len() < MAX_PAIRS {
                found.push((*source, *target, tip));
            }
        }
    }
    found
}
