//! What a flowchart says once all its statements are read.

use std::collections::{HashMap, HashSet};

use super::edge::{edge_kind, is_reachable, numbered_step};
use super::meaning;
use super::paths::Paths;
use super::{Chart, Group, Node};
use crate::facts::{ComponentKind, Connection, Tier};
use crate::reader::collector::Collector;
use crate::reader::drawing::Drawing;
use crate::reader::endpoint;
use crate::reader::label::Label;
use crate::reader::mermaid::{DRAWN, tier_kind};
use crate::reader::subject::Subject;
use crate::reader::words;

/// How many steps make a flow.
const LEAST: usize = 3;

impl Chart {
    pub(super) fn nodes(&mut self, drawing: &Drawing, to: &mut Collector<'_>) {
        let ends = self.edges.iter().flat_map(|edge| [&edge.from, &edge.to]);
        let joined: HashSet<&String> = ends.collect();
        let nodes: HashSet<String> = self.nodes.iter().map(name_of).collect();
        for Group { title, line } in &self.groups {
            let label = Label::of(&[title]);
            // A frame around the part of its name says nothing of its own.
            if label.name.is_empty() || nodes.contains(&words::canonical(&label.name)) {
                continue;
            }
            if joined.contains(title) || !to.is_known(title) {
                let origin = drawing.origin(*line, DRAWN, to);
                to.component(label.component(ComponentKind::Group, origin));
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
            let meaning = meaning::read(id, node, &lines, drawing, to);
            node.name = meaning.name;
            node.is_component = meaning.is_component;
        }
        if drawing.is_of_platform() {
            self.layers(drawing, to);
        }
    }

    /// Whether several stores and brokers are drawn, which steps alone do not have: a drawing below
    /// `Processing pipeline` may show what runs.
    pub(super) fn draws_stores(&self) -> bool {
        use ComponentKind::{Cache, Database, Queue, Storage};
        const LEAST: usize = 2;
        let of = |node: &Node| words::kind(&Label::of(&node.lines).name, None);
        let is_store = |node: &&Node| matches!(of(node), Some(Cache | Database | Queue | Storage));
        let stores = self.nodes.values().filter(is_store);
        let names: HashSet<&str> = stores
            .filter_map(|node| Some(node.lines.first()?.as_str()))
            .filter(|name| words::names_software(name))
            .collect();
        names.len() >= LEAST
    }

    /// Groups that are called layers, tiers or zones.
    fn layers(&self, drawing: &Drawing, to: &mut Collector<'_>) {
        let kind = tier_kind(drawing);
        let titles = self.groups.iter().map(|it| it.title.as_str());
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
        for Group { title, line } in &self.groups {
            let Some(members) = members.remove(title.as_str()) else {
                continue;
            };
            to.layer(Tier {
                name: title.clone(),
                members,
                kind,
                claims: Vec::new(),
                origin: drawing.origin(*line, DRAWN, to),
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

    pub(super) fn edges(&self, drawing: &Drawing, to: &mut Collector<'_>) {
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
            let origin = drawing.origin(edge.line, DRAWN, to);
            if let Some(step) = numbered_step(edge, &from, &target, &origin) {
                steps.push(step);
            }
            let through = drawing.topic.subject != Subject::Process || drawing.topic.is_system;
            let through = through && paths.lead_through(edge);
            let kind = edge_kind(edge, (&from, &target), drawing, through, to);
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
        if steps.len() >= LEAST {
            to.steps(drawing.title(), steps);
        }
    }
}

/// The name under which a node is known as a component.
fn name_of((id, node): (&String, &Node)) -> String {
    let written = match node.lines.as_slice() {
        [] => id.clone(),
        lines => Label::of(lines).name,
    };
    words::canonical(&written)
}
