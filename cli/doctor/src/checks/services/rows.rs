//! Rows of tables about services that are none.

use devkit_archdoc::{Port, normalised};

use crate::context::Page;
use crate::matching::{Resolution, product_of_name, words};
use crate::report::{Finding, Outcome};
use crate::rule;

/// Tables of ports and resources, whose other rows are services.
pub(super) fn rows(page: &Page<'_>, outcome: &mut Outcome) {
    let facts = &page.document.facts;
    let ports: Vec<(&str, &devkit_archdoc::Origin)> = facts
        .ports
        .iter()
        .filter(|port: &&Port| port.source.is_row() && !is_published_by_its_like(page, port))
        .map(|port| (port.service.as_str(), &port.origin))
        .collect();
    let resources: Vec<(&str, &devkit_archdoc::Origin)> = facts
        .resources
        .iter()
        .filter(|resource| resource.origin.diagram.is_none())
        .filter_map(|resource| Some((resource.service.as_deref()?, &resource.origin)))
        .collect();
    for table in [ports, resources] {
        let known = table
            .iter()
            .filter(|(name, _)| !page.services(name).is_empty())
            .count();
        if known < 2 || known * 4 < table.len() * 3 {
            continue;
        }
        outcome.decided(&rule::UNKNOWN_ROW);
        for (name, origin) in table {
            let is_missing = page.names.resolve(name) == Resolution::Unknown
                && !is_an_aspect(name)
                && !is_told(page, name, outcome);
            if is_missing {
                outcome.report(
                    Finding::new(
                        &rule::UNKNOWN_ROW,
                        name,
                        format!("The table has a row for `{name}`, and no compose file defines it"),
                    )
                    .in_document(origin.location()),
                );
            }
        }
    }
}

/// Whether a row is about what services do rather than about one: `Health Check`.
fn is_an_aspect(name: &str) -> bool {
    words(name).last().is_some_and(|word| {
        matches!(
            word.as_str(),
            "check" | "checks" | "endpoint" | "endpoints" | "export" | "metrics" | "probe"
        )
    })
}

/// Whether a row is about another port of a service that its name begins with: `Broker Console`,
/// on a port that `broker` publishes.
fn is_published_by_its_like(page: &Page<'_>, port: &Port) -> bool {
    let name = words(&port.service);
    if page.names.resolve(&port.service) != Resolution::Unknown {
        return false;
    }
    let Some(number) = port.external.or(port.internal) else {
        return false;
    };
    page.names.identities().iter().any(|identity| {
        let first = name.first().is_some_and(|first| {
            identity.key.contains(first)
                || identity.program().is_some() && product_of_name(first) == identity.program()
        });
        first && identity.ports.contains(&number)
    })
}

/// Whether it was said already that a service is missing or runs something else: the rows about it
/// are no further news.
fn is_told(page: &Page<'_>, name: &str, outcome: &Outcome) -> bool {
    let component = page.component(name).map(|component| &component.name);
    let first = words(name).into_iter().next().unwrap_or_default();
    let means = page.services(&first);
    outcome.findings().iter().any(|finding| {
        let missing = finding.rule == &rule::MISSING_SERVICE
            && (component == Some(&finding.subject)
                || normalised(&finding.subject) == normalised(name));
        let other = finding.rule == &rule::DIFFERENT_TECHNOLOGY && means.contains(&finding.subject);
        missing || other
    })
}
