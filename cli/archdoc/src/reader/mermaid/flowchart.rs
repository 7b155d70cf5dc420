//! Flowcharts: nodes, groups and arrows.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::chart_edge::{edge_kind, is_reachable, numbered_step};
use super::chart_node::node_facts;
use super::chart_paths::Paths;
use super::node::{self, Shape, WrittenNode};
use super::{MAX_DEPTH, MAX_STATEMENT, Numbered, arrow, ratio};
use crate::facts::{ComponentKind, Connection, Origin, Tier, TierKind};
use crate::reader::collector::{Collector, MAX_COMPONENTS, MAX_FACTS};
use crate::reader::endpoint;
use crate::reader::label::Label;
use crate::reader::subject::{Subject, Topic};
use crate::reader::words;

pub(super) struct Node {
    pub(super) lines: Vec<String>,
    pub(super) shape: Shape,
    pub(super) groups: Vec<String>,
    pub(super) line: usize,
    /// The name under which it takes part in connections.
    pub(super) name: String,
    /// Whether it stands for a component, not for an endpoint or a variable.
    pub(super) is_component: bool,
}

pub(super) struct Edge {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) label: Option<String>,
    pub(super) tips: (bool, bool),
    pub(super) line: usize,
}

#[derive(Default)]
struct Chart {
    order: Vec<String>,
    nodes: HashMap<String, Node>,
    edges: Vec<Edge>,
    /// Ids and titles of the open groups.
    open: Vec<(String, String)>,
    /// Ids, titles and lines of all groups.
    groups: Vec<(String, String, usize)>,
    /// The title of each group, by its id.
    titles: HashMap<String, String>,
    /// By ids of nodes, classes that say what others run or what is not there yet.
    reserved: HashMap<String, BTreeSet<String>>,
    unread: usize,
    count: usize,
}

