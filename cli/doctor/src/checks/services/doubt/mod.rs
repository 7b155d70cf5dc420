//! Services that no drawn part is known to be, and that may be drawn all the same.

mod sought;
mod texts;

use std::collections::BTreeSet;

use devkit_archdoc::{Component, ComponentKind, Role};
use devkit_diagnostic::Location;

use self::sought::Sought;
use self::texts::{Text, texts};
use crate::context::Page;
use crate::matching::{
    Identity, Resolution, is_store, product_of_name, role_of_word, translated_words, words,
};

/// Why a service may be drawn under a name that is not known to be its own.
pub(super) enum Doubt {
    /// A diagram names it, in a place from which nothing was read.
    Named(Location),
    /// It is the program that people look at, which drawings call as they like.
    Pages,
    /// Parts that may be services are left over as well.
    LeftOver,
}

/// What may be a service that no drawn part is known to be.
pub(super) struct Doubts<'a> {
    page: &'a Page<'a>,
    /// The drawn parts that may be services.
    asked: &'a [&'a Component],
    texts: Vec<Text<'a>>,
    /// The services that names of the document mean.
    taken: BTreeSet<String>,
    /// The words of the names of drawn parts, and the parts.
    parts: Vec<(Vec<String>, &'a Component)>,
    /// Whether a part that no service is known for may be what people look at.
    has_pages: bool,
    /// Whether a part is called a program in words that are in no dictionary.
    has_unread_words: bool,
    /// Whether most programs of one's own are drawn under other names than their keys.
    are_called_otherwise: bool,
}

impl<'a> Doubts<'a> {
    pub(super) fn new(page: &'a Page<'a>, asked: &'a [&'a Component]) -> Self {
        let components = page.document.facts.components.iter();
        let drawn = components.filter(|part| part.origin.diagram.is_some());
        Self {
            page,
            asked,
            texts: texts(page),
            taken: page.names.taken(),
            parts: drawn
                .clone()
                .map(|part| (words(&part.name), part))
                .collect(),
            has_pages: drawn.clone().any(|part| may_be_pages(page, part)),
            has_unread_words: drawn.clone().any(|part| is_unread(page, part)),
            are_called_otherwise: are_called_otherwise(page),
        }
    }

    /// Why a service that no drawn part is known to be may be drawn all the same.
    pub(super) fn about(&self, key: &str) -> Option<Doubt> {
        let mut identities = self.page.names.identities().iter();
        let identity = identities.find(|identity| identity.service == key)?;
        if let Some(place) = self.place_of_its_name(identity) {
            return Some(Doubt::Named(place));
        }
        if is_of_pages(identity) && self.has_pages {
            return Some(Doubt::Pages);
        }
        let is_generic = identity.is_generic() && identity.role != Some(Role::Proxy);
        let says_a_word_of_it = |part: &Component| {
            let said = words(&part.name);
            let mut key = identity.key.iter();
            key.any(|word| word != "service" && said.contains(word))
        };
        let may_be_it = |part: &&&Component| {
            is_a_program(part)
                && (is_generic
                    || says_a_word_of_it(part)
                    || !translated_words(&part.name).is_empty())
        };
        let is_own = identity.program().is_none();
        if is_own
            && (self.has_unread_words
                || self.are_called_otherwise
                || self.is_all_that_is_left(identity))
        {
            return Some(Doubt::LeftOver);
        }
        let listens = |part: &Component| part.ports.iter().any(|port| identity.listens_on(*port));
        let mut asked = self.asked.iter();
        asked
            .any(|part| {
                is_own && (may_be_it(&part) || listens(part)) || is_for_the_same(part, identity)
            })
            .then_some(Doubt::LeftOver)
    }

    /// Whether one program of one's own is left over, and in a frame of services one part is none.
    fn is_all_that_is_left(&self, identity: &Identity) -> bool {
        const LEAST: usize = 4;
        let mut others = self.page.names.identities().iter().filter(|one| {
            one.service != identity.service
                && one.program().is_none()
                && !one.is_task()
                && !self.taken.contains(&one.service)
        });
        let may_be_it = |part: &&Component| {
            part.kind == ComponentKind::Module
                && is_a_program(part)
                && !part.groups.is_empty()
                && self.page.names.resolve(&part.name) == Resolution::Unknown
        };
        let beside = |part: &Component| {
            let parts = self.parts.iter().map(|(_, other)| *other);
            parts
                .filter(|other| other.groups == part.groups && *other != part)
                .collect::<Vec<_>>()
        };
        let is_service = |part: &&Component| !self.page.services(&part.name).is_empty();
        let mut left = self.parts.iter().map(|(_, part)| *part).filter(may_be_it);
        others.next().is_none()
            && left.any(|part| {
                let beside = beside(part);
                beside.len() >= LEAST && beside.iter().all(is_service)
            })
    }

    /// The place of the diagram whose text names a service, or else of the part that says its name
    /// in what it is called or lists.
    fn place_of_its_name(&self, identity: &Identity) -> Option<Location> {
        let sought = Sought::new(self, identity);
        let mut texts = self.texts.iter();
        let text = texts.find(|text| sought.stands_in(text));
        let place = text.map(|text| text.diagram.origin.location());
        place.or_else(|| {
            let mut parts = self.parts.iter();
            let part = parts.find(|(words, part)| sought.is_said_of(words, part));
            part.map(|(_, part)| part.origin.location())
        })
    }

    /// Whether a word is in the name of a program that is drawn.
    fn is_of_a_program(&self, word: &str) -> bool {
        let mut parts = self.parts.iter();
        parts.any(|(words, part)| {
            part.kind == ComponentKind::Service && words.iter().any(|one| one == word)
        })
    }
}

