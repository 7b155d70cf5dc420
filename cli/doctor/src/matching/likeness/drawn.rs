//! A drawn part that no service is known for, with what its names say.

use std::collections::BTreeSet;

use devkit_archdoc::{Component, ComponentKind, Environment, Role, normalised, vocabulary};

use super::spelling::parts;
use crate::matching::meaning::{is_framework, is_number, role_of, role_of_word};
use crate::matching::names::{Names, Resolution};
use crate::matching::pairing::role_of_framework;
use crate::matching::{Product, product_of_name, translated_words, words};

/// How much a drawn part says of which program it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// What it is written with, and nothing else: `Django`.
    ItsFramework,
    /// That it is a service, and not what kind of one: `prediction service`.
    AService,
    /// More than that.
    More,
}

impl Says {
    fn of(component: &Component) -> Self {
        if is_the_plain_program(component) {
            Self::ItsFramework
        } else if is_a_service(component) {
            Self::AService
        } else {
            Self::More
        }
    }
}

/// A drawn part that may be a service under another name.
pub(super) struct Drawn<'d> {
    /// The words of all its names.
    pub(super) names: BTreeSet<String>,
    /// The last word of a name of several.
    pub(super) last: Option<String>,
    /// The parts of its name between signs.
    pub(super) parts: Vec<String>,
    /// The well-known program that it names.
    pub(super) product: Option<&'static Product>,
    /// What it is for, where it says enough to be compared with what a service is for.
    pub(super) role: Option<Role>,
    /// What its name alone says that it is for.
    pub(super) named_role: Option<Role>,
    /// How much it says of which program it is.
    pub(super) says: Says,
    /// Whether its name is written as keys are.
    pub(super) is_key: bool,
    /// Whether its name may be that of a service in another language.
    pub(super) may_be_translated: bool,
    /// The part itself.
    pub(super) component: &'d Component,
}

impl<'d> Drawn<'d> {
    /// What a part says, where it may be a service that is not known yet.
    pub(super) fn of(names: &Names, component: &'d Component) -> Option<Self> {
        let is_no_program = matches!(
            component.kind,
            ComponentKind::Volume
                | ComponentKind::File
                | ComponentKind::Topic
                | ComponentKind::External
        );
        if component.origin.diagram.is_none()
            || component.origin.environment == Environment::Production
            || is_no_program
            || is_a_level(&component.name)
            || names.resolve(&component.name) != Resolution::Unknown
        {
            return None;
        }
        let mut drawn = Self {
            names: std::iter::once(&component.name)
                .chain(&component.aliases)
                .flat_map(|name| words(name))
                .collect(),
            last: words(&component.name).into_iter().skip(1).next_back(),
            parts: if component.name.is_ascii() {
                parts(&component.name)
            } else {
                words(&component.name)
            },
            product: product_in(component),
            role: None,
            named_role: role_of(&words(&component.name).into_iter().collect()),
            says: Says::of(component),
            is_key: is_written_as_a_key(&component.name),
            may_be_translated: false,
            component,
        };
        drawn.role = drawn.role();
        drawn.may_be_translated = drawn.may_be_translated();
        Some(drawn)
    }

    fn role(&self) -> Option<Role> {
        let component = self.component;
        if !component.runnable && component.kind != ComponentKind::Client {
            return None;
        }
        let technology = component.technology.as_deref().unwrap_or_default();
        let pages = technologies(technology).any(vocabulary::is_framework_of_pages);
        let role = role_of_framework(&self.names)
            .or_else(|| role_of(&self.names))
            .or(pages.then_some(Role::Frontend))?;
        let written = pages || self.names.iter().any(|word| is_framework(word));
        // `REST API JSON` says nothing but that it is one.
        let plain = self.names.iter().all(|word| {
            role_of_word(word) == Some(Role::Api)
                || matches!(word.as_str(), "json" | "http" | "server" | "main" | "core")
        });
        (written || component.runnable && (role != Role::Api || plain)).then_some(role)
    }

