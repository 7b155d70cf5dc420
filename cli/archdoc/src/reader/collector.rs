//! Gathers facts, and gives each its place.

use std::collections::HashMap;

use devkit_diagnostic::{Diagnostics, SourceFile, Span};

use super::text::Line;
use super::words;
use crate::facts::{
    Alias, Architecture, Component, ComponentKind, Connection, ConnectionKind, Decoding, Diagram,
    Document, Environment, Heading, Metadata, Origin, Region, Volume, Waiver,
};

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
    known: HashMap<String, usize>,
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
            known: HashMap::new(),
        }
    }

    /// The place of bytes in one line (counted from 0), with full confidence.
    pub(super) fn origin(&self, line: usize, span: Span) -> Origin {
        let start = self.lines.get(line).map_or(0, |line| line.start);
        let text = self.source.text();
        let column = text
            .get(start..span.start)
            .map_or(0, |it| it.chars().count())
            + 1;
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
        Some(heading.text.clone())
    }

    /// The texts of the headings that a line stands under, innermost first.
    pub(super) fn headings_above(&self, line: usize) -> Vec<&str> {
        let mut level = u8::MAX;
        let mut found = Vec::new();
        for heading in self.headings.iter().rev() {
            if heading.origin.line <= line + 1 && heading.level < level {
                level = heading.level;
                found.push(heading.text.as_str());
            }
        }
        found
    }

    /// Adds a component, or what is new about one that is known by the same name.
    pub(super) fn component(&mut self, component: Component) {
        let key = words::canonical(&component.name);
        if key.is_empty() {
            return;
        }
        // `API-2` is a replica where `API` is known.
        let stem = key.trim_end_matches(|it: char| it.is_ascii_digit());
        let replica = stem.len() < key.len() && self.known.contains_key(stem);
        let key = if replica { stem.to_owned() } else { key };
        let Some(index) = self.known.get(&key) else {
            self.known.insert(key, self.facts.components.len());
            self.facts.components.push(component);
            return;
        };
        let known = &mut self.facts.components[*index];
        known.mentions.push(component.origin);
        if component.name != known.name && !known.aliases.contains(&component.name) {
            known.aliases.push(component.name);
        }
        for alias in component.aliases {
            if alias != known.name && !known.aliases.contains(&alias) {
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
            if !known.ports.contains(&port) {
                known.ports.push(port);
            }
        }
        for address in component.addresses {
            if !known.addresses.contains(&address) {
                known.addresses.push(address);
            }
        }
        known.role = known.role.or(component.role);
        known.replicas = known.replicas.or(component.replicas);
        if known.groups.is_empty() {
            known.groups = component.groups;
        }
    }

    /// The component of a name, where one is known.
    pub(super) fn find(&self, name: &str) -> Option<&Component> {
        let key = words::canonical(name);
        let stem = key.trim_end_matches(|it: char| it.is_ascii_digit());
        let index = self.known.get(&key).or_else(|| self.known.get(stem))?;
        self.facts.components.get(*index)
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

    /// Adds a volume, or what is new about one that is known by the same name.
    pub(super) fn volume(&mut self, volume: Volume) {
        match self
            .facts
            .volumes
            .iter_mut()
            .find(|it| it.name == volume.name)
        {
            Some(known) => {
                known.of = known.of.take().or(volume.of);
                known.target = known.target.take().or(volume.target);
                known.description = known.description.take().or(volume.description);
            }
            None => self.facts.volumes.push(volume),
        }
    }

    /// Adds a connection; the first of several equal ones counts.
    pub(super) fn connection(&mut self, mut connection: Connection) {
        for end in [&mut connection.from, &mut connection.to] {
            if let Some(name) = self.find(end).map(|found| found.name.clone()) {
                *end = name;
            }
        }
        let label = connection.label.clone();
        let link = connection.kind == ConnectionKind::Link;
        let known = self.facts.connections.iter_mut().find(|it| {
            it.from == connection.from
                && it.to == connection.to
                && (it.kind == connection.kind || link && it.kind == ConnectionKind::Request)
        });
        match known {
            Some(known) => {
                if known.label.is_none() {
                    known.label = label;
                    known.protocol = connection.protocol;
                }
            }
            None => self.facts.connections.push(connection),
        }
    }

    pub(super) fn finish(self, decoding: Decoding) -> Document {
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