pub(super) fn read(
    statements: &[Numbered<'_>],
    topic: &Topic,
    diagram: usize,
    to: &mut Collector<'_>,
) -> f64 {
    let mut chart = Chart::default();
    for (line, text) in joined(statements) {
        if chart.order.len() >= MAX_COMPONENTS || chart.edges.len() >= MAX_FACTS {
            to.too_many("components");
            break;
        }
        for statement in text.split(';') {
            chart.statement(line, statement.trim());
        }
    }
    chart.nodes(topic, diagram, to);
    chart.edges(topic, diagram, to);
    1.0 - ratio(chart.unread, chart.count)
}

/// Statements whose quoted text goes over several lines, joined.
fn joined(statements: &[Numbered<'_>]) -> Vec<(usize, String)> {
    let mut joined: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (line, text) in statements {
        match joined.last_mut() {
            Some((first, last)) if open && line - *first < 20 => {
                last.push('\n');
                last.push_str(text.trim());
            }
            _ => joined.push((*line, (*text).to_owned())),
        }
        if let Some((_, last)) = joined.last() {
            open = last.matches('"').count() % 2 == 1;
        }
    }
    joined
}

impl Chart {
    fn statement(&mut self, line: usize, text: &str) {
        if text.is_empty() {
            return;
        }
        if text.len() > MAX_STATEMENT {
            self.count += 1;
            self.unread += 1;
            return;
        }
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        match word {
            "subgraph" => self.subgraph(line, rest.trim()),
            "end" => {
                self.open.pop();
            }
            "class" => {
                let (ids, class) = rest.trim().rsplit_once(' ').unwrap_or_default();
                for id in ids.split(',') {
                    self.class(id.trim(), class);
                }
            }
            "style" | "classDef" | "linkStyle" | "click" | "direction" | "accTitle:"
            | "accDescr:" => {}
            _ => {
                self.count += 1;
                if self.chain(line, text).is_none() {
                    self.unread += 1;
                }
            }
        }
    }

    fn subgraph(&mut self, line: usize, text: &str) {
        let parsed =
            node::parse(text).filter(|(node, rest)| node.text.is_some() && rest.trim().is_empty());
        let (id, title) = match parsed {
            Some((node, _)) => (node.id, node.text.unwrap_or_default()),
            None => match text.split_once(['[', '"']) {
                // `subgraph id ["Title"]`
                Some((id, rest)) if !id.trim().is_empty() => (
                    id.trim().to_owned(),
                    rest.trim_matches(['[', ']', '"']).to_owned(),
                ),
                _ => (
                    text.trim_matches('"').to_owned(),
                    text.trim_matches('"').to_owned(),
                ),
            },
        };
        let title = node::lines(&title).join(" ");
        if self.titles.len() < MAX_COMPONENTS {
            self.titles
                .entry(id.clone())
                .or_insert_with(|| title.clone());
            self.groups.push((id.clone(), title.clone(), line));
        }
        self.open.push((id, title));
    }

    /// `A --> B & C --> D`; of a statement that cannot be read, only the nodes with texts count.
    fn chain(&mut self, line: usize, text: &str) -> Option<()> {
        let mut nodes = Vec::new();
        let mut edges = Vec::new();
        let read = parse_chain(line, text, &mut nodes, &mut edges);
        for node in nodes {
            if read.is_some() || node.text.is_some() {
                self.node(line, node);
            }
        }
        if read.is_some() {
            self.edges.extend(edges);
        }
        read
    }

    fn class(&mut self, id: &str, class: &str) {
        if words::is_reservation(class) {
            let classes = self.reserved.entry(id.to_owned()).or_default();
            classes.insert(class.to_owned());
        }
    }

    fn node(&mut self, line: usize, written: WrittenNode) {
        if let Some(class) = &written.class {
            self.class(&written.id, class);
        }
        if self.titles.contains_key(&written.id) && written.text.is_none() {
            return;
        }
        let open = self.open.iter().take(MAX_DEPTH);
        let groups: Vec<String> = open.map(|(_, title)| title.clone()).collect();
        let lines = written.text.as_deref().map(node::lines).unwrap_or_default();
        if let Some(known) = self.nodes.get_mut(&written.id) {
            if known.lines.is_empty() && !lines.is_empty() {
                known.lines = lines;
                known.shape = written.shape;
                known.line = line;
                known.groups = groups;
            }
            return;
        }
        self.order.push(written.id.clone());
        let node = Node {
            lines,
            shape: written.shape,
            groups,
            line,
            name: written.id.clone(),
            is_component: true,
        };
        self.nodes.insert(written.id, node);
    }

    fn nodes(&mut self, topic: &Topic, diagram: usize, to: &mut Collector<'_>) {
        let ends = self.edges.iter().flat_map(|edge| [&edge.from, &edge.to]);
        let joined: HashSet<&String> = ends.collect();
        for (_, title, line) in &self.groups {
            let label = Label::of(std::slice::from_ref(title));
            if label.name.is_empty() {
                continue;
            }
            let mut component = label.component(ComponentKind::Group, origin(to, *line, diagram));
            component.runnable = false;
            if joined.contains(title) || !to.is_known(title) {
                to.component(component);
            }
        }
        for id in &self.order {
            let Some(node) = self.nodes.get_mut(id) else {
                continue;
            };
            let mut lines = if node.lines.is_empty() {
                vec![id.clone()]
            } else {
                node.lines.clone()
            };
            lines.extend(self.reserved.get(id).into_iter().flatten().take(8).cloned());
            (node.name, node.is_component) = node_facts(id, node, &lines, topic, diagram, to);
        }
        if topic.subject == Subject::Platform {
            self.layers(topic, diagram, to);
        }
    }

    /// Groups that are called layers, tiers or zones.
    fn layers(&self, topic: &Topic, diagram: usize, to: &mut Collector<'_>) {
        let kind = tier_kind(&topic.title);
        let titles = self.groups.iter().map(|(_, title, _)| title.as_str());
        let mut members: HashMap<&str, Vec<String>> = titles
            .filter(|title| words::is_tier(title))
            .map(|title| (title, Vec::new()))
            .collect();
        if members.is_empty() {
            return;
        }
        let nodes = self.order.iter().filter_map(|id| self.nodes.get(id));
        for node in nodes.filter(|node| node.is_component) {
            for group in &node.groups {
                if let Some(members) = members.get_mut(group.as_str()) {
                    members.push(node.name.clone());
                }
            }
        }
        for (_, title, line) in &self.groups {
            let Some(members) = members.remove(title.as_str()) else {
                continue;
            };
            to.layer(Tier {
                name: title.clone(),
                members,
                kind,
                claims: Vec::new(),
                origin: origin(to, *line, diagram),
            });
        }
    }

    /// Whether a node is a program, its user or a part of a store: no part of a program.
    fn is_end(&self, id: &str, to: &Collector<'_>) -> bool {
        let name = self.name(id);
        let kind = to
            .kind_of(&name)
            .filter(|it| *it != ComponentKind::Activity);
        let outside = || words::kind(&name, None).filter(|it| !it.is_runnable());
        kind.or_else(outside).is_some_and(is_reachable) || words::is_instance(&name)
    }

    fn is_component(&self, id: &str) -> bool {
        self.nodes.get(id).is_none_or(|node| node.is_component)
    }

    /// The name of a node or group, by its id.
    fn name(&self, id: &str) -> String {
        if let Some(title) = self.titles.get(id) {
            return title.clone();
        }
        self.nodes
            .get(id)
            .map_or_else(|| id.to_owned(), |node| node.name.clone())
    }

    fn edges(&self, topic: &Topic, diagram: usize, to: &mut Collector<'_>) {
        let mut steps = Vec::new();
        let paths = Paths::of(&self.edges, |id| self.is_end(id, to));
        for edge in &self.edges {
            if !self.is_component(&edge.from) || !self.is_component(&edge.to) {
                // The order in which endpoints or variables are listed.
                continue;
            }
            let (mut from, mut target) = (self.name(&edge.from), self.name(&edge.to));
            if edge.tips == (true, false) {
                std::mem::swap(&mut from, &mut target);
            }
            let origin = origin(to, edge.line, diagram);
            if let Some(step) = numbered_step(edge, &from, &target, &origin) {
                steps.push(step);
            }
            let through = topic.subject != Subject::Process || topic.is_system;
            let through = through && paths.lead_through(edge);
            let kind = edge_kind(edge, (&from, &target), topic, through, to);
            if let (Some(label), true) = (&edge.label, kind.needs_network()) {
                endpoint::in_words(&target, label, &origin, to);
            }
            to.connection(Connection {
                from,
                to: target,
                label: edge.label.clone(),
                kind,
                protocol: edge.label.as_deref().and_then(words::protocol),
                origin,
            });
        }
        if steps.len() >= 3 {
            to.steps(topic.title.clone(), steps);
        }
    }
}

/// No statement that people write joins more nodes with each other.
const MAX_JOINED: usize = 2_000;

fn parse_chain(
    line: usize,
    text: &str,
    nodes: &mut Vec<WrittenNode>,
    edges: &mut Vec<Edge>,
) -> Option<()> {
    let (mut left, mut rest) = node_list(text, nodes)?;
    while !rest.trim().is_empty() {
        let (arrow, after) = arrow::parse(rest)?;
        let (right, after) = node_list(after, nodes)?;
        // A line that nobody sees sets the places of nodes.
        for from in left
            .iter()
            .filter(|_| arrow.stroke != arrow::Stroke::Hidden)
        {
            // `a & b & c --> d & e & f` makes nine of one.
            let rest = MAX_JOINED.saturating_sub(edges.len());
            for to in right.iter().take(rest) {
                edges.push(Edge {
                    from: from.clone(),
                    to: to.clone(),
                    label: arrow.label.clone(),
                    tips: (arrow.back, arrow.forth),
                    line,
                });
            }
        }
        left = right;
        rest = after;
    }
    Some(())
}

/// The ids in `A & B`, and what follows.
fn node_list<'t>(text: &'t str, nodes: &mut Vec<WrittenNode>) -> Option<(Vec<String>, &'t str)> {
    let mut ids = Vec::new();
    let mut rest = text;
    loop {
        let (node, after) = node::parse(rest)?;
        ids.push(node.id.clone());
        nodes.push(node);
        rest = after;
        match rest.trim_start().strip_prefix('&') {
            Some(after) => rest = after,
            None => return Some((ids, rest)),
        }
    }
}

pub(super) fn origin(to: &Collector<'_>, line: usize, diagram: usize) -> Origin {
    let mut origin = to.line_origin(line);
    origin.diagram = Some(diagram);
    origin.confidence = 0.9;
    origin
}

/// Under a title about security, tiers are boundaries.
pub(super) fn tier_kind(title: &str) -> TierKind {
    let title = title.to_lowercase();
    if title.contains("security") || title.contains("trust") {
        TierKind::Boundary
    } else {
        TierKind::Layer
    }
}
