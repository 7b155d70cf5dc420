//! Whether a drawn part that claims to run is missed for certain, or may be a service that is
//! called otherwise.
//!
//! Names differ between drawings and compose files about as often as programs are gone. What tells
//! the two apart was counted on pairs of documents and compose files that nothing had been fitted
//! to: a well-known program that no service has to do with is gone, and so is what is named as keys
//! are, has a port, or is drawn where hardly anything else is to be run; a part that is named in
//! words is a service under another name, or a part of one, more often than not.

mod left;
mod programs;
mod purpose;
mod reason;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use devkit_archdoc::{Component, ComponentKind, Role};

use self::left::DrawnOwn;
pub(crate) use self::reason::Reason;
use super::by_hand::runs_ones_own_by_hand;
use super::evidence::{is_drawn_by_keys, neighbours};
use super::telling::{
    has_a_port, is_one_small_word, is_only_a_framework, keeps_things, program, telling,
};
use super::wording::{
    has_a_key_below_its_name, is_like_a_key, is_named_as_program, is_worded_as_program,
};
use crate::checks::coverage::Coverage;
use crate::context::Page;
use crate::matching::{Identity, Resolution, product_of_name, words};

/// What is left over on both sides of a page.
pub(crate) struct Certainty<'a> {
    page: &'a Page<'a>,
    coverage: &'a Coverage,
    /// How many services run programs that are not well known.
    own: usize,
    /// The services that names of the document mean.
    taken: BTreeSet<String>,
    /// Those of one's own that no name of the document means.
    free: Vec<&'a Identity>,
    /// How many programs of others no name means that may be drawn by what they do: they are no
    /// stores, proxies or the like.
    others: usize,
    /// How many drawn parts claim to be services and are none.
    claims: usize,
    /// Whether one's own programs are run without the compose files.
    is_by_hand: bool,
    /// The drawn parts that are services, by the last words of their names.
    known: BTreeMap<String, Vec<&'a Component>>,
    /// The words in what services are called, made from and run by.
    said: BTreeSet<String>,
    /// The programs of one's own that are drawn, once they are asked for.
    drawn_own: OnceCell<Vec<DrawnOwn>>,
}

impl<'a> Certainty<'a> {
    pub(crate) fn new(page: &'a Page<'a>, coverage: &'a Coverage, claims: usize) -> Self {
        let taken = page.names.taken();
        let is_own = |one: &&Identity| one.product.is_none();
        let asked = asked(page);
        let is_free = |one: &&Identity| {
            !taken.contains(&one.service)
                && !asked.contains(&one.service)
                && !one.is_task()
                && !one.is_aside
                && !one.is_called_after_its_image()
        };
        let is_for_no_role =
            |one: &&Identity| one.product.is_some_and(|program| program.role.is_none());
        let identities = || page.names.identities().iter();
        let all = identities().filter(is_own).count();
        let free: Vec<&Identity> = identities().filter(is_own).filter(is_free).collect();
        let others = identities().filter(is_for_no_role).filter(is_free).count();
        Self {
            page,
            coverage,
            own: all,
            free,
            others,
            claims,
            is_by_hand: runs_ones_own_by_hand(page),
            known: known(page),
            said: identities()
                .filter(|one| one.product.is_none() && !one.is_task())
                .flat_map(words_of)
                .collect(),
            drawn_own: OnceCell::new(),
            taken,
        }
    }

    /// Whether something may serve pages that are no service of their own: a program that is left
    /// over, a proxy that is built here with what it serves or that they are drawn before, or what is
    /// run by hand.
    pub(crate) fn may_be_served(&self, pages: &Component) -> bool {
        let is_proxy = |service: &String| {
            let mut identities = self.page.names.identities().iter();
            identities.any(|one| one.service == *service && one.role == Some(Role::Proxy))
        };
        let mut identities = self.page.names.identities().iter();
        let is_called_a_proxy = |one: &Identity| {
            let mut programs = one.key.iter().filter_map(|word| product_of_name(word));
            programs.any(|program| program.role == Some(Role::Proxy))
        };
        let is_built_proxy = |one: &Identity| {
            one.is_built && (one.role == Some(Role::Proxy) || is_called_a_proxy(one))
        };
        let mut connections = self.page.connections_of(pages);
        let mut stands_before_a_proxy = || {
            connections.any(|line| {
                line.from == pages.name && self.page.services(&line.to).iter().any(is_proxy)
            })
        };
        self.is_by_hand
            || self.free_for(pages) > 0
            || identities.any(is_built_proxy)
            || stands_before_a_proxy()
    }

