//! Programs of others that are run as several services.

use devkit_archdoc::{Component, Document, Environment};

use crate::matching::meaning::{is_filler, is_framework, role_of_word};
use crate::matching::names::{Names, Resolution};
use crate::matching::{Identity, product_of_name, words};

/// A part with one word for a name means all services whose keys begin with it, where one of them is
/// run from an image of others: `Pinot`, and `pinot-broker` and `pinot-server`.
pub(super) fn by_the_beginning_of_keys<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let members: Vec<(String, &Identity)> = names
        .identities()
        .iter()
        .filter(|identity| identity.product.is_none() && !identity.is_task())
        .filter_map(|identity| {
            let first = names.words_of_key(&identity.key).into_iter().next()?;
            Some((first, identity))
        })
        .collect();
    let components = document.facts.components.iter();
    components
        .filter(|component| {
            component.origin.diagram.is_some()
                && component.origin.environment != Environment::Production
                && names.resolve(&component.name).services().len() < 2
        })
        .filter_map(|component| {
            let name = telling_word(&component.name)?;
            let family = members.iter().filter(|(first, _)| *first == name);
            let family: Vec<&Identity> = family.map(|(_, identity)| *identity).collect();
            let of_others = family.iter().any(|identity| !identity.is_built);
            let services = family.iter().map(|identity| identity.service.clone());
            (family.len() > 1 && of_others)
                .then(|| (component, Resolution::Services(services.collect())))
        })
        .collect()
}

/// The one word of a name that says which program it is.
fn telling_word(name: &str) -> Option<String> {
    const LEAST: usize = 4;
    let [word] = words(name).try_into().ok()?;
    let says_nothing = is_filler(&word)
        || is_framework(&word)
        || role_of_word(&word).is_some()
        || product_of_name(&word).is_some();
    (word.len() >= LEAST && !says_nothing).then_some(word)
}
