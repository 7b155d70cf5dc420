//! Services that no diagram shows, drawn beside the ones that it does.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use devkit_archdoc::{Component, DiagramKind, Document};
use devkit_compose::Project;

use super::drawing;
use super::siblings::siblings;
use crate::Inputs;
use crate::matching::Names;
use crate::report::{Edit, Finding, Fix, Report};
use crate::rule::{self, Level};

/// A page with more is not drawn into: it would be read anew for each box.
const MAX_COMPONENTS: usize = 300;
/// How many lines are read anew in all, which each box that is drawn into a page costs.
const MAX_LINES: usize = 30_000;

/// Gives each finding of a missing service its repair: a box or node in the diagram that the
/// finding points to, in a document in which those before it are drawn already. What the drawn
/// document says is read again; a drawing that would change anything else is no repair.
pub(crate) fn draw_missing(report: &mut Report, inputs: &Inputs<'_>) {
    let projects: Vec<&Project> = [Some(inputs.project), inputs.production]
        .into_iter()
        .flatten()
        .collect();
    let mut drawings: Vec<Drawing> = Vec::new();
    let missing = report
        .findings
        .iter_mut()
        // What many drawings leave out is left out.
        .filter(|finding| finding.rule == &rule::UNDOCUMENTED_SERVICE && finding.fix.is_none())
        .filter(|finding| finding.level != Level::Info);
    let mut missing = missing.peekable();
    if missing.peek().is_none() {
        return;
    }
    let sections = inputs.repository.sections();
    let mut lines = 0;
    for finding in missing {
        let Some((document, index)) = diagram_of(finding, inputs.documents) else {
            continue;
        };
        if document.facts.components.len() > MAX_COMPONENTS {
            continue;
        }
        lines += document.source.text().lines().count();
        if lines > MAX_LINES {
            break;
        }
        let path = document.source.path();
        let known = drawings
            .iter()
            .position(|drawing| drawing.document.source.path() == path);
        let drawing = known.unwrap_or_else(|| {
            drawings.push(Drawing::of(document));
            drawings.len() - 1
        });
        finding.fix = drawings[drawing].draw(index, &finding.subject, &projects, &sections);
    }
}

fn diagram_of<'a>(finding: &Finding, documents: &'a [Document]) -> Option<(&'a Document, usize)> {
    let place = finding.document.as_ref()?;
    documents.iter().find_map(|document| {
        let index = document.diagrams.iter().position(|diagram| {
            diagram.origin.line == place.line && diagram.origin.file.ends_with(&place.file)
        })?;
        Some((document, index))
    })
}

/// A document with what was drawn into it so far.
struct Drawing {
    document: Document,
    /// The parts of its text that are new.
    new: Vec<Range<usize>>,
}

impl Drawing {
    fn of(document: &Document) -> Self {
        Self {
            document: document.clone(),
            new: Vec::new(),
        }
    }

    fn draw(
        &mut self,
        index: usize,
        key: &str,
        projects: &[&Project],
        sections: &BTreeMap<String, BTreeSet<String>>,
    ) -> Option<Fix> {
        let diagram = self.document.diagrams.get(index)?;
        let names = Names::new(projects, &self.document);
        let components = self.document.facts.components.iter();
        let drawn: Vec<(&Component, String)> = components
            .filter(|component| component.origin.diagram == Some(index) && component.runnable)
            .filter_map(|component| Some((component, names.one(&component.name)?)))
            .collect();
        let siblings = siblings(&drawn, key, &names, sections);
        let lines: Vec<&str> = self.document.source.text().lines().collect();
        let (at, text, read) = siblings.into_iter().find_map(|sibling| {
            let line = sibling.origin.line;
            let insertion = match diagram.kind {
                DiagramKind::Boxes => {
                    drawing::a_box(&lines, line, &sibling.name, key, diagram.end_line)
                }
                DiagramKind::MermaidFlowchart => drawing::a_node(&lines, line, key),
                _ => None,
            }?;
            let at = self.document.source.line_start(insertion.before);
            self.original(at)?;
            let read = with(&self.document, at, &insertion.text);
            is_understood(&self.document, &read, key, sibling, projects).then_some((
                at,
                insertion.text,
                read,
            ))
        })?;
        let original = self.original(at)?;
        let fix = Fix {
            description: format!("Draw `{key}` in the diagram"),
            edits: vec![Edit {
                file: self.document.source.path().to_path_buf(),
                span: original..original,
                replacement: text.clone(),
            }],
        };
        self.take(at, text.len(), read);
        Some(fix)
    }

    /// Where a place of the drawn text is in the text as it was read; nothing for a place that
    /// what was drawn has covered or pushed away.
    fn original(&self, at: usize) -> Option<usize> {
        let mut new = 0;
        for part in &self.new {
            if part.end <= at {
                new += part.len();
            } else if part.start <= at {
                return None;
            }
        }
        Some(at - new)
    }

    fn take(&mut self, at: usize, length: usize, read: Document) {
        for part in self.new.iter_mut().filter(|part| part.start >= at) {
            *part = part.start + length..part.end + length;
        }
        self.new.push(at..at + length);
        self.document = read;
    }
}

/// The document with a text put in, read again.
fn with(document: &Document, at: usize, new: &str) -> Document {
    let mut text = document.source.text().to_owned();
    text.insert_str(at, new);
    devkit_archdoc::read(document.source.path(), text.as_bytes())
}

/// Whether the document with the new box says what it said, and the service besides, in the
/// frames of another one.
fn is_understood(
    document: &Document,
    read: &Document,
    key: &str,
    sibling: &Component,
    projects: &[&Project],
) -> bool {
    let names = Names::new(projects, read);
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
        new.groups == sibling.groups
            && others(read, &new.name) == others(document, &new.name)
            && connections(read) == connections(document)
            && read.facts.volumes.len() == document.facts.volumes.len()
    })
}