/// Whether most programs of one's own are known in no drawing, and as many drawn programs are known
/// to be no service: a team that draws things by what they do, and calls them by other names.
fn are_called_otherwise(page: &Page<'_>) -> bool {
    const LEAST: usize = 3;
    let taken = page.names.taken();
    let identities = page.names.identities().iter();
    let own = identities.filter(|one| one.program().is_none() && !one.is_task() && !one.is_aside);
    let (known, unknown): (Vec<&Identity>, Vec<&Identity>) =
        own.partition(|one| taken.contains(&one.service));
    let components = page.document.facts.components.iter();
    let left = components.filter(|part| {
        part.origin.diagram.is_some()
            && part.runnable
            && is_a_program(part)
            && page.names.resolve(&part.name) == Resolution::Unknown
    });
    !taken.is_empty()
        && unknown.len() >= LEAST
        && unknown.len() > known.len()
        && left.count() >= unknown.len()
}

/// Whether a part is a program, and not what programs keep things in.
fn is_a_program(component: &Component) -> bool {
    matches!(
        component.kind,
        ComponentKind::Service | ComponentKind::Gateway | ComponentKind::Module
    ) && product_of_name(&component.name).is_none()
}

/// Whether a part is a store that no program is told of, and a service is a store for the same.
fn is_for_the_same(part: &Component, identity: &Identity) -> bool {
    let role = match part.kind {
        ComponentKind::Database => Some(Role::Database),
        ComponentKind::Cache => Some(Role::Cache),
        ComponentKind::Queue => Some(Role::Queue),
        ComponentKind::Storage => Some(Role::Storage),
        _ => None,
    };
    let said = words(&part.name);
    let roles = said.iter().filter_map(|word| role_of_word(word));
    identity.role.is_some_and(is_store)
        && product_of_name(&part.name).is_none()
        && role
            .into_iter()
            .chain(part.role)
            .chain(roles)
            .any(|role| Some(role) == identity.role)
}

/// Whether a part that no service is known for is called a program in words of other scripts that
/// are in no dictionary: `拼版服务`.
fn is_unread(page: &Page<'_>, part: &Component) -> bool {
    let said = words(&part.name);
    let is_program = said
        .iter()
        .any(|word| matches!(word.as_str(), "service" | "worker" | "server" | "module"));
    let is_foreign = |word: &String| !word.chars().any(|it| it.is_ascii() || it < '\u{370}');
    is_program
        && said.iter().any(is_foreign)
        && page.names.resolve(&part.name) == Resolution::Unknown
}

/// Whether a key says that the service is what people look at.
fn is_of_pages(identity: &Identity) -> bool {
    let key = &identity.key;
    identity.program().is_none() && key.last().is_some_and(|word| is_of_a_page(word))
}

/// Whether a part that no service is known for may be what people look at.
fn may_be_pages(page: &Page<'_>, component: &Component) -> bool {
    let words = words(&component.name);
    let is_looked_at = || {
        words.iter().any(|word| {
            is_of_a_page(word) && word != "client"
                || matches!(word.as_str(), "console" | "pages" | "spa" | "pwa")
        })
    };
    let is_for_something_else = || {
        words.iter().any(|word| {
            let role = role_of_word(word);
            word == "balancer"
                || role.is_some_and(|role| {
                    role == Role::Proxy || role == Role::Worker || is_store(role)
                })
        })
    };
    let serves_others = || {
        let mut words = words.iter();
        words.any(|word| matches!(word.as_str(), "service" | "svc" | "microservice"))
            && !is_looked_at()
    };
    component.origin.diagram.is_some()
        && page.names.resolve(&component.name) == Resolution::Unknown
        && !is_for_something_else()
        && !serves_others()
        && match component.kind {
            ComponentKind::Service => product_of_name(&component.name).is_none(),
            ComponentKind::Module | ComponentKind::Client => is_looked_at(),
            _ => false,
        }
}

fn is_of_a_page(word: &str) -> bool {
    matches!(
        word,
        "frontend"
            | "front"
            | "web"
            | "webapp"
            | "app"
            | "ui"
            | "client"
            | "site"
            | "website"
            | "dashboard"
            | "portal"
            | "panel"
            | "admin"
            | "backoffice"
    )
}
