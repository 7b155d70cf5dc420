//! What speaks for a drawn part being a service, where their names cannot be compared.

use std::collections::BTreeSet;

use devkit_archdoc::{Component, Document};

use super::Left;
use super::drawn::{Drawn, is_of_another_language};
use crate::matching::Identity;
use crate::matching::meaning::is_store;
use crate::matching::names::Names;
use crate::matching::pairing::users;

/// What a port in common counts.
const PORT: u32 = 2;

/// The services at the other ends of a part's lines; none for a name in the letters of the keys of
/// which nothing is known, since it is that of something else as often.
pub(super) fn beside(
    names: &Names,
    document: &Document,
    component: &Component,
) -> BTreeSet<String> {
    if is_of_another_language(&component.name) {
        users(names, document, component)
    } else {
        BTreeSet::new()
    }
}

/// How much else than their names speaks for two sides being one, where a part stands beside some
/// services.
pub(super) fn evidence(
    names: &Names,
    beside: &BTreeSet<String>,
    drawn: &Drawn<'_>,
    left: &Left<'_>,
) -> u32 {
    let one_role = drawn.named_role.is_some() && drawn.named_role == left.identity.role;
    u32::from(have_a_port_in_common(drawn, left.identity)) * PORT
        + u32::from(one_role)
        + u32::from(is_used_beside(names, beside, left.identity))
}

/// Whether a port that a part is drawn with is one of a service.
pub(super) fn have_a_port_in_common(drawn: &Drawn<'_>, identity: &Identity) -> bool {
    let mut ports = drawn.component.ports.iter();
    ports.any(|port| identity.ports.contains(port))
}

/// Whether a service uses one of those at the other ends of a part's lines, or is used by it;
/// stores are used by all.
fn is_used_beside(names: &Names, beside: &BTreeSet<String>, identity: &Identity) -> bool {
    let others = names.identities().iter();
    others
        .filter(|other| beside.contains(&other.service) && !other.role.is_some_and(is_store))
        .any(|other| {
            other.peers.contains(&identity.service) || identity.peers.contains(&other.service)
        })
}
