//! What is left over on both sides and may be the same under names that share little: each pair is
//! asked about, and neither side is called missing.

mod drawn;
mod evidence;
mod relation;
mod spelling;
mod translated;

use std::collections::BTreeSet;

use devkit_archdoc::{Component, ComponentKind, Document, Role, normalised};

use self::drawn::{Drawn, Says, noted_ports};
use self::relation::{Relation, Said};
use self::spelling::{abbreviates, are_of_one_stem, ends_like};
use super::languages::is_foreign;
use super::meaning::{is_distinctive, is_filler, is_framework, is_number, role_of_word};
use super::names::{Names, Resolution, diagrams};
use super::words::words;
use super::{Identity, Product, product_of_name, translated_words};

/// How alike two sides are at least to be asked about.
const ENOUGH: u32 = 20;
/// What a word or a program in common counts.
const TELLING: u32 = 30;
/// What it counts that two names say the same in different languages.
const SAME: u32 = 100;

/// A service that no drawing shows, with what its names say.
struct Left<'a> {
    identity: &'a Identity,
    program: Option<&'static Product>,
    /// Whether it is called like the document's whole system.
    is_the_system: bool,
    /// The words of its key that say which service it is.
    core: Vec<&'a str>,
    /// These, and those of the folder or image that it is made of.
    all: Vec<&'a str>,
}

/// A drawn part and a service that may be one.
struct Pair<'d, 'n> {
    score: u32,
    component: &'d Component,
    service: &'n str,
}

/// Pairs each service that is left over with the one drawn part that is most like it.
pub(super) fn by_likeness<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let left = left(names, document);
    if left.is_empty() {
        return Vec::new();
    }
    let mut pairs = if is_foreign(document.source.text()) || has_foreign_names(document) {
        translated::pairs(names, document, &left)
    } else {
        alike(names, document, &left)
    };
    pairs.sort_by_key(|pair| std::cmp::Reverse((pair.score, pair.component.runnable)));
    let mut asked = BTreeSet::new();
    let mut used = BTreeSet::new();
    let mut found = Vec::new();
    for pair in &pairs {
        let Pair {
            component, service, ..
        } = *pair;
        if used.contains(&component.name) || !asked.insert(service) {
            continue;
        }
        used.insert(&component.name);
        let resolution = if is_the_only_one_that_says_so(pair, &pairs) {
            Resolution::Services(vec![service.to_owned()])
        } else {
            Resolution::Unsure(service.to_owned())
        };
        found.push((component, resolution));
    }
    found
}

/// Whether many of the drawn names are in another language than English.
fn has_foreign_names(document: &Document) -> bool {
    let components = &document.facts.components;
    let foreign = components
        .iter()
        .filter(|component| !translated_words(&component.name).is_empty())
        .count();
    foreign >= 2 && foreign * 4 >= components.len()
}

/// Whether two names say the same, and no other name says it.
fn is_the_only_one_that_says_so(pair: &Pair<'_, '_>, pairs: &[Pair<'_, '_>]) -> bool {
    let is_rival = |other: &&Pair<'_, '_>| {
        other.score == SAME
            && (other.service == pair.service || other.component.name == pair.component.name)
    };
    pair.score == SAME && pairs.iter().filter(is_rival).count() == 1
}

