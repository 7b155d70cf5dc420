//! Documented environment variables against what compose files, env files and code know.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use devkit_archdoc::EnvironmentVariable;
use devkit_compose::model::Service;

use super::secrets::{holds_secret, is_secret_name};
use crate::context::{Context, Page};
use crate::facts::words_in_sources;
use crate::report::{Finding, Outcome};
use crate::rule::{self, Level};

/// The least number of variables from which it can be told that they are another system's.
const SEVERAL: usize = 4;

pub(super) fn check(context: &Context<'_>, outcome: &mut Outcome) {
    for page in &context.pages {
        let claims: Vec<Claim<'_>> = page
            .document
            .facts
            .environment
            .iter()
            .filter(|variable| variable.origin.confidence >= 0.5)
            .filter_map(|variable| Claim::new(context, page, variable))
            .collect();
        if claims.is_empty() {
            continue;
        }
        existence(context, page, &claims, outcome);
        for claim in &claims {
            value(context, claim, outcome);
        }
    }
}

/// A documented variable with the services that it is said to be for.
struct Claim<'a> {
    variable: &'a EnvironmentVariable,
    services: Vec<&'a Service>,
    keys: Vec<String>,
}

impl<'a> Claim<'a> {
    /// Nothing where the document names a service that is not there, or one whose image reads
    /// variables that no file tells.
    fn new(
        context: &Context<'a>,
        page: &Page<'_>,
        variable: &'a EnvironmentVariable,
    ) -> Option<Self> {
        let told = variable
            .service
            .iter()
            .flat_map(|name| name.split([',', '&']));
        let keys: Vec<String> = told.flat_map(|name| page.services(name.trim())).collect();
        let named = variable
            .service
            .as_deref()
            .is_some_and(|name| !is_everything(name));
        if named && keys.is_empty() {
            return None;
        }
        let services: Vec<&Service> = if keys.is_empty() {
            context
                .project()
                .all_services()
                .map(|(_, service)| service)
                .collect()
        } else {
            keys.iter().filter_map(|key| context.service(key)).collect()
        };
        Some(Self {
            variable,
            services,
            keys,
        })
    }

    fn key(&self) -> &'a str {
        &self.variable.key
    }

    /// Whether a file of the configuration names the variable for these services.
    fn is_configured(&self, context: &Context<'_>) -> bool {
        let repository = context.inputs.repository;
        let key = self.key();
        let set = self
            .services
            .iter()
            .any(|service| service.environment.contains_key(key));
        let used = [format!("${{{key}"), format!("${key}")]
            .iter()
            .any(|text| repository.mentions(text));
        // An env file says nothing about which service reads it, unless it is handed to one.
        let listed = self.keys.is_empty()
            && repository.env_files.iter().any(|file| {
                let example = file.example.iter().flat_map(|(_, lines)| lines);
                file.lines
                    .iter()
                    .flatten()
                    .chain(example)
                    .any(|line| line.key == key)
            });
        set || used || listed
    }

    /// Whether a service runs an image of others, which may read what no file here names, and
    /// nothing that is set looks like the variable under its old name.
    fn reads_unknown(&self, page: &Page<'_>) -> bool {
        let foreign = |service: &&&Service| service.build.is_none();
        !self.keys.is_empty()
            && self.services.iter().any(|service| foreign(&service))
            && !self
                .services
                .iter()
                .any(|service| self.is_renamed(page, service))
    }

    /// Whether a variable of a service that the document does not name has nearly this name.
    fn is_renamed(&self, page: &Page<'_>, service: &Service) -> bool {
        let documented = &page.document.facts.environment;
        service.environment.keys().any(|set| {
            nearly_same(set, self.key()) && !documented.iter().any(|other| other.key == *set)
        })
    }
}

fn is_everything(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    matches!(
        name.as_str(),
        "all" | "all services" | "every service" | "shared" | "common" | "global" | "compose" | "*"
    )
}

