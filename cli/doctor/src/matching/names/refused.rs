//! Services that a name does not mean after all, however like them it is.

use devkit_archdoc::{Component, ComponentKind, Role};

use super::product::only_product;
use super::similar::are_cut;
use super::{Names, Resolution};
use crate::matching::meaning::{is_store, role_of, works_with_others};
use crate::matching::{is_written_as_key, product_of_name, words};

impl Names {
    /// Whether a store is for an owner for which no store runs, and was not named in the document.
    pub(super) fn is_of_another_owner(&self, component: &Component) -> bool {
        component.kind != ComponentKind::Group
            && component.ports.is_empty()
            && !self.aliases.contains_key(&component.normalised())
            && self.exact(&component.name).is_none()
            && self.store_of_a_program(&component.name).is_empty()
            && self.are_of_other_owners(&component.name)
    }

    /// Whether a program would be the database that is named after it: `trip-service` and
    /// `postgres-trip`.
    pub(super) fn is_only_its_store(&self, component: &Component, resolution: &Resolution) -> bool {
        let key = match resolution {
            Resolution::Services(services) if services.len() == 1 => &services[0],
            Resolution::Unsure(service) => service,
            _ => return false,
        };
        let name = words(&component.name);
        let is_program = component.kind == ComponentKind::Service
            && name
                .last()
                .is_some_and(|word| matches!(word.as_str(), "service" | "svc"));
        let said = self.core(&component.name);
        let mut identities = self.identities.iter();
        is_program
            && !self.aliases.contains_key(&component.normalised())
            && identities.any(|one| {
                let is_database = one
                    .product
                    .is_some_and(|it| it.role == Some(Role::Database));
                one.service == *key
                    && is_database
                    && one.core.len() > said.len()
                    && said.is_subset(&one.core)
            })
    }

    /// Whether a service would be a store that stands in its box: `Cart Service` with `Redis`.
    pub(super) fn is_a_store_that_it_uses(
        &self,
        component: &Component,
        resolution: &Resolution,
    ) -> bool {
        let Resolution::Services(services) = resolution else {
            return false;
        };
        let words = words(&component.name);
        let is_program = matches!(
            component.kind,
            ComponentKind::Service | ComponentKind::Group
        ) && words.last().is_some_and(|word| {
            matches!(
                word.as_str(),
                "service" | "svc" | "worker" | "server" | "api" | "backend" | "machine" | "host"
            )
        });
        let role = role_of(&words.iter().cloned().collect());
        let is_another = |service: &String| {
            let mut identities = self.identities.iter();
            identities.any(|one| {
                one.service == *service
                    && one.product.is_some()
                    && one.role.is_some_and(is_store)
                    && one.role != role
            })
        };
        is_program
            && !self.aliases.contains_key(&component.normalised())
            && self.exact(&component.name).is_none()
            && !words.iter().any(|word| product_of_name(word).is_some())
            && services.iter().all(is_another)
    }

    /// Whether a well-known program would be a service that works with it, or a task for it:
    /// `Kafka` and `kafka-producer`, `MinIO` and `create-buckets`.
    pub(super) fn only_works_with_it(
        &self,
        component: &Component,
        resolution: &Resolution,
    ) -> bool {
        let name = words(&component.name);
        let program = product_of_name(&component.name).or_else(|| only_product(&component.name));
        let services: &[String] = match resolution {
            Resolution::Services(services) => services,
            Resolution::Unsure(service) => std::slice::from_ref(service),
            Resolution::Unknown => return false,
        };
        let is_another = |service: &String| {
            let mut identities = self.identities.iter();
            identities.any(|one| {
                let is_store = program.is_some_and(|it| it.role.is_some_and(is_store));
                one.service == *service
                    && (is_store && one.product != program && one.works_with_others()
                        || one.ends_after_its_work())
            })
        };
        program.is_some()
            && !name.iter().any(|word| works_with_others(word))
            && !self.aliases.contains_key(&component.normalised())
            && services.iter().all(is_another)
    }

    /// Leaves names without services that are written as keys and are none, where a document calls
    /// services by their keys: `kafka-ui` is no `kafka-producer`.
    pub(super) fn forget_other_keys(&mut self, components: &[Component]) {
        const LEAST: usize = 3;
        let is_known = |component: &&Component| {
            let found = self.resolved.get(&component.normalised());
            found.is_some_and(|found| !found.services().is_empty())
        };
        let keys: Vec<&Component> = components
            .iter()
            .filter(|component| is_written_as_key(&component.name))
            .collect();
        let (named, others): (Vec<&Component>, Vec<&Component>) = keys
            .into_iter()
            .partition(|component| is_known(component) && self.exact(&component.name).is_some());
        if named.len() < LEAST || others.len() > named.len() {
            return;
        }
        for component in others {
            let name = component.normalised();
            let is_written_out = |service: &String| {
                let mut identities = self.identities.iter();
                identities.any(|one| {
                    one.service == *service
                        && (one.core.is_subset(&self.core(&component.name))
                            || are_cut(&words(&component.name), &one.key))
                })
            };
            let found = self.resolved.get(&name).map(Resolution::services);
            if found.is_some_and(|services| !services.iter().any(is_written_out)) {
                self.resolved.insert(name, Resolution::Unknown);
            }
        }
    }
}