    /// Why no service can be what a part is, which claims to be one; `None` where one may be it.
    pub(crate) fn why_missed(&self, component: &Component) -> Option<Reason> {
        if self.is_by_hand && is_of_ones_own(component) {
            return None;
        }
        if self.called_like(component) > 2 {
            return Some(Reason::Alike);
        }
        if self.may_be_kept_by_a_server(component) {
            return None;
        }
        self.why_whatever_it_is(component).or_else(|| {
            if let Some(program) = program(component) {
                return self.why_no_service_runs(program, component);
            }
            if self.is_a_broker_beside_none(component)
                || self.is_a_gateway_beside_none(component)
                || self.is_a_programs_database_beside_none(component)
            {
                return Some(Reason::Purpose);
            }
            if telling(component).next().is_none() {
                self.why_without_a_name(component)
            } else if self.is_named_after_a_service(component) {
                None
            } else {
                self.why_by_its_name(component)
            }
        })
    }

    /// Why a part is missed, be it a well-known program or one's own.
    fn why_whatever_it_is(&self, component: &Component) -> Option<Reason> {
        if self.is_written_as_no_key_is(component) {
            return None;
        }
        if self.is_all_there_is(component) && !self.is_named_after_a_service(component) {
            Some(Reason::NoneLeft)
        } else if stands_by_itself(self.page, component)
            && !self.listens_where_a_service_does(component)
            && !is_only_a_framework(component)
            && !self.may_be_pages_of_a_program(component)
        {
            Some(Reason::Place)
        } else if self.is_made_of_programs_that_none_runs(component) {
            Some(Reason::Program)
        } else if self.is_a_key_of_its_own(component) {
            Some(Reason::Key)
        } else {
            None
        }
    }

    /// Whether a part is a database under a name of its own, and a server runs that may keep it:
    /// `orders_db`. Servers that are each for an owner keep theirs alone, and what has a port of its
    /// own is a server.
    fn may_be_kept_by_a_server(&self, component: &Component) -> bool {
        let is_one = |one: &&Identity| one.role == Some(Role::Database) && !one.is_task();
        let mut identities = self.page.names.identities().iter().filter(is_one);
        component.kind == ComponentKind::Database
            && program(component).is_none()
            && !stands_by_itself(self.page, component)
            && !self.is_made_of_programs_that_none_runs(component)
            && (identities.clone().count() == 1 || identities.any(Identity::is_plain_store))
    }

    /// Whether a part may be the pages that a program of others comes with: `Dashboard` where
    /// Traefik runs.
    fn may_be_pages_of_a_program(&self, component: &Component) -> bool {
        let is_of_pages = |word: &str| matches!(word, "dashboard" | "console" | "ui");
        let [word] = &*words(&component.name) else {
            return false;
        };
        let mut identities = self.page.names.identities().iter();
        is_of_pages(word)
            && identities.any(|one| {
                let role = one.product.and_then(|program| program.role);
                matches!(role, Some(Role::Proxy | Role::Monitoring))
            })
    }

    /// Why a part is missed whose name says what it is for, and hardly more: `API`, `Worker`.
    fn why_without_a_name(&self, component: &Component) -> Option<Reason> {
        if self.is_for_what_no_service_is(component) {
            Some(Reason::Purpose)
        } else if self.is_all_that_is_left_over(component)
            || self.is_written_where_none_is_left(component)
        {
            Some(Reason::NoneLeft)
        } else {
            None
        }
    }

    /// Why a part is missed of whose name no service has a word.
    fn why_by_its_name(&self, component: &Component) -> Option<Reason> {
        if self.is_written_as_no_key_is(component) {
            None
        } else if is_like_a_key(component)
            || has_a_key_below_its_name(component)
            || self.is_beside_services_called_by_their_keys(component)
            || self.is_drawn_by_its_key(component)
        {
            Some(Reason::Key)
        } else if self.is_called_as_others_are(component) {
            Some(Reason::Alike)
        } else if self.may_be_the_plain_one(component) {
            None
        } else if self.has_a_frame_of_services(component) || self.is_named_among_services(component)
        {
            Some(Reason::Neighbours)
        } else if self.is_a_service_of_its_own(component)
            || self.is_all_that_is_left_over(component)
            || self.is_written_where_none_is_left(component)
        {
            Some(Reason::NoneLeft)
        } else {
            None
        }
    }

    /// Whether words of a name are joined as no key joins them, and as functions and modules do:
    /// `clean_reviews` beside `review-api`.
    fn is_written_as_no_key_is(&self, component: &Component) -> bool {
        let mut identities = self.page.names.identities().iter();
        component.name.contains('_')
            && component.ports.is_empty()
            && !is_drawn_by_keys(component, self.coverage)
            && !identities.any(|one| one.service.contains('_'))
    }

    /// Whether the compose files hardly run a program of one's own, and it is known where it is
    /// drawn: what else is drawn runs elsewhere.
    fn is_all_there_is(&self, component: &Component) -> bool {
        match self.own {
            0 => true,
            1 => self.free.is_empty() && self.is_beside_a_program_of_ones_own(component),
            _ => false,
        }
    }

