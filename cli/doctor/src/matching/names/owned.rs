//! Stores that run for another well-known program alone.

use devkit_archdoc::{Component, Document};

use super::{Names, Resolution};
use crate::matching::meaning::is_store;
use crate::matching::{Identity, product_of_name};

impl Names {
    /// Leaves stores without the service that runs one for another program alone, where none of the
    /// services that are drawn beside them is that program or knows that service: `PostgreSQL` of a
    /// `payment-service` is no `kong-db`.
    pub(super) fn forget_stores_of_other_programs(&mut self, document: &Document) {
        let components = document.facts.components.iter();
        let forgotten: Vec<String> = components
            .filter(|component| !self.aliases.contains_key(&component.normalised()))
            .filter(|component| self.is_the_store_of_another(component, document))
            .map(Component::normalised)
            .collect();
        for name in forgotten {
            self.resolved.insert(name, Resolution::Unknown);
        }
    }

    fn is_the_store_of_another(&self, component: &Component, document: &Document) -> bool {
        let Resolution::Services(services) = self.resolve(&component.name) else {
            return false;
        };
        let [service] = services.as_slice() else {
            return false;
        };
        let mut identities = self.identities.iter();
        let store = identities.find(|one| one.service == *service);
        let Some(owner) = store.and_then(|store| self.owner(store)) else {
            return false;
        };
        let users = self.services_beside(component, document);
        let mut users = self
            .identities
            .iter()
            .filter(|one| users.contains(&one.service))
            .peekable();
        let knows_it = |one: &Identity| one.peers.contains(service) || one.service == *owner;
        users.peek().is_some() && !users.any(knows_it) && self.exact(&component.name).is_none()
    }

    /// The services at the other ends of a component's lines.
    fn services_beside(&self, component: &Component, document: &Document) -> Vec<String> {
        let name = &component.name;
        let lines = document.facts.connections.iter();
        lines
            .filter_map(|line| match (&line.from, &line.to) {
                (from, to) if from == name => Some(to),
                (from, to) if to == name => Some(from),
                _ => None,
            })
            .flat_map(|other| self.resolve(other).services().to_vec())
            .collect()
    }

    /// The service of another well-known program that the key of a store names: `kong` of `kong-db`.
    pub(crate) fn owner(&self, store: &Identity) -> Option<&String> {
        let is_a_store = store.role.is_some_and(is_store) && store.product.is_some();
        let programs = || {
            let words = store.key.iter().filter_map(|word| product_of_name(word));
            words.filter(|program| Some(*program) != store.product)
        };
        let mut identities = self.identities.iter();
        identities
            .find(|one| is_a_store && programs().any(|program| one.product == Some(program)))
            .map(|one| &one.service)
    }
}
