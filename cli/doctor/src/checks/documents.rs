//! How well the documents could be read, and whether their comments for doctor mean something.

use devkit_archdoc::Document;
use devkit_diagnostic::Location;

use crate::context::{Context, service};
use crate::report::{Edit, Finding, Fix, Outcome};
use crate::rule;

pub(super) fn check(context: &Context<'_>, outcome: &mut Outcome) {
    for page in &context.pages {
        let document = page.document;
        outcome.decided(&rule::DAMAGED_ENCODING);
        if document.decoding.repaired > 0 {
            outcome.report(damaged(document));
        }
        for diagram in document
            .diagrams
            .iter()
            .filter(|diagram| diagram.architecture)
        {
            outcome.decided(&rule::UNREADABLE_DIAGRAM);
            if diagram.origin.confidence < 0.6 {
                outcome.report(
                    Finding::new(
                        &rule::UNREADABLE_DIAGRAM,
                        diagram
                            .origin
                            .heading
                            .clone()
                            .unwrap_or_else(|| "diagram".to_owned()),
                        "The diagram could not be read reliably; nothing is concluded from it",
                    )
                    .in_document(diagram.origin.location()),
                );
            }
        }
        aliases(context, document, outcome);
    }
}

fn damaged(document: &Document) -> Finding {
    let path = document.source.path().to_path_buf();
    let count = document.decoding.repaired;
    let by = document
        .decoding
        .mistaken_for
        .as_deref()
        .map_or_else(String::new, |page| format!(", read as {page} by mistake"));
    let text = document.source.text();
    Finding::new(
        &rule::DAMAGED_ENCODING,
        path.to_string_lossy(),
        format!("The file is mis-decoded UTF-8{by}: {count} characters were repaired for reading"),
    )
    .in_document(Location {
        file: path.clone(),
        line: 1,
        column: 1,
    })
    .with_fix((document.decoding.lost == 0).then(|| Fix {
        description: "Write the file as clean UTF-8".to_owned(),
        edits: vec![Edit {
            file: path,
            span: text.len()..text.len(),
            replacement: String::new(),
        }],
    }))
}

fn aliases(context: &Context<'_>, document: &Document, outcome: &mut Outcome) {
    for alias in &document.aliases {
        outcome.decided(&rule::UNUSED_DIRECTIVE);
        let known = service(context.project(), &alias.service).is_some()
            || context
                .inputs
                .production
                .is_some_and(|project| service(project, &alias.service).is_some());
        if !known {
            outcome.report(
                Finding::new(
                    &rule::UNUSED_DIRECTIVE,
                    alias.name.as_str(),
                    format!(
                        "The alias of `{}` names service `{}`, which no compose file defines",
                        alias.name, alias.service
                    ),
                )
                .in_document(Location {
                    file: document.source.path().to_path_buf(),
                    line: alias.line,
                    column: 1,
                }),
            );
        }
    }
}
