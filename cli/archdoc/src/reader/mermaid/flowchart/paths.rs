//! The ways through a flowchart from one thing that is called to another.

use std::collections::{HashMap, HashSet};

use super::Edge;

/// What can be reached from programs, and what reaches them.
pub(super) struct Paths<'a> {
    after: HashSet<&'a str>,
    before: HashSet<&'a str>,
}

impl<'a> Paths<'a> {
    /// The paths along edges that begin and end at what `is_end` says.
    pub(super) fn of(edges: &'a [Edge], is_end: impl Fn(&str) -> bool) -> Self {
        let ids = edges.iter().flat_map(|edge| [&*edge.from, &*edge.to]);
        // Each is asked about once, however many edges it has.
        let mut ends: HashSet<&str> = ids.collect();
        ends.retain(|id| is_end(id));
        let mut forth: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut back: HashMap<&str, Vec<&str>> = HashMap::new();
        for edge in edges {
            forth.entry(&edge.from).or_default().push(&edge.to);
            back.entry(&edge.to).or_default().push(&edge.from);
        }
        Self {
            after: reached(&ends, &forth),
            before: reached(&ends, &back),
        }
    }

    /// Whether an edge lies on a path from one end to another.
    pub(super) fn lead_through(&self, edge: &Edge) -> bool {
        self.after.contains(edge.from.as_str()) && self.before.contains(edge.to.as_str())
    }
}

fn reached<'a>(ends: &HashSet<&'a str>, next: &HashMap<&'a str, Vec<&'a str>>) -> HashSet<&'a str> {
    let mut found = ends.clone();
    let mut open: Vec<&str> = ends.iter().copied().collect();
    while let Some(id) = open.pop() {
        for id in next.get(id).into_iter().flatten() {
            if found.insert(id) {
                open.push(id);
            }
        }
    }
    found
}
