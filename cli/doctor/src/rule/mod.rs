//! The rules: one table that the checks, `--list` and the documentation all read.

mod configuration;
mod document;
mod interfaces;
mod machine;
mod operation;

use std::fmt;

use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Good to know, or a question.
    Info,
    /// Could not be decided now; never a pass.
    Unknown,
    /// Works, and will hurt one day.
    Warning,
    /// Document, compose files and reality disagree, or something does not work.
    Error,
}

impl fmt::Display for Level {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Info => "info",
            Self::Unknown => "unknown",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// What a rule's answer rests on, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// Files only.
    Static,
    /// What the running platform and the machine say of themselves.
    Live,
    /// What an active test from inside or outside showed.
    Probe,
}

impl fmt::Display for Evidence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Static => "static",
            Self::Live => "live",
            Self::Probe => "probe",
        })
    }
}

/// The line of the validation checklist that a rule belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// All services are documented in the diagram.
    Services,
    /// Network connections match the compose configuration.
    Networks,
    /// Data flows reflect real request paths.
    Flows,
    /// Security boundaries are clearly marked.
    Security,
    /// Port mappings are accurate.
    Ports,
    /// The storage strategy matches volumes and mounts.
    Storage,
    /// The scaling strategy is feasible.
    Scaling,
    /// Related documentation links are valid.
    Links,
    /// The machine and the configuration.
    Machine,
}

impl Item {
    /// All items in the order of the checklist.
    pub const ALL: [Self; 9] = [
        Self::Services,
        Self::Networks,
        Self::Flows,
        Self::Security,
        Self::Ports,
        Self::Storage,
        Self::Scaling,
        Self::Links,
        Self::Machine,
    ];

    /// The item as the checklist words it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Services => "Services are documented in the diagram",
            Self::Networks => "Network connections match the compose configuration",
            Self::Flows => "Data flows reflect real request paths",
            Self::Security => "Security boundaries hold",
            Self::Ports => "Port mappings are accurate",
            Self::Storage => "Storage strategy matches volumes and mounts",
            Self::Scaling => "Scaling strategy is feasible",
            Self::Links => "Documentation links are valid",
            Self::Machine => "Machine and configuration",
        }
    }
}

/// One kind of finding, with its stable id.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The stable id, such as `DK101`.
    pub id: &'static str,
    /// What is wrong when it fires, in a few words.
    pub title: &'static str,
    /// The checklist item that it belongs to.
    pub item: Item,
    /// How much its findings matter, unless a finding says otherwise.
    pub level: Level,
    /// What it looks at.
    pub evidence: Evidence,
    /// When it fires, and when it does not.
    pub explanation: &'static str,
    /// What to do about it.
    pub action: &'static str,
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id)
    }
}

/// Declares the rules of one group: a constant each, and the list of them.
macro_rules! rules {
    ($($name:ident = $id:literal, $item:ident, $level:ident, $evidence:ident, $title:literal,
        $explanation:literal, $action:literal;)*) => {
        $(
            #[doc = concat!("`", $id, "`: ", $title, ".")]
            pub static $name: $crate::rule::Rule = $crate::rule::Rule {
                id: $id,
                title: $title,
                item: $crate::rule::Item::$item,
                level: $crate::rule::Level::$level,
                evidence: $crate::rule::Evidence::$evidence,
                explanation: $explanation,
                action: $action,
            };
        )*
        /// The rules of this group by id.
        pub(super) static GROUP: &[&$crate::rule::Rule] = &[$(&$name),*];
    };
}
use rules;

pub use configuration::*;
pub use document::*;
pub use interfaces::*;
pub use machine::*;
pub use operation::*;

/// All rules, ordered by id.
pub fn all() -> Vec<&'static Rule> {
    let mut all: Vec<&'static Rule> = [
        document::GROUP,
        interfaces::GROUP,
        configuration::GROUP,
        operation::GROUP,
        machine::GROUP,
    ]
    .concat();
    all.sort_by_key(|rule| rule.id);
    all
}

/// The rule with an id, in any case.
pub fn find(id: &str) -> Option<&'static Rule> {
    all()
        .into_iter()
        .find(|rule| rule.id.eq_ignore_ascii_case(id.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_stand_in_the_hundred_of_their_item() {
        let rules = all();
        for pair in rules.windows(2) {
            assert_ne!(pair[0].id, pair[1].id);
        }
        for rule in rules {
            let hundred = Item::ALL
                .iter()
                .position(|item| *item == rule.item)
                .unwrap()
                + 1;
            assert_eq!(&rule.id[..3], format!("DK{hundred}"), "{}", rule.title);
            assert_eq!(rule.id.len(), 5);
            assert!(rule.explanation.ends_with('.') && rule.action.ends_with('.'));
            assert!(!rule.title.ends_with('.'));
        }
    }

    #[test]
    fn rules_are_found_in_any_case() {
        assert_eq!(find("dk101").map(|rule| rule.id), Some("DK101"));
        assert_eq!(find("DK999"), None);
    }
}
