//! The table of resources against the limits of the compose files.

use std::collections::BTreeSet;

use devkit_archdoc::Resource;
use devkit_compose::Project;
use devkit_compose::model::Service;

use crate::context::{Context, Page, is_one_shot, service};
use crate::fix;
use crate::matching::Resolution;
use crate::report::{Finding, Outcome};
use crate::rule::{self, Rule};

pub(super) fn check(context: &Context<'_>, outcome: &mut Outcome) {
    for page in &context.pages {
        let rows = &page.document.facts.resources;
        for row in rows.iter().filter(|row| row.origin.confidence >= 0.5) {
            let Some(key) = row.service.as_deref().and_then(|it| page.names.one(it)) else {
                continue;
            };
            for project in context.projects_for(row.origin.environment) {
                if let Some(found) = service(project, &key) {
                    compare(project, &key, found, row, page, outcome);
                }
            }
        }
        missing(context, page, outcome);
    }
}

/// The processors that a service may use.
pub(crate) fn cpu_limit(service: &Service) -> Option<f64> {
    service
        .deploy
        .as_ref()
        .and_then(|deploy| deploy.resources.limits.as_ref()?.cpus)
        .or(service.cpus)
}

/// The memory in bytes that a service may use.
pub(crate) fn memory_limit(service: &Service) -> Option<u64> {
    service
        .deploy
        .as_ref()
        .and_then(|deploy| deploy.resources.limits.as_ref()?.memory)
        .or(service.mem_limit)
        .map(|size| size.0)
        .filter(|size| *size > 0)
}

fn compare(
    project: &Project,
    key: &str,
    service: &Service,
    row: &Resource,
    page: &Page<'_>,
    outcome: &mut Outcome,
) {
    let limits = format!("services.{key}.deploy.resources.limits");
    let limited = service
        .deploy
        .as_ref()
        .is_some_and(|deploy| deploy.resources.limits.is_some());
    // The older form stands at the service itself.
    let place = |newer: &str, older: &str| {
        if limited {
            format!("{limits}.{newer}")
        } else {
            format!("services.{key}.{older}")
        }
    };
    let mut report =
        |rule: &'static Rule, path: &str, message: String, column: &str, value: &str| {
            outcome.report(
                Finding::new(rule, key, message)
                    .in_document(row.origin.location())
                    .in_compose(project.location(path))
                    .with_fix(fix::resource_cell(page.document, row, column, value)),
            );
        };
    let mut unset = Vec::new();
    match (row.cpu, cpu_limit(service)) {
        (Some(documented), Some(limit)) if (documented - limit).abs() > 0.001 => report(
            &rule::DIFFERENT_CPU,
            &place("cpus", "cpus"),
            format!(
                "The table gives `{key}` {documented} processors, and the compose file {limit}"
            ),
            "cpu",
            &format!("{limit:?}"),
        ),
        (Some(_), None) => unset.push("processors"),
        _ => {}
    }
    match (row.memory_bytes, memory_limit(service)) {
        (Some(documented), Some(limit)) if !same_size(documented, limit) => report(
            &rule::DIFFERENT_MEMORY,
            &place("memory", "mem_limit"),
            format!(
                "The table gives `{key}` {} of memory, and the compose file {}",
                row.memory.as_deref().unwrap_or_default(),
                size(limit)
            ),
            "memory",
            &size(limit),
        ),
        (Some(_), None) => unset.push("memory"),
        _ => {}
    }
    for (applies, rule) in [
        (row.cpu.is_some(), &rule::DIFFERENT_CPU),
        (row.memory_bytes.is_some(), &rule::DIFFERENT_MEMORY),
        (
            row.cpu.is_some() || row.memory_bytes.is_some(),
            &rule::UNENFORCED_LIMIT,
        ),
    ] {
        if applies {
            outcome.decided(rule);
        }
    }
    if !unset.is_empty() {
        outcome.report(
            Finding::new(
                &rule::UNENFORCED_LIMIT,
                key,
                format!(
                    "The table limits the {} of `{key}`, and the compose file does not",
                    unset.join(" and ")
                ),
            )
            .in_document(row.origin.location())
            .in_compose(project.location(&format!("services.{key}.deploy"))),
        );
    }
}

/// Whether two sizes are the same, be the documented one in powers of 1000 or of 1024.
fn same_size(documented: u64, limit: u64) -> bool {
    if documented == limit {
        return true;
    }
    (1..=3).any(|power| {
        let (binary, decimal) = (1024_u128.pow(power), 1000_u128.pow(power));
        u128::from(documented) * decimal == u128::from(limit) * binary
    })
}

/// A size as tables write it: `512MB`, `1GB`.
fn size(bytes: u64) -> String {
    for (unit, name) in [(1_u64 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")] {
        if bytes >= unit && bytes.is_multiple_of(unit) {
            return format!("{}{name}", bytes / unit);
        }
    }
    format!("{bytes}B")
}

fn missing(context: &Context<'_>, page: &Page<'_>, outcome: &mut Outcome) {
    let rows = &page.document.facts.resources;
    let known: BTreeSet<String> = rows
        .iter()
        .filter(|row| row.origin.diagram.is_none())
        .filter_map(|row| row.service.as_deref())
        .flat_map(|name| page.services(name))
        .collect();
    if known.len() < 3 {
        return;
    }
    outcome.decided(&rule::UNDOCUMENTED_RESOURCES);
    let project = context.project();
    for (key, service) in &project.services {
        let limited = cpu_limit(service).is_some() || memory_limit(service).is_some();
        let unknown_service = outcome.findings().iter().any(|finding| {
            let unknown = [&rule::UNDOCUMENTED_SERVICE, &rule::RENAMED_SERVICE];
            unknown.contains(&finding.rule) && finding.subject == *key
        }) || is_asked_about(page, key);
        if known.contains(key)
            || !limited
            || !service.profiles.is_empty()
            || unknown_service
            || is_one_shot(project, key)
        {
            continue;
        }
        outcome.report(
            Finding::new(
                &rule::UNDOCUMENTED_RESOURCES,
                key.as_str(),
                format!("`{key}` has limits, and no row in the table of resources"),
            )
            .in_document(rows[0].origin.location())
            .in_compose(context.place(&format!("services.{key}.deploy")))
            .with_fix(fix::resource_row(
                page.document,
                key,
                cpu_limit(service),
                memory_limit(service).map(size).as_deref(),
            )),
        );
    }
}

/// Whether a row may mean a service, which is asked already.
fn is_asked_about(page: &Page<'_>, key: &str) -> bool {
    let rows = &page.document.facts.resources;
    let mut named = rows.iter().filter_map(|row| row.service.as_deref());
    named.any(|name| page.names.resolve(name) == Resolution::Unsure(key.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_compare_in_both_bases() {
        assert!(same_size(512 << 20, 512 << 20));
        assert!(same_size(512 << 20, 512_000_000));
        assert!(!same_size(512 << 20, 1 << 30));
        assert_eq!(size(2 << 30), "2GB");
        assert_eq!(size(1536 << 20), "1536MB");
    }
}
