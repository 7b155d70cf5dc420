//! What an arrow of a flowchart says.

use super::Edge;
use crate::facts::{ComponentKind, ConnectionKind, Origin, Step, StepKind};
use crate::reader::collector::Collector;
use crate::reader::drawing::Drawing;
use crate::reader::subject::Subject;
use crate::reader::words;

/// A step such as `1. GET /products/:id`, `3b. Cache MISS`.
pub(super) fn numbered_step(edge: &Edge, from: &str, to: &str, origin: &Origin) -> Option<Step> {
    let label = edge.label.as_deref()?;
    let digits = label.find(|it: char| !it.is_ascii_digit()).unwrap_or(0);
    let number: u32 = label[..digits].parse().ok()?;
    let dot = label[digits..].find('.').filter(|at| *at <= 1)?;
    let letter = &label[digits..digits + dot];
    let text = label[digits + dot + 1..].trim();
    Some(Step {
        from: from.to_owned(),
        to: to.to_owned(),
        text: text.to_owned(),
        number: Some(number),
        kind: if words::is_response(text) || text.to_lowercase().starts_with("cache ") {
            StepKind::Response
        } else {
            StepKind::Request
        },
        branch: if letter.is_empty() {
            Vec::new()
        } else {
            vec![format!("alt {letter}")]
        },
        origin: origin.clone(),
    })
}

/// Whether something of a kind calls or is called, or is a group of such.
pub(super) fn is_reachable(kind: ComponentKind) -> bool {
    kind.is_runnable() || matches!(kind, ComponentKind::Client | ComponentKind::External)
}

/// What an edge means; `through` says that it leads from one program to another, perhaps
/// through the parts of a third.
pub(super) fn edge_kind(
    edge: &Edge,
    (from, to): (&str, &str),
    drawing: &Drawing,
    through: bool,
    collector: &Collector<'_>,
) -> ConnectionKind {
    let label = edge.label.as_deref().unwrap_or("");
    let text = label
        .trim_start_matches(|it: char| it.is_ascii_alphanumeric() && label.contains(". "))
        .trim_start_matches(['.', ' ']);
    if words::is_response(label)
        || words::is_response(text)
        || text.to_lowercase().starts_with("cache miss")
    {
        return ConnectionKind::Response;
    }
    let kinds = (collector.kind_of(from), collector.kind_of(to));
    let volume = |kind: Option<ComponentKind>| kind == Some(ComponentKind::Volume);
    if volume(kinds.0) || volume(kinds.1) {
        return ConnectionKind::Mount;
    }
    let is_topic = |kind: Option<ComponentKind>| kind == Some(ComponentKind::Topic);
    if is_topic(kinds.0) || is_topic(kinds.1) {
        return ConnectionKind::Message;
    }
    let reachable = |kind: Option<ComponentKind>| {
        kind.is_some_and(|it| is_reachable(it) || it == ComponentKind::Group)
    };
    let runnable = |kind: Option<ComponentKind>| kind.is_some_and(ComponentKind::is_runnable);
    let claims = match drawing.topic.subject {
        Subject::Process => false,
        Subject::Inside => runnable(kinds.0) && runnable(kinds.1),
        Subject::Platform => reachable(kinds.0) && reachable(kinds.1),
    };
    if claims && edge.tips == (false, false) {
        ConnectionKind::Link
    } else if claims {
        ConnectionKind::Request
    } else if through || drawing.is_of_platform() && (reachable(kinds.0) || reachable(kinds.1)) {
        ConnectionKind::Internal
    } else {
        ConnectionKind::Sequence
    }
}
