//! Gathers facts, and gives each its place.

mod bounds;
mod facts;

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};

use devkit_diagnostic::{Diagnostic, Diagnostics, SourceFile, Span};

use super::text::Line;
use super::words;
use crate::facts::{
    Alias, Architecture, Component, ComponentKind, Connection, ConnectionKind, Decoding, Diagram,
    Document, Environment, Heading, Metadata, Origin, Port, PortSource, Region, Waiver,
};

/// More facts of a kind than this are in no page for people, and are not read.
pub(super) const MAX_FACTS: usize = 20_000;
/// More components than this are in no drawing for people.
pub(super) const MAX_COMPONENTS: usize = 1_000;
/// More networks or volumes than this are on no page for people.
pub(super) const MAX_PLACES: usize = 500;

/// What has been read so far.
pub(super) struct Collector<'a> {
    pub(super) source: SourceFile,
    pub(super) lines: &'a [Line<'a>],
    pub(super) metadata: Metadata,
    pub(super) headings: Vec<Heading>,
    pub(super) diagrams: Vec<Diagram>,
    pub(super) waivers: Vec<Waiver>,
    pub(super) aliases: Vec<Alias>,
    pub(super) regions: Vec<Region>,
    pub(super) facts: Architecture,
    pub(super) diagnostics: Diagnostics,
    /// Ports written in boxes, which count where no table or address says the same.
    drawn: Vec<Port>,
    known: HashMap<String, usize>,
    /// The connections between two names, the endpoints of a path, the topics of a name.
    joined: HashMap<(String, String), Vec<usize>>,
    paths: HashMap<String, Vec<usize>>,
    topics: HashMap<String, usize>,
    tables: HashMap<String, Vec<usize>>,
    /// The last place whose column was counted: line, byte and column.
    counted: Cell<(usize, usize, usize)>,
    /// The kinds of facts of which there were too many.
    too_many: BTreeSet<&'static str>,
    /// The heading that each heading stands under.
    above: Vec<Option<usize>>,
    /// How many rows of tables were read, steps of flows, and cells of drawings.
    rows: usize,
    step_count: usize,
    pub(super) cells: usize,
}