    /// Whether a key begins with what a part is written with: `ASP.NET Razor` and `aspnetshop`.
    pub(super) fn is_key_of_its_framework(&self, key: &str) -> bool {
        const LEAST: usize = 4;
        let technology = self.component.technology.as_deref().unwrap_or_default();
        let key = normalised(key);
        technologies(technology)
            .map(normalised)
            .any(|word| word.len() >= LEAST && is_framework(&word) && key.starts_with(&word))
    }

    fn may_be_translated(&self) -> bool {
        let component = self.component;
        let is_drawn = component.runnable && component.kind == ComponentKind::Service
            || component.kind == ComponentKind::Module && is_of_another_language(&component.name);
        let technology = component.technology.as_deref().unwrap_or_default();
        let is_browser = |text: &str| words(text).iter().any(|word| word == "browser");
        let is_plain = !component.name.contains(['/', '{', ':', '=', '.'])
            && component.name.split_whitespace().count() <= 4;
        is_plain
            && is_drawn
            && !self.is_key
            && self.product.is_none()
            && !is_browser(&component.name)
            && !is_browser(technology)
    }
}

/// Whether a name is in another language than English, as far as its letters and words tell.
pub(super) fn is_of_another_language(name: &str) -> bool {
    !name.is_ascii() || !translated_words(name).is_empty()
}

/// Whether a name is that of a level of the drawing, in which parts stand: `Processing Layer`.
fn is_a_level(name: &str) -> bool {
    words(name)
        .last()
        .is_some_and(|word| matches!(word.as_str(), "layer" | "tier" | "zone" | "level"))
}

/// The ports that the text in a box names as addresses are written: `Serves pages at :5000.`
pub(super) fn noted_ports(component: &Component) -> impl Iterator<Item = u16> {
    let words = component
        .notes
        .iter()
        .flat_map(|note| note.split_whitespace());
    words.filter_map(|word| {
        let digits = word.trim_start_matches('(').strip_prefix(':')?;
        digits.trim_end_matches(['.', ',', ')', ';']).parse().ok()
    })
}

fn technologies(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| it.is_whitespace() || matches!(it, ',' | '/'))
}

fn is_written_as_a_key(name: &str) -> bool {
    name.contains(['-', '_']) && !name.contains(|it: char| it.is_whitespace() || it.is_uppercase())
}

/// Whether a drawn part says what it is written with, and no more: `Web application (Laravel)`.
fn is_the_plain_program(component: &Component) -> bool {
    let name = words(&component.name);
    let technology = component.technology.as_deref().unwrap_or_default();
    let notes = component.notes.iter().flat_map(|note| technologies(note));
    let is_written = name.iter().any(|word| is_framework(word))
        || technologies(technology).chain(notes).any(|word| {
            vocabulary::is_technology(word) && !vocabulary::is_framework_of_pages(word)
        });
    let is_plain = |word: &String| {
        is_framework(word)
            || is_number(word)
            || matches!(
                word.as_str(),
                "web"
                    | "app"
                    | "application"
                    | "server"
                    | "backend"
                    | "api"
                    | "gateway"
                    | "fpm"
                    | "channels"
                    | "main"
                    | "principal"
            )
    };
    is_written && name.iter().all(is_plain)
}

/// Whether a part is called a service, and nothing says what kind of one: `prediction service`.
fn is_a_service(component: &Component) -> bool {
    let name = words(&component.name);
    let others: BTreeSet<String> = name.iter().rev().skip(1).cloned().collect();
    component.kind == ComponentKind::Service
        && name.last().is_some_and(|word| word == "service")
        && matches!(role_of(&others), None | Some(Role::Api))
}

/// The well-known program that a drawn part names; what a program of one's own runs on is another.
fn product_in(component: &Component) -> Option<&'static Product> {
    let runs_on = component.kind == ComponentKind::Service;
    std::iter::once(component.name.as_str())
        .chain(component.technology.as_deref().filter(|_| !runs_on))
        .find_map(|text| {
            product_of_name(text).or_else(|| words(text).iter().find_map(|it| product_of_name(it)))
        })
}
