//! One part that stands for several programs of a kind: `Monitoring`, `ELK Stack`.

use std::collections::BTreeSet;

use devkit_archdoc::{Component, ComponentKind, Document, Role};

use super::left::unknown;
use crate::matching::meaning::{is_filler, is_number};
use crate::matching::names::{Names, Resolution};
use crate::matching::{Identity, product_of_name, words};

/// A part that is named after a set of programs means those of them that are here and are not drawn
/// for themselves.
pub(super) fn by_stack<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let frames: BTreeSet<&String> = document
        .facts
        .components
        .iter()
        .flat_map(|component| &component.groups)
        .collect();
    let taken = names.taken();
    unknown(names, document)
        .filter(|component| {
            let may_be_one = component.kind.is_runnable()
                || matches!(component.kind, ComponentKind::Module | ComponentKind::Group);
            may_be_one && !frames.contains(&component.name)
        })
        .filter_map(|component| {
            let stack = Stack::named(&component.name)?;
            let listed = listed(names, component);
            let members: Vec<String> = names
                .identities()
                .iter()
                .filter(|identity| stack.holds(identity) && !taken.contains(&identity.service))
                .filter(|identity| listed.is_empty() || listed.contains(&identity.service))
                .map(|identity| identity.service.clone())
                .collect();
            (!members.is_empty()).then_some((component, Resolution::Services(members)))
        })
        .collect()
}

/// The services that stand below the name of a set, where those are most of what stands there:
/// `Ticketing │ Passenger │ GPS`.
fn listed(names: &Names, component: &Component) -> BTreeSet<String> {
    let lines = component.notes.iter().map(String::as_str);
    let items: Vec<&str> = lines
        .flat_map(|line| line.split(['│', '|', ',', '•']))
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .collect();
    let found: Vec<Vec<String>> = items.iter().map(|item| names.mentioned(item)).collect();
    let known = found.iter().filter(|services| !services.is_empty()).count();
    if known < 2 || known * 2 < items.len() {
        return BTreeSet::new();
    }
    found.into_iter().flatten().collect()
}

/// A set of programs that people name together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stack {
    /// Elasticsearch with what fills it and what shows it.
    Elastic,
    /// All that watches the others.
    Monitoring,
    /// All programs of one's own behind those that people meet first.
    Microservices,
}

impl Stack {
    fn named(name: &str) -> Option<Self> {
        if product_of_name(name).is_some_and(|product| product.id == "elk") {
            return Some(Self::Elastic);
        }
        let words = words(name);
        if are_microservices(&words) {
            return Some(Self::Microservices);
        }
        let watches =
            |word: &String| matches!(word.as_str(), "monitor" | "monitoring" | "observability");
        let says_no_more = |word: &String| {
            is_filler(word)
                || matches!(
                    word.as_str(),
                    "stack"
                        | "logging"
                        | "log"
                        | "metrics"
                        | "metric"
                        | "tracing"
                        | "alerting"
                        | "tools"
                )
        };
        let all = words.iter().all(|word| watches(word) || says_no_more(word));
        (all && words.iter().any(watches)).then_some(Self::Monitoring)
    }

    fn holds(self, identity: &Identity) -> bool {
        let program = identity.program();
        match self {
            Self::Elastic => program.is_some_and(|it| {
                matches!(
                    it.id,
                    "elasticsearch"
                        | "logstash"
                        | "kibana"
                        | "filebeat"
                        | "metricbeat"
                        | "fluentd"
                        | "fluentbit"
                )
            }),
            Self::Microservices => {
                identity.is_built && !matches!(identity.role, Some(Role::Frontend | Role::Proxy))
            }
            Self::Monitoring => {
                program.and_then(|it| it.role).or(identity.role) == Some(Role::Monitoring)
            }
        }
    }
}

/// Whether a name says that programs of one's own are drawn as one: `Backend Microservices`.
fn are_microservices(words: &[String]) -> bool {
    let is_plural = |word: &String| word == "microservices";
    let says_no_more = |word: &String| {
        is_plural(word)
            || is_number(word)
            || matches!(
                word.as_str(),
                "backend" | "business" | "core" | "domain" | "application" | "spring" | "boot"
            )
    };
    words.iter().any(is_plural) && words.iter().all(says_no_more)
}

#[cfg(test)]
mod tests {
    use super::Stack;

    #[test]
    fn names_of_several_programs_are_known() {
        for name in [
            "Monitoring",
            "Observability Stack",
            "Monitoraggio",
            "Logging & Monitoring",
        ] {
            assert_eq!(Stack::named(name), Some(Stack::Monitoring), "{name}");
        }
        assert_eq!(Stack::named("ELK Stack"), Some(Stack::Elastic));
        for name in ["Microservices", "Backend Microservices"] {
            assert_eq!(Stack::named(name), Some(Stack::Microservices), "{name}");
        }
        for name in ["Drift Monitor Service A", "Metrics", "Grafana", "Tools"] {
            assert_eq!(Stack::named(name), None, "{name}");
        }
    }
}
