//! Numbered lines of a drawing with arrows between them, each a station on the way of a request.

use super::{LEAST, WRITTEN, go_up, numbered};
use crate::facts::{ComponentKind, Step, StepKind};
use crate::reader::collector::Collector;
use crate::reader::drawing::Drawing;
use crate::reader::label::Label;
use crate::reader::words;

/// A station: `3. API Gateway`.
struct Station {
    line: usize,
    number: u32,
    text: String,
}

/// Reads numbered lines with arrows between them as a flow; answers whether they are one.
pub(in crate::reader) fn read(drawing: &Drawing, to: &mut Collector<'_>) -> bool {
    let lines = || drawing.lines.clone();
    let arrows = lines().filter(|it| leads_down(to.lines[*it].text)).count();
    let stations: Vec<Station> = lines()
        .filter_map(|line| {
            let (number, text) = numbered(to.lines[line].text)?;
            let text = text.to_owned();
            (!text.is_empty() && text.len() < 80).then_some(Station { line, number, text })
        })
        .collect();
    let ordered = go_up(stations.iter().map(|it| it.number));
    if stations.len() < LEAST || !ordered || arrows + 1 < stations.len() {
        return false;
    }
    let mut steps: Vec<Step> = Vec::new();
    let mut previous: Option<String> = None;
    for station in stations {
        let name = station.visit(drawing, to);
        if let Some(from) = previous.replace(name.clone()) {
            steps.push(station.step(from, name, drawing, to));
        }
    }
    to.steps(drawing.title(), steps);
    true
}

impl Station {
    /// Adds the program that a station is, where it is known; answers who acts there.
    fn visit(&self, drawing: &Drawing, to: &mut Collector<'_>) -> String {
        let label = Label::of(&[&self.text]);
        if let Some(kind) = to.kind_of(&label.name) {
            let origin = drawing.origin(self.line, WRITTEN, to);
            to.component(label.component(kind, origin));
        }
        acting(&label.name).to_owned()
    }

    /// The step from the station before to this one.
    fn step(self, from: String, name: String, drawing: &Drawing, to: &Collector<'_>) -> Step {
        let client = words::kind(&name, None) == Some(ComponentKind::Client);
        Step {
            from,
            to: name,
            text: self.text,
            number: Some(self.number),
            kind: if client {
                StepKind::Response
            } else {
                StepKind::Request
            },
            branch: Vec::new(),
            origin: drawing.origin(self.line, WRITTEN, to),
        }
    }
}

/// Whether a line holds nothing but a line that leads down, or its tip.
fn leads_down(text: &str) -> bool {
    let text = text.trim();
    text.len() < 12
        && text.contains(['↓', '▼', 'v', '|', '│', '⬇'])
        && !text.contains(|it: char| it.is_alphanumeric() && it != 'v')
}

/// Who acts in `Client Request`: the client.
fn acting(name: &str) -> &str {
    let name = name.strip_prefix("Optional: ").unwrap_or(name);
    let stem = name
        .strip_suffix(" Request")
        .or_else(|| name.strip_suffix(" Response"));
    stem.filter(|it| words::kind(it, None) == Some(ComponentKind::Client))
        .unwrap_or(name)
}