impl<'a> Collector<'a> {
    pub(super) fn new(source: SourceFile, lines: &'a [Line<'a>]) -> Self {
        Self {
            source,
            lines,
            metadata: Metadata::default(),
            headings: Vec::new(),
            diagrams: Vec::new(),
            waivers: Vec::new(),
            aliases: Vec::new(),
            regions: Vec::new(),
            facts: Architecture::default(),
            diagnostics: Diagnostics::new(),
            drawn: Vec::new(),
            known: HashMap::new(),
            joined: HashMap::new(),
            paths: HashMap::new(),
            topics: HashMap::new(),
            tables: HashMap::new(),
            counted: Cell::new((usize::MAX, 0, 0)),
            too_many: BTreeSet::new(),
            above: Vec::new(),
            rows: 0,
            step_count: 0,
            cells: 0,
        }
    }

    /// The place of bytes in one line (counted from 0), with full confidence.
    pub(super) fn origin(&self, line: usize, span: Span) -> Origin {
        let start = self.lines.get(line).map_or(0, |line| line.start);
        let text = self.source.text();
        // Many facts of one long line are read from left to right.
        let (from, before) = match self.counted.get() {
            (known, byte, column) if known == line && byte <= span.start => (byte, column),
            _ => (start, 0),
        };
        let length = text.get(from..span.start).map(|it| it.chars().count());
        let column = length.map_or(0, |length| before + length);
        if length.is_some() {
            self.counted.set((line, span.start, column));
        }
        let column = column + 1;
        Origin {
            file: self.source.path().to_owned(),
            line: line + 1,
            column,
            span,
            confidence: 1.0,
            environment: Environment::Any,
            diagram: None,
            heading: self.heading_at(line),
        }
    }

    /// The place of a whole line without the spaces around it.
    pub(super) fn line_origin(&self, line: usize) -> Origin {
        let Some(found) = self.lines.get(line) else {
            return self.origin(line, 0..0);
        };
        let lead = found.text.len() - found.text.trim_start().len();
        let start = found.start + lead;
        self.origin(line, start..start + found.text.trim().len())
    }

    /// The text of the nearest heading above a line.
    pub(super) fn heading_at(&self, line: usize) -> Option<String> {
        let after = self
            .headings
            .partition_point(|heading| heading.origin.line <= line + 1);
        let heading = self.headings.get(after.checked_sub(1)?)?;
        // Every fact below it repeats the heading, which nobody makes longer than that.
        Some(heading.text.chars().take(200).collect())
    }

    /// The texts of the headings that a line stands under, innermost first.
    pub(super) fn headings_above(&self, line: usize) -> Vec<&str> {
        let after = self
            .headings
            .partition_point(|heading| heading.origin.line <= line + 1);
        let mut found = Vec::new();
        let mut at = after.checked_sub(1);
        while let Some(index) = at {
            found.push(self.headings[index].text.as_str());
            at = self.above.get(index).copied().flatten();
        }
        found
    }

    /// Adds a component, or what is new about one that is known by the same name.
    pub(super) fn component(&mut self, component: Component) {
        let key = words::canonical(&component.name);
        if key.is_empty() {
            return;
        }
        if component.origin.diagram.is_some() {
            self.drawn_versions(&component);
            self.drawn_limits(&component);
        }
        // `API-2` is a replica where `API` is known.
        let stem = key.trim_end_matches(|it: char| it.is_ascii_digit());
        let replica = stem.len() < key.len() && self.known.contains_key(stem);
        let key = if replica { stem.to_owned() } else { key };
        let Some(index) = self.known.get(&key) else {
            if self.is_full() {
                self.too_many("components");
                return;
            }
            self.known.insert(key, self.facts.components.len());
            self.facts.components.push(component);
            return;
        };
        let known = &mut self.facts.components[*index];
        if known.mentions.len() < MAX_PLACES {
            known.mentions.push(component.origin);
        }
        for alias in std::iter::once(component.name).chain(component.aliases) {
            let room = known.aliases.len() < MAX_PLACES;
            if room && alias != known.name && !known.aliases.contains(&alias) {
                known.aliases.push(alias);
            }
        }
        if !known.runnable && component.runnable {
            known.kind = component.kind;
            known.runnable = true;
        }
        if known.technology.is_none() {
            known.technology = component.technology;
        }
        for port in component.ports {
            if known.ports.len() < MAX_PLACES && !known.ports.contains(&port) {
                known.ports.push(port);
            }
        }
        for address in component.addresses {
            if known.addresses.len() < MAX_PLACES && !known.addresses.contains(&address) {
                known.addresses.push(address);
            }
        }
        known.role = known.role.or(component.role);
        known.replicas = known.replicas.or(component.replicas);
        if known.groups.is_empty() {
            known.groups = component.groups;
        }
    }

    /// Says once that there are more facts of a kind than are looked at.
    pub(super) fn too_many(&mut self, what: &'static str) {
        if self.too_many.insert(what) {
            let message = format!("The document has too many {what} for a page; not all are read");
            let warning = Diagnostic::warning(message).in_file(self.source.path());
            self.diagnostics.push(warning);
        }
    }

    /// How many of the rows of a further table are looked at.
    pub(super) fn take_rows(&mut self, rows: usize) -> usize {
        let taken = rows.min(MAX_FACTS - self.rows);
        if taken < rows {
            self.too_many("rows of a table");
        }
        self.rows += taken;
        taken
    }

    /// Whether no more components are looked at.
    pub(super) fn is_full(&self) -> bool {
        self.facts.components.len() >= MAX_COMPONENTS
    }

    /// The ports written in boxes that nothing else says.
    fn drawn_only(&mut self) {
        let mut told: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, port) in self.facts.ports.iter().enumerate() {
            let service = words::canonical(&port.service);
            told.entry(service).or_default().push(index);
        }
        for port in std::mem::take(&mut self.drawn) {
            let service = words::canonical(&self.resolve(&port.service));
            let indices = told.entry(service).or_default();
            let same = indices.iter().copied().find(|index| {
                let known = &self.facts.ports[*index];
                known.internal == port.internal || known.external == port.internal
            });
            let Some(index) = same else {
                indices.push(self.facts.ports.len());
                self.facts.ports.push(port);
                continue;
            };
            let known = &mut self.facts.ports[index];
            if known.source == PortSource::Diagram {
                known.external = known.external.or(port.external);
                known.protocol = known.protocol.take().or(port.protocol);
            }
        }
    }

    /// The component of a name, where one is known.
    pub(super) fn find(&self, name: &str) -> Option<&Component> {
        let key = words::canonical(name);
        let stem = key.trim_end_matches(|it: char| it.is_ascii_digit());
        let index = self.known.get(&key).or_else(|| self.known.get(stem))?;
        self.facts.components.get(*index)
    }

    /// The component of a name, to be told more about.
    pub(super) fn find_mut(&mut self, name: &str) -> Option<&mut Component> {
        let index = *self.known.get(&words::canonical(name))?;
        self.facts.components.get_mut(index)
    }

    /// Whether a component of the name is known.
    pub(super) fn is_known(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// What a name is known to be.
    pub(super) fn kind_of(&self, name: &str) -> Option<ComponentKind> {
        self.find(name).map(|component| component.kind)
    }

    /// Whether a name is known as a part inside one service.
    pub(super) fn is_module(&self, name: &str) -> bool {
        self.kind_of(name) == Some(ComponentKind::Module)
    }

    /// The known name that a text means: `Ollama API` is `Ollama`.
    pub(super) fn resolve(&self, name: &str) -> String {
        if let Some(found) = self.find(name) {
            return found.name.clone();
        }
        let shorter = name
            .rsplit_once(' ')
            .filter(|(_, last)| {
                matches!(
                    last.to_lowercase().as_str(),
                    "api"
                        | "ui"
                        | "mgmt"
                        | "management"
                        | "console"
                        | "dashboard"
                        | "app"
                        | "service"
                )
            })
            .and_then(|(stem, _)| self.find(stem));
        shorter.map_or_else(|| name.to_owned(), |found| found.name.clone())
    }

    /// Adds a connection; the first of several equal ones counts.
    pub(super) fn connection(&mut self, mut connection: Connection) {
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
    pub(super) fn is_connected(&self, from: &str, to: &str) -> bool {
        let ends = (from.to_owned(), to.to_owned());
        self.joined.contains_key(&ends)
    }

    pub(super) fn finish(mut self, decoding: Decoding) -> Document {
        self.drawn_only();
        Document {
            source: self.source,
            decoding,
            metadata: self.metadata,
            headings: self.headings,
            diagrams: self.diagrams,
            waivers: self.waivers,
            aliases: self.aliases,
            regions: self.regions,
            facts: self.facts,
            diagnostics: self.diagnostics,
        }
    }
}

/// Words that were written in several lines.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The place that comes first in the document.
fn earlier(known: &Origin, other: Origin) -> Origin {
    if other.line < known.line {
        other
    } else {
        known.clone()
    }
}
