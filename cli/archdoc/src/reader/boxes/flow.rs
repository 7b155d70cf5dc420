//! Boxes one below the other with numbered steps between them.

use super::facts::Reading;
use super::joins::Wire;
use crate::facts::{ComponentKind, Connection, ConnectionKind, Step, StepKind};
use crate::reader::collector::Collector;
use crate::reader::endpoint::{self, is_method};
use crate::reader::steps::numbered;
use crate::reader::words;

/// How sure a connection is that only a flow draws: below what findings are made of.
const UNSURE: f64 = 0.45;

/// Whether at least two lines carry numbers.
pub(super) fn is_flow(wires: &[Wire]) -> bool {
    let numbered = wires
        .iter()
        .filter(|wire| wire.labels.iter().any(|(_, text)| numbered(text).is_some()));
    numbered.count() >= 2
}

/// Reads the steps in the order of their rows.
pub(super) fn read(reading: &Reading<'_>, wires: &[Wire], to: &mut Collector<'_>) {
    let mut steps: Vec<Step> = Vec::new();
    for wire in wires {
        let parts = parts(wire);
        let last = parts.len() - 1;
        for (index, (row, number, text)) in parts.into_iter().enumerate() {
            // Of several steps at one line only the last goes over it.
            let target = if index == last { &wire.to } else { &wire.from };
            let kind = step_kind(&wire.from, target, &text, &steps, to);
            let origin = reading.origin(to, row, wire.column, wire.column + 1);
            if kind != StepKind::Response {
                endpoint::in_words(target, &text, &origin, to);
            }
            steps.push(Step {
                from: wire.from.clone(),
                to: target.clone(),
                text,
                number,
                kind,
                branch: Vec::new(),
                origin,
            });
        }
    }
    for step in steps.iter().filter(|it| it.kind == StepKind::Request) {
        connection(step, to);
    }
    to.steps(reading.drawing.title(), steps);
}

/// The numbered parts of a line's words, each with its row.
fn parts(wire: &Wire) -> Vec<(usize, Option<u32>, String)> {
    let mut parts: Vec<(usize, Option<u32>, String)> = Vec::new();
    for (row, text) in &wire.labels {
        match (numbered(text), parts.last_mut()) {
            (Some((number, rest)), _) => parts.push((*row, Some(number), rest.to_owned())),
            (None, Some((_, _, known))) => {
                known.push('\n');
                known.push_str(text);
            }
            (None, None) => parts.push((*row, None, text.clone())),
        }
    }
    if parts.is_empty() {
        parts.push((wire.row, None, String::new()));
    }
    parts
}

fn step_kind(
    from: &str,
    target: &str,
    text: &str,
    earlier: &[Step],
    to: &Collector<'_>,
) -> StepKind {
    let (from_key, to_key) = (words::canonical(from), words::canonical(target));
    if from_key == to_key {
        return StepKind::Internal;
    }
    let back = earlier.iter().any(|step| {
        step.kind == StepKind::Request
            && words::canonical(&step.from) == to_key
            && words::canonical(&step.to) == from_key
    });
    let calls = text.split_whitespace().any(is_method);
    // A store never calls anybody: what comes from it is an answer.
    let store = matches!(
        to.kind_of(from),
        Some(ComponentKind::Database | ComponentKind::Cache | ComponentKind::Volume)
    );
    let to_client = to.kind_of(target) == Some(ComponentKind::Client);
    if words::is_response(text) || store || to_client || back && !calls {
        StepKind::Response
    } else {
        StepKind::Request
    }
}

/// A request that a flow draws is a connection too, less surely than one in a drawing of the
/// platform: boxes of a flow often stand for what is done rather than for who is called.
fn connection(step: &Step, to: &mut Collector<'_>) {
    let named = |name: &str| {
        to.kind_of(name)
            .is_some_and(|it| it.is_runnable() || it == ComponentKind::Client)
    };
    if !named(&step.from) || !named(&step.to) {
        return;
    }
    let mut origin = step.origin.clone();
    origin.confidence = origin.confidence.min(UNSURE);
    let label = match step.number {
        Some(number) => format!("{number}. {}", step.text),
        None => step.text.clone(),
    };
    to.connection(Connection {
        from: step.from.clone(),
        to: step.to.clone(),
        protocol: words::protocol(&label),
        label: (!label.is_empty()).then_some(label),
        kind: ConnectionKind::Request,
        origin,
    });
}
