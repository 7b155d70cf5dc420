//! Vertical lifelines under names, with arrows between them.

mod arrow;
mod find;

use std::ops::Range;

use super::grid::Grid;
use crate::facts::{ComponentKind, Connection, ConnectionKind, Step, StepKind};
use crate::reader::collector::Collector;
use crate::reader::drawing::Drawing;
use crate::reader::endpoint;
use crate::reader::label::Label;
use crate::reader::words;

/// How sure it is that a participant is a component.
const NAMED: f64 = 0.6;

/// A participant and the column of its line.
struct Lifeline {
    name: String,
    /// The row on which the name stands.
    row: usize,
    column: usize,
}

/// The lifelines of a drawing.
struct Lifelines<'a> {
    grid: &'a Grid,
    /// The row below which they begin.
    row: usize,
    lines: Vec<Lifeline>,
}

/// Reads the drawing where it is one of lifelines; answers whether it is.
pub(super) fn read(grid: &Grid, drawing: &Drawing, to: &mut Collector<'_>) -> bool {
    let Some(lifelines) = Lifelines::find(grid) else {
        return false;
    };
    lifelines.participants(drawing, to);
    let mut steps = lifelines.steps(drawing, to);
    classify(&mut steps);
    facts(&steps, to);
    to.steps(drawing.title(), steps);
    true
}

impl Lifelines<'_> {
    /// The rows below the names.
    fn rows(&self) -> Range<usize> {
        self.row + 1..self.grid.height()
    }

    /// Adds the participants; who comes first is a client, unless its name says otherwise.
    fn participants(&self, drawing: &Drawing, to: &mut Collector<'_>) {
        let unnamed =
            std::iter::once(ComponentKind::Client).chain(std::iter::repeat(ComponentKind::Service));
        for (lifeline, unnamed) in self.lines.iter().zip(unnamed) {
            let label = Label::of(&[&lifeline.name]);
            let kind = words::kind(&label.name, None).unwrap_or(unnamed);
            let origin = drawing.origin(self.grid.first + lifeline.row, NAMED, to);
            to.component(label.component(kind, origin));
        }
    }

    /// The steps that the arrows are, from top to bottom.
    fn steps(&self, drawing: &Drawing, to: &Collector<'_>) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        let words_come_first = self.words_come_first();
        for row in self.rows() {
            if let Some(arrow) = self.arrow(row) {
                steps.push(Step {
                    from: self.lines[arrow.from].name.clone(),
                    to: self.lines[arrow.target].name.clone(),
                    text: if words_come_first {
                        self.words_above(row, arrow)
                    } else {
                        arrow.text
                    },
                    number: None,
                    kind: StepKind::Request,
                    branch: Vec::new(),
                    origin: drawing.origin(self.grid.first + row, 1.0, to),
                });
            } else if let Some(step) = steps.last_mut().filter(|_| !words_come_first) {
                self.add_words_below(row, step);
            }
        }
        steps
    }
}

/// Tells what steps are: the first one back over the way of a request answers it.
fn classify(steps: &mut [Step]) {
    for index in 0..steps.len() {
        let (earlier, rest) = steps.split_at_mut(index);
        let step = &mut rest[0];
        let back = earlier
            .iter()
            .rev()
            .any(|it| it.from == step.to && it.to == step.from && it.kind == StepKind::Request);
        step.kind = if step.from == step.to {
            StepKind::Internal
        } else if back {
            StepKind::Response
        } else {
            StepKind::Request
        };
    }
}

/// Adds the connections and the endpoints of requests.
fn facts(steps: &[Step], to: &mut Collector<'_>) {
    for step in steps.iter().filter(|step| step.kind == StepKind::Request) {
        to.connection(Connection {
            from: step.from.clone(),
            to: step.to.clone(),
            label: (!step.text.is_empty()).then(|| step.text.clone()),
            kind: ConnectionKind::Request,
            protocol: words::protocol(&step.text),
            origin: step.origin.clone(),
        });
        endpoint::in_words(&step.to, &step.text, &step.origin, to);
    }
}