/// The pairs that are alike enough to be asked about.
fn alike<'d, 'n>(names: &Names, document: &'d Document, left: &'n [Left<'_>]) -> Vec<Pair<'d, 'n>> {
    let components = document.facts.components.iter();
    let drawn: Vec<Drawn<'d>> = components
        .filter_map(|component| Drawn::of(names, component))
        .collect();
    let names: Vec<Said> = drawn
        .iter()
        .map(|drawn| Said::by_name(&drawn.component.name))
        .collect();
    let keys: Vec<Said> = left.iter().map(Said::by_service).collect();
    let all = drawn
        .iter()
        .zip(&names)
        .flat_map(|drawn| left.iter().zip(&keys).map(move |one| (drawn, one)));
    let all = all.filter(|(drawn, one)| !are_for_different_things(drawn.0, one.0.identity));
    let scored = all.map(|(drawn, one)| Pair {
        score: likeness(drawn.0, one.0).max(kinship(drawn, one)),
        component: drawn.0.component,
        service: one.0.identity.service.as_str(),
    });
    scored
        .filter(|pair| pair.score >= ENOUGH)
        .filter(|pair| pair.score >= TELLING || !leads_to_others(document, pair.component))
        .chain(only_ones(&drawn, left))
        .collect()
}

/// Whether name and key say that two programs are for different things: `Celery Workers` and
/// `celery-beat`, `Reports API` and `reports-dashboard`.
fn are_for_different_things(drawn: &Drawn<'_>, identity: &Identity) -> bool {
    let ends_with = |words: &[&str]| {
        let mut key = identity.key.iter();
        key.any(|word| words.contains(&word.as_str()))
    };
    match drawn.named_role {
        Some(Role::Worker) => {
            ends_with(&["beat", "scheduler", "dashboard", "frontend"])
                && !drawn.names.iter().any(|word| word.starts_with("schedul"))
        }
        Some(Role::Api) => {
            ends_with(&["beat", "dashboard", "frontend", "worker"])
                && !drawn.names.contains("dashboard")
        }
        _ => false,
    }
}

/// Whether a gateway leads to several programs of one's own: it is none of those by what it is for
/// alone.
fn leads_to_others(document: &Document, component: &Component) -> bool {
    const LEAST: usize = 2;
    if component.kind != ComponentKind::Gateway {
        return false;
    }
    let is_program = |name: &String| {
        let mut components = document.facts.components.iter();
        components.any(|other| other.name == *name && other.kind == ComponentKind::Service)
    };
    let lines = document.facts.connections.iter();
    let led_to: BTreeSet<&String> = lines
        .filter(|line| line.from == component.name && is_program(&line.to))
        .map(|line| &line.to)
        .collect();
    led_to.len() >= LEAST
}

/// The services that no drawing shows, whatever tables and lists say of them.
fn left<'n>(names: &'n Names, document: &Document) -> Vec<Left<'n>> {
    let drawn: BTreeSet<String> = document
        .facts
        .components
        .iter()
        .filter(|component| !diagrams(component).is_empty())
        .flat_map(|component| names.resolve(&component.name).services().to_vec())
        .collect();
    let headings = document.headings.iter();
    let title: BTreeSet<String> = headings
        .filter(|heading| heading.level == 1)
        .flat_map(|heading| words(&heading.text))
        .collect();
    names
        .identities()
        .iter()
        .filter(|identity| !drawn.contains(&identity.service) && !identity.is_task())
        .map(|identity| {
            let telling = |words: &'n BTreeSet<String>| {
                let words = words.iter().map(String::as_str);
                words.filter(|word| is_telling(word))
            };
            let core: Vec<&str> = telling(&identity.core).collect();
            Left {
                identity,
                program: identity.program(),
                is_the_system: title.contains(&normalised(&identity.service)),
                all: core
                    .iter()
                    .copied()
                    .chain(telling(&identity.origin))
                    .collect(),
                core,
            }
        })
        .collect()
}

