//! Whether a service is left over that a drawn part could be.

use std::collections::BTreeSet;

use devkit_archdoc::{Component, ComponentKind, Role};

use super::Certainty;
use crate::checks::claims::evidence::neighbours;
use crate::checks::claims::outside::is_framed_as_a_service;
use crate::checks::claims::telling::{
    is_worded_as_service, keeps_things, says_what_it_is_written_with,
};
use crate::checks::claims::wording::is_like_a_key;
use crate::context::Page;
use crate::matching::{Identity, is_framework, role_of, role_of_word, words};

/// A program of one's own that is drawn.
pub(super) struct DrawnOwn {
    /// The diagrams in which it stands.
    stands: BTreeSet<usize>,
    /// Whether it is called by its key.
    is_outright: bool,
    /// Whether it is drawn as a frame, with what is in it.
    is_a_frame: bool,
}

impl Certainty<'_> {
    /// Whether a name is written as keys are where services are called by theirs, and no key goes on
    /// where it ends, or ends where it goes on: those are cut.
    pub(super) fn is_a_key_of_its_own(&self, component: &Component) -> bool {
        let name = component.name.as_str();
        let mut identities = self.page.names.identities().iter();
        is_like_a_key(component)
            && self.is_beside_services_called_by_their_keys(component)
            && !identities
                .any(|one| one.service.starts_with(name) || name.starts_with(&one.service))
    }

    /// Whether every program of one's own is drawn, and nearly everything that is drawn beside a part
    /// is a service: it is none of them.
    pub(super) fn is_all_that_is_left_over(&self, component: &Component) -> bool {
        self.none_is_left_for(component)
            && component.runnable
            && !self.may_only_call(component)
            && !Page::diagrams_of(component).is_disjoint(&self.coverage.dense)
    }

    /// Whether a part calls services and none calls it, as people and devices do, and its name does
    /// not say that it works for the others: `Producer`, `Celery Worker`.
    fn may_only_call(&self, component: &Component) -> bool {
        let neighbours = neighbours(self.page, component);
        let works = |word: &String| {
            matches!(role_of_word(word), Some(Role::Worker))
                || matches!(
                    word.as_str(),
                    "producer" | "service" | "scheduler" | "exporter"
                )
        };
        neighbours.service && !neighbours.called && !words(&component.name).iter().any(works)
    }

    /// How many programs of one's own are left over that a part could be, by what its name and their
    /// keys say that they are for.
    pub(super) fn free_for(&self, component: &Component) -> usize {
        let name: BTreeSet<String> = words(&component.name).into_iter().collect();
        let may_be_it = |one: &&&Identity| match role_of(&name) {
            Some(Role::Frontend) => may_be_pages(one),
            Some(Role::Worker) => {
                let is_on_time = one.key.iter().any(|word| word == "beat");
                matches!(one.role, None | Some(Role::Worker)) && !is_on_time
            }
            Some(Role::Api) => !matches!(one.role, Some(Role::Worker)) && !is_of_pages_alone(one),
            _ => true,
        };
        self.free.iter().filter(may_be_it).count()
    }

    /// Whether no service is left over that a part could be: a program of others is none where the
    /// part says what one's own code is written with.
    fn none_is_left_for(&self, component: &Component) -> bool {
        let is_ones_own = words(&component.name).iter().any(|word| is_framework(word));
        self.free_for(component) == 0 && (self.others == 0 || is_ones_own)
    }

    /// Whether a drawing says what a part is written with, and no service is left over that the part
    /// could be.
    pub(super) fn is_written_where_none_is_left(&self, component: &Component) -> bool {
        self.free_for(component) + self.others == 0
            && component.runnable
            && says_what_it_is_written_with(component)
            && neighbours(self.page, component).called
    }

    /// Whether the programs of one's own that are drawn beside a part are called by their keys: no
    /// service is left that would be drawn under another name.
    pub(super) fn is_beside_services_called_by_their_keys(&self, component: &Component) -> bool {
        const LEAST: usize = 4;
        if !component.runnable {
            return false;
        }
        let stands = Page::diagrams_of(component);
        let all = self.drawn_own.get_or_init(|| self.drawn_own());
        let beside = all.iter().filter(|own| !own.stands.is_disjoint(&stands));
        let (mut own, mut outright) = (0, 0);
        for one in beside {
            own += 1;
            outright += usize::from(one.is_outright);
        }
        own >= LEAST && outright * 5 >= own * 4
    }

    /// Whether a program of one's own is drawn beside a part, and not as the frame of its modules.
    pub(super) fn is_beside_a_program_of_ones_own(&self, component: &Component) -> bool {
        let stands = Page::diagrams_of(component);
        let mut all = self.drawn_own.get_or_init(|| self.drawn_own()).iter();
        all.any(|own| !own.is_a_frame && !own.stands.is_disjoint(&stands))
    }

    /// The programs of one's own that are drawn.
    fn drawn_own(&self) -> Vec<DrawnOwn> {
        let is_own = |service: &String| {
            let mut identities = self.page.names.identities().iter();
            identities.any(|one| one.service == *service && one.product.is_none())
        };
        let known = self.known.values().flatten();
        known
            .filter(|part| self.page.services(&part.name).iter().any(is_own))
            .map(|part| DrawnOwn {
                stands: Page::diagrams_of(part),
                is_outright: self.page.names.names_outright(&part.name),
                is_a_frame: part.kind == ComponentKind::Group,
            })
            .collect()
    }

    /// Whether a part is called a service, or stands in a frame of services, and no service is left
    /// over that it could be.
    pub(super) fn is_a_service_of_its_own(&self, component: &Component) -> bool {
        (is_worded_as_service(component) || is_framed_as_a_service(component))
            && (neighbours(self.page, component).called
                || self.hardly_any_is_left() && self.calls_a_store(component))
            && self.none_is_left()
            && !self.may_be_the_plain_one(component)
    }

    /// Whether a part calls a store or a broker, as only programs do.
    fn calls_a_store(&self, component: &Component) -> bool {
        let mut lines = self.page.connections_of(component);
        lines.any(|line| {
            line.from == component.name && self.page.component(&line.to).is_some_and(keeps_things)
        })
    }

    /// Whether a part says that it is for what a service is called that is left over and says no
    /// more: `Booking API Service` and `backend`.
    pub(super) fn may_be_the_plain_one(&self, component: &Component) -> bool {
        let said = words(&component.name);
        let is_of_servers = said
            .iter()
            .any(|word| role_of_word(word) == Some(Role::Api) || is_framework(word));
        let identities = self.page.names.identities().iter();
        let mut left =
            identities.filter(|one| one.is_a_plain_program() && !self.taken.contains(&one.service));
        is_of_servers && left.any(|one| one.role.is_none_or(|role| role == Role::Api))
    }

    /// Whether no service is left over, or far fewer than parts that claim to be one.
    fn hardly_any_is_left(&self) -> bool {
        self.claims > (self.free.len() + self.others) * 3
    }

    /// Whether more parts claim to be services than services are left over.
    fn none_is_left(&self) -> bool {
        let left = self.free.len() + self.others;
        left == 0 || self.claims > left
    }
}

/// Whether a service may be what people look at: its key does not say that it is for other programs.
fn may_be_pages(one: &Identity) -> bool {
    let works = |word: &String| {
        matches!(
            word.as_str(),
            "service"
                | "svc"
                | "microservice"
                | "scheduler"
                | "processor"
                | "producer"
                | "simulator"
                | "generator"
                | "exporter"
                | "engine"
        )
    };
    match one.role {
        Some(Role::Frontend) => true,
        None => !one.key.last().is_some_and(works),
        Some(_) => false,
    }
}

/// Whether a key says that a service is pages; `web` may be anything that is looked at.
fn is_of_pages_alone(one: &Identity) -> bool {
    let is_plain = |word: &String| matches!(word.as_str(), "web" | "site" | "webapp");
    one.role == Some(Role::Frontend) && !one.key.iter().any(is_plain)
}
