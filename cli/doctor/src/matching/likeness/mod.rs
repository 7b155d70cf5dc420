//! What is left over on both sides and may be the same under names that share little: each pair is
//! asked about, and neither side is called missing.

mod drawn;
mod spelling;

use std::collections::BTreeSet;

use devkit_archdoc::{Component, Document, Role};

use self::drawn::Drawn;
use self::spelling::{abbreviates, are_of_one_stem, ends_like};
use super::languages::is_foreign;
use super::meaning::{is_distinctive, is_filler, is_framework, is_number, role_of_word};
use super::names::{Names, Resolution, diagrams};
use super::{Identity, Product, product_of_name};

/// How alike two sides are at least to be asked about.
const ENOUGH: u32 = 2;
/// What it counts that two programs of one's own have names in different languages.
const FOREIGN: u32 = 1;
/// What a word or a program in common counts.
const TELLING: u32 = 3;

/// A service that no drawing shows, with what its names say.
struct Left<'a> {
    identity: &'a Identity,
    program: Option<&'static Product>,
    /// The words of its key that say which service it is.
    core: Vec<&'a str>,
    /// These, and those of the folder or image that it is made of.
    all: Vec<&'a str>,
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
    let foreign = is_foreign(document.source.text());
    let least = if foreign { FOREIGN } else { ENOUGH };
    let mut pairs: Vec<(u32, &Component, &str)> = Vec::new();
    for component in &document.facts.components {
        let Some(drawn) = Drawn::of(names, component) else {
            continue;
        };
        for one in &left {
            let mut score = likeness(&drawn, one);
            if score == 0 && foreign && may_be_translated(&drawn, one) {
                // Names in another language than the keys' can hardly be compared.
                score = FOREIGN;
            }
            if score >= least {
                pairs.push((score, component, one.identity.service.as_str()));
            }
        }
    }
    pairs.sort_by_key(|(score, component, _)| std::cmp::Reverse((*score, component.runnable)));
    let mut asked = BTreeSet::new();
    let mut used = BTreeSet::new();
    let mut found = Vec::new();
    for (_, component, service) in pairs {
        if used.contains(&component.name) || !asked.insert(service) {
            continue;
        }
        used.insert(&component.name);
        found.push((component, Resolution::Unsure(service.to_owned())));
    }
    found
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
        (Some(_), None) | (None, Some(_)) => return 0,
        (None, None) => {}
    }
    if drawn.is_key {
        // Two keys that differ are two services.
        return 0;
    }
    let ends_with_the_key = drawn.last.as_deref() == Some(left.identity.service.as_str());
    let shared = ends_with_the_key || left.all.iter().any(|word| drawn.names.contains(*word));
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
            || drawn.is_the_plain_program && is_a_plain_program(left.identity)
    };
    u32::from(shared || abbreviated() || spelled()) * TELLING + u32::from(one_role()) * ENOUGH
}

/// Whether two programs of one's own may have one name in two languages.
fn may_be_translated(drawn: &Drawn<'_>, left: &Left<'_>) -> bool {
    let roles = (drawn.named_role, left.identity.role);
    drawn.may_be_translated
        && left.program.is_none()
        && !matches!(roles, (Some(named), Some(run)) if named != run)
}

/// Whether a key says no more than that it is a program.
fn is_a_plain_program(identity: &Identity) -> bool {
    let has_a_role_of_its_own = matches!(
        identity.role,
        Some(Role::Database | Role::Cache | Role::Queue | Role::Proxy | Role::Worker)
    );
    identity.is_generic() && !has_a_role_of_its_own
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
