use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use devkit_archdoc::Document;
use devkit_changeset::ChangeSet;
use time::Date;

use super::super::report::{Edit, Report};
use crate::rule::{Item, Level};

/// Why no repairs could be prepared.
#[derive(Debug, thiserror::Error)]
pub enum FixError {
    /// A document was changed or removed since it was read.
    #[error("cannot read {path} again: {reason}")]
    Unreadable {
        /// The document.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The change could not be described.
    #[error("cannot change {path}: {reason}")]
    Unchangeable {
        /// The document.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

/// The certain repairs of a report as one set of changes: findings that have one, the ticks of
/// each document's checklist, and its `Last Validated`. Nothing is written.
pub fn plan(
    report: &Report,
    documents: &[Document],
    root: &Path,
    today: Date,
) -> Result<ChangeSet, FixError> {
    let mut edits: BTreeMap<PathBuf, Vec<Edit>> = BTreeMap::new();
    let fixes = report
        .findings
        .iter()
        .filter_map(|finding| finding.fix.as_ref());
    for edit in fixes.flat_map(|fix| &fix.edits) {
        edits
            .entry(edit.file.clone())
            .or_default()
            .push(edit.clone());
    }
    let mut changes = ChangeSet::new(root);
    for document in documents {
        let path = document.source.path();
        let mut mine = edits.remove(path).unwrap_or_default();
        mine.extend(checklist(report, document));
        mine.extend(validated(report, document, today));
        let text = document.source.text();
        let repaired = apply(text, mine);
        let inside = path.strip_prefix(root).unwrap_or(path);
        let before = std::fs::read(root.join(inside)).map_err(|error| FixError::Unreadable {
            path: path.to_path_buf(),
            reason: error.to_string(),
        })?;
        if before != repaired.as_bytes() && (repaired != text || document.decoding.lost == 0) {
            changes
                .modify(inside, before, repaired.into_bytes())
                .map_err(|error| FixError::Unchangeable {
                    path: path.to_path_buf(),
                    reason: error.to_string(),
                })?;
        }
    }
    Ok(changes)
}

/// Makes replacements from the last to the first; of two that overlap, the first one given wins,
/// and what is put at one place stands in the order given.
fn apply(text: &str, edits: Vec<Edit>) -> String {
    let mut kept: Vec<Edit> = Vec::new();
    for edit in edits {
        let overlaps = kept
            .iter()
            .any(|other| edit.span.start < other.span.end && other.span.start < edit.span.end);
        if !overlaps && text.get(edit.span.clone()).is_some() {
            kept.push(edit);
        }
    }
    kept.reverse();
    kept.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
    let mut changed = text.to_owned();
    for edit in kept {
        changed.replace_range(edit.span, &edit.replacement);
    }
    changed
}

/// Ticks the items of the checklist that hold, and unticks those that do not; what was not looked
/// at, or not at all of it, is not ticked.
fn checklist(report: &Report, document: &Document) -> Vec<Edit> {
    let holds = |item: Item| -> Option<bool> {
        let summary = report.item(item);
        let open = summary
            .findings
            .iter()
            .any(|finding| finding.level != Level::Info && finding.fix.is_none());
        if open || !summary.undecided.is_empty() {
            return Some(false);
        }
        let whole = summary.decided > 0 && !report.is_partial(|other| other == item);
        whole.then_some(true)
    };
    document
        .facts
        .checklist
        .iter()
        .filter_map(|entry| {
            let holds = holds(item_of(&entry.text)?)?;
            (holds != entry.checked).then(|| Edit {
                file: document.source.path().to_path_buf(),
                span: entry.origin.span.clone(),
                replacement: if holds { "x" } else { " " }.to_owned(),
            })
        })
        .collect()
}

/// The item of the checklist that a line of a document means.
fn item_of(text: &str) -> Option<Item> {
    let text = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["link"]) {
        Some(Item::Links)
    } else if has(&["network"]) {
        Some(Item::Networks)
    } else if has(&["data flow", "request path"]) {
        Some(Item::Flows)
    } else if has(&["security", "boundar"]) {
        Some(Item::Security)
    } else if has(&["port mapping", "ports "]) {
        Some(Item::Ports)
    } else if has(&["storage", "volume"]) {
        Some(Item::Storage)
    } else if has(&["scaling", "scalab"]) {
        Some(Item::Scaling)
    } else if has(&["service"]) && has(&["diagram", "documented"]) {
        Some(Item::Services)
    } else {
        None
    }
}

fn validated(report: &Report, document: &Document, today: Date) -> Option<Edit> {
    let dated = document.metadata.last_validated.as_ref()?;
    let open = report
        .findings
        .iter()
        .any(|finding| finding.level == Level::Error && finding.fix.is_none());
    let value = today.to_string();
    let whole = !report.is_partial(|item| item != Item::Machine);
    (!open && whole && dated.value.trim() != value).then(|| Edit {
        file: document.source.path().to_path_buf(),
        span: dated.origin.span.clone(),
        replacement: value,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checklist_of_the_reference_document_is_understood() {
        let items: Vec<_> = [
            "All services are documented in the diagram",
            "Network connections match actual docker-compose configuration",
            "Data flows reflect real request paths",
            "Security boundaries are clearly marked",
            "Port mappings are accurate",
            "Storage strategy matches actual volumes/mounts",
            "Scaling strategy is feasible with current design",
            "Related documentation links are valid",
        ]
        .into_iter()
        .filter_map(item_of)
        .collect();
        assert_eq!(items, Item::ALL[..8]);
    }
}
