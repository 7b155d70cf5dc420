//! What is left over on both sides and may be the same under names that share little: each pair is
//! asked about, and neither side is called missing.

use std::collections::BTreeSet;

use devkit_archdoc::{Component, ComponentKind, Document, Environment, Role, vocabulary};

use super::identity::role_of;
use super::languages::is_foreign;
use super::names::{Names, Resolution, diagrams};
use super::pairing::role_of_framework;
use super::words::{is_distinctive, is_filler, is_framework, is_number};
use super::{Identity, Product, product_of_name, words};

/// How alike two sides are at least to be asked about.
const ENOUGH: u32 = 2;
/// What it counts that two programs of one's own have names in different languages.
const FOREIGN: u32 = 1;
/// What a word or a program in common counts.
const TELLING: u32 = 3;

/// Pairs each service that is left over with the one drawn part that is most like it.
pub(super) fn by_likeness<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let free = not_drawn(names, document);
    let drawn: Vec<&Component> = document
        .facts
        .components
        .iter()
        .filter(|component| may_be_a_service(names, component))
        .collect();
    let foreign = is_foreign(document.source.text());
    let mut pairs: Vec<(u32, &Component, &Identity)> = drawn
        .iter()
        .flat_map(|component| free.iter().map(move |identity| (*component, *identity)))
        .map(|(component, identity)| (likeness(component, identity), component, identity))
        .map(|(score, component, identity)| {
            // Names in another language than the keys' can hardly be compared.
            let may_be = foreign && score == 0 && may_be_translated(component, identity);
            (score + u32::from(may_be) * FOREIGN, component, identity)
        })
        .filter(|(score, ..)| *score >= if foreign { FOREIGN } else { ENOUGH })
        .collect();
    pairs.sort_by_key(|(score, component, _)| std::cmp::Reverse((*score, component.runnable)));
    let mut asked = BTreeSet::new();
    let mut used: Vec<&Component> = Vec::new();
    let mut found = Vec::new();
    for (_, component, identity) in pairs {
        if used.contains(&component) || !asked.insert(identity.service.as_str()) {
            continue;
        }
        used.push(component);
        found.push((component, Resolution::Unsure(identity.service.clone())));
    }
    found
}

/// The services that no drawing shows, whatever tables and lists say of them.
fn not_drawn<'n>(names: &'n Names, document: &Document) -> Vec<&'n Identity> {
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
        .collect()
}

fn may_be_a_service(names: &Names, component: &Component) -> bool {
    component.origin.diagram.is_some()
        && component.origin.environment != Environment::Production
        && !matches!(
            component.kind,
            ComponentKind::Volume
                | ComponentKind::File
                | ComponentKind::Topic
                | ComponentKind::External
        )
        && names.resolve(&component.name) == Resolution::Unknown
}

/// How much speaks for a drawn part being a service; nothing where both say that they run
/// different programs.
fn likeness(component: &Component, identity: &Identity) -> u32 {
    match (product_in(component), identity.program()) {
        (Some(drawn), Some(run)) => return if drawn == run { TELLING } else { 0 },
        (Some(_), None) | (None, Some(_)) => return 0,
        (None, None) => {}
    }
    if is_written_as_a_key(&component.name) {
        // Two keys that differ are two services.
        return 0;
    }
    let name: BTreeSet<String> = std::iter::once(&component.name)
        .chain(&component.aliases)
        .flat_map(|name| words(name))
        .collect();
    let key: BTreeSet<&String> = identity.core.iter().chain(&identity.origin).collect();
    let shared = key
        .iter()
        .any(|word| is_telling(word) && name.contains(word.as_str()));
    let abbreviated = identity
        .core
        .iter()
        .any(|word| is_telling(word) && abbreviates(word, &component.name))
        || name.iter().any(|word| {
            ends_like(word, &identity.service)
                || identity
                    .core
                    .iter()
                    .any(|other| are_of_one_stem(word, other))
        });
    let score = u32::from(shared || abbreviated) * TELLING;
    let may_run = component.runnable || component.kind == ComponentKind::Client;
    let one_role = may_run && is_of_one_role(component, &name, identity)
        || is_the_plain_program(component, identity);
    score + u32::from(one_role) * ENOUGH
}

/// Whether two programs of one's own may have one name in two languages.
fn may_be_translated(component: &Component, identity: &Identity) -> bool {
    let name: BTreeSet<String> = words(&component.name).into_iter().collect();
    let roles = (role_of(&name), identity.role);
    let is_drawn = component.runnable && component.kind == ComponentKind::Service
        || component.kind == ComponentKind::Module && !component.name.is_ascii();
    let technology = component.technology.as_deref().unwrap_or_default();
    let is_browser = |text: &str| words(text).iter().any(|word| word == "browser");
    let is_plain = !component.name.contains(['/', '{', ':', '=', '.'])
        && component.name.split_whitespace().count() <= 4;
    identity.program().is_none()
        && is_plain
        && product_in(component).is_none()
        && is_drawn
        && !is_browser(&component.name)
        && !is_browser(technology)
        && !is_written_as_a_key(&component.name)
        && !matches!(roles, (Some(drawn), Some(run)) if drawn != run)
}

fn is_written_as_a_key(name: &str) -> bool {
    name.contains(['-', '_']) && !name.contains(|it: char| it.is_whitespace() || it.is_uppercase())
}

