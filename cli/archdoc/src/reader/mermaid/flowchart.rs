//! Flowcharts: nodes, groups and arrows.

use std::collections::HashMap;

use super::node::{self, Shape, WrittenNode};
use super::sequence::ratio;
use super::{Numbered, arrow};
use crate::facts::{
    ComponentKind, Connection, ConnectionKind, Endpoint, EnvironmentVariable, Flow, Origin, Step,
    StepKind, Topic as BrokerTopic,
};
use crate::reader::collector::Collector;
use crate::reader::label::Label;
use crate::reader::subject::{Subject, Topic};
use crate::reader::tables::is_method;
use crate::reader::words;

struct Node {
    lines: Vec<String>,
    shape: Shape,
    groups: Vec<String>,
    line: usize,
    /// The name under which it takes part in connections.
    name: String,
}

struct Edge {
    from: String,
    to: String,
    label: Option<String>,
    tips: (bool, bool),
    line: usize,
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
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        match word {
            "subgraph" => self.subgraph(line, rest.trim()),
            "end" => {
                self.open.pop();
            }
            "style" | "classDef" | "class" | "linkStyle" | "click" | "direction" | "accTitle:"
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
        self.groups.push((id.clone(), title.clone(), line));
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

    fn node(&mut self, line: usize, written: WrittenNode) {
        if self.groups.iter().any(|(id, ..)| *id == written.id) && written.text.is_none() {
            return;
        }
        let groups: Vec<String> = self.open.iter().map(|(_, title)| title.clone()).collect();
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
        };
        self.nodes.insert(written.id, node);
    }

    fn nodes(&mut self, topic: &Topic, diagram: usize, to: &mut Collector<'_>) {
        for (_, title, line) in &self.groups {
            let label = Label::of(std::slice::from_ref(title));
            if label.name.is_empty() {
                continue;
            }
            let mut component = label.component(ComponentKind::Group, origin(to, *line, diagram));
            component.runnable = false;
            let connected = self
                .edges
                .iter()
                .any(|edge| edge.from == *title || edge.to == *title);
            if connected || !to.is_known(title) {
                to.component(component);
            }
        }
        for id in &self.order {
            let Some(node) = self.nodes.get_mut(id) else {
                continue;
            };
            let lines = if node.lines.is_empty() {
                vec![id.clone()]
            } else {
                node.lines.clone()
            };
            node.name = node_facts(id, node, &lines, topic, diagram, to);
        }
    }

    /// The name of a node or group, by its id.
    fn name(&self, id: &str) -> String {
        if let Some((_, title, _)) = self.groups.iter().find(|(group, ..)| group == id) {
            return title.clone();
        }
        self.nodes
            .get(id)
            .map_or_else(|| id.to_owned(), |node| node.name.clone())
    }

