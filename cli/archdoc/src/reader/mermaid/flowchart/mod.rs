//! Flowcharts: nodes, groups and arrows.

mod arrow;
mod edge;
mod facts;
mod meaning;
mod node;
mod paths;
mod statements;

use std::collections::{BTreeSet, HashMap};

use super::{Numbered, ratio};
use crate::reader::collector::{Collector, MAX_COMPONENTS, MAX_FACTS};
use crate::reader::drawing::Drawing;
use crate::reader::subject::Subject;
use node::Shape;

struct Node {
    /// The lines of its text; none where it is only named.
    lines: Vec<String>,
    shape: Shape,
    groups: Vec<String>,
    line: usize,
    /// The name under which it takes part in connections.
    name: String,
    /// Whether it stands for a component, not for an endpoint or a variable.
    is_component: bool,
}

struct Edge {
    from: String,
    to: String,
    label: Option<String>,
    /// Whether it has a tip at its start and at its end.
    tips: (bool, bool),
    line: usize,
}

struct Group {
    title: String,
    line: usize,
}

/// What the statements of a flowchart say.
#[derive(Default)]
struct Chart {
    /// The ids of the nodes as they come.
    order: Vec<String>,
    nodes: HashMap<String, Node>,
    edges: Vec<Edge>,
    /// The titles of the open groups.
    open: Vec<String>,
    groups: Vec<Group>,
    /// The title of each group, by its id.
    titles: HashMap<String, String>,
    /// The names of arrows.
    arrows: BTreeSet<String>,
    /// By ids of nodes, classes that say what others run or what is not there yet.
    reserved: HashMap<String, BTreeSet<String>>,
    /// How many statements could not be read, of how many.
    unread: usize,
    count: usize,
}

/// Reads the statements; answers with the share of them that was understood.
pub(super) fn read(statements: &[Numbered<'_>], drawing: &Drawing, to: &mut Collector<'_>) -> f64 {
    let mut chart = Chart::default();
    for (line, text) in joined(statements) {
        if chart.order.len() >= MAX_COMPONENTS || chart.edges.len() >= MAX_FACTS {
            to.too_many("components");
            break;
        }
        for statement in statements_of(&text) {
            chart.statement(line, statement.trim());
        }
    }
    let is_of_programs = drawing.topic.subject == Subject::Process
        && drawing.topic.is_of_data_on_its_way()
        && chart.draws_stores();
    let of_platform = is_of_programs.then(|| drawing.of_platform());
    let drawing = of_platform.as_ref().unwrap_or(drawing);
    chart.nodes(drawing, to);
    chart.edges(drawing, to);
    1.0 - ratio(chart.unread, chart.count)
}

/// The statements of a line; what stands in brackets or quotes belongs to one, semicolons and all.
fn statements_of(text: &str) -> Vec<&str> {
    let (mut depth, mut quoted) = (0_i32, false);
    let in_pairs: Vec<&str> = text
        .split(|character| {
            match character {
                '"' => quoted = !quoted,
                '[' | '(' | '{' if !quoted => depth += 1,
                ']' | ')' | '}' if !quoted => depth -= 1,
                _ => {}
            }
            character == ';' && depth == 0 && !quoted
        })
        .collect();
    if depth == 0 && !quoted {
        in_pairs
    } else {
        text.split(';').collect()
    }
}

/// Statements whose quoted text goes over several lines, joined.
fn joined(statements: &[Numbered<'_>]) -> Vec<(usize, String)> {
    let mut joined: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (line, text) in statements {
        match joined.last_mut() {
            Some((first, last)) if open && line - *first < 20 => {
                last.push('\n');
                last.push_str(text.trim());
            }
            _ => joined.push((*line, (*text).to_owned())),
        }
        if let Some((_, last)) = joined.last() {
            open = last.matches('"').count() % 2 == 1;
        }
    }
    joined
}
