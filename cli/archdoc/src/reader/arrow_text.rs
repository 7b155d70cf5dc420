//! Names joined by arrows, without boxes: `User Service ←→ PostgreSQL (User DB)`.

use super::arrows;
use super::collector::Collector;
use super::drawing::Drawing;
use super::label::{Label, unbracketed};
use super::words;
use crate::facts::{ComponentKind, Connection, ConnectionKind, Volume, VolumeKind};

/// How sure the parts of the platform are that arrows join.
const JOINED: f64 = 0.7;
/// How sure the steps of a pattern or process are.
const TOLD: f64 = 0.6;

/// Reads lines of names and arrows; answers whether there were any.
pub(super) fn read(drawing: &Drawing, to: &mut Collector<'_>) -> bool {
    let mut found = read_steps(drawing, to);
    let mut above = None;
    for line in drawing.lines.clone() {
        if to.is_full() {
            to.too_many("components");
            break;
        }
        let text = to.lines[line].text;
        let whole = Chain::of(text);
        if whole.is_some() {
            above = Some(text);
        }
        let Some(chain) = whole.or_else(|| Chain::going_on(text, above?)) else {
            above = None;
            continue;
        };
        found = true;
        if let Some((name, target)) = chain.mount() {
            mount(line, name, target, to);
        } else if drawing.is_of_platform() {
            parts(line, &chain, drawing, to);
        } else {
            sequence(line, &chain, drawing, to);
        }
    }
    found
}

/// Reads lines each of which is an arrow and a name, with names below some that are written as keys
/// are; answers whether there were any. What leads to a name is not told: the one above it, or what
/// stands above them all.
fn read_steps(drawing: &Drawing, to: &mut Collector<'_>) -> bool {
    const LEAST: usize = 2;
    if !drawing.is_of_platform() {
        return false;
    }
    let step = |line: &usize| step(to.lines[*line].text);
    let lines = drawing.lines.clone();
    if lines.clone().filter(|line| step(line).is_some()).count() < LEAST {
        return false;
    }
    let mut names: Vec<(usize, Label)> = Vec::new();
    let mut column = None;
    for line in lines {
        let text = to.lines[line].text;
        let indent = text.len() - text.trim_start().len();
        if let Some(name) = step(&line) {
            column = Some(indent);
            names.push((line, Label::of(&[name])));
        } else if column.is_some_and(|column| indent > column) && is_key(text.trim()) {
            names.push((line, Label::of(&[text.trim()])));
        } else {
            column = None;
        }
    }
    for (line, label) in names {
        let origin = drawing.origin(line, JOINED, to);
        to.component(label.component(kind(&label), origin));
    }
    true
}

/// The name behind the arrow with which an indented line begins, where it has no other.
fn step(text: &str) -> Option<&str> {
    let rest = text.trim_start();
    let name = rest[arrows::leading(rest)?..].trim();
    (rest.len() < text.len() && !arrows::are_in(name) && is_name(name)).then_some(name)
}

/// Whether a text is one word that is written as keys are.
fn is_key(text: &str) -> bool {
    let plain =
        |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || matches!(it, '-' | '_');
    text.contains(['-', '_']) && text.chars().all(plain)
}

/// At least two names with arrows between them.
#[derive(Debug)]
struct Chain<'a> {
    names: Vec<&'a str>,
    /// The words in the arrow behind each name.
    said: Vec<Option<&'a str>>,
}

impl<'a> Chain<'a> {
    /// The chain that a line is, where every part between its arrows is a name.
    fn of(line: &'a str) -> Option<Self> {
        let line = line.trim();
        if line.starts_with(['├', '└', '│', '-', '*']) || line.len() > 300 {
            return None;
        }
        let chain = Self::of_parts(line);
        (chain.names.len() > 1 && chain.names.iter().all(|it| is_name(it))).then_some(chain)
    }

    /// The chain that a line goes on with below another, where its arrow stands below one that is
    /// not the first: from the name before that. Below others it may be a line that was too long,
    /// and only what stands behind its arrow is known.
    fn going_on(line: &'a str, above: &'a str) -> Option<Self> {
        const NEAR: usize = 3;
        let rest = line.trim_start();
        let behind = &rest[arrows::leading(rest)?..];
        let column = line[..line.len() - rest.len()].chars().count();
        let is_below = |at: usize| above[..at].chars().count().abs_diff(column) <= NEAR;
        let mut arrows = arrows::places(above).enumerate();
        let (index, _) = arrows.find(|(_, arrow)| is_below(arrow.start))?;
        let from = arrows::split(above).into_iter().nth(index)?;
        let chain = if index > 0 {
            let (from, said) = name_and_words(from);
            let mut chain = Self::of_parts(behind);
            chain.names.insert(0, from);
            chain.said.insert(0, said);
            chain
        } else {
            Self::of_parts(behind)
        };
        chain.names.iter().all(|it| is_name(it)).then_some(chain)
    }

    fn of_parts(text: &'a str) -> Self {
        let (names, said) = arrows::split(text).into_iter().map(name_and_words).unzip();
        Self { names, said }
    }