/// How much speaks for a drawn part being a service; nothing where both say that they run
/// different programs.
fn likeness(drawn: &Drawn<'_>, left: &Left<'_>) -> u32 {
    match (drawn.product, left.program) {
        (Some(named), Some(run)) => return if named == run { TELLING } else { 0 },
        // An application of others is drawn for what it does as often: `Embeddings` and `tei`.
        (None, Some(run)) if matches!(run.role, None | Some(Role::Model)) => {}
        (None, Some(_)) if is_called_as_its_key(drawn, left.identity) => return ENOUGH,
        (Some(_), None) | (None, Some(_)) => return 0,
        (None, None) => {}
    }
    if drawn.is_key {
        // Two keys that differ are two services.
        return 0;
    }
    let ends_with_the_key = drawn.last.as_deref() == Some(left.identity.service.as_str());
    let begins_with_the_key = left.identity.is_a_plain_program()
        && drawn
            .component
            .name
            .to_lowercase()
            .split_whitespace()
            .next()
            == Some(left.identity.service.as_str());
    let shared = ends_with_the_key
        || begins_with_the_key
        || left.all.iter().any(|word| drawn.names.contains(*word));
    let abbreviated = || left.core.iter().any(|word| abbreviates(word, &drawn.parts));
    let spelled = || {
        drawn.names.iter().any(|word| {
            let mut core = left.identity.core.iter();
            ends_like(word, &left.identity.service)
                || core.any(|other| are_of_one_stem(word, other))
        })
    };
    let one_role = || {
        drawn
            .role
            .is_some_and(|role| left.identity.role == Some(role))
            || drawn.is_key_of_its_framework(&left.identity.service)
            || drawn.says == Says::ItsFramework
                && (left.is_the_system || left.identity.is_a_plain_program())
    };
    let on_port = || {
        let mut ports = noted_ports(drawn.component);
        left.program.is_none() && ports.any(|port| left.identity.ports.contains(&port))
    };
    u32::from(shared || abbreviated() || spelled() || on_port()) * TELLING
        + u32::from(one_role()) * ENOUGH
}

/// How much it speaks for two programs of one's own being one that their names have to do with the
/// same things: `Notification Service` and `mailer`.
fn kinship((drawn, name): (&Drawn<'_>, &Said), (left, key): (&Left<'_>, &Said)) -> u32 {
    // What others have written for one use, such as Keycloak, is drawn by this use as often.
    let may_be = left.program.is_none_or(|program| program.role.is_none());
    let is_unnamed = drawn.product.is_none() && !drawn.is_key;
    if !may_be || !is_unnamed || !drawn.component.runnable || name.has_unknown() {
        return 0;
    }
    match name.relation(key) {
        Relation::Same | Relation::Near | Relation::Related => ENOUGH,
        Relation::Different | Relation::Open => 0,
    }
}

/// Whether a drawn part says what people look at, as the key of a program for that ends:
/// `Dashboard` and `opensearch-dashboards`.
fn is_called_as_its_key(drawn: &Drawn<'_>, identity: &Identity) -> bool {
    let is_for_people =
        |word: &str| matches!(word, "dashboard" | "console" | "explorer" | "admin" | "ui");
    let mut key = identity.key.clone().into_iter().rev();
    let last = key.next().unwrap_or_default();
    let last = last.trim_end_matches('s');
    is_for_people(last) && drawn.names.len() == 1 && drawn.names.contains(last)
}

/// The only drawn part that is called a service and the only service with a key that says nothing,
/// such as `api`: any program of one's own may have it. What people look at is no service of that
/// kind.
fn only_ones<'d, 'n>(drawn: &[Drawn<'d>], left: &'n [Left<'_>]) -> Option<Pair<'d, 'n>> {
    let mut services = drawn.iter().filter(|one| one.says == Says::AService);
    let mut keys = left.iter().filter(|one| {
        one.program.is_none()
            && one.identity.is_a_plain_program()
            && one.identity.role != Some(Role::Frontend)
    });
    let (service, key) = (services.next()?, keys.next()?);
    let alone = services.next().is_none() && keys.next().is_none();
    alone.then_some(Pair {
        score: ENOUGH,
        component: service.component,
        service: key.identity.service.as_str(),
    })
}

/// Whether a word says which service is meant, however short it is.
fn is_telling(word: &str) -> bool {
    word.chars().count() > 1
        && !is_number(word)
        && !is_filler(word)
        && !is_framework(word)
        && !is_distinctive(word)
        && product_of_name(word).is_none()
        && role_of_word(word).is_none()
}
