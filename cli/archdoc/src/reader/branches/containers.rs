//! Trees of containers, with what is said of each below it: `├── db (container)`.

use super::label;
use super::rows::Row;
use crate::facts::ComponentKind;
use crate::reader::collector::Collector;
use crate::reader::drawing::Drawing;
use crate::reader::label::Label;

/// Fewer are no tree of containers.
const LEAST: usize = 2;

/// Reads the containers of a tree; answers whether it lists some.
pub(super) fn read(lines: &[Row], drawing: &Drawing, to: &mut Collector<'_>) -> bool {
    if !drawing.is_of_platform() || lines.iter().filter(|row| is_container(row)).count() < LEAST {
        return false;
    }
    for (at, row) in lines.iter().enumerate() {
        if !is_container(row) || to.is_full() {
            continue;
        }
        let below = lines[at + 1..]
            .iter()
            .take_while(|it| it.branch > row.branch);
        let said: Vec<&str> = below.map(|it| it.text.as_str()).collect();
        let label = container(row, &said);
        let kind = label.kind().unwrap_or(ComponentKind::Service);
        let origin = drawing.origin(row.line, super::SURE, to);
        to.drawn_ports(&label, kind, |_, _| origin.clone());
        to.component(label.component(kind, origin));
    }
    true
}

fn is_container(row: &Row) -> bool {
    let aside = label(&row.text).technology;
    let said = aside.as_deref().unwrap_or("").to_lowercase();
    row.branch.is_some() && said.split_whitespace().next() == Some("container")
}

/// A container with the ports that are told below it; that it is one is no technology.
fn container(row: &Row, below: &[&str]) -> Label {
    let mut label = label(&row.text);
    let is_all = |it: &String| it.eq_ignore_ascii_case("container");
    label.technology = label.technology.filter(|it| !is_all(it));
    for line in below {
        let line = line.split(" (").next().unwrap_or(line);
        if line.to_lowercase().starts_with("port") {
            label.add(line);
        }
    }
    label
}
