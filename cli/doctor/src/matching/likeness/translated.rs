//! Drawn names in another language than English beside the keys that are left over.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use devkit_archdoc::{Component, Document};

use super::drawn::{Drawn, is_of_another_language};
use super::evidence::{beside, evidence, have_a_port_in_common};
use super::relation::{Relation, Said};
use super::{Left, Pair, SAME, TELLING, kinship, likeness};
use crate::matching::names::{Names, Resolution};

/// What it counts that two programs of one's own may have names in different languages.
const FOREIGN: u32 = 10;

/// The pairs that may be one, where drawn names are in another language than English.
pub(super) fn pairs<'d, 'n>(
    names: &Names,
    document: &'d Document,
    left: &'n [Left<'_>],
) -> Vec<Pair<'d, 'n>> {
    let components = &document.facts.components;
    let asked: BTreeMap<String, &Component> = components
        .iter()
        .filter_map(|component| match names.resolve(&component.name) {
            Resolution::Unsure(service) => Some((service, component)),
            _ => None,
        })
        .collect();
    let mut pairs = Vec::new();
    let mut keys = Vec::new();
    for one in left {
        let service = one.identity.service.as_str();
        let key = Said::by_service(one);
        let Some(component) = asked.get(service) else {
            keys.push((one, key));
            continue;
        };
        // What was asked about for its spelling may well say the same.
        if Said::by_name(&component.name).relation(&key) == Relation::Same {
            pairs.push(Pair {
                score: SAME,
                component,
                service,
            });
        }
    }
    for component in components {
        let Some(drawn) = Drawn::of(names, component) else {
            continue;
        };
        let name = Said::by_name(&component.name);
        let beside = LazyCell::new(|| beside(names, document, component));
        let scored = keys.iter().map(|(one, key)| Pair {
            score: score((&drawn, &name), (one, key), || {
                evidence(names, &beside, &drawn, one)
            }),
            component,
            service: one.identity.service.as_str(),
        });
        pairs.extend(scored.filter(|pair| pair.score > 0));
    }
    pairs
}

/// How much speaks for a drawn part being a service, with what the names of both say, and what else
/// does where they say nothing.
fn score(
    (drawn, name): (&Drawn<'_>, &Said),
    (one, key): (&Left<'_>, &Said),
    evidence: impl Fn() -> u32,
) -> u32 {
    let alike = likeness(drawn, one);
    if !may_be_translated(drawn, one) {
        let are_of_ones_own = one.program.is_none() && drawn.product.is_none();
        return if are_of_ones_own && name.says_all_of(key) {
            TELLING
        } else {
            alike.max(kinship((drawn, name), (one, key)))
        };
    }
    match name.relation(key) {
        Relation::Same => SAME,
        Relation::Near => alike.max(TELLING) + 1,
        Relation::Related => alike.max(TELLING),
        Relation::Different if alike >= TELLING => alike,
        Relation::Different => {
            let has_unknown = name.has_unknown() || key.has_unknown();
            u32::from(has_unknown && have_a_port_in_common(drawn, one.identity)) * FOREIGN
        }
        Relation::Open if alike > 0 || name.is_of_people() => alike,
        Relation::Open => {
            // A program of which nothing else is known may be any that is left.
            let may_be_any =
                name.is_a_program_of_unknown_use() && is_of_another_language(&drawn.component.name);
            match evidence() {
                0 if !may_be_any => 0,
                evidence => FOREIGN + evidence,
            }
        }
    }
}

/// Whether two programs of one's own may have one name in two languages.
fn may_be_translated(drawn: &Drawn<'_>, left: &Left<'_>) -> bool {
    let roles = (drawn.named_role, left.identity.role);
    drawn.may_be_translated
        && left.program.is_none()
        && !matches!(roles, (Some(named), Some(run)) if named != run)
}
