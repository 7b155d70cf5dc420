//! The statements of a flowchart: nodes, groups, classes and arrows between nodes.

use std::collections::BTreeSet;

use super::node::{self, WrittenNode};
use super::{Chart, Edge, Group, Node, arrow};
use crate::reader::collector::MAX_COMPONENTS;
use crate::reader::mermaid::{MAX_DEPTH, MAX_STATEMENT, text};
use crate::reader::words;

/// No statement that people write joins more nodes with each other.
const MAX_JOINED: usize = 2_000;

impl Chart {
    pub(super) fn statement(&mut self, line: usize, text: &str) {
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
            _ if self.is_of_an_arrow(text) => {}
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
        let title = text::lines(&title).join(" ");
        if self.titles.len() < MAX_COMPONENTS {
            self.titles
                .entry(id.clone())
                .or_insert_with(|| title.clone());
            self.groups.push(Group {
                title: title.clone(),
                line,
            });
        }
        self.open.push(title);
    }

    /// Whether a statement says how a named arrow is drawn: `calls@{ animate: true }`.
    fn is_of_an_arrow(&self, text: &str) -> bool {
        let named = text.split_once("@{");
        named.is_some_and(|(name, _)| self.arrows.contains(name.trim()))
    }

    /// `A --> B & C --> D`; of a statement that cannot be read, only the nodes with texts count.
    fn chain(&mut self, line: usize, text: &str) -> Option<()> {
        let mut nodes = Vec::new();
        let mut edges = Vec::new();
        let read = parse_chain(line, text, &mut nodes, &mut edges, &mut self.arrows);
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
        let groups: Vec<String> = open.cloned().collect();
        let lines = written.text.as_deref().map(text::lines).unwrap_or_default();
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
}

fn parse_chain(
    line: usize,
    text: &str,
    nodes: &mut Vec<WrittenNode>,
    edges: &mut Vec<Edge>,
    arrows: &mut BTreeSet<String>,
) -> Option<()> {
    let (mut left, mut rest) = node_list(text, nodes)?;
    while !rest.trim().is_empty() {
        if let Some((name, arrow)) = arrow::named(rest) {
            arrows.insert(name.to_owned());
            rest = arrow;
        }
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
