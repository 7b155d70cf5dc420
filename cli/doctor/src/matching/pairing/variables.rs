//! Programs that variables of the compose files say where they are.

use std::collections::{BTreeMap, BTreeSet};

use devkit_archdoc::{Component, Document};

use super::left::unknown;
use crate::matching::names::{Names, Resolution};
use crate::matching::telling_words;

/// A part means the service that a variable with its name leads to: `Qdrant` and
/// `QDRANT_HOST=vector-db`.
pub(super) fn by_variable<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let mut led = BTreeMap::<&[String], BTreeSet<&str>>::new();
    for identity in names.identities() {
        for (words, peer) in &identity.leads {
            led.entry(words).or_default().insert(peer);
        }
    }
    let taken = names.taken();
    let keys: BTreeSet<&str> = names
        .identities()
        .iter()
        .map(|identity| identity.service.as_str())
        .filter(|key| !taken.contains(*key))
        .collect();
    unknown(names, document)
        .filter_map(|component| {
            let said = telling_words(&component.name);
            let mut services = led
                .get(said.as_slice())?
                .iter()
                .filter(|it| keys.contains(*it));
            let (service, None) = (services.next()?, services.next()) else {
                return None;
            };
            Some((component, Resolution::Services(vec![(*service).to_owned()])))
        })
        .collect()
}
