use devkit_diagnostic::Location;
use serde_json::{Value, json};

use crate::report::{Finding, Report};
use crate::rule::{self, Level, Rule};

/// The report as SARIF 2.1.0, for code scanning services.
pub fn sarif(report: &Report) -> String {
    let rules = rule::all();
    let results: Vec<_> = report
        .findings
        .iter()
        .map(|finding| result(finding, &rules))
        .collect();
    let value = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "devkit doctor",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{value:#}\n")
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": rule.explanation },
        "help": { "text": rule.action },
        "defaultConfiguration": { "level": level(rule.level) },
    })
}

fn result(finding: &Finding, rules: &[&'static Rule]) -> Value {
    let places: Vec<&Location> = finding
        .document
        .iter()
        .chain(finding.compose.iter())
        .collect();
    let mut result = json!({
        "ruleId": finding.rule.id,
        "ruleIndex": rules.iter().position(|rule| rule.id == finding.rule.id),
        "level": level(finding.level),
        "message": { "text": finding.message },
        "locations": places.iter().take(1).map(|place| physical(place)).collect::<Vec<_>>(),
        "properties": { "subject": finding.subject, "evidence": finding.evidence },
    });
    if let Some(other) = places.get(1) {
        result["relatedLocations"] = json!([physical(other)]);
    }
    result
}

fn physical(location: &Location) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": location.file.to_string_lossy().replace('\\', "/") },
        "region": { "startLine": location.line, "startColumn": location.column },
    }})
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info | Level::Unknown => "note",
    }
}
