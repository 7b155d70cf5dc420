//! `DK8xx`: links and dates of the documents.

use std::collections::{BTreeSet, HashMap};
use std::path::{Component, Path, PathBuf};

use devkit_archdoc::{Dated, Document, Link};
use time::Date;
use time::macros::format_description;

use crate::context::Context;
use crate::facts::{Folders, Found};
use crate::fix;
use crate::report::{Edit, Finding, Fix, Outcome};
use crate::rule;

pub(super) fn check(context: &Context<'_>, outcome: &mut Outcome) {
    for page in &context.pages {
        let mut places = Places::default();
        for link in &page.document.facts.links {
            check_link(context, page.document, link, &mut places, outcome);
        }
        dates(page.document, context.inputs.today, outcome);
    }
}

/// What links of one document lead to, looked at once.
#[derive(Default)]
struct Places {
    folders: Folders,
    /// The anchors of the document itself.
    own: Option<BTreeSet<String>>,
    /// The anchors of other documents, where they can be read.
    others: HashMap<PathBuf, Option<BTreeSet<String>>>,
}

impl Places {
    /// Whether a document lacks an anchor.
    fn lacks(&mut self, document: &Document, other: Option<&Path>, anchor: &str) -> bool {
        let Some(file) = other else {
            let own = self.own.get_or_insert_with(|| fix::anchors(document));
            return !own.contains(anchor);
        };
        if file.extension().is_none_or(|extension| extension != "md") {
            return false;
        }
        let read = || {
            let bytes = std::fs::read(file).ok()?;
            Some(fix::anchors(&devkit_archdoc::read(file, &bytes)))
        };
        let anchors = self.others.entry(file.to_path_buf()).or_insert_with(read);
        anchors.as_ref().is_some_and(|it| !it.contains(anchor))
    }
}

fn check_link(
    context: &Context<'_>,
    document: &Document,
    link: &Link,
    places: &mut Places,
    outcome: &mut Outcome,
) {
    let target = link.target.trim();
    if is_elsewhere(target) {
        return;
    }
    let (path, anchor) = match target.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (target, None),
    };
    let path = decoded(path.split('?').next().unwrap_or(path));
    outcome.decided(&rule::DEAD_LINK);
    let Some(file) = resolve(context.inputs.root, document, &path) else {
        return;
    };
    let report = |message: String, fix: Option<Fix>| {
        Finding::new(&rule::DEAD_LINK, target, message)
            .in_document(link.origin.location())
            .with_fix(fix)
    };
    if !path.is_empty() {
        match places.folders.find(&file) {
            Found::Exact => {}
            Found::OtherCase(actual) => {
                let fixed = fix::link_case(&path, &actual);
                let replacement = match anchor {
                    Some(anchor) => format!("{fixed}#{anchor}"),
                    None => fixed.clone(),
                };
                outcome.report(report(
                    format!("`{path}` does not exist; the file is named `{fixed}`"),
                    Some(Fix {
                        description: format!("Write `{fixed}`"),
                        edits: vec![Edit {
                            file: document.source.path().to_path_buf(),
                            span: link.origin.span.clone(),
                            replacement,
                        }],
                    }),
                ));
                return;
            }
            Found::Nothing => {
                outcome.report(report(format!("`{path}` does not exist"), None));
                return;
            }
        }
    }
    let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) else {
        return;
    };
    let other = (!path.is_empty()).then_some(file.as_path());
    if places.lacks(document, other, &decoded(anchor)) {
        let place = if path.is_empty() {
            "the document"
        } else {
            path.as_str()
        };
        outcome.report(report(
            format!("`#{anchor}` is no heading of {place}"),
            None,
        ));
    }
}

fn is_elsewhere(target: &str) -> bool {
    let scheme = target.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme
                .chars()
                .all(|character| character.is_ascii_alphanumeric() || "+-.".contains(character))
    });
    scheme || target.starts_with("//") || target.is_empty() || target.contains(['{', '<', '$'])
}

fn resolve(root: &Path, document: &Document, path: &str) -> Option<PathBuf> {
    let file = document.source.path();
    let file = if file.is_absolute() {
        file.to_path_buf()
    } else {
        root.join(file)
    };
    let base = match path.strip_prefix('/') {
        Some(_) => root.to_path_buf(),
        None => file.parent()?.to_path_buf(),
    };
    let mut resolved = base;
    for part in Path::new(path.trim_start_matches('/')).components() {
        match part {
            Component::ParentDir => {
                // A link out of the repository leads to the hosting site, which is not here.
                if resolved == root {
                    return None;
                }
                resolved.pop();
            }
            Component::Normal(name) => resolved.push(name),
            _ => {}
        }
    }
    Some(resolved)
}

fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(hex.unwrap_or(bytes[at]));
        at += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

fn dates(document: &Document, today: Date, outcome: &mut Outcome) {
    let metadata = &document.metadata;
    for (name, dated) in [
        ("Last Updated", &metadata.last_updated),
        ("Last Validated", &metadata.last_validated),
    ] {
        let Some(dated) = dated else {
            continue;
        };
        outcome.decided(&rule::WRONG_DATE);
        match parse(dated) {
            None if looks_like_a_date(&dated.value) => {
                outcome.report(wrong(dated, format!("`{}` is no date", dated.value)));
            }
            Some(date) if date > today => {
                outcome.report(wrong(dated, format!("{name} lies in the future: {date}")));
            }
            _ => {}
        }
    }
    let Some(review) = &metadata.next_review else {
        return;
    };
    let Some(date) = parse(review) else {
        if looks_like_a_date(&review.value) {
            outcome.report(wrong(review, format!("`{}` is no date", review.value)));
        }
        return;
    };
    outcome.decided(&rule::REVIEW_OVERDUE);
    let last = metadata.last_validated.as_ref().and_then(parse);
    if last.is_some_and(|last| date < last) {
        outcome.report(wrong(
            review,
            "The next review lies before the last validation".to_owned(),
        ));
    } else if date < today {
        outcome.report(
            Finding::new(
                &rule::REVIEW_OVERDUE,
                "Next Review",
                format!("The review of {date} is overdue"),
            )
            .in_document(review.origin.location()),
        );
    }
}

fn wrong(dated: &Dated, message: String) -> Finding {
    Finding::new(&rule::WRONG_DATE, dated.value.as_str(), message)
        .in_document(dated.origin.location())
}

fn looks_like_a_date(value: &str) -> bool {
    let parts: Vec<&str> = value.split('-').collect();
    parts.len() == 3 && parts.iter().all(|part| part.parse::<u16>().is_ok())
}

fn parse(dated: &Dated) -> Option<Date> {
    Date::parse(
        dated.value.trim(),
        format_description!("[year]-[month]-[day]"),
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_sites_and_placeholders_are_not_asked() {
        assert!(is_elsewhere("https://example.org/a"));
        assert!(is_elsewhere("mailto:a@b.c"));
        assert!(is_elsewhere("{{ url }}"));
        assert!(!is_elsewhere("../services/api.md#a:b"));
        assert_eq!(decoded("a%20b"), "a b");
    }
}
