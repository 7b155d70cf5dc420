//! What the lines inside a box say: name, technology, ports, addresses, replicas.

mod claim;
mod count;
mod lines;
mod name;
mod ports;

pub(super) use name::{split_aside, unbracketed, without_pictures};

use std::borrow::Cow;

use super::words;
use crate::facts::{Component, ComponentKind, Environment, Origin};
use claim::claim;
use count::split_count;
use name::split_programs;
use ports::{PortClaim, claims, split_port, split_port_within, split_published};

/// The lines of a box, understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) name: String,
    pub(super) technology: Option<String>,
    pub(super) ports: Vec<u16>,
    pub(super) claims: Vec<PortClaim>,
    pub(super) addresses: Vec<String>,
    pub(super) notes: Vec<String>,
    pub(super) replicas: Option<u32>,
    /// What it says that it is, in the words of the C4 model.
    claim: Option<ComponentKind>,
}

/// A line with the signs of wide scripts as they are written beside Latin letters:
/// `网关（Nginx）`.
fn with_narrow_signs(line: &str) -> Cow<'_, str> {
    const WIDE: [(char, char); 5] = [
        ('（', '('),
        ('）', ')'),
        ('：', ':'),
        ('，', ','),
        ('／', '/'),
    ];
    let narrow = |sign: char| WIDE.iter().find(|(wide, _)| *wide == sign);
    if !line.contains(|sign| narrow(sign).is_some()) {
        return Cow::Borrowed(line);
    }
    line.chars()
        .map(|sign| narrow(sign).map_or(sign, |(_, narrow)| *narrow))
        .collect()
}

impl Label {
    /// Reads the lines of a box; the first that is not empty is the name.
    pub(super) fn of(lines: &[impl AsRef<str>]) -> Self {
        let mut label = Self::default();
        let lines: Vec<_> = lines
            .iter()
            .map(|line| with_narrow_signs(line.as_ref()))
            .collect();
        let mut lines = lines
            .iter()
            .map(|line| line.trim())
            .filter(|it| !it.is_empty());
        let Some(first) = lines.next() else {
            return label;
        };
        let first = without_pictures(first);
        let (first, published) = split_published(&first);
        label.claims.extend(published.clone());
        label.ports.extend(published.map(|it| it.internal));
        if let Some((name, port, said)) = split_port_within(first) {
            name.clone_into(&mut label.name);
            label.add(&format!(":{port}"));
            label.add(said);
        } else {
            label.read_name(first);
        }
        for line in lines {
            label.claim_or_add(&without_pictures(line));
        }
        label
    }

    /// Reads a line below the name, which may say what the box is.
    fn claim_or_add(&mut self, line: &str) {
        let Some((kind, technology)) = claim(line) else {
            self.add(line);
            return;
        };
        self.claim = Some(kind);
        if self.technology.is_none() {
            self.technology = technology.map(ToOwned::to_owned);
        }
    }

    /// Reads the line with the name, what stands in parentheses behind it, a port and a count.
    fn read_name(&mut self, line: &str) {
        if let Some((name, programs)) = split_programs(line) {
            name.clone_into(&mut self.name);
            self.technology = Some(programs.to_owned());
            return;
        }
        let (name, aside) = split_aside(unbracketed(line));
        let (name, port) = split_port(&name);
        let (name, count) = split_count(name);
        self.name = name;
        self.replicas = count;
        if let Some(port) = port {
            self.claims.extend(claims("", &[port]));
            self.ports.push(port);
        }
        if let Some(aside) = aside {
            self.add(&format!("({aside})"));
        }
    }

    /// What its words claim it to be.
    pub(super) fn kind(&self) -> Option<ComponentKind> {
        let said = words::kind(&self.name, self.technology.as_deref());
        let kind = match self.claim {
            Some(ComponentKind::Service) => said.filter(|it| it.is_runnable()).or(self.claim)?,
            Some(claim) => return Some(claim),
            None => said?,
        };
        if words::listens(kind, &self.name, &self.ports) {
            return Some(ComponentKind::Service);
        }
        Some(kind)
    }

    /// A component of this label, in the environment that its words name.
    pub(super) fn component(&self, kind: ComponentKind, mut origin: Origin) -> Component {
        let words = self.technology.iter().chain(&self.notes);
        for words in words.chain(std::iter::once(&self.name)) {
            let environment = words::environment(words);
            if environment != Environment::Any {
                origin.environment = environment;
            }
        }
        Component {
            technology: self.technology.clone(),
            ports: self.ports.clone(),
            role: words::role(&self.name, self.technology.as_deref()),
            notes: self.notes.clone(),
            addresses: self.addresses.clone(),
            replicas: self.replicas,
            ..Component::new(&self.name, kind, origin)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_name_technology_and_ports() {
        let read = Label::of(&["", "  Frontend ", "(React/Vite)", "Port: 3000"]);
        assert_eq!(read.name, "Frontend");
        assert_eq!(read.technology.as_deref(), Some("React/Vite"));
        assert_eq!(read.ports, [3000]);
        let read = Label::of(&["product-service", "Ports: 8080, 50050", "2 Replicas"]);
        assert_eq!(read.ports, [8080, 50050]);
        assert_eq!(read.replicas, Some(2));
        let read = Label::of(&["网关（Nginx）", "端口：8080"]);
        assert_eq!(read.name, "网关");
        assert_eq!(read.technology.as_deref(), Some("Nginx"));
        let read = Label::of(&["API x3 (Go)", "port 4000"]);
        assert_eq!((read.name.as_str(), read.replicas), ("API", Some(3)));
        assert_eq!(Label::of(&["Worker", "(×4)"]).replicas, Some(4));
        assert_eq!(Label::of(&["Worker", "(×4)"]).technology, None);
        let read = Label::of(&["api (Go)", "172.20.0.3", "HTTP: 8080", "5050:80"]);
        assert_eq!(read.name, "api");
        assert_eq!(read.addresses, ["172.20.0.3"]);
        assert_eq!(read.ports, [8080, 5050, 80]);
    }

    #[test]
    fn a_port_behind_the_name_is_none_of_it() {
        let read = Label::of(&["Nginx :80", "reverse proxy"]);
        assert_eq!(
            (read.name.as_str(), read.ports.as_slice()),
            ("Nginx", &[80][..])
        );
        assert_eq!(Label::of(&["postgres:5432"]).name, "postgres");
        assert_eq!(Label::of(&["postgres:16"]).name, "postgres:16");
        let read = Label::of(&["frontend:80 — Nginx + React"]);
        assert_eq!(read.name, "frontend");
        assert_eq!(read.ports, [80]);
        assert_eq!(read.notes, ["Nginx + React"]);
        let read = Label::of(&["frontend (nginx :80) → host 4200"]);
        assert_eq!(read.name, "frontend");
        assert_eq!(read.technology.as_deref(), Some("nginx"));
        assert_eq!(read.ports, [4200, 80]);
        let read = Label::of(&["Pages :5173 / :80"]);
        assert_eq!(read.name, "Pages");
        assert_eq!(read.ports, [5173, 80]);
    }
}
