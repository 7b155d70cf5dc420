use devkit_diagnostic::{Diagnostic, SourceFile};

use super::lines::Lines;
use super::outline::Outline;

/// A region between a pair of markers; lines are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The name between the markers.
    pub name: String,
    /// The line of the opening marker.
    pub open: usize,
    /// The line of the closing marker.
    pub close: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Open,
    Close,
}

/// All sections of a file, from top to bottom.
///
/// # Errors
/// If a marker is doubled, lacks its partner or crosses another section.
pub(super) fn sections(
    source: &SourceFile,
    lines: &Lines,
    outline: &Outline,
) -> Result<Vec<Section>, Diagnostic> {
    let at = |line: usize| lines.start(line)..lines.end(line).max(lines.start(line) + 1) - 1;
    let wrong = |message: String, line: usize, other: Option<usize>| {
        let diagnostic = Diagnostic::error(message).at(source, at(line), "");
        let diagnostic = match other {
            Some(other) => diagnostic.at(source, at(other), "the other one is here"),
            None => diagnostic,
        };
        diagnostic
            .with_help("a section opens once with `##<<NAME>>` and closes once with `##<</NAME>>`")
    };
    let mut sections: Vec<Section> = Vec::new();
    let mut open: Option<(String, usize)> = None;
    for (line, name, kind) in markers(lines, outline) {
        let before = sections.iter().find(|section| section.name == name);
        match (&open, kind) {
            _ if before.is_some() => {
                let other = before.map(|section| section.open);
                return Err(wrong(
                    format!("The marker `{name}` is doubled"),
                    line,
                    other,
                ));
            }
            // Some files close a section by repeating the line that opened it.
            (Some((opened, first)), _) if *opened == name => {
                sections.push(Section {
                    name,
                    open: *first,
                    close: line,
                });
                open = None;
            }
            (Some((opened, first)), _) => {
                let message = format!("The marker `{name}` crosses the section `{opened}`");
                return Err(wrong(message, line, Some(*first)));
            }
            (None, Kind::Open) => open = Some((name, line)),
            (None, Kind::Close) => {
                let message = format!("The section `{name}` is closed and was never opened");
                return Err(wrong(message, line, None));
            }
        }
    }
    match open {
        Some((name, line)) => Err(wrong(
            format!("The section `{name}` is opened and never closed"),
            line,
            None,
        )),
        None => Ok(sections),
    }
}

fn markers(lines: &Lines, outline: &Outline) -> Vec<(usize, String, Kind)> {
    (0..lines.len())
        .filter(|line| !outline.content[*line])
        .filter_map(|line| {
            let (name, kind) = marker(lines.text(line))?;
            Some((line, name.to_owned(), kind))
        })
        .collect()
}

/// Whether a line is a marker: `##<<NAME>>`, `##<</NAME>>`, `##</NAME>>` or `##</NAME>`.
pub(super) fn is_marker(line: &str) -> bool {
    marker(line).is_some()
}

fn marker(line: &str) -> Option<(&str, Kind)> {
    let rest = line.trim_start().strip_prefix("##<")?;
    let (rest, kind) = if let Some(rest) = rest.strip_prefix("</").or(rest.strip_prefix('/')) {
        (rest, Kind::Close)
    } else {
        (rest.strip_prefix('<')?, Kind::Open)
    };
    let end = rest.find(|c: char| !c.is_ascii_uppercase() && !c.is_ascii_digit() && c != '_')?;
    let (name, tail) = rest.split_at(end);
    let closed = match kind {
        Kind::Open => tail.starts_with(">>"),
        Kind::Close => tail.starts_with('>'),
    };
    (closed && !name.is_empty()).then_some((name, kind))
}
