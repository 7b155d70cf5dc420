//! The tiers of the document's security boundaries.

use std::collections::BTreeMap;

use devkit_archdoc::{StepKind, Tier, TierKind};

use super::networks::networks_place;
use crate::context::{Context, Page};
use crate::report::{Finding, Outcome};
use crate::rule;

pub(super) fn check(context: &Context<'_>, outcome: &mut Outcome) {
    for page in &context.pages {
        let tiers = page.document.facts.tiers.iter();
        let tiers: Vec<&Tier> = tiers
            .filter(|tier| tier.kind == TierKind::Boundary)
            .collect();
        if tiers.len() < 2 {
            continue;
        }
        let mut of: BTreeMap<String, usize> = BTreeMap::new();
        let mut unsure = Vec::new();
        for (index, tier) in tiers.iter().enumerate() {
            for key in tier
                .members
                .iter()
                .filter_map(|member| page.names.one(member))
            {
                outcome.decided(&rule::DOUBLE_TIER);
                let first = *of.entry(key.clone()).or_insert(index);
                if first != index && !bridges(context, &key) {
                    unsure.push(key.clone());
                    outcome.report(
                        Finding::new(
                            &rule::DOUBLE_TIER,
                            key.as_str(),
                            format!(
                                "`{key}` stands in \"{}\" and in \"{}\"",
                                tiers[first].name, tier.name
                            ),
                        )
                        .in_document(tier.origin.location()),
                    );
                }
            }
        }
        // What stands in two tiers jumps over none.
        of.retain(|key, _| !unsure.contains(key));
        drawn(page, &of, outcome);
        steps(page, &of, outcome);
        configured(context, &tiers, &of, outcome);
    }
}

/// Whether a service is put on several networks, as one between zones is.
fn bridges(context: &Context<'_>, key: &str) -> bool {
    context
        .service(key)
        .is_some_and(|service| service.networks.len() > 1)
}

fn drawn(page: &Page<'_>, of: &BTreeMap<String, usize>, outcome: &mut Outcome) {
    for connection in &page.document.facts.connections {
        if !connection.kind.needs_network() || connection.origin.confidence < 0.5 {
            continue;
        }
        let (Some(from), Some(to)) = (
            page.names.one(&connection.from),
            page.names.one(&connection.to),
        ) else {
            continue;
        };
        let (Some(left), Some(right)) = (of.get(&from), of.get(&to)) else {
            continue;
        };
        outcome.decided(&rule::SKIPPED_TIER);
        if left.abs_diff(*right) > 1 {
            outcome.report(
                Finding::new(
                    &rule::SKIPPED_TIER,
                    format!("{from} -> {to}"),
                    format!(
                        "`{}` is drawn connected with `{}`, past the tier between them",
                        connection.from, connection.to
                    ),
                )
                .in_document(connection.origin.location()),
            );
        }
    }
}

/// The requests of the documented flows.
fn steps(page: &Page<'_>, of: &BTreeMap<String, usize>, outcome: &mut Outcome) {
    for flow in &page.document.facts.flows {
        for step in flow
            .steps
            .iter()
            .filter(|step| step.kind == StepKind::Request)
        {
            let ends = (page.names.one(&step.from), page.names.one(&step.to));
            let (Some(from), Some(to)) = ends else {
                continue;
            };
            let (Some(left), Some(right)) = (of.get(&from), of.get(&to)) else {
                continue;
            };
            outcome.decided(&rule::SKIPPED_TIER);
            if right.saturating_sub(*left) > 1 {
                outcome.report(
                    Finding::new(
                        &rule::SKIPPED_TIER,
                        format!("{from} -> {to}"),
                        format!(
                            "A step of \"{}\" goes from `{}` to `{}`, past the tier between them",
                            flow.name, step.from, step.to
                        ),
                    )
                    .in_document(step.origin.location()),
                );
            }
        }
    }
}

fn configured(
    context: &Context<'_>,
    tiers: &[&Tier],
    of: &BTreeMap<String, usize>,
    outcome: &mut Outcome,
) {
    let project = context.project();
    for (key, service) in &project.services {
        let Some(left) = of.get(key) else {
            continue;
        };
        for peer in service.depends_on.keys() {
            let Some(right) = of.get(peer) else {
                continue;
            };
            outcome.decided(&rule::SKIPPED_TIER);
            if right.abs_diff(*left) > 1 {
                let place = project
                    .location(&format!("services.{key}.depends_on.{peer}"))
                    .or_else(|| networks_place(context, key));
                outcome.report(
                    Finding::new(
                        &rule::SKIPPED_TIER,
                        format!("{key} -> {peer}"),
                        format!("Service `{key}` needs `{peer}`, past the tier between them"),
                    )
                    .in_document(tiers[*left].origin.location())
                    .in_compose(place),
                );
            }
        }
    }
}
