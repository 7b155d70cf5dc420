//! Lines between boxes: which names they join, and what they mean.

use super::facts::Reading;
use super::grid::Cell;
use super::labels;
use super::wires::{End, Net, Node};
use crate::facts::{ComponentKind, Connection, ConnectionKind};
use crate::reader::collector::Collector;
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
            if let (ConnectionKind::Mount, Some(frame)) = (kind, wire.to_frame) {
                self.volumes(frame, &wire.from, to);
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
