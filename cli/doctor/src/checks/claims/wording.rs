//! How the names and lines of drawn parts say that they are programs.

use devkit_archdoc::{Component, ComponentKind};

use super::evidence::stands_beside_services;
use crate::checks::coverage::is_in_compose;
use crate::context::Page;
use crate::matching::{is_framework, is_written_as_key, product_of_name, role_of_word, words};

/// Whether a name says what a program is and what it is written with, and nothing else:
/// `React Dashboard`.
pub(super) fn is_written_with(component: &Component) -> bool {
    let words = words(&component.name);
    let says_nothing_else = |word: &String| {
        is_framework(word)
            || role_of_word(word).is_some()
            || word.chars().all(|it| it.is_ascii_digit())
            || matches!(
                word.as_str(),
                "dashboard" | "portal" | "panel" | "app" | "server"
            )
    };
    words.len() > 1
        && words.iter().any(|word| is_framework(word))
        && words.iter().all(says_nothing_else)
}

/// Whether a name has the word of what a program is written with; what ends in `Node` is a machine.
pub(super) fn names_a_framework(name: &str) -> bool {
    let words = words(name);
    let is_a_machine = words.len() > 1 && words.last().is_some_and(|word| word == "node");
    let machine = usize::from(is_a_machine);
    words
        .iter()
        .rev()
        .skip(machine)
        .any(|word| is_framework(word))
}

/// Whether a name is written as the keys of compose files are: `quota-manager`.
pub(super) fn is_like_a_key(component: &Component) -> bool {
    is_written_as_key(&component.name)
}

/// Whether what stands below a name is written as the key of a service: `Tính giá` and
/// `pricing-service`.
pub(super) fn has_a_key_below_its_name(component: &Component) -> bool {
    let asides = component.technology.iter().chain(&component.notes);
    let is_plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
    let kinds = ["-service", "-svc", "-api", "-worker", "-server"];
    asides
        .map(|aside| aside.trim_matches(['(', ')', '[', ']', ' ']))
        .any(|aside| aside.chars().all(is_plain) && kinds.iter().any(|end| aside.ends_with(end)))
}

/// Whether a name is that of something that does a thing all the time: `Fraud Detector`.
pub(super) fn is_named_as_program(component: &Component) -> bool {
    let all = words(&component.name);
    // `signal parser` tells what is done, where names begin with capitals.
    let is_plain_text = component.name.contains(char::is_whitespace)
        && !component.name.contains(char::is_uppercase);
    let does = !is_plain_text
        && all.last().is_some_and(|word| {
            word.len() > 5 && (word.ends_with("er") || word.ends_with("or"))
                || matches!(word.as_str(), "bot" | "agent" | "hub" | "bridge")
        });
    is_like_a_key(component) || (all.len() > 1 && does)
}

/// Whether a name says that it is what people call the platform with.
pub(super) fn is_a_client(component: &Component) -> bool {
    words(&component.name)
        .iter()
        .any(|word| matches!(word.as_str(), "client" | "clients"))
}

/// Whether a name is that of an interface, which others may offer.
pub(super) fn is_an_interface(component: &Component) -> bool {
    words(&component.name)
        .last()
        .is_some_and(|word| word == "api")
}

/// Whether a component says in some way that it is a program: by its name, what it is written with,
/// a port, or its frame.
pub(super) fn is_said_to_be_a_program(page: &Page<'_>, component: &Component) -> bool {
    let tells = |word: &String| product_of_name(word).is_some() || role_of_word(word).is_some();
    let has_case = component.name.contains(['-', '_']) || is_camel_case(&component.name);
    product_of_name(&component.name).is_some()
        || is_worded_as_program(component)
        || is_named_as_program(component)
        || component.technology.as_deref().is_some_and(is_technology)
        || !component.ports.is_empty()
        || page.has_a_row(component)
        || is_in_compose(component)
        || is_run_by_oneself(component)
        || has_a_key_below_its_name(component)
        || names_a_framework(&component.name)
        || words(&component.name).iter().any(tells)
        || is_looked_at(component) && stands_beside_services(page, component)
        || has_case && !component.name.contains(char::is_whitespace)
        || !matches!(
            component.kind,
            ComponentKind::Service | ComponentKind::Module
        )
}

/// Whether a name is that of pages for those who watch or run something: `Fleet Dashboard`.
fn is_looked_at(component: &Component) -> bool {
    let name = words(&component.name);
    name.len() > 1
        && name
            .last()
            .is_some_and(|word| matches!(word.as_str(), "dashboard" | "portal" | "panel"))
}

/// Whether a name is written as one word of several: `OrderProcessor`.
fn is_camel_case(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(char::is_alphabetic)
        && name
            .chars()
            .zip(name.chars().skip(1))
            .any(|(one, next)| one.is_lowercase() && next.is_uppercase())
}

/// Whether a name says what kind of program it is.
pub(super) fn is_worded_as_program(component: &Component) -> bool {
    words(&component.name).iter().any(|word| {
        matches!(
            word.as_str(),
            "service"
                | "services"
                | "microservice"
                | "ms"
                | "svc"
                | "worker"
                | "workers"
                | "server"
                | "api"
                | "gateway"
                | "db"
                | "database"
                | "queue"
                | "broker"
                | "cache"
                | "proxy"
                | "frontend"
                | "backend"
                | "scheduler"
                | "exporter"
                | "producer"
                | "consumer"
                | "simulator"
                | "crawler"
                | "scraper"
        )
    })
}

/// Whether words behind a name say what a program is written with or what it does.
pub(super) fn is_technology(text: &str) -> bool {
    words(text).iter().any(|word| {
        product_of_name(word).is_some()
            || is_framework(word)
            || role_of_word(word).is_some()
            || matches!(word.as_str(), "server" | "svr" | "srv" | "service" | "svc")
    })
}

/// Whether a box says that what others offer is run by oneself here.
pub(super) fn is_run_by_oneself(component: &Component) -> bool {
    component
        .technology
        .iter()
        .chain(&component.notes)
        .any(|text| {
            let text = text.to_lowercase();
            ["self-hosted", "selfhosted", "self hosted"]
                .iter()
                .any(|words| text.contains(words))
        })
}
