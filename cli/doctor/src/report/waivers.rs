use devkit_archdoc::{Document, Waiver};

use super::{Finding, RuleState, State};
use crate::rule::{self, Rule};

/// The waivers that accept nothing that was found, though all they could accept was looked for.
pub(super) fn unused(
    documents: &[Document],
    waived: &[Finding],
    rules: &[RuleState],
) -> Vec<Finding> {
    documents
        .iter()
        .flat_map(|document| &document.waivers)
        .filter_map(|waiver| {
            let problem = match rule::find(&waiver.rule) {
                // A waiver for everything about a subject waits for what may come.
                None if waiver.rule == "*" => return None,
                None => format!("No rule is named `{}`", waiver.rule),
                Some(rule) if !is_decided(rule, rules) => return None,
                Some(rule) if waived.iter().any(|finding| accepts(waiver, rule, finding)) => {
                    return None;
                }
                Some(rule) => match &waiver.subject {
                    Some(subject) => {
                        format!("The waiver of {rule} for `{subject}` silences nothing")
                    }
                    None => format!("The waiver of {rule} silences nothing"),
                },
            };
            let subject = waiver
                .subject
                .clone()
                .unwrap_or_else(|| waiver.rule.clone());
            Some(
                Finding::new(&rule::UNUSED_DIRECTIVE, subject, problem)
                    .in_document(waiver.origin.location()),
            )
        })
        .collect()
}

fn is_decided(rule: &Rule, rules: &[RuleState]) -> bool {
    rules
        .iter()
        .any(|state| state.rule.id == rule.id && state.state == State::Decided)
}

fn accepts(waiver: &Waiver, rule: &Rule, finding: &Finding) -> bool {
    let same = |subject: &String| {
        devkit_archdoc::normalised(subject) == devkit_archdoc::normalised(&finding.subject)
    };
    finding.rule.id == rule.id && waiver.subject.as_ref().is_none_or(same)
}
