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
    let mut found = false;
    for line in drawing.lines.clone() {
        if to.is_full() {
            to.too_many("components");
            break;
        }
        let chain = chain(to.lines[line].text);
        if chain.names.len() < 2 {
            continue;
        }
        found = true;
        if let [name, target] = chain.names.as_slice()
            && target.starts_with('/')
            && !name.contains(' ')
        {
            mount(line, name, target, to);
        } else if drawing.is_of_platform() {
            facts(line, &chain, drawing, to);
        } else {
            sequence(line, &chain.names, drawing, to);
        }
    }
    found
}

/// The names between the arrows of a line, with the words in each arrow.
#[derive(Default)]
struct Chain {
    names: Vec<String>,
    labels: Vec<Option<String>>,
}

/// The names between the arrows of a line, where every part is a name.
fn chain(line: &str) -> Chain {
    let text = line.trim();
    if text.starts_with(['├', '└', '│', '-', '*']) || text.len() > 300 {
        return Chain::default();
    }
    let mut chain = Chain::default();
    for part in arrows::split(text) {
        // `[web] --ws--> [gateway]`, `db ──healthy──► api`
        let labelled = [" --", " ──"].iter().find_map(|line| {
            let (name, label) = part.rsplit_once(line)?;
            let label = label.trim_matches(|it: char| it.is_whitespace() || it == '─');
            (!label.is_empty() && !label.contains("--")).then(|| (name, label.to_owned()))
        });
        let (part, label) = match labelled {
            Some((name, label)) => (name, Some(label)),
            None => (part, None),
        };
        let part = part.trim_matches(|it: char| {
            it.is_whitespace() || matches!(it, '─' | '-' | '<' | '←' | '•')
        });
        chain.names.push(unbracketed(part).to_owned());
        chain.labels.push(label);
    }
    let is_name = |part: &String| {
        // A column of remarks behind a column of names is no name.
        !part.contains("   ")
            && (1..=5).contains(&part.split_whitespace().count())
            && part.chars().any(char::is_alphabetic)
    };
    if chain.names.iter().all(is_name) {
        chain
    } else {
        Chain::default()
    }
}

/// `kafka-data -> /bitnami/kafka` is a volume with its place in the container.
fn mount(line: usize, name: &str, target: &str, to: &mut Collector<'_>) {
    let origin = to.line_origin(line);
    to.volume(Volume {
        name: name.to_owned(),
        kind: if words::is_path(name) {
            VolumeKind::Bind
        } else {
            VolumeKind::Named
        },
        of: None,
        target: Some(target.to_owned()),
        description: None,
        origin,
    });
}

fn facts(line: usize, chain: &Chain, drawing: &Drawing, to: &mut Collector<'_>) {
    let origin = drawing.origin(line, JOINED, to);
    let labels: Vec<Label> = chain
        .names
        .iter()
        .map(|name| Label::of(std::slice::from_ref(name)))
        .collect();
    for label in &labels {
        let kind = words::kind(&label.name, label.technology.as_deref());
        let kind = kind.unwrap_or(ComponentKind::Module);
        // `Cache Layer` and `Message Queue` stand for a role, not for a program.
        let layer = label.name.to_lowercase().ends_with("layer");
        let role = layer
            || words::software(&label.name).is_none()
                && matches!(
                    kind,
                    ComponentKind::Cache | ComponentKind::Queue | ComponentKind::Database
                );
        let kind = if role { ComponentKind::Group } else { kind };
        to.component(label.component(kind, origin.clone()));
    }
    for (pair, said) in labels.windows(2).zip(&chain.labels) {
        let reachable = |name: &str| {
            to.kind_of(name).is_some_and(|it| {
                it.is_runnable() || it == ComponentKind::Group || it == ComponentKind::Client
            })
        };
        let kind = if reachable(&pair[0].name) && reachable(&pair[1].name) {
            ConnectionKind::Request
        } else {
            ConnectionKind::Internal
        };
        to.connection(Connection {
            from: pair[0].name.clone(),
            to: pair[1].name.clone(),
            label: said.clone(),
            kind,
            protocol: said.as_deref().and_then(words::protocol),
            origin: origin.clone(),
        });
    }
}

/// The steps of a pattern or process, whose names claim nothing about services.
fn sequence(line: usize, names: &[String], drawing: &Drawing, to: &mut Collector<'_>) {
    let origin = drawing.origin(line, TOLD, to);
    let name = |text: &String| Label::of(std::slice::from_ref(text)).name;
    // A pattern that is told with a program of the platform says what calls it.
    let told = names
        .iter()
        .any(|text| to.find(&name(text)).is_some_and(|it| it.runnable));
    let kind = if told {
        ConnectionKind::Internal
    } else {
        ConnectionKind::Sequence
    };
    for pair in names.windows(2) {
        to.connection(Connection {
            from: name(&pair[0]),
            to: name(&pair[1]),
            label: None,
            kind,
            protocol: None,
            origin: origin.clone(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::chain;

    #[test]
    fn words_in_the_line_of_an_arrow_are_its_label() {
        let found = chain("db  ──healthy──►  api --ws--> web");
        assert_eq!(found.names, ["db", "api", "web"]);
        assert_eq!(found.labels[0].as_deref(), Some("healthy"));
        assert_eq!(found.labels[1].as_deref(), Some("ws"));
    }
}
