use std::collections::BTreeSet;
use std::str::FromStr;

use crate::rule::{self, Evidence, Level, Rule};

/// How far doctor looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Depth {
    /// At files only.
    Static,
    /// Also at what runs, without touching it.
    #[default]
    Live,
    /// Also by active tests from inside and outside.
    Probe,
}

impl Depth {
    /// Whether a rule of some evidence is looked at.
    pub fn includes(self, evidence: Evidence) -> bool {
        match evidence {
            Evidence::Static => true,
            Evidence::Live => self >= Self::Live,
            Evidence::Probe => self >= Self::Probe,
        }
    }
}

/// Which findings make doctor fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum FailOn {
    /// Errors.
    #[default]
    Error,
    /// Errors and warnings.
    Warning,
    /// Errors, warnings and whatever could not be decided.
    Unknown,
    /// Nothing.
    Never,
}

impl FailOn {
    /// Whether a finding of a level makes doctor fail.
    pub fn includes(self, level: Level) -> bool {
        match self {
            Self::Error => level == Level::Error,
            Self::Warning => level >= Level::Warning,
            Self::Unknown => level >= Level::Unknown,
            Self::Never => false,
        }
    }
}

impl FromStr for FailOn {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "error" => Ok(Self::Error),
            "warning" => Ok(Self::Warning),
            "unknown" => Ok(Self::Unknown),
            "never" => Ok(Self::Never),
            _ => Err(format!(
                "`{text}` is none of error, warning, unknown, never"
            )),
        }
    }
}

/// Which rules are looked at; empty means all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    only: BTreeSet<&'static str>,
    skip: BTreeSet<&'static str>,
}

/// A name in `--only` or `--skip` that no rule has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no rule is named `{0}`")]
pub struct UnknownRule(pub String);

impl Selection {
    /// Reads rule ids and their beginnings: `DK101`, `DK1`, `DK1xx`, in any case.
    pub fn new<S: AsRef<str>>(only: &[S], skip: &[S]) -> Result<Self, UnknownRule> {
        Ok(Self {
            only: expand(only)?,
            skip: expand(skip)?,
        })
    }

    /// Whether a rule is looked at.
    pub fn includes(&self, rule: &Rule) -> bool {
        (self.only.is_empty() || self.only.contains(rule.id)) && !self.skip.contains(rule.id)
    }
}

fn expand<S: AsRef<str>>(names: &[S]) -> Result<BTreeSet<&'static str>, UnknownRule> {
    let mut ids = BTreeSet::new();
    for name in names {
        let wanted = name.as_ref().trim().to_ascii_uppercase();
        let prefix = wanted.trim_end_matches('X');
        let matching: Vec<_> = rule::all()
            .into_iter()
            .filter(|rule| prefix.len() > 2 && rule.id.starts_with(prefix))
            .map(|rule| rule.id)
            .collect();
        if matching.is_empty() {
            return Err(UnknownRule(name.as_ref().to_owned()));
        }
        ids.extend(matching);
    }
    Ok(ids)
}

/// What to look at and when to fail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// How far to look.
    pub depth: Depth,
    /// Which rules to look at.
    pub selection: Selection,
    /// Whether probes may change something: replay flows that write, and register a throw-away
    /// user.
    pub allow_writes: bool,
}

impl Options {
    /// Whether a rule is looked at.
    pub fn includes(&self, rule: &Rule) -> bool {
        self.depth.includes(rule.evidence) && self.selection.includes(rule)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_names_a_group_of_rules() {
        let selection = Selection::new(&["DK1xx"], &["dk102"]).unwrap();
        assert!(selection.includes(&rule::UNDOCUMENTED_SERVICE));
        assert!(!selection.includes(&rule::MISSING_SERVICE));
        assert!(!selection.includes(&rule::DEAD_LINK));
    }

    #[test]
    fn an_unknown_rule_is_refused() {
        assert_eq!(
            Selection::new(&["DK777"], &[]),
            Err(UnknownRule("DK777".into()))
        );
        assert!(Selection::new(&["x"], &[]).is_err());
    }

    #[test]
    fn failing_on_unknown_includes_warnings_but_not_questions() {
        assert!(FailOn::Unknown.includes(Level::Warning));
        assert!(FailOn::Unknown.includes(Level::Unknown));
        assert!(!FailOn::Unknown.includes(Level::Info));
        assert!(!FailOn::Warning.includes(Level::Unknown));
        assert!(!FailOn::Never.includes(Level::Error));
    }
}
