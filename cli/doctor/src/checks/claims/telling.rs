//! What the names and asides of drawn parts tell of the programs that they are.

use devkit_archdoc::{Component, ComponentKind, vocabulary};

use crate::matching::{
    Product, is_framework, is_store, product_of_name, product_of_technology, role_of_word, words,
};

/// The well-known program that a part is.
pub(super) fn program(component: &Component) -> Option<&'static Product> {
    let of_its_technology = || {
        let is_store = matches!(
            component.kind,
            ComponentKind::Database
                | ComponentKind::Cache
                | ComponentKind::Queue
                | ComponentKind::Storage
                | ComponentKind::Gateway
        );
        let says_no_more = || telling(component).next().is_none();
        let program = product_of_technology(component.technology.as_deref()?)?;
        (is_store || says_no_more()).then_some(program)
    };
    let of_a_word = || {
        let all = words(&component.name);
        // `AgentVault` is one name, and no Vault.
        let is_one_name = component.name.chars().all(char::is_alphanumeric);
        let last = all.last().filter(|_| !is_one_name);
        let ends = all.first().into_iter().chain(last);
        // A word of another language that means what a program is called after names no program.
        let written = component.name.to_lowercase();
        ends.filter(|word| component.name.is_ascii() || written.contains(word.as_str()))
            .find_map(|word| product_of_name(word))
            .filter(|program| !is_the_database_of(program, component))
    };
    product_of_name(&component.name)
        .or_else(of_a_word)
        .or_else(of_its_technology)
}

/// Whether a part is the database of a program, and not that program: `Keycloak DB`.
pub(super) fn is_the_database_of(program: &Product, component: &Component) -> bool {
    let last = words(&component.name).pop();
    matches!(last.as_deref(), Some("db" | "database")) && !program.role.is_some_and(is_store)
}

/// Whether a part is drawn as a store or a broker.
pub(super) fn keeps_things(component: &Component) -> bool {
    matches!(
        component.kind,
        ComponentKind::Database | ComponentKind::Cache | ComponentKind::Queue
    )
}

/// What a part is said to be made with: what stands in parentheses behind its name, or on the line
/// below it.
pub(super) fn made_with(component: &Component) -> Option<&str> {
    let below = component.notes.first().map(String::as_str);
    component.technology.as_deref().or(below)
}

/// The word of a name that a well-known program is known by.
pub(super) fn word_for(program: &Product, component: &Component) -> String {
    let mut words = words(&component.name).into_iter();
    words
        .find(|word| product_of_name(word) == Some(program))
        .unwrap_or_else(|| program.id.to_owned())
}

/// Whether a port is written at a part, or behind what it is written with.
pub(super) fn has_a_port(component: &Component) -> bool {
    let is_written = |text: &str| {
        text.split(':').skip(1).any(|rest| {
            let digits = rest.chars().take_while(char::is_ascii_digit).count();
            (2..=5).contains(&digits)
        })
    };
    !component.ports.is_empty() || component.technology.as_deref().is_some_and(is_written)
}

/// Whether a name says what programs are written with or run by, and nothing else: `uvicorn`.
pub(super) fn is_only_a_framework(component: &Component) -> bool {
    let words = words(&component.name);
    words.iter().all(|word| is_framework(word)) && component.technology.is_none()
}

/// Whether a language or a framework stands below a name: `Text Worker` and `Python`.
pub(super) fn says_what_it_is_written_with(component: &Component) -> bool {
    let said = component.technology.iter().chain(&component.notes);
    said.flat_map(|text| text.split([' ', ',', '/', '·', '+']))
        .any(vocabulary::is_technology)
}

/// The words of a name that tell which program it is.
pub(super) fn telling(component: &Component) -> impl Iterator<Item = String> {
    words(&component.name).into_iter().filter(|word| {
        let one = word.strip_suffix('s').unwrap_or(word);
        word.chars().count() > 1
            && !is_framework(word)
            && role_of_word(word).or_else(|| role_of_word(one)).is_none()
            && !is_of_any_program(word)
    })
}

/// Whether a word is in the names of many programs.
pub(super) fn is_of_any_program(word: &str) -> bool {
    matches!(
        word,
        "service"
            | "services"
            | "microservice"
            | "microservices"
            | "server"
            | "svc"
            | "ms"
            | "app"
            | "application"
            | "engine"
            | "system"
            | "manager"
            | "management"
            | "core"
            | "data"
            | "web"
            | "dev"
            | "the"
            | "container"
            | "agent"
            | "load"
            | "balancer"
    )
}

/// Whether a name says that a part serves others.
pub(super) fn is_worded_as_service(component: &Component) -> bool {
    words(&component.name).iter().any(|word| {
        matches!(
            word.as_str(),
            "service" | "services" | "microservice" | "ms" | "server" | "svc"
        )
    })
}

/// Whether a name is one word in small letters, as short keys are.
pub(super) fn is_one_small_word(component: &Component) -> bool {
    component.kind == ComponentKind::Service
        && !component.name.is_empty()
        && component.name.chars().all(|it| it.is_ascii_lowercase())
}
