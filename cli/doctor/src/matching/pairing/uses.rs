//! Parts that are drawn by what a well-known program is for.

use devkit_archdoc::{Component, Document};

use super::left::unknown;
use crate::matching::names::{Names, Resolution};
use crate::matching::product::programs_for;
use crate::matching::{Identity, product_of_name, words};

/// A part that is called after a use means the programs for it that run here, those first that are
/// drawn nowhere else: `Vector Store` and `qdrant`.
pub(super) fn by_its_use<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let taken = names.taken();
    unknown(names, document)
        .filter(|component| component.kind.is_runnable())
        .filter_map(|component| {
            let programs = programs_for(&words(&component.name));
            if programs.is_empty() {
                return None;
            }
            // A name that is a program's own is no other's.
            let own = product_of_name(&component.name);
            if own.is_some_and(|program| !programs.contains(&program.id)) {
                return None;
            }
            let running = |identity: &&Identity| {
                let program = identity.program();
                program.is_some_and(|it| programs.contains(&it.id)) && !identity.is_task()
            };
            let all = names.identities().iter().filter(running);
            let all: Vec<String> = all.map(|identity| identity.service.clone()).collect();
            let free: Vec<String> = all
                .iter()
                .filter(|service| !taken.contains(*service))
                .cloned()
                .collect();
            let services = if free.is_empty() { all } else { free };
            (!services.is_empty()).then_some((component, Resolution::Services(services)))
        })
        .collect()
}
