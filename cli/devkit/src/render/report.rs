use std::collections::BTreeMap;
use std::fmt::Write;

use devkit_doctor::report::{ItemSummary, State};
use devkit_doctor::rule::{self, Level, Rule};
use devkit_doctor::{Finding, Report};
use devkit_ui::{Palette, Tone};

/// A report for people, by item of the checklist.
pub(crate) fn report_text(report: &Report, palette: Palette, verbose: bool) -> String {
    let mut text = String::new();
    let common = common_reason(report).filter(|_| !verbose);
    for item in report.items() {
        item_text(&mut text, &item, palette, verbose);
        for (reason, rules) in reasons(&item) {
            if Some(reason) != common {
                let told = format!("    undecided {}: {reason}", rules.join(", "));
                line(&mut text, &palette.paint(Tone::Faint, &told));
            }
        }
    }
    text.push_str(&summary_line(report));
    if let Some(reason) = common {
        line(&mut text, &format!("undecided: {reason}"));
    }
    text
}

/// The reason for which everything that is undecided is so, where that is more than one item.
fn common_reason(report: &Report) -> Option<&str> {
    let mut undecided = report
        .rules
        .iter()
        .filter(|state| state.state == State::Undecided);
    let first = undecided.next()?;
    let same = undecided.all(|state| state.reason == first.reason);
    let items = report.items();
    let several = items
        .iter()
        .filter(|item| !item.undecided.is_empty())
        .count()
        > 1;
    first.reason.as_deref().filter(|_| same && several)
}

/// Why rules of an item are undecided, with the rules that are so for that reason.
fn reasons<'r>(item: &ItemSummary<'r>) -> BTreeMap<&'r str, Vec<&'static str>> {
    let mut reasons: BTreeMap<&str, Vec<&'static str>> = BTreeMap::new();
    for state in &item.undecided {
        let reason = state.reason.as_deref().unwrap_or("not decided");
        reasons.entry(reason).or_default().push(state.rule.id);
    }
    reasons
}

/// How many findings of one rule that are good to know are shown, unless all are asked for.
const SHOWN: usize = 3;

fn item_text(text: &mut String, item: &ItemSummary<'_>, palette: Palette, verbose: bool) {
    let worst = item.findings.iter().map(|finding| finding.level).max();
    let mark = match worst {
        Some(Level::Error) => palette.paint(Tone::Bad, "✘"),
        Some(Level::Warning) => palette.paint(Tone::Caution, "!"),
        _ if !item.holds() => palette.paint(Tone::Caution, "?"),
        _ => palette.paint(Tone::Good, "✔"),
    };
    line(
        text,
        &format!("{mark} {}", palette.paint(Tone::Strong, item.item.title())),
    );
    let alike =
        |left: &&Finding, right: &&Finding| left.rule == right.rule && left.level == right.level;
    let mut findings = item.findings.clone();
    findings.sort_by_key(|finding| (finding.rule.id, std::cmp::Reverse(finding.level)));
    for group in findings.chunk_by(alike) {
        group_text(text, group, palette, verbose);
    }
    for note in &item.notes {
        line(text, &palette.paint(Tone::Faint, &format!("    {note}")));
    }
}

/// Findings of one rule, with what to do said once where it is the same for several.
fn group_text(text: &mut String, group: &[&Finding], palette: Palette, verbose: bool) {
    let minor = group
        .iter()
        .all(|finding| finding.level == Level::Info && !is_question(finding));
    let shown = match group.len() {
        more if minor && !verbose && more > SHOWN + 1 => SHOWN,
        all => all,
    };
    let helps: Vec<&str> = group.iter().map(|finding| finding.action()).collect();
    for (index, finding) in group[..shown].iter().enumerate() {
        finding_text(text, finding, palette);
        if index + 1 == shown || helps[index] != helps[index + 1] {
            line(text, &format!("        help: {}", helps[index]));
        }
    }
    if shown < group.len() {
        let rest = format!(
            "    and {} more {}: devkit --verbose doctor",
            group.len() - shown,
            group[0].rule
        );
        line(text, &palette.paint(Tone::Faint, &rest));
    }
}

/// Whether a finding asks for an answer, which must be seen to be given.
fn is_question(finding: &Finding) -> bool {
    finding.rule == &rule::UNSURE_NAME
}

fn finding_text(text: &mut String, finding: &Finding, palette: Palette) {
    let tone = match finding.level {
        Level::Error => Tone::Bad,
        Level::Warning | Level::Unknown => Tone::Caution,
        Level::Info => Tone::Name,
    };
    let level = palette.paint(tone, &format!("{} {}", finding.level, finding.rule));
    line(text, &format!("    {level} {}", finding.message));
    for place in [&finding.document, &finding.compose].into_iter().flatten() {
        line(
            text,
            &palette.paint(Tone::Faint, &format!("        {place}")),
        );
    }
}

fn summary_line(report: &Report) -> String {
    let summary = report.summary();
    let mut parts = Vec::new();
    for (count, noun) in [
        (summary.errors, "error"),
        (summary.warnings, "warning"),
        (summary.unknowns, "unknown"),
        (summary.infos, "note"),
    ] {
        if count > 0 {
            parts.push(counted(count, noun));
        }
    }
    if parts.is_empty() {
        parts.push("no findings".to_owned());
    }
    let mut line = format!(
        "\n{}; {} decided, {} undecided, {} do not apply",
        parts.join(", "),
        counted(summary.decided, "rule"),
        summary.undecided,
        summary.not_applicable - summary.not_asked
    );
    if summary.not_asked > 0 {
        // Writing to a String cannot fail.
        let _ = write!(line, ", {} not asked for", summary.not_asked);
    }
    if summary.waived > 0 {
        // Writing to a String cannot fail.
        let _ = write!(line, ", {} waived", counted(summary.waived, "finding"));
    }
    line.push('\n');
    line
}

/// A number of things: `1 error`, `2 errors`.
fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// Rules with their explanations.
pub(crate) fn rules_text(rules: &[&Rule], palette: Palette) -> String {
    let mut text = String::new();
    for rule in rules {
        let head = format!("{} {}", palette.paint(Tone::Strong, rule.id), rule.title);
        line(
            &mut text,
            &format!("{head} ({}, {})", rule.level, rule.evidence),
        );
        line(&mut text, &format!("    {}", rule.explanation));
        line(&mut text, &format!("    help: {}", rule.action));
    }
    text
}

fn line(text: &mut String, line: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{line}");
}