fn existence(context: &Context<'_>, page: &Page<'_>, claims: &[Claim<'_>], outcome: &mut Outcome) {
    let mut unset: Vec<&Claim<'_>> = claims
        .iter()
        .filter(|claim| !claim.is_configured(context) && !claim.reads_unknown(page))
        .collect();
    if !unset.is_empty() {
        let read = words_in_sources(
            &folders(&unset),
            &unset.iter().map(|claim| claim.key()).collect(),
        );
        unset.retain(|claim| !read.contains(claim.key()));
    }
    outcome.decided(&rule::UNREAD_VARIABLE);
    let compared = claims.len();
    if unset.len() >= SEVERAL && unset.len() * 2 > compared {
        let message = format!(
            "{} of {compared} documented variables are set nowhere; the document seems to describe another configuration",
            unset.len()
        );
        outcome.report(
            Finding::new(
                &rule::UNREAD_VARIABLE,
                page.document.source.path().to_string_lossy(),
                message,
            )
            .with_level(Level::Info)
            .in_document(unset[0].variable.origin.location()),
        );
        return;
    }
    for claim in unset {
        let by = match claim.keys.as_slice() {
            [] => "nothing sets it, and no source code mentions it".to_owned(),
            [key] => format!("neither the configuration nor the source code of `{key}` names it"),
            _ => "none of its services names it".to_owned(),
        };
        outcome.report(
            Finding::new(
                &rule::UNREAD_VARIABLE,
                claim.key(),
                format!(
                    "The document says that `{}` is a variable, and {by}",
                    claim.key()
                ),
            )
            .in_document(claim.variable.origin.location()),
        );
    }
}

/// The folders with the source code of the services that are asked about.
fn folders(claims: &[&Claim<'_>]) -> BTreeSet<PathBuf> {
    claims
        .iter()
        .flat_map(|claim| &claim.services)
        .filter_map(|service| Some(PathBuf::from(&service.build.as_ref()?.context)))
        .collect()
}

fn value(context: &Context<'_>, claim: &Claim<'_>, outcome: &mut Outcome) {
    let key = claim.key();
    let Some(wanted) = claim.variable.value.as_deref().and_then(comparable) else {
        return;
    };
    if is_secret_name(key) || holds_secret(key, wanted) {
        return;
    }
    let values = values(context, claim);
    let told: Vec<&String> = values.keys().filter(|value| !value.is_empty()).collect();
    let Some(first) = told.first() else {
        return;
    };
    outcome.decided(&rule::DIFFERENT_VALUE);
    let fits = told
        .iter()
        .any(|value| same(value, wanted) || comparable(value).is_none());
    if fits || holds_secret(key, first) {
        return;
    }
    outcome.report(
        Finding::new(
            &rule::DIFFERENT_VALUE,
            key,
            format!("The document says `{wanted}` for `{key}`, and it is set to `{first}`"),
        )
        .in_document(claim.variable.origin.location())
        .in_compose(values.get(*first).and_then(Option::as_ref)),
    );
}

/// Whether two names differ in one place by two characters at most.
fn nearly_same(left: &str, right: &str) -> bool {
    let start = left
        .bytes()
        .zip(right.bytes())
        .take_while(|(left, right)| left == right)
        .count();
    let (left, right) = (&left.as_bytes()[start..], &right.as_bytes()[start..]);
    let end = left
        .iter()
        .rev()
        .zip(right.iter().rev())
        .take_while(|(left, right)| left == right)
        .count();
    left.len() - end <= 2 && right.len() - end <= 2
}

/// A value that is the same for everybody: no placeholder, no address of one's own machine.
fn comparable(value: &str) -> Option<&str> {
    let value = value.trim().trim_matches(['`', '"', '\'']).trim();
    let lower = value.to_lowercase();
    let placeholder = value.is_empty()
        || value.contains(['<', '>', '$', '{', '*', '…'])
        || value.contains("...")
        || value.contains("://")
        || value.contains(' ')
        || lower.contains("localhost")
        || lower.contains("127.0.0.1")
        || lower.starts_with("your")
        || matches!(
            lower.as_str(),
            "required"
                | "optional"
                | "none"
                | "n/a"
                | "na"
                | "-"
                | "unset"
                | "empty"
                | "generated"
                | "random"
                | "string"
                | "number"
                | "boolean"
                | "bool"
                | "int"
                | "secret"
                | "auto"
                | "yes"
                | "no"
        );
    (!placeholder).then_some(value)
}

fn same(left: &str, right: &str) -> bool {
    left.trim().eq_ignore_ascii_case(right.trim())
}

/// The values that files give to a variable, with a place where that can be told.
fn values(
    context: &Context<'_>,
    claim: &Claim<'_>,
) -> BTreeMap<String, Option<devkit_diagnostic::Location>> {
    let key = claim.key();
    let mut values = BTreeMap::new();
    for service in &claim.services {
        if let Some(Some(value)) = service.environment.get(key) {
            let place = claim
                .keys
                .first()
                .and_then(|name| context.place(&format!("services.{name}.environment.{key}")));
            values.entry(value.clone()).or_insert(place);
        }
    }
    for file in &context.inputs.repository.env_files {
        let example = file
            .example
            .iter()
            .flat_map(|(path, lines)| lines.iter().map(move |line| (path, line)));
        let own = file.lines.iter().flatten().map(|line| (&file.path, line));
        for (path, line) in own.chain(example).filter(|(_, line)| line.key == key) {
            let place = devkit_diagnostic::Location {
                file: path.clone(),
                line: line.line,
                column: 1,
            };
            values.entry(line.value.clone()).or_insert(Some(place));
        }
    }
    for default in context.inputs.repository.defaults_of(key) {
        values.entry(default).or_insert(None);
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_is_nearly_the_same() {
        assert!(nearly_same("POSTGRES_DB", "POSTGRES_DBS"));
        assert!(nearly_same("POSTGRES_USER", "POSTGERS_USER"));
        assert!(!nearly_same("POSTGRES_DB", "POSTGRES_INITDB_ARGS"));
    }

    #[test]
    fn only_values_for_everybody_are_compared() {
        assert_eq!(comparable("`info`"), Some("info"));
        assert_eq!(comparable("8000"), Some("8000"));
        for value in [
            "",
            "<your key>",
            "localhost",
            "postgres://db/x",
            "a b",
            "required",
            "${X}",
        ] {
            assert_eq!(comparable(value), None, "{value}");
        }
    }
}
