use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Report, Snippet};
use devkit_diagnostic::{Diagnostic, Label, Severity};

/// A diagnostic as text: title, the lines it is about, notes and help.
pub(crate) fn render(diagnostic: &Diagnostic, colors: bool, columns: usize) -> String {
    let renderer = if colors {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut title = level(diagnostic.severity).primary_title(&diagnostic.message);
    if let Some(code) = &diagnostic.code {
        title = title.id(code);
    }
    let group = title.elements(elements(diagnostic));
    let report: Report<'_> = &[group];
    let mut text = renderer.term_width(columns).render(report);
    text.push('\n');
    text
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    }
}

fn elements(diagnostic: &Diagnostic) -> Vec<Element<'_>> {
    let mut elements: Vec<Element<'_>> = snippets(&diagnostic.labels);
    if elements.is_empty() {
        elements.extend(
            diagnostic
                .file
                .iter()
                .map(|file| Origin::path(file.to_string_lossy()).into()),
        );
    }
    elements.extend(
        diagnostic
            .notes
            .iter()
            .map(|note| Level::NOTE.message(note).into()),
    );
    elements.extend(
        diagnostic
            .help
            .iter()
            .map(|help| Level::HELP.message(help).into()),
    );
    elements
}

/// One snippet a file, with only the lines around the labels, so that huge files cost nothing.
fn snippets(labels: &[Label]) -> Vec<Element<'_>> {
    let mut done: Vec<&Label> = Vec::new();
    let mut snippets = Vec::new();
    for label in labels {
        if done.iter().any(|other| other.source == label.source) {
            continue;
        }
        done.push(label);
        let same: Vec<_> = labels
            .iter()
            .filter(|other| other.source == label.source)
            .collect();
        snippets.push(snippet(
            &same,
            labels
                .first()
                .is_some_and(|first| std::ptr::eq(first, label)),
        ));
    }
    snippets
}

fn snippet<'a>(labels: &[&'a Label], has_main: bool) -> Element<'a> {
    let source = &labels[0].source;
    let text = source.text();
    let first = labels
        .iter()
        .map(|label| label.span.start)
        .min()
        .unwrap_or(0);
    let last = labels.iter().map(|label| label.span.end).max().unwrap_or(0);
    let line = source.location(first).line;
    let start = source.line_start(line);
    let end = source.line_start(source.location(last).line + 1).max(start);
    let clamp = |offset: usize| floor_boundary(text, offset.clamp(start, end)) - start;
    Snippet::source(&text[start..end])
        .path(source.path().to_string_lossy())
        .line_start(line)
        .annotations(labels.iter().enumerate().map(|(index, label)| {
            let kind = if has_main && index == 0 {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let annotation = kind.span(clamp(label.span.start)..clamp(label.span.end));
            if label.message.is_empty() {
                annotation
            } else {
                annotation.label(&label.message)
            }
        }))
        .into()
}

fn floor_boundary(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;
    use devkit_diagnostic::SourceFile;

    #[test]
    fn shows_the_line_the_place_and_the_way_out() {
        let source = SourceFile::new("docker-compose.yml", "services:\n  api:\n    imge: x\n");
        let diagnostic = Diagnostic::error("Unknown key `imge`")
            .at(&source, 21..25, "not a key of a service")
            .with_help("write `image`");
        let text = render(&diagnostic, false, 80);
        assert!(text.starts_with("error: Unknown key `imge`\n"), "{text}");
        assert!(text.contains("docker-compose.yml:3:5"), "{text}");
        assert!(text.contains("    imge: x"), "{text}");
        assert!(text.contains("help: write `image`"), "{text}");
    }

    #[test]
    fn names_the_file_where_there_is_no_span() {
        let text = render(
            &Diagnostic::error("Not found").in_file("config/.env"),
            false,
            80,
        );
        assert!(text.contains("config/.env"), "{text}");
    }

    #[test]
    fn survives_spans_inside_a_character_and_past_the_end() {
        let source = SourceFile::new("a", "é");
        let text = render(
            &Diagnostic::error("x").at(&source, 1..90, "here"),
            false,
            80,
        );
        assert!(text.contains("here"), "{text}");
    }
}
