//! Whether a service runs the well-known program that a drawn part is.

use devkit_archdoc::Component;

use super::{Certainty, Reason};
use crate::checks::claims::telling::{keeps_things, made_with, word_for};
use crate::checks::coverage::programs_in;
use crate::matching::{Product, is_store, product_of_name, product_of_technology, words};

impl Certainty<'_> {
    /// Why no service is the well-known program that a part is.
    pub(super) fn why_no_service_runs(
        &self,
        program: &Product,
        component: &Component,
    ) -> Option<Reason> {
        if is_a_library_as_well(program, component) {
            None
        } else if !self.is_run(program) && !self.is_said_of_a_service(&word_for(program, component))
        {
            Some(Reason::Program)
        } else if self.is_one_more(program)
            || program.role.is_some_and(is_store)
                && self.page.names.are_of_other_owners(&component.name)
        {
            Some(Reason::Owner)
        } else {
            None
        }
    }

    /// Whether a service runs a program.
    fn is_run(&self, program: &Product) -> bool {
        let mut identities = self.page.names.identities().iter();
        identities.any(|one| one.runs(program) && !one.ends_after_its_work())
    }

    /// Whether a part is made of well-known programs, and no service runs one of them:
    /// `Observability Stack` and `Prometheus/Grafana`, `Identity Provider` and `Keycloak 24`. What a
    /// part keeps things in is no program that it is.
    pub(super) fn is_made_of_programs_that_none_runs(&self, component: &Component) -> bool {
        let said = made_with(component).unwrap_or_default();
        let one = product_of_technology(said)
            .filter(|program| keeps_things(component) || !program.role.is_some_and(is_store))
            .into_iter();
        let several = programs_in(said).filter_map(product_of_name);
        let mut programs = one.chain(several).peekable();
        programs.peek().is_some()
            && !programs.any(|program| self.is_run(program) || self.may_be_built_with(program))
    }

    /// Whether a service is built here that is for what a program is for: it may be made with it.
    fn may_be_built_with(&self, program: &Product) -> bool {
        let mut identities = self.page.names.identities().iter();
        program.role.is_some() && identities.any(|one| one.is_built && one.role == program.role)
    }

    /// Whether every service that runs a store is drawn, each for an owner that its key names:
    /// another one is one more.
    pub(super) fn is_one_more(&self, program: &Product) -> bool {
        let identities = self.page.names.identities().iter();
        let mut running = identities
            .filter(|one| one.product == Some(program) && !one.is_task())
            .peekable();
        program.role.is_some_and(is_store)
            && running.peek().is_some()
            && running.all(|one| {
                let is_of_another = || self.page.names.owner(one).is_some();
                !one.is_plain_store() && (self.taken.contains(&one.service) || is_of_another())
            })
    }
}

/// Whether a part has the name of a library that programs are made with, and of the program behind
/// it: `OpenTelemetry` is in every service, and its collector may run elsewhere.
fn is_a_library_as_well(program: &Product, component: &Component) -> bool {
    let mut said = words(&component.name).into_iter();
    program.id == "otelcollector"
        && !said.any(|word| word.starts_with("collector") || word == "agent" || word == "gateway")
}
