//! Servers that are built here, known by what they are and whose.

use devkit_archdoc::{Component, Document, Environment};

use super::left::diagrams_of;
use crate::matching::meaning::is_store;
use crate::matching::names::{Names, Resolution, diagrams};
use crate::matching::{Identity, Product, product_of_name, words};

/// A server that no image runs means those of its kind that are built here: `PostgreSQL` and
/// `order_db`.
pub(super) fn by_built_server<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let taken = names.taken();
    let components = document.facts.components.iter();
    components
        .filter(|component| {
            component.runnable
                && component.origin.environment != Environment::Production
                && names.resolve(&component.name) == Resolution::Unknown
        })
        .filter_map(|component| {
            let (owner, product) = owner_and_product(&component.name)?;
            let role = product.role.filter(|it| is_store(*it))?;
            // Another drawing may show it by its key.
            let is_free = |identity: &Identity| {
                if owner.is_empty() {
                    return !taken.contains(&identity.service);
                }
                owner.iter().any(|word| identity.core.contains(word))
                    && diagrams_of(names, document, &identity.service)
                        .is_disjoint(&diagrams(component))
            };
            let built = names.identities().iter().filter(|identity| {
                identity.role == Some(role)
                    && identity.program().is_none()
                    && !identity.is_task()
                    && is_free(identity)
            });
            let built: Vec<String> = built.map(|identity| identity.service.clone()).collect();
            (!built.is_empty()).then_some((component, Resolution::Services(built)))
        })
        .collect()
}

/// The words before the name of a program, and the program: `Source SQL Server`.
fn owner_and_product(name: &str) -> Option<(Vec<String>, &'static Product)> {
    let all = words(name);
    let (first, product) =
        (0..all.len()).find_map(|first| Some((first, product_of_name(&all[first..].concat())?)))?;
    Some((all[..first].to_vec(), product))
}
