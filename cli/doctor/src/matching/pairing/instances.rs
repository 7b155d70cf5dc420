//! Instances that are drawn with numbers and ports of their own.

use devkit_archdoc::{Component, Document};

use super::left::free;
use crate::matching::names::{Names, Resolution};

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
