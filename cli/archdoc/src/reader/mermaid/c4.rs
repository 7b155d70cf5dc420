//! C4 diagrams: people, systems, containers, their boundaries and relations.

use std::collections::HashMap;

use super::call::{Call, call};
use super::{DRAWN, MAX_DEPTH, Numbered, ratio};
use crate::facts::{ComponentKind, Connection, ConnectionKind, Origin};
use crate::reader::collector::Collector;
use crate::reader::drawing::Drawing;
use crate::reader::label::{Label, split_aside};
use crate::reader::words;

/// What a C4 diagram zooms into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Systems and people.
    Context,
    /// The programs of a system.
    Container,
    /// The parts of a program.
    Component,
}

impl Level {
    /// The level that the first word of a diagram names.
    pub(super) fn of(word: &str) -> Option<Self> {
        match word {
            "C4Context" => Some(Self::Context),
            "C4Container" | "C4Dynamic" | "C4Deployment" => Some(Self::Container),
            "C4Component" => Some(Self::Component),
            _ => None,
        }
    }
}

struct Reader<'a, 'b> {
    to: &'a mut Collector<'b>,
    level: Level,
    drawing: &'a Drawing,
    names: HashMap<String, String>,
    /// The titles of the open boundaries.
    open: Vec<String>,
    unread: usize,
}

/// Reads the statements; answers with the share of them that was understood.
pub(super) fn read(
    statements: &[Numbered<'_>],
    level: Level,
    drawing: &Drawing,
    to: &mut Collector<'_>,
) -> f64 {
    let mut reader = Reader {
        to,
        level,
        drawing,
        names: HashMap::new(),
        open: Vec::new(),
        unread: 0,
    };
    let mut count = 0_usize;
    for (line, text) in statements {
        let text = text.trim();
        if !text.is_empty() && !text.starts_with("title") {
            count += 1;
            reader.statement(*line, text);
        }
    }
    1.0 - ratio(reader.unread, count)
}

impl Reader<'_, '_> {
    fn statement(&mut self, line: usize, text: &str) {
        let closing = text.chars().filter(|it| *it == '}').count();
        if text.starts_with('}') {
            self.open
                .truncate(self.open.len().saturating_sub(closing.max(1)));
            return;
        }
        if text == "{" {
            return;
        }
        let Some(call) = call(text) else {
            self.unread += 1;
            return;
        };
        let name = call.name;
        if name.starts_with("Rel") || name.starts_with("BiRel") {
            self.relation(line, &call);
        } else if name.ends_with("Boundary") || is_deployment_node(name) {
            self.boundary(line, &call, text.ends_with('{'));
        } else if name.starts_with("Update") || name.starts_with("Add") || name.starts_with("Lay") {
            // How it looks.
        } else {
            self.element(line, &call);
        }
    }

    fn boundary(&mut self, line: usize, call: &Call<'_>, opens: bool) {
        let title = call
            .argument(1)
            .unwrap_or_else(|| call.argument(0).unwrap_or_default());
        let label = Label::of(&[title]);
        if !label.name.is_empty() && !self.to.is_known(title) {
            let component = label.component(ComponentKind::Group, self.origin(line));
            self.to.component(component);
        }
        if let Some(id) = call.argument(0) {
            self.names.insert(id.to_owned(), title.to_owned());
        }
        if opens {
            self.open.push(title.to_owned());
        }
    }

    fn element(&mut self, line: usize, call: &Call<'_>) {
        let Some(id) = call.argument(0) else {
            self.unread += 1;
            return;
        };
        let written = call.argument(1).unwrap_or(id);
        let (name, aside) = split_aside(written);
        let typed = !call.name.starts_with("Person") && !call.name.starts_with("System");
        let technology = call
            .argument(2)
            .filter(|it| typed && !it.is_empty())
            .map(str::to_owned)
            .or(aside);
        let description = call.argument(if typed { 3 } else { 2 });
        let mut lines = vec![name];
        lines.extend(technology.map(|it| format!("({it})")));
        let label = Label::of(&lines);
        if label.name.is_empty() {
            return;
        }
        let Some(kind) = self.kind(call.name, &label) else {
            self.unread += 1;
            return;
        };
        let origin = self.origin(line);
        self.to.drawn_ports(&label, kind, |_, _| origin.clone());
        let mut component = label.component(kind, origin);
        component.notes.extend(description.map(str::to_owned));
        component.groups = self.open.iter().take(MAX_DEPTH).cloned().collect();
        if words::canonical(id) != words::canonical(&label.name) {
            component.aliases.push(id.to_owned());
        }
        self.to.component(component);
        self.names.insert(id.to_owned(), label.name);
    }

    fn kind(&self, macro_name: &str, label: &Label) -> Option<ComponentKind> {
        let (base, external) = match macro_name.strip_suffix("_Ext") {
            Some(base) => (base, true),
            None => (macro_name, false),
        };
        let named = words::kind(&label.name, label.technology.as_deref());
        // `API Host` is what runs the API here; machines are no containers.
        let is_a_host = label.name.ends_with(" Host");
        let named = named.filter(|it| !is_a_host || *it != ComponentKind::External);
        let external = external || named == Some(ComponentKind::External);
        Some(match base {
            "Person" => ComponentKind::Client,
            _ if external => ComponentKind::External,
            "System" if self.level == Level::Context => ComponentKind::Group,
            "System" => ComponentKind::External,
            "SystemDb" | "ContainerDb" if self.level != Level::Component => named
                .filter(|it| it.is_runnable())
                .unwrap_or(ComponentKind::Database),
            "SystemQueue" | "ContainerQueue" if self.level != Level::Component => named
                .filter(|it| it.is_runnable())
                .unwrap_or(ComponentKind::Queue),
            "Container" | "ContainerDb" | "ContainerQueue" | "SystemDb" | "SystemQueue" => named
                .filter(|it| *it != ComponentKind::Client)
                .unwrap_or(ComponentKind::Service),
            "Component" | "ComponentDb" | "ComponentQueue" => ComponentKind::Module,
            _ => return None,
        })
    }

    fn relation(&mut self, line: usize, call: &Call<'_>) {
        // `RelIndex` numbers its relation first.
        let skip = usize::from(call.name == "RelIndex");
        let ends = (call.argument(skip), call.argument(skip + 1));
        let (Some(from), Some(target)) = ends else {
            self.unread += 1;
            return;
        };
        let name = |id: &str| self.names.get(id).cloned();
        let (Some(mut from), Some(mut target)) = (name(from), name(target)) else {
            return;
        };
        if call.name.contains("Back") {
            std::mem::swap(&mut from, &mut target);
        }
        let label = call.argument(skip + 2).filter(|it| !it.is_empty());
        let technology = call.argument(skip + 3).unwrap_or_default();
        let module = |name: &str| self.to.is_module(name);
        let kind = if module(&from) || module(&target) {
            ConnectionKind::Internal
        } else if label.is_some_and(words::is_response) {
            ConnectionKind::Response
        } else {
            ConnectionKind::Request
        };
        let origin = self.origin(line);
        self.to.connection(Connection {
            from,
            to: target,
            label: label.map(str::to_owned),
            kind,
            protocol: words::protocol(technology).or_else(|| label.and_then(words::protocol)),
            origin,
        });
    }

    fn origin(&self, line: usize) -> Origin {
        self.drawing.origin(line, DRAWN, self.to)
    }
}

fn is_deployment_node(name: &str) -> bool {
    matches!(
        name,
        "Deployment_Node"
            | "Deployment_Node_L"
            | "Deployment_Node_R"
            | "Node"
            | "Node_L"
            | "Node_R"
    )
}