    /// `kafka-data -> /bitnami/kafka` is a volume with its place in the container.
    fn mount(&self) -> Option<(&'a str, &'a str)> {
        match *self.names.as_slice() {
            [name, target] if target.starts_with('/') && !name.contains(' ') => {
                Some((name, target))
            }
            _ => None,
        }
    }

    fn labels(&self) -> Vec<Label> {
        self.names.iter().map(|name| Label::of(&[name])).collect()
    }
}

/// A name and the words in the arrow behind it: `[web] --ws-->`, `db ──healthy──►`.
fn name_and_words(part: &str) -> (&str, Option<&str>) {
    let named = [" --", " ──"].iter().find_map(|line| {
        let (name, words) = part.rsplit_once(line)?;
        let words = words.trim_matches(|it: char| it.is_whitespace() || it == '─');
        (!words.is_empty() && !words.contains("--")).then_some((name, words))
    });
    let name = named.map_or(part, |(name, _)| name);
    let name = name
        .trim_matches(|it: char| it.is_whitespace() || matches!(it, '─' | '-' | '<' | '←' | '•'));
    (unbracketed(name), named.map(|(_, words)| words))
}

fn is_name(part: &str) -> bool {
    // A column of remarks behind a column of names is no name.
    !part.contains("   ")
        && (1..=5).contains(&words::longest_of_list(part))
        && part.chars().any(char::is_alphabetic)
}

fn mount(line: usize, name: &str, target: &str, to: &mut Collector<'_>) {
    let origin = to.line_origin(line);
    to.volume(Volume {
        name: name.to_owned(),
        kind: VolumeKind::bind_if(words::is_path(name)),
        of: None,
        target: Some(target.to_owned()),
        description: None,
        origin,
    });
}

/// The parts of the platform, and who calls whom.
fn parts(line: usize, chain: &Chain<'_>, drawing: &Drawing, to: &mut Collector<'_>) {
    let origin = drawing.origin(line, JOINED, to);
    let labels = chain.labels();
    for label in &labels {
        to.component(label.component(kind(label), origin.clone()));
    }
    for (pair, said) in labels.windows(2).zip(&chain.said) {
        let reachable = |label: &Label| {
            to.kind_of(&label.name).is_some_and(|it| {
                it.is_runnable() || matches!(it, ComponentKind::Group | ComponentKind::Client)
            })
        };
        let kind = if pair.iter().all(reachable) {
            ConnectionKind::Request
        } else {
            ConnectionKind::Internal
        };
        to.connection(Connection {
            from: pair[0].name.clone(),
            to: pair[1].name.clone(),
            label: said.map(str::to_owned),
            kind,
            protocol: said.and_then(words::protocol),
            origin: origin.clone(),
        });
    }
}

/// What a name in a chain claims to be.
fn kind(label: &Label) -> ComponentKind {
    use ComponentKind::{Cache, Database, Group, Module, Queue};
    let kind = words::kind(&label.name, label.technology.as_deref()).unwrap_or(Module);
    // `Cache Layer` and `Message Queue` stand for a role, not for a program.
    let layer = label.name.to_lowercase().ends_with("layer");
    let store = matches!(kind, Cache | Queue | Database);
    if layer || store && !words::names_software(&label.name) {
        Group
    } else {
        kind
    }
}

/// The steps of a pattern or process, whose names claim nothing about services.
fn sequence(line: usize, chain: &Chain<'_>, drawing: &Drawing, to: &mut Collector<'_>) {
    let origin = drawing.origin(line, TOLD, to);
    let labels = chain.labels();
    // A pattern that is told with a program of the platform says what calls it.
    let told = labels
        .iter()
        .any(|label| to.find(&label.name).is_some_and(|it| it.runnable));
    let kind = if told {
        ConnectionKind::Internal
    } else {
        ConnectionKind::Sequence
    };
    for pair in labels.windows(2) {
        to.connection(Connection {
            from: pair[0].name.clone(),
            to: pair[1].name.clone(),
            label: None,
            kind,
            protocol: None,
            origin: origin.clone(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::Chain;

    #[test]
    fn words_in_the_line_of_an_arrow_are_its_label() {
        let found = Chain::of("db  ──healthy──►  api --ws--> web").unwrap();
        assert_eq!(found.names, ["db", "api", "web"]);
        assert_eq!(found.said, [Some("healthy"), Some("ws"), None]);
    }

    #[test]
    fn lines_below_go_on_from_the_name_before_the_arrow_above() {
        let above = "[Client] -> [Nginx :8080] -> [app1/app2]";
        let found = Chain::going_on(
            "                          -> [Worker] -> [ClickHouse]",
            above,
        );
        assert_eq!(
            found.unwrap().names,
            ["Nginx :8080", "Worker", "ClickHouse"]
        );
        let wrapped = Chain::going_on("         -> [Store]", above).unwrap();
        assert_eq!(wrapped.names, ["Store"]);
        assert!(Chain::going_on("    -> [Store]", "no arrow").is_none());
    }

    #[test]
    fn lines_without_names_at_every_arrow_are_no_chains() {
        for line in ["api", "→ api", "- api → db", "api → 3", "a   b   c → d"] {
            assert!(Chain::of(line).is_none(), "{line}");
        }
    }
}