/// Whether a drawn part says what it is written with, and the key says no more than that it is a
/// program: `Django` and `web`.
fn is_the_plain_program(component: &Component, identity: &Identity) -> bool {
    let name = words(&component.name);
    let technology = component.technology.as_deref().unwrap_or_default();
    let is_written = name.iter().any(|word| is_framework(word))
        || technology
            .split(|it: char| it.is_whitespace() || matches!(it, ',' | '/'))
            .any(|word| {
                vocabulary::is_technology(word) && !vocabulary::is_framework_of_pages(word)
            });
    let is_plain = name.iter().all(|word| {
        is_framework(word)
            || is_number(word)
            || matches!(
                word.as_str(),
                "web" | "app" | "application" | "server" | "backend" | "api"
            )
    });
    let store = matches!(
        identity.role,
        Some(Role::Database | Role::Cache | Role::Queue | Role::Proxy | Role::Worker)
    );
    is_written && is_plain && identity.is_generic() && !store
}

/// Whether both sides say that they are for the same thing.
fn is_of_one_role(component: &Component, name: &BTreeSet<String>, identity: &Identity) -> bool {
    let technology = component.technology.as_deref().unwrap_or_default();
    let pages = technology
        .split(|it: char| it.is_whitespace() || matches!(it, ',' | '/'))
        .any(vocabulary::is_framework_of_pages);
    let drawn = role_of_framework(name)
        .or_else(|| role_of(name))
        .or(pages.then_some(Role::Frontend));
    let written = pages || name.iter().any(|word| is_framework(word));
    // `REST API JSON` says nothing but that it is one.
    let plain = name.iter().all(|word| {
        role_of(&BTreeSet::from([word.clone()])) == Some(Role::Api)
            || matches!(word.as_str(), "json" | "http" | "server" | "main" | "core")
    });
    let says_enough = |role: Role| written || component.runnable && (role != Role::Api || plain);
    drawn.is_some_and(|role| identity.role == Some(role) && says_enough(role))
}

/// The well-known program that a drawn part names; what a program of one's own runs on is another.
fn product_in(component: &Component) -> Option<&'static Product> {
    let runs_on = component.kind == ComponentKind::Service;
    std::iter::once(component.name.as_str())
        .chain(component.technology.as_deref().filter(|_| !runs_on))
        .find_map(|text| {
            product_of_name(text).or_else(|| words(text).iter().find_map(|it| product_of_name(it)))
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
        && role_of(&BTreeSet::from([word.to_owned()])).is_none()
}

/// Whether two words begin alike and differ in their ends alone: `geofencing` and `geofence`.
fn are_of_one_stem(one: &str, other: &str) -> bool {
    const STEM: usize = 6;
    const END: usize = 3;
    let common = one
        .chars()
        .zip(other.chars())
        .take_while(|(left, right)| left == right);
    let common = common.count();
    common >= STEM && one.chars().count() <= common + END && other.chars().count() <= common + END
}

/// Whether a server is called as a key ends: `WEBSERVER` and `pdshopweb`.
fn ends_like(word: &str, key: &str) -> bool {
    let stem = word.strip_suffix("server").unwrap_or_default();
    stem.len() > 2 && key.len() > stem.len() && key.to_lowercase().ends_with(stem)
}

/// Whether a word of a key is made of the beginnings of a name's words, or stands in the name once
/// its signs are left out: `certgen` and `Certificate Generation`, `opcua` and `OPC-UA Server`.
fn abbreviates(word: &str, name: &str) -> bool {
    const LEAST: usize = 4;
    let parts: Vec<String> = name
        .split(|it: char| !it.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .map(str::to_lowercase)
        .map(|part| {
            if part == "gateway" {
                "gw".to_owned()
            } else {
                part
            }
        })
        .collect();
    let word = word.replace("gateway", "gw");
    let word = word.as_str();
    word.chars().count() >= LEAST
        && (0..parts.len()).any(|first| is_made_of_beginnings(word, &parts[first..]))
}

/// Whether a word is put together from beginnings of at least two characters of parts that follow
/// each other, or from the whole of shorter ones.
fn is_made_of_beginnings(word: &str, parts: &[String]) -> bool {
    if word.is_empty() {
        return true;
    }
    let Some((part, rest)) = parts.split_first() else {
        return false;
    };
    let common = word
        .char_indices()
        .zip(part.chars())
        .take_while(|((_, one), other)| one == other)
        .map(|((at, one), _)| at + one.len_utf8());
    common
        .enumerate()
        .filter(|(index, end)| index + 1 >= 2 || *end == part.len())
        .any(|(_, end)| is_made_of_beginnings(&word[end..], rest))
}

#[cfg(test)]
mod tests {
    use super::{abbreviates, are_of_one_stem, ends_like};

    #[test]
    fn words_of_keys_abbreviate_names() {
        assert!(abbreviates("certgen", "Certificate Generation API"));
        assert!(abbreviates("opcua", "OPC-UA Demo Server"));
        assert!(abbreviates("technology", "Technology"));
        assert!(are_of_one_stem("geofencing", "geofence"));
        assert!(!are_of_one_stem("transaction", "transcoder"));
        assert!(ends_like("webserver", "pdshopweb"));
        assert!(!ends_like("server", "shop") && !ends_like("webserver", "shop"));
        assert!(!abbreviates("billing", "Bill of Materials"));
        assert!(!abbreviates("cart", "Catalog Artifacts"));
    }
}
