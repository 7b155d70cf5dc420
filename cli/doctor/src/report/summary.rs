use std::path::{Path, PathBuf};

use devkit_archdoc::Document;
use devkit_diagnostic::Location;

use super::outcome::NOT_ASKED;
use super::{FailOn, Finding, Note, Options, Outcome, RuleState, State};
use crate::rule::{self, Item, Level};

/// Everything that doctor found, ordered by rule and place.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The findings.
    pub findings: Vec<Finding>,
    /// The findings that the document's authors accept.
    pub waived: Vec<Finding>,
    /// What became of each rule.
    pub rules: Vec<RuleState>,
    /// What there is to know about how it was looked.
    pub notes: Vec<Note>,
}

/// How many there are of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are questions or good to know.
    pub infos: usize,
    /// Findings that say what could not be decided.
    pub unknowns: usize,
    /// Findings that the document's authors accept.
    pub waived: usize,
    /// Rules that applied and were decided.
    pub decided: usize,
    /// Rules that applied and could not be decided.
    pub undecided: usize,
    /// Rules that did not apply, or were not asked for.
    pub not_applicable: usize,
    /// Those of them that were not asked for.
    pub not_asked: usize,
}

/// One item of the checklist, with what was found.
#[derive(Debug, Clone)]
pub struct ItemSummary<'a> {
    /// The item.
    pub item: Item,
    /// Its findings.
    pub findings: Vec<&'a Finding>,
    /// How many of its rules were decided.
    pub decided: usize,
    /// Its rules that could not be decided, and why.
    pub undecided: Vec<&'a RuleState>,
    /// What there is to know about how it was looked at.
    pub notes: Vec<&'a str>,
}

impl ItemSummary<'_> {
    /// Whether the item holds: something was decided, everything was, and nothing speaks
    /// against it.
    pub fn holds(&self) -> bool {
        self.decided > 0
            && self.undecided.is_empty()
            && self
                .findings
                .iter()
                .all(|finding| finding.level == Level::Info)
    }
}

impl Report {
    /// Orders what was found, sets aside what the documents waive, and names files relative to
    /// the project's folder.
    pub fn new(outcome: Outcome, options: &Options, documents: &[Document], root: &Path) -> Self {
        let mut rules: Vec<RuleState> = rule::all()
            .into_iter()
            .map(|rule| {
                let (state, reason) = if options.includes(rule) {
                    outcome.state(rule)
                } else {
                    (State::NotApplicable, Some(NOT_ASKED.to_owned()))
                };
                RuleState {
                    rule,
                    state,
                    reason,
                }
            })
            .collect();
        let (found, notes) = outcome.into_parts();
        let (waived, mut findings): (Vec<_>, Vec<_>) = found
            .into_iter()
            .filter(|finding| options.selection.includes(finding.rule))
            .map(|finding| relative(finding, root))
            .partition(|finding| {
                documents
                    .iter()
                    .any(|document| document.waives(finding.rule.id, &finding.subject))
            });
        if options.includes(&rule::UNUSED_DIRECTIVE) {
            let unused = super::waivers::unused(documents, &waived, &rules);
            let state = rules
                .iter_mut()
                .find(|state| state.rule.id == rule::UNUSED_DIRECTIVE.id);
            if let Some(state) = state.filter(|_| !unused.is_empty()) {
                state.state = state.state.max(State::Decided);
            }
            findings.extend(unused.into_iter().map(|finding| relative(finding, root)));
        }
        findings.sort_by(|left, right| sort_key(left).cmp(&sort_key(right)));
        findings.dedup_by(|later, first| says_the_same(later, first));
        Self {
            findings,
            waived,
            rules,
            notes,
        }
    }

    /// Names the files of all findings otherwise; they are given relative to the project's folder
    /// where they are in it.
    pub fn name_files(&mut self, name: impl Fn(&Path) -> PathBuf) {
        for finding in self.findings.iter_mut().chain(&mut self.waived) {
            for location in [&mut finding.document, &mut finding.compose]
                .into_iter()
                .flatten()
            {
                location.file = name(&location.file);
            }
        }
    }

    /// How many there are of what.
    pub fn summary(&self) -> Summary {
        let level = |level| {
            self.findings
                .iter()
                .filter(|finding| finding.level == level)
                .count()
        };
        let state = |state| self.rules.iter().filter(|rule| rule.state == state).count();
        Summary {
            errors: level(Level::Error),
            warnings: level(Level::Warning),
            infos: level(Level::Info),
            unknowns: level(Level::Unknown),
            waived: self.waived.len(),
            decided: state(State::Decided),
            undecided: state(State::Undecided),
            not_applicable: state(State::NotApplicable),
            not_asked: self.rules.iter().filter(|it| it.is_not_asked()).count(),
        }
    }

    /// What was found, by item of the checklist; items that nothing was asked of are left out.
    pub fn items(&self) -> Vec<ItemSummary<'_>> {
        Item::ALL
            .into_iter()
            .map(|item| self.item(item))
            .filter(|item| {
                item.decided > 0
                    || !item.undecided.is_empty()
                    || !item.findings.is_empty()
                    || !item.notes.is_empty()
            })
            .collect()
    }

    /// What was found for one item of the checklist.
    pub fn item(&self, item: Item) -> ItemSummary<'_> {
        let rules = |state| {
            self.rules
                .iter()
                .filter(move |rule| rule.rule.item == item && rule.state == state)
        };
        ItemSummary {
            item,
            findings: self
                .findings
                .iter()
                .filter(|finding| finding.rule.item == item)
                .collect(),
            decided: rules(State::Decided).count(),
            undecided: rules(State::Undecided).collect(),
            notes: self
                .notes
                .iter()
                .filter(|note| note.item == item)
                .map(|note| note.text.as_str())
                .collect(),
        }
    }

    /// Whether rules that need files only were left out by choice.
    pub fn is_partial(&self, of: impl Fn(Item) -> bool) -> bool {
        self.rules
            .iter()
            .any(|state| of(state.rule.item) && state.is_left_out())
    }

    /// Whether doctor fails.
    pub fn fails(&self, fail_on: FailOn) -> bool {
        let undecided = fail_on == FailOn::Unknown && self.summary().undecided > 0;
        undecided
            || self
                .findings
                .iter()
                .any(|finding| fail_on.includes(finding.level))
    }
}

/// Whether two findings say the same of the same line, such as of two facts that one row states.
fn says_the_same(left: &Finding, right: &Finding) -> bool {
    let line = |place: &Option<Location>| place.as_ref().map(|it| (it.file.clone(), it.line));
    left.rule == right.rule
        && left.level == right.level
        && left.subject == right.subject
        && left.message == right.message
        && left.compose == right.compose
        && line(&left.document) == line(&right.document)
}

fn sort_key(finding: &Finding) -> (&str, &Option<Location>, &Option<Location>, &str, &str) {
    (
        finding.rule.id,
        &finding.document,
        &finding.compose,
        &finding.subject,
        &finding.message,
    )
}

fn relative(mut finding: Finding, root: &Path) -> Finding {
    for location in [&mut finding.document, &mut finding.compose]
        .into_iter()
        .flatten()
    {
        if let Ok(inside) = location.file.strip_prefix(root) {
            location.file = inside.to_path_buf();
        }
    }
    finding
}
