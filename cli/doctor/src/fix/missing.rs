//! Services that no diagram shows, drawn beside the ones that it does.

use devkit_archdoc::{Component, DiagramKind, Document};
use devkit_compose::Project;

use super::drawing;
use crate::Inputs;
use crate::matching::Names;
use crate::report::{Edit, Fix, Report};
use crate::rule;

/// Gives each finding of a missing service its repair: a box or node in the diagram that the
/// finding points to. What the drawn document says is read again; a drawing that would change
/// anything else is no repair.
pub(crate) fn draw_missing(report: &mut Report, inputs: &Inputs<'_>) {
    let projects: Vec<&Project> = [Some(inputs.project), inputs.production]
        .into_iter()
        .flatten()
        .collect();
    // One box at a time: each must be read back before the next one is drawn.
    let Some(finding) = report
        .findings
        .iter_mut()
        .find(|finding| finding.rule == &rule::UNDOCUMENTED_SERVICE && finding.fix.is_none())
    else {
        return;
    };
    let fix = inputs.documents.iter().find_map(|document| {
        let place = finding.document.as_ref()?;
        let index = document.diagrams.iter().position(|diagram| {
            diagram.origin.line == place.line && diagram.origin.file.ends_with(&place.file)
        })?;
        draw(document, index, &finding.subject, &projects)
    });
    finding.fix = fix;
}

fn draw(document: &Document, index: usize, key: &str, projects: &[&Project]) -> Option<Fix> {
    let diagram = document.diagrams.get(index)?;
    let names = Names::new(projects, document);
    let drawn: Vec<&Component> = document
        .facts
        .components
        .iter()
        .filter(|component| {
            component.origin.diagram == Some(index)
                && component.runnable
                && names.one(&component.name).is_some()
        })
        .collect();
    let lines: Vec<&str> = document.source.text().lines().collect();
    // Beside the last ones first: backing services and tools leave more room than the first row.
    drawn.iter().rev().find_map(|sibling| {
        let insertion = match diagram.kind {
            DiagramKind::Boxes => drawing::a_box(
                &lines,
                sibling.origin.line,
                &sibling.name,
                key,
                diagram.end_line,
            ),
            DiagramKind::MermaidFlowchart => drawing::a_node(&lines, sibling.origin.line, key),
            _ => None,
        }?;
        let at = document.source.line_start(insertion.before);
        let edit = Edit {
            file: document.source.path().to_path_buf(),
            span: at..at,
            replacement: insertion.text,
        };
        is_understood(document, &edit, key, projects).then(|| Fix {
            description: format!("Draw `{key}` in the diagram"),
            edits: vec![edit],
        })
    })
}

/// Whether the document with the new box says what it said, and the service besides.
fn is_understood(document: &Document, edit: &Edit, key: &str, projects: &[&Project]) -> bool {
    let mut text = document.source.text().to_owned();
    text.replace_range(edit.span.clone(), &edit.replacement);
    let read = devkit_archdoc::read(document.source.path(), text.as_bytes());
    let names = Names::new(projects, &read);
    let connections = |document: &Document| -> Vec<(String, String)> {
        let connections = document.facts.connections.iter();
        connections
            .map(|connection| (connection.from.clone(), connection.to.clone()))
            .collect()
    };
    let others = |document: &Document, without: &str| -> Vec<(String, Vec<String>)> {
        let components = document.facts.components.iter();
        components
            .filter(|component| component.name != without)
            .map(|component| (component.name.clone(), component.groups.clone()))
            .collect()
    };
    let new =
        read.facts.components.iter().find(|component| {
            names.one(&component.name).as_deref() == Some(key) && component.runnable
        });
    new.is_some_and(|new| {
        others(&read, &new.name) == others(document, &new.name)
            && connections(&read) == connections(document)
            && read.facts.volumes.len() == document.facts.volumes.len()
    })
}
