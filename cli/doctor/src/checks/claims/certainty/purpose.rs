//! Whether a service is for what a drawn part says that it is for.

use std::collections::BTreeSet;

use devkit_archdoc::{Component, ComponentKind, Role};

use super::Certainty;
use crate::checks::claims::evidence::neighbours;
use crate::checks::claims::telling::{is_the_database_of, made_with};
use crate::matching::{Identity, is_framework, product_of_name, role_of_word, words};

impl Certainty<'_> {
    /// Whether no service is for what a name says, which every platform that has one calls so.
    pub(super) fn is_for_what_no_service_is(&self, component: &Component) -> bool {
        let roles = words(&component.name);
        let mut roles = roles.iter().filter_map(|word| match word.as_str() {
            "balancer" => Some(Role::Proxy),
            word => role_of_word(word),
        });
        let is_written = words(&component.name).iter().any(|word| is_framework(word));
        roles.any(|role| {
            let mut identities = self.page.names.identities().iter();
            let may_be_missed = match role {
                Role::Proxy => !self.may_be_ones_own(component),
                Role::Worker => self.free_for(component) == 0,
                Role::Database => is_plain(component) && neighbours(self.page, component).called,
                Role::Api => {
                    self.free_for(component) == 0
                        && is_written
                        && neighbours(self.page, component).called
                }
                _ => false,
            };
            let may_be_it = |identity: &Identity| {
                let is_another = role == Role::Proxy && self.taken.contains(&identity.service);
                identity.role == Some(role) && !is_another
            };
            may_be_missed && !identities.any(may_be_it)
        })
    }

    /// Whether a part is written with what programs of one's own are, and there are such programs:
    /// `API Gateway` and `NestJS`.
    fn may_be_ones_own(&self, component: &Component) -> bool {
        let said = made_with(component).into_iter().flat_map(words);
        let mut said = said.chain(words(&component.name));
        self.own > 0 && said.any(|word| is_framework(&word))
    }

    /// Whether a part that services call is a broker, and none runs that is for anything like it.
    pub(super) fn is_a_broker_beside_none(&self, component: &Component) -> bool {
        let mut identities = self.page.names.identities().iter();
        let name = component.name.to_lowercase();
        component.kind == ComponentKind::Queue
            && ["broker", "message queue", "message bus"]
                .iter()
                .any(|words| name.contains(words))
            && neighbours(self.page, component).called
            && self.others == 0
            && !identities.any(|one| one.role == Some(Role::Queue))
    }

    /// Whether a part is the database of a well-known program, and no database runs: `Keycloak DB`.
    pub(super) fn is_a_programs_database_beside_none(&self, component: &Component) -> bool {
        let first = words(&component.name).into_iter().next();
        let program = first.as_deref().and_then(product_of_name);
        let mut identities = self.page.names.identities().iter();
        program.is_some_and(|program| is_the_database_of(program, component))
            && !identities.any(|one| one.role == Some(Role::Database))
    }

    /// Whether a part that leads to several services is a gateway, and none runs that is for that:
    /// `API Gateway & Auth`.
    pub(super) fn is_a_gateway_beside_none(&self, component: &Component) -> bool {
        let name = words(&component.name);
        let is_one = name.starts_with(&["api".to_owned(), "gateway".to_owned()])
            || name.iter().any(|word| word == "balancer");
        if component.kind != ComponentKind::Gateway || !is_one || self.may_be_ones_own(component) {
            return false;
        }
        let mut identities = self.page.names.identities().iter();
        let led_to: BTreeSet<String> = self
            .page
            .connections_of(component)
            .filter(|line| line.from == component.name)
            .flat_map(|line| self.page.services(&line.to))
            .collect();
        led_to.len() > 1 && !identities.any(|one| one.role == Some(Role::Proxy))
    }
}

/// Whether a name says that a part is a database, and not which one.
fn is_plain(component: &Component) -> bool {
    words(&component.name).iter().all(|word| {
        role_of_word(word) == Some(Role::Database) || matches!(word.as_str(), "main" | "server")
    })
}