    fn edges(&self, topic: &Topic, diagram: usize, to: &mut Collector<'_>) {
        let mut steps = Vec::new();
        for edge in &self.edges {
            let (mut from, mut target) = (self.name(&edge.from), self.name(&edge.to));
            if edge.tips == (true, false) {
                std::mem::swap(&mut from, &mut target);
            }
            let origin = origin(to, edge.line, diagram);
            if let Some(step) = numbered_step(edge, &from, &target, &origin) {
                steps.push(step);
            }
            let kind = edge_kind(edge, &from, &target, topic, to);
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
            let origin = steps[0].origin.clone();
            to.facts.flows.push(Flow {
                name: topic.title.clone(),
                steps,
                origin,
            });
        }
    }
}

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
        for from in &left {
            for to in &right {
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

fn origin(to: &Collector<'_>, line: usize, diagram: usize) -> Origin {
    let mut origin = to.line_origin(line);
    origin.diagram = Some(diagram);
    origin.confidence = 0.9;
    origin
}

/// A step such as `1. GET /products/:id`, `3b. Cache MISS`.
fn numbered_step(edge: &Edge, from: &str, to: &str, origin: &Origin) -> Option<Step> {
    let label = edge.label.as_deref()?;
    let digits = label.find(|it: char| !it.is_ascii_digit()).unwrap_or(0);
    let number: u32 = label[..digits].parse().ok()?;
    let dot = label[digits..].find('.').filter(|at| *at <= 1)?;
    let letter = &label[digits..digits + dot];
    let text = label[digits + dot + 1..].trim();
    Some(Step {
        from: from.to_owned(),
        to: to.to_owned(),
        text: text.to_owned(),
        number: Some(number),
        kind: if words::is_response(text) || text.to_lowercase().starts_with("cache ") {
            StepKind::Response
        } else {
            StepKind::Request
        },
        branch: if letter.is_empty() {
            Vec::new()
        } else {
            vec![format!("alt {letter}")]
        },
        origin: origin.clone(),
    })
}

fn edge_kind(
    edge: &Edge,
    from: &str,
    to: &str,
    topic: &Topic,
    collector: &Collector<'_>,
) -> ConnectionKind {
    let label = edge.label.as_deref().unwrap_or("");
    let text = label
        .trim_start_matches(|it: char| it.is_ascii_alphanumeric() && label.contains(". "))
        .trim_start_matches(['.', ' ']);
    if words::is_response(label)
        || words::is_response(text)
        || text.to_lowercase().starts_with("cache miss")
    {
        return ConnectionKind::Response;
    }
    let kinds = (collector.kind_of(from), collector.kind_of(to));
    let volume = |kind: Option<ComponentKind>| kind == Some(ComponentKind::Volume);
    if volume(kinds.0) || volume(kinds.1) {
        return ConnectionKind::Mount;
    }
    let is_topic = |kind: Option<ComponentKind>| kind == Some(ComponentKind::Topic);
    if is_topic(kinds.0) || is_topic(kinds.1) {
        return ConnectionKind::Message;
    }
    let reachable = |kind: Option<ComponentKind>| {
        kind.is_some_and(|it| {
            it.is_runnable()
                || matches!(
                    it,
                    ComponentKind::Client | ComponentKind::External | ComponentKind::Group
                )
        })
    };
    let runnable = |kind: Option<ComponentKind>| kind.is_some_and(ComponentKind::is_runnable);
    let both = reachable(kinds.0) && reachable(kinds.1);
    match topic.subject {
        Subject::Process => ConnectionKind::Sequence,
        Subject::Inside if !runnable(kinds.0) || !runnable(kinds.1) => ConnectionKind::Sequence,
        _ if !both => ConnectionKind::Sequence,
        _ if edge.tips == (false, false) => ConnectionKind::Link,
        _ => ConnectionKind::Request,
    }
}

/// Reads the facts of one node; answers with the name under which it takes part in connections.
fn node_facts(
    id: &str,
    node: &Node,
    lines: &[String],
    topic: &Topic,
    diagram: usize,
    to: &mut Collector<'_>,
) -> String {
    let first = lines[0].as_str();
    let origin = origin(to, node.line, diagram);
    let group = node.groups.last().map_or("", String::as_str);
    if let Some((method, path)) = first.split_once(' ')
        && is_method(method)
        && path.starts_with('/')
    {
        to.facts.endpoints.push(Endpoint {
            service: topic.service.clone(),
            method: method.to_owned(),
            path: path.trim().to_owned(),
            description: lines.get(1).cloned(),
            origin,
        });
        return first.to_owned();
    }
    let lower_group = group.to_lowercase();
    if lower_group.contains("grpc method") || lower_group.contains("rpc methods") {
        to.facts.endpoints.push(Endpoint {
            service: topic.service.clone(),
            method: "RPC".to_owned(),
            path: first.to_owned(),
            description: lines.get(1).cloned(),
            origin,
        });
        return first.to_owned();
    }
    if let Some((key, value)) = first.split_once(':')
        && is_variable(key)
        && lines.len() == 1
    {
        to.facts.environment.push(EnvironmentVariable {
            service: topic.service.clone(),
            key: key.to_owned(),
            value: Some(value.trim().to_owned()),
            origin,
        });
        return key.to_owned();
    }
    let label = Label::of(lines);
    if label.name.is_empty() {
        return id.to_owned();
    }
    let partitions = lines.iter().find_map(|line| partitions(line));
    if partitions.is_some() || lower_group.contains("topics") || lower_group.ends_with("queues") {
        to.facts.topics.push(BrokerTopic {
            name: label.name.clone(),
            broker: words::software(group).map(|_| broker(group)),
            partitions,
            origin: origin.clone(),
        });
        let component = label.component(ComponentKind::Topic, origin.clone());
        to.component(component);
        broker_group(group, &origin, to);
        return label.name;
    }
    let kind = kind(&label, node, topic, to);
    let mut component = label.component(kind, origin);
    component.groups.clone_from(&node.groups);
    if words::canonical(id) != words::canonical(&label.name) {
        component.aliases.push(id.to_owned());
    }
    to.component(component);
    label.name
}

/// A group around topics is the broker itself.
fn broker_group(group: &str, origin: &Origin, to: &mut Collector<'_>) {
    if words::software(group).is_some() && group.to_lowercase().contains("cluster") {
        let label = Label::of(&[group.to_owned()]);
        let component = label.component(ComponentKind::Queue, origin.clone());
        to.component(component);
    }
}

fn broker(group: &str) -> String {
    let name = group.trim();
    name.strip_suffix("Topics")
        .unwrap_or(name)
        .trim()
        .to_owned()
}

fn partitions(line: &str) -> Option<u32> {
    let (number, word) = line.trim().split_once(' ')?;
    word.starts_with("partition").then(|| number.parse().ok())?
}

fn is_variable(key: &str) -> bool {
    key.len() > 1
        && key
            .chars()
            .all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == '_')
        && (key.contains('_') || key == "PORT" || key == "HOST")
}

fn kind(label: &Label, node: &Node, topic: &Topic, to: &Collector<'_>) -> ComponentKind {
    let named = words::kind(&label.name, label.technology.as_deref());
    let known = to.kind_of(&label.name).filter(|it| it.is_runnable());
    if words::is_instance(&label.name) {
        return ComponentKind::Module;
    }
    if node.shape == Shape::Diamond {
        return ComponentKind::Activity;
    }
    match topic.subject {
        Subject::Process => return known.unwrap_or(ComponentKind::Activity),
        Subject::Inside => {
            return known.unwrap_or(match named {
                Some(it) if !it.is_runnable() => it,
                Some(it)
                    if words::software(&label.name).is_some() && node.shape == Shape::Cylinder =>
                {
                    it
                }
                _ => ComponentKind::Module,
            });
        }
        Subject::Platform => {}
    }
    if to.is_module(&label.name) && label.ports.is_empty() {
        return ComponentKind::Module;
    }
    if let Some(named) = named {
        return named;
    }
    let groups = node.groups.join(" ").to_lowercase();
    if groups.contains("client") || groups.contains("user") {
        ComponentKind::Client
    } else if groups.contains("external") || groups.contains("third") || groups.contains("edge") {
        ComponentKind::External
    } else if node.shape == Shape::Cylinder {
        ComponentKind::Database
    } else if !label.ports.is_empty() || groups.is_empty() || groups.contains("service") {
        ComponentKind::Service
    } else {
        ComponentKind::Module
    }
}
