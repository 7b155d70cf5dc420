use std::collections::BTreeMap;

use devkit_diagnostic::Location;
use serde::{Deserialize, Serialize};

use super::Finding;
use crate::rule::{Evidence, Item, Level, Rule};

/// What became of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// There is nothing it could be asked about, or it was not asked for.
    NotApplicable,
    /// It was decided for everything it applies to.
    Decided,
    /// At least once it applied and could not be decided.
    Undecided,
}

/// What became of a rule, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleState {
    /// The rule.
    pub rule: &'static Rule,
    /// What became of it.
    pub state: State,
    /// Why it was not decided, where it was not.
    pub reason: Option<String>,
}

/// Why a rule that was not chosen, or needs a deeper look, has no state.
pub(super) const NOT_ASKED: &str = "not asked for";

impl RuleState {
    /// Whether the user chose not to look at a rule that needs files only.
    pub fn is_left_out(&self) -> bool {
        self.rule.evidence == Evidence::Static && self.is_not_asked()
    }

    /// Whether it was not chosen, or needs a deeper look.
    pub fn is_not_asked(&self) -> bool {
        self.state == State::NotApplicable && self.reason.as_deref() == Some(NOT_ASKED)
    }
}

/// Something to know about how it was looked, such as what was left out by choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// The item of the checklist that it belongs to.
    pub item: Item,
    /// What there is to know, without a capital letter and a full stop.
    pub text: String,
}

/// What checks have found so far.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    findings: Vec<Finding>,
    notes: Vec<Note>,
    states: BTreeMap<&'static str, (State, Option<String>)>,
}

impl Outcome {
    /// Says that a rule applied and was decided.
    pub fn decided(&mut self, rule: &'static Rule) {
        self.raise(rule.id, State::Decided, None);
    }

    /// Says that a rule applied and could not be decided.
    pub fn undecided(&mut self, rule: &'static Rule, reason: impl Into<String>) {
        self.raise(rule.id, State::Undecided, Some(reason.into()));
    }

    /// Says that a rule was not asked by the user's choice, and why; neither passed nor undecided.
    pub fn not_asked(&mut self, rule: &'static Rule, reason: impl Into<String>) {
        self.raise(rule.id, State::NotApplicable, Some(reason.into()));
    }

    /// Says something about how it was looked.
    pub fn note(&mut self, item: Item, text: impl Into<String>) {
        let text = text.into();
        self.notes.push(Note { item, text });
    }

    /// Adds a finding; its rule is decided, or undecided when the finding says unknown.
    pub fn report(&mut self, finding: Finding) {
        if finding.level == Level::Unknown {
            self.undecided(finding.rule, finding.message.clone());
        } else {
            self.decided(finding.rule);
        }
        self.findings.push(finding);
    }

    /// Adds everything of another outcome.
    pub fn extend(&mut self, other: Self) {
        for (id, (state, reason)) in other.states {
            self.raise(id, state, reason);
        }
        self.findings.extend(other.findings);
        self.notes.extend(other.notes);
    }

    /// Gives a place to the findings that have none.
    pub(crate) fn place(&mut self, place_of: impl Fn(&str) -> Option<Location>) {
        for finding in &mut self.findings {
            if finding.document.is_none() && finding.compose.is_none() {
                finding.compose = place_of(&finding.subject);
            }
        }
    }

    /// The findings so far.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// What became of a rule so far, and why.
    pub fn state(&self, rule: &Rule) -> (State, Option<String>) {
        self.states
            .get(rule.id)
            .cloned()
            .unwrap_or((State::NotApplicable, None))
    }

    pub(super) fn into_parts(self) -> (Vec<Finding>, Vec<Note>) {
        (self.findings, self.notes)
    }

    fn raise(&mut self, id: &'static str, state: State, reason: Option<String>) {
        let entry = self.states.entry(id).or_insert((state, None));
        if state > entry.0 || (state == entry.0 && entry.1.is_none()) {
            *entry = (state, reason);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule;

    #[test]
    fn what_is_undecided_once_stays_undecided() {
        let mut outcome = Outcome::default();
        outcome.undecided(&rule::REFUSED_PEER, "the worker is not running");
        outcome.decided(&rule::REFUSED_PEER);
        let reason = Some("the worker is not running".to_owned());
        assert_eq!(
            outcome.state(&rule::REFUSED_PEER),
            (State::Undecided, reason)
        );
        assert_eq!(outcome.state(&rule::SILENT_PORT).0, State::NotApplicable);
    }
}
