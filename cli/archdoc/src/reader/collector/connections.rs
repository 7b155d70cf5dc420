//! Connections, one for each pair of names and kind.

use super::{Collector, MAX_FACTS};
use crate::facts::{Connection, ConnectionKind};

impl Collector<'_> {
    /// Adds a connection; the first of several equal ones counts.
    pub(in crate::reader) fn connection(&mut self, mut connection: Connection) {
        for end in [&mut connection.from, &mut connection.to] {
            if let Some(name) = self.find(end).map(|found| found.name.clone()) {
                *end = name;
            }
        }
        let label = connection.label.take().map(|it| one_line(&it));
        connection.label.clone_from(&label);
        let link = connection.kind == ConnectionKind::Link;
        let internal = |kind: ConnectionKind| kind == ConnectionKind::Internal;
        let sure = connection.origin.confidence >= 0.5;
        let ends = (connection.from.clone(), connection.to.clone());
        let indices = self.joined.entry(ends).or_default();
        let same = indices.iter().copied().find(|index| {
            let known = &self.facts.connections[*index];
            known.kind == connection.kind
                || link && known.kind == ConnectionKind::Request
                || internal(connection.kind) && known.kind.needs_network()
                || internal(known.kind) && connection.kind.needs_network()
        });
        if let Some(index) = same {
            let known = &mut self.facts.connections[index];
            if internal(known.kind) && !internal(connection.kind) {
                known.kind = connection.kind;
                known.origin = connection.origin;
            }
            if known.label.is_none() && sure {
                known.label = label;
                known.protocol = connection.protocol;
            }
        } else if self.facts.connections.len() < MAX_FACTS {
            indices.push(self.facts.connections.len());
            self.facts.connections.push(connection);
        } else {
            self.too_many("connections");
        }
    }

    /// Whether a connection between two names is known.
    pub(in crate::reader) fn is_connected(&self, from: &str, to: &str) -> bool {
        let ends = (from.to_owned(), to.to_owned());
        self.joined.contains_key(&ends)
    }
}

/// Words that were written in several lines.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
