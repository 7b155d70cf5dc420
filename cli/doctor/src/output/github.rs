use std::fmt::Write as _;

use crate::report::Report;
use crate::rule::Level;

/// The report as annotations of a GitHub workflow, one line a finding.
pub fn github(report: &Report) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        let command = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info | Level::Unknown => "notice",
        };
        let place = finding
            .document
            .as_ref()
            .or(finding.compose.as_ref())
            .map_or_else(String::new, |location| {
                format!(
                    "file={},line={},col={},",
                    property(&location.file.to_string_lossy()),
                    location.line,
                    location.column
                )
            });
        let title = property(&format!("{} {}", finding.rule.id, finding.rule.title));
        let message = data(&format!("{}. {}", finding.message, finding.action()));
        let _ = writeln!(text, "::{command} {place}title={title}::{message}");
    }
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
