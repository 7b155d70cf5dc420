//! Comments for devkit: waivers, aliases, and the markers of regions.

use devkit_diagnostic::Diagnostic;

use crate::edit::{RegionError, regions};
use crate::facts::{Alias, Environment, Region, Waiver};
use crate::reader::collector::{Collector, MAX_FACTS};

/// Waivers and aliases.
pub(super) fn read(index: usize, to: &mut Collector<'_>) {
    let line = to.lines[index].text;
    let Some(from) = line.find("<!-- devkit:") else {
        return;
    };
    let rest = &line[from + "<!-- devkit:".len()..];
    let Some(end) = rest.find("-->") else {
        return;
    };
    if to.waivers.len().max(to.aliases.len()) >= MAX_FACTS {
        to.too_many("comments for devkit");
        return;
    }
    let (word, rest) = rest[..end]
        .trim()
        .split_once(' ')
        .unwrap_or((rest[..end].trim(), ""));
    match word {
        "ignore" => waiver(index, rest.trim(), to),
        "alias" => match rest.split_once('=') {
            Some((name, service)) if !name.trim().is_empty() && !service.trim().is_empty() => {
                to.aliases.push(Alias {
                    name: name.trim().trim_matches('"').to_owned(),
                    service: service.trim().trim_matches('"').to_owned(),
                    line: index + 1,
                });
            }
            _ => unread(
                index,
                "an alias is written <!-- devkit:alias NAME = service -->",
                to,
            ),
        },
        _ => {}
    }
}

fn waiver(index: usize, text: &str, to: &mut Collector<'_>) {
    let (rule, rest) = text.split_once(' ').unwrap_or((text, ""));
    if rule.is_empty() {
        unread(
            index,
            "name the rule: <!-- devkit:ignore DK102 \"Name\" reason -->",
            to,
        );
        return;
    }
    let rest = rest.trim();
    let (subject, reason) = match rest.strip_prefix('"').and_then(|it| it.split_once('"')) {
        Some((subject, reason)) => (Some(subject.to_owned()), reason.trim()),
        None => (None, rest),
    };
    let mut origin = to.line_origin(index);
    origin.environment = Environment::Any;
    to.waivers.push(Waiver {
        rule: rule.to_owned(),
        subject,
        reason: (!reason.is_empty()).then(|| reason.to_owned()),
        origin,
    });
}

fn unread(index: usize, help: &str, to: &mut Collector<'_>) {
    let span = to.line_origin(index).span;
    let diagnostic = Diagnostic::warning("This comment for devkit cannot be read")
        .at(&to.source, span, "")
        .with_help(help);
    to.diagnostics.push(diagnostic);
}

/// Reads the generated regions of a document.
pub(super) fn read_regions(to: &mut Collector<'_>) {
    let source = to.source.clone();
    for region in regions(source.text()).into_iter().take(MAX_FACTS) {
        match region {
            Ok(region) => {
                let origin = to.line_origin(region.line - 1);
                to.regions.push(Region {
                    name: region.name,
                    body: region.body,
                    origin,
                });
            }
            Err(error) => {
                let line = match &error {
                    RegionError::Unclosed { line, .. } => *line,
                    RegionError::Doubled { second, .. } => *second,
                    RegionError::Missing { .. } => continue,
                };
                let span = to.line_origin(line - 1).span;
                let diagnostic = Diagnostic::warning(capitalised(&error.to_string()))
                    .at(&source, span, "")
                    .with_help("end it with <!-- devkit:end NAME -->");
                to.diagnostics.push(diagnostic);
            }
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|it| it.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}
