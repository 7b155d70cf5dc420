//! Lines between boxes: which names they join, and what they mean.

use super::facts::Reading;
use super::grid::Cell;
use super::wires::{End, Net, Node};
use super::{brackets, labels, meaning};
use crate::facts::{ComponentKind, Connection, ConnectionKind, Volume, VolumeKind};
use crate::reader::collector::Collector;
use crate::reader::label::{Label, split_aside, unbracketed, without_pictures};
use crate::reader::subject::Subject;
use crate::reader::words;
use crate::signs::{EAST, NORTH, SOUTH, WEST};

/// A line between boxes, with its words.
pub(super) struct Wire {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) labels: Vec<(usize, String)>,
    pub(super) row: usize,
    /// Whether a tip was drawn.
    pub(super) tip: bool,
    pub(super) column: usize,
    /// Where it leaves its source, or where it points at words.
    place: Cell,
    /// Whether its ends stand on one row.
    level: bool,
    from_frame: Option<usize>,
    to_frame: Option<usize>,
}

impl Wire {
    /// Whether a line joins a name with itself, other than two replicas beside each other.
    fn between_equals(&self, to: &Collector<'_>) -> bool {
        let same = words::canonical(&self.from) == words::canonical(&self.to);
        let replicas = self.from_frame.is_some()
            && self.to_frame.is_some()
            && self.level
            && to
                .kind_of(&self.from)
                .is_some_and(ComponentKind::is_runnable);
        same && !replicas
    }
}

impl Reading<'_> {
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
        let aside = next
            .filter(|it| it.row == run.row && it.text.starts_with('(') && it.from <= run.end + 3);
        let text = match aside {
            Some(aside) => format!("{} {}", run.text, aside.text),
            None => run.text.clone(),
        };
        let text = without_pictures(&text);
        let (name, aside) = split_aside(unbracketed(&text));
        if name.contains("://") {
            let name = aside?;
            return Some(to.resolve(&name));
        }
        // Paths beside a line are routes over it.
        let route = name.starts_with('/') && name.contains([' ', '<', '{']);
        let said = name.contains(": ") || name.ends_with(':');
        if name.is_empty() || route || said || name.split_whitespace().count() > 6 {
            return None;
        }
        if self.drawing.topic.subject == Subject::Process {
            return Some(name);
        }
        let label = Label::of(&[text]);
        if self.sheet.frames.is_empty() {
            self.unboxed(index, &label, to);
            return Some(label.name);
        }
        let kind = words::kind(&name, label.technology.as_deref())
            .filter(|kind| !kind.is_runnable() || words::names_software(&name))
            .unwrap_or(ComponentKind::External);
        let mut origin = self.origin(to, run.row, run.from, run.end);
        origin.confidence *= 0.7;
        if !to.is_known(&name) {
            to.component(label.component(kind, origin));
        }
        Some(name)
    }

    /// Whether words are no more than the name of a well-known program: `Kafka (events)`.
    fn is_program(&self, run: usize) -> bool {
        let (name, _) = split_aside(&self.sheet.runs[run].text);
        name.split_whitespace().count() <= 2 && words::names_software(&name)
    }

    /// A name in a drawing without boxes, in which steps are written like names.
    fn unboxed(&self, index: usize, label: &Label, to: &mut Collector<'_>) {
        let run = &self.sheet.runs[index];
        if words::is_step(&run.text) || words::is_of_protocols(&label.name) {
            return;
        }
        // A class beside names of programs: `OrderService`.
        let is_class = words::is_camel_case(&label.name)
            && label.technology.is_none()
            && label.ports.is_empty();
        let kind = words::kind(&label.name, label.technology.as_deref())
            .filter(|kind| !is_class || *kind != ComponentKind::Service)
            .or_else(|| to.kind_of(&label.name))
            .or_else(|| (!label.ports.is_empty()).then_some(ComponentKind::Service))
            .unwrap_or(ComponentKind::Module);
        let origin = self.origin(to, run.row, run.from, run.end);
        to.component(label.component(kind, origin));
    }

    /// Words in brackets are parts whether a line leads to them or not.
    pub(super) fn bracketed(&mut self, to: &mut Collector<'_>) {
        if !self.sheet.bracketed {
            return;
        }
        for index in 0..self.sheet.runs.len() {
            let run = &self.sheet.runs[index];
            if brackets::is_part(run) {
                let label = Label::of(&[unbracketed(&run.text).to_owned()]);
                self.unboxed(index, &label, to);
            }
        }
    }

    /// The lines between boxes, one for each pair of ends.
    pub(super) fn wires(&mut self, nets: &[Net], to: &mut Collector<'_>) -> Vec<Wire> {
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
            for (from, target, tip) in pairs(net, |run| self.is_program(run)) {
                let (Some(from_name), Some(to_name)) =
                    (self.name(from.node, to), self.name(target.node, to))
                else {
                    continue;
                };
                let frame = |node: Node| match node {
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
                    place: match target.node {
                        Node::Frame(_) => from.cell,
                        Node::Text(_) => target.cell,
                    },
                    level: from.cell.0 == target.cell.0,
                    from_frame: frame(from.node),
                    to_frame: frame(target.node),
                });
            }
        }
        wires.sort_by_key(|wire| wire.row);
        wires
    }

    pub(super) fn connections(&mut self, wires: &[Wire], to: &mut Collector<'_>) {
        for wire in wires {
            if wire.between_equals(to) {
                continue;
            }
            let label: Vec<&str> = wire.labels.iter().map(|(_, text)| text.as_str()).collect();
            let label = label.join("\n");
            let Some(kind) = self.connection_kind(wire, &label, to) else {
                continue;
            };
            let origin = self.origin(to, wire.place.0, wire.place.1, wire.place.1 + 1);
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
        let subject = self.subject(wire.row);
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
        if subject == Subject::Process || inside {
            return Some(ConnectionKind::Sequence);
        }
        if unknown || host || either(Module) || either(Activity) {
            return Some(ConnectionKind::Internal);
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
                kind: VolumeKind::bind_if(bind),
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

/// Which end of a line is the source of which other.
fn pairs(net: &Net, is_program: impl Fn(usize) -> bool) -> Vec<(End, End, bool)> {
    const MAX_PAIRS: usize = 256;
    // An arrow between words alone: `Billing ───→ Ledger`, or many that lead to one.
    let worded = net.ends.len() >= 2
        && net.ends.iter().filter(|end| end.tip).count() == 1
        && net.ends.iter().all(|end| matches!(end.node, Node::Text(_)));
    let nodes: Vec<End> = net
        .ends
        .iter()
        .copied()
        .filter(|end| {
            // Words beside the blunt end of a horizontal line are a remark about the box, other than
            // names of programs.
            end.tip
                || worded
                || end.direction & (NORTH | SOUTH) != 0
                || match end.node {
                    Node::Frame(_) => true,
                    Node::Text(run) => is_program(run),
                }
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
