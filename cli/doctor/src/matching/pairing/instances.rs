//! Instances that are drawn with numbers and ports of their own.

use devkit_archdoc::{Component, Document};

use super::left::{free, unknown};
use crate::matching::names::{Names, Resolution};
use crate::matching::{telling_words, words};

/// Instances that are drawn with numbers and ports of their own mean the services on these ports
/// as well, under whatever keys: `Client :3000`, `Client_2 :3001`.
pub(super) fn by_port_of_an_instance<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let free = free(names);
    let components = document.facts.components.iter();
    let several = components.filter(|it| !it.aliases.is_empty() && it.ports.len() > 1);
    several
        .filter_map(|component| {
            let mut services = names.resolve(&component.name).services().to_vec();
            let on_port = free.iter().filter(|identity| {
                identity.product.is_none()
                    && component.ports.iter().any(|it| identity.ports.contains(it))
            });
            let known = services.len();
            services.extend(on_port.map(|identity| identity.service.clone()));
            let found = known > 0 && services.len() > known;
            found.then_some((component, Resolution::Services(services)))
        })
        .collect()
}

/// A name in the plural means the services that are numbered under it: `Web Servers` and `web1`,
/// `web2`.
pub(super) fn by_numbered_keys<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let free = free(names);
    unknown(names, document)
        .filter(|component| is_plural(&component.name))
        .filter_map(|component| {
            let said = singular(&telling_words(&component.name));
            let numbered = free.iter().filter(|identity| {
                stem(&identity.service).is_some_and(|stem| singular(&words(stem)) == said)
            });
            let services: Vec<String> = numbered.map(|one| one.service.clone()).collect();
            (services.len() > 1).then_some((component, Resolution::Services(services)))
        })
        .collect()
}

/// One word in the plural means all programs of one's own whose keys have it: `Producers` and
/// `producer-north`, `producer-south`.
pub(super) fn by_a_word_of_several_keys<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let free = free(names);
    unknown(names, document)
        .filter(|component| component.runnable)
        .filter_map(|component| {
            let [word] = &*telling_words(&component.name) else {
                return None;
            };
            let one = word.strip_suffix('s').filter(|one| one.len() >= LEAST)?;
            let called = free
                .iter()
                .filter(|it| it.product.is_none() && it.key.iter().any(|word| word == one));
            let services: Vec<String> = called.map(|it| it.service.clone()).collect();
            (services.len() > 1).then_some((component, Resolution::Services(services)))
        })
        .collect()
}

/// How many letters a word has at least that says which services are meant.
const LEAST: usize = 5;

/// A key without its number; nothing where it has none.
fn stem(key: &str) -> Option<&str> {
    let stem = key.trim_end_matches(|it: char| it.is_ascii_digit());
    let bare = stem.trim_end_matches(['-', '_']);
    (stem.len() < key.len() && !bare.is_empty()).then_some(bare)
}

fn is_plural(name: &str) -> bool {
    words(name).last().is_some_and(|word| word.ends_with('s'))
}

fn singular(words: &[String]) -> Vec<String> {
    let one = |word: &String| word.strip_suffix('s').unwrap_or(word).to_owned();
    words.iter().map(one).collect()
}
