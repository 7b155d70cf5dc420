use devkit_diagnostic::Location;
use serde_json::{Value, json};

use crate::report::{Finding, Report, RuleState};
use crate::rule::Rule;

/// The version of the form of the JSON report; it changes when a field loses its meaning.
pub const SCHEMA: u32 = 1;

/// The report as JSON, indented, with a final newline.
pub fn json(report: &Report) -> String {
    let summary = report.summary();
    let value = json!({
        "schema": SCHEMA,
        "findings": report.findings.iter().map(finding).collect::<Vec<_>>(),
        "waived": report.waived.iter().map(finding).collect::<Vec<_>>(),
        "notes": report.notes,
        "rules": report.rules.iter().map(rule).collect::<Vec<_>>(),
        "summary": {
            "errors": summary.errors,
            "warnings": summary.warnings,
            "infos": summary.infos,
            "unknowns": summary.unknowns,
            "waived": summary.waived,
            "decided": summary.decided,
            "undecided": summary.undecided,
            "not_applicable": summary.not_applicable,
        },
    });
    format!("{value:#}\n")
}

/// Rules as JSON, indented, with a final newline.
pub fn rules_json(rules: &[&Rule]) -> String {
    let rule = |rule: &&Rule| {
        json!({
            "rule": rule.id,
            "level": rule.level,
            "item": rule.item,
            "evidence": rule.evidence,
            "title": rule.title,
            "explanation": rule.explanation,
            "help": rule.action,
        })
    };
    let rules: Vec<Value> = rules.iter().map(rule).collect();
    format!("{:#}\n", json!({ "schema": SCHEMA, "rules": rules }))
}

fn finding(finding: &Finding) -> Value {
    json!({
        "rule": finding.rule.id,
        "level": finding.level,
        "item": finding.rule.item,
        "subject": finding.subject,
        "message": finding.message,
        "document": location(finding.document.as_ref()),
        "compose": location(finding.compose.as_ref()),
        "evidence": finding.evidence,
        "help": finding.action(),
        "fix": finding.fix.as_ref().map(|fix| json!({ "description": fix.description })),
    })
}

fn location(location: Option<&Location>) -> Value {
    location.map_or(Value::Null, |location| {
        json!({
            "file": location.file.to_string_lossy(),
            "line": location.line,
            "column": location.column,
        })
    })
}

fn rule(rule: &RuleState) -> Value {
    json!({ "rule": rule.rule.id, "state": rule.state, "reason": rule.reason })
}