    /// Whether a service listens on a port of a part.
    fn listens_where_a_service_does(&self, component: &Component) -> bool {
        let mut ports = component.ports.iter();
        ports.any(|port| {
            let mut identities = self.page.names.identities().iter();
            identities.any(|one| one.listens_on(*port))
        })
    }

    /// Whether a word of a name is in what a service is called; stores have the names of those that
    /// they are for.
    fn is_named_after_a_service(&self, component: &Component) -> bool {
        !keeps_things(component) && telling(component).any(|word| self.is_said_of_a_service(&word))
    }

    /// Whether a word is in what a service is called, made from or run by.
    fn is_said_of_a_service(&self, word: &str) -> bool {
        let from = std::ops::Bound::Included(word.to_owned());
        let mut longer = self.said.range((from, std::ops::Bound::Unbounded));
        let begins = longer
            .next()
            .is_some_and(|other| other == word || word.len() >= LEAST && other.starts_with(word));
        let mut shorter = word.char_indices().map(|(end, _)| &word[..end]);
        begins || shorter.any(|part| part.len() >= LEAST && self.said.contains(part))
    }

    /// Whether several services are called as a part is, and none is left over that it could be.
    fn is_called_as_others_are(&self, component: &Component) -> bool {
        self.free_for(component) == 0 && self.called_like(component) > 1
    }

    /// How many services are drawn beside a part under names that end as its name does.
    fn called_like(&self, component: &Component) -> usize {
        let stands = Page::diagrams_of(component);
        let last = words(&component.name).pop().unwrap_or_default();
        let alike = self.known.get(&last).map_or(&[][..], Vec::as_slice);
        alike
            .iter()
            .filter(|other| !Page::diagrams_of(other).is_disjoint(&stands))
            .count()
    }

    /// Whether a part stands where nearly everything is a service and others call it, under a name
    /// that says that it serves them.
    fn is_named_among_services(&self, component: &Component) -> bool {
        let neighbours = neighbours(self.page, component);
        let only_calls = neighbours.service && !neighbours.called;
        !Page::diagrams_of(component).is_disjoint(&self.coverage.dense)
            && !only_calls
            && (is_worded_as_program(component)
                || is_named_as_program(component)
                || is_one_small_word(component))
    }

    /// Whether a part stands under one small word where everything is drawn by its key, and another
    /// part calls it.
    fn is_drawn_by_its_key(&self, component: &Component) -> bool {
        let mut lines = self.page.connections_of(component).peekable();
        let is_alone = lines.peek().is_none();
        is_one_small_word(component)
            && (is_alone || neighbours(self.page, component).called)
            && is_drawn_by_keys(component, self.coverage)
    }

    /// Whether everything in the frame of a part is a service.
    fn has_a_frame_of_services(&self, component: &Component) -> bool {
        if component.groups.is_empty() {
            return false;
        }
        let components = &self.page.document.facts.components;
        let beside: Vec<&Component> = components
            .iter()
            .filter(|other| other.groups == component.groups && *other != component)
            .collect();
        let is_service = |other: &&Component| !self.page.services(&other.name).is_empty();
        beside.len() >= 2 && beside.iter().all(is_service)
    }
}

/// Whether a part has a port of its own, or a row in a table of ports.
fn stands_by_itself(page: &Page<'_>, component: &Component) -> bool {
    has_a_port(component) || page.has_a_row(component)
}

/// Whether a part is a program of one's own, or runs one's own code.
fn is_of_ones_own(component: &Component) -> bool {
    program(component).is_none_or(|program| matches!(program.id, "celery" | "sidekiq"))
}

/// How many letters two words have in common at least where one begins as the other does.
const LEAST: usize = 5;

/// The words in what a service is called, made from and run by.
fn words_of(identity: &Identity) -> Vec<String> {
    let origin = identity
        .origin
        .iter()
        .filter(|_| !identity.is_of_the_whole());
    let others = identity.core.iter().chain(&identity.command).chain(origin);
    let mut all = identity.key.clone();
    all.extend(others.cloned());
    // `kafka-bridge` is not called Kafka.
    if identity.works_with_others() {
        all.retain(|word| product_of_name(word).is_none());
    }
    all
}

/// The services that some part may be.
fn asked(page: &Page<'_>) -> BTreeSet<String> {
    let components = page.document.facts.components.iter();
    components
        .filter_map(|part| match page.names.resolve(&part.name) {
            Resolution::Unsure(service) => Some(service),
            _ => None,
        })
        .collect()
}

/// The drawn parts that are services, by the last words of their names.
fn known<'a>(page: &'a Page<'_>) -> BTreeMap<String, Vec<&'a Component>> {
    let mut known = BTreeMap::<String, Vec<&Component>>::new();
    for component in &page.document.facts.components {
        if !page.services(&component.name).is_empty()
            && let Some(last) = words(&component.name).pop()
        {
            known.entry(last).or_default().push(component);
        }
    }
    known
}
