use std::collections::BTreeSet;

use devkit_archdoc::{Component, ComponentKind, ConnectionKind, Environment};

use crate::context::Page;
use crate::matching::{Resolution, product_of_name, words};

use super::coverage::is_in_compose;
use super::vocabulary::{
    ACTOR_BEGINNINGS, ACTORS, FOREIGN_BEGINNINGS, FOREIGN_FRAMES, FOREIGN_HEADINGS, FOREIGN_WORDS,
    PARTS,
};

/// Whether a component that no service matches claims to be a running service of the platform.
pub(crate) fn claims_to_run(
    page: &Page<'_>,
    component: &Component,
    diagrams: &BTreeSet<usize>,
) -> bool {
    let is_program = component.runnable
        || (component.kind == ComponentKind::Module && product_of_name(&component.name).is_some());
    is_program && claims_a_place(page, component, diagrams)
}

/// Whether a component claims a place among the services of some diagrams, whatever its kind.
pub(crate) fn claims_a_place(
    page: &Page<'_>,
    component: &Component,
    diagrams: &BTreeSet<usize>,
) -> bool {
    let stands = Page::diagrams_of(component);
    if stands.is_disjoint(diagrams) || !named_like_a_service(component) {
        return false;
    }
    let elsewhere = std::iter::once(&component.origin)
        .chain(&component.mentions)
        .any(|origin| {
            matches!(
                origin.environment,
                Environment::Production | Environment::Staging
            )
        });
    if elsewhere
        || under_a_foreign_heading(component)
        || outside(page, component)
        || inside_a_service(page, component)
    {
        return false;
    }
    let by_itself = score(page, component);
    let (neighbours, called) = neighbours(page, component);
    // What only calls, and says nothing of itself, is a person by any name.
    by_itself + neighbours >= 2 && (by_itself > 0 || called)
}

/// How much a component and its frame tell of it.
fn score(page: &Page<'_>, component: &Component) -> u32 {
    let first = words(&component.name).into_iter().next();
    let is_product = product_of_name(&component.name).is_some()
        || first.as_deref().and_then(product_of_name).is_some()
        || component
            .technology
            .as_deref()
            .and_then(product_of_name)
            .is_some();
    let all = words(&component.name);
    let worded = all.iter().any(|word| {
        matches!(
            word.as_str(),
            "service"
                | "services"
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
        )
    });
    let framed = !component.groups.is_empty()
        && page.document.facts.components.iter().any(|other| {
            other.groups == component.groups && !page.services(&other.name).is_empty()
        });
    u32::from(is_product) * 2
        + u32::from(worded || component.role.is_some() || is_store(component.kind))
        + u32::from(!component.ports.is_empty())
        + u32::from(framed)
        + u32::from(component.technology.is_some())
        + u32::from(is_in_compose(component)) * 2
        + u32::from(is_run_by_oneself(component))
        + u32::from(is_among_services(page, component)) * 2
}

/// Whether a component is drawn in the box of a network, and everything beside it is a service.
fn is_among_services(page: &Page<'_>, component: &Component) -> bool {
    page.document.facts.networks.iter().any(|network| {
        let is_member = |member: &&String| page.component(member) == Some(component);
        let others = network.members.iter().filter(|member| !is_member(member));
        let all = others.clone().count();
        let services = others
            .filter(|member| !page.services(member).is_empty())
            .count();
        all >= 3 && services == all && network.members.iter().any(|member| is_member(&member))
    })
}

fn is_store(kind: ComponentKind) -> bool {
    matches!(
        kind,
        ComponentKind::Database
            | ComponentKind::Cache
            | ComponentKind::Queue
            | ComponentKind::Storage
    )
}

/// How much the other ends of a component's lines tell (two services more than one service or
/// one other program), and whether a line leads to it.
fn neighbours(page: &Page<'_>, component: &Component) -> (u32, bool) {
    let is = |end: &str| page.component(end) == Some(component);
    let others: Vec<&String> = page
        .document
        .facts
        .connections
        .iter()
        .filter(|connection| {
            // A line to what looks like a part of a program is read as a step.
            let step = component.kind == ComponentKind::Module
                && matches!(
                    connection.kind,
                    ConnectionKind::Internal | ConnectionKind::Sequence
                );
            (connection.kind.needs_network() || step) && connection.origin.confidence >= 0.5
        })
        .filter_map(|connection| {
            if is(&connection.from) {
                Some(&connection.to)
            } else if is(&connection.to) {
                Some(&connection.from)
            } else {
                None
            }
        })
        .collect();
    let services: BTreeSet<String> = others
        .iter()
        .flat_map(|other| page.services(other))
        .collect();
    let connected = others
        .iter()
        .any(|other| page.component(other).is_some_and(|other| other.runnable));
    let called = page
        .document
        .facts
        .connections
        .iter()
        .any(|connection| is(&connection.to));
    let weight = match services.len() {
        0 => u32::from(connected),
        1 => 1,
        _ => 2,
    };
    (weight, called)
}

fn named_like_a_service(component: &Component) -> bool {
    let name = component.name.trim();
    let length = name.split_whitespace().count();
    length > 0
        && length <= 5
        && name.chars().any(char::is_alphabetic)
        && !name.contains(['{', '}', '=', '<', '>', '$', '?', '!', '@', '*', '"', '`'])
        && !name.starts_with(['/', '•'])
        && !name.contains("://")
        && !name.ends_with('/')
        && !name.to_lowercase().ends_with("s)")
        && !has_extension(name)
        && !is_a_part(name)
}

/// Whether a name is that of a layer or module inside a program.
fn is_a_part(name: &str) -> bool {
    let words = words(name);
    let is_key = name.contains(['-', '_']) && name.to_lowercase() == name && !name.contains(' ');
    !is_key && !is_worded(&words) && words.iter().any(|word| is_one_of(word, PARTS))
}

fn has_extension(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && matches!(
                extension.to_ascii_lowercase().as_str(),
                "py" | "ts"
                    | "tsx"
                    | "jsx"
                    | "rs"
                    | "go"
                    | "java"
                    | "rb"
                    | "php"
                    | "yml"
                    | "yaml"
                    | "json"
                    | "toml"
                    | "env"
                    | "sh"
                    | "md"
                    | "sql"
                    | "html"
                    | "css"
                    | "txt"
                    | "csv"
                    | "conf"
                    | "db"
                    | "sqlite"
            )
    })
}

/// Whether the name or a frame says that the part is run by others, or not yet.
fn outside(page: &Page<'_>, component: &Component) -> bool {
    if matches!(
        component.kind,
        ComponentKind::Client | ComponentKind::External
    ) {
        return true;
    }
    let foreign_frame = component.groups.iter().any(|group| {
        words_with_parenthesis(group)
            .iter()
            .any(|word| is_one_of(word, FOREIGN_FRAMES) || is_foreign(word))
            || (is_a_host(group) && !holds_services(page, group))
    });
    let name = words_with_parenthesis(&component.name);
    let technology = component
        .technology
        .iter()
        .flat_map(|text| words_with_parenthesis(text));
    let foreign = name
        .iter()
        .cloned()
        .chain(technology)
        .any(|word| is_one_of(&word, FOREIGN_WORDS) || is_foreign(&word));
    let planned = component
        .notes
        .iter()
        .flat_map(|note| words_with_parenthesis(note))
        .any(|word| is_foreign(&word));
    let actor = !is_worded(&name)
        && name
            .iter()
            .any(|word| is_one_of(word, ACTORS) || begins(word, ACTOR_BEGINNINGS));
    foreign_frame || (foreign && !is_run_by_oneself(component)) || planned || actor
}

/// Whether a name says itself that it is a service.
fn is_worded(name: &[String]) -> bool {
    name.iter().any(|word| {
        matches!(
            word.as_str(),
            "service" | "services" | "microservice" | "worker" | "server" | "db" | "database"
        )
    })
}

/// Whether a frame is a machine, which the containers may run on or not.
fn is_a_host(group: &str) -> bool {
    words_with_parenthesis(group)
        .iter()
        .any(|word| word == "host")
}

/// Whether a service stands in a frame.
fn holds_services(page: &Page<'_>, group: &str) -> bool {
    page.document.facts.components.iter().any(|other| {
        other.groups.iter().any(|frame| frame == group) && !page.services(&other.name).is_empty()
    })
}

/// Whether a box says that what others offer is run by oneself here.
fn is_run_by_oneself(component: &Component) -> bool {
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

/// Whether all places of a component stand below headings about something else than what the
/// compose files run.
fn under_a_foreign_heading(component: &Component) -> bool {
    std::iter::once(&component.origin)
        .chain(&component.mentions)
        .all(|origin| {
            origin.heading.as_deref().is_some_and(|heading| {
                words_with_parenthesis(heading)
                    .iter()
                    .any(|word| is_one_of(word, FOREIGN_HEADINGS) || is_foreign(word))
            })
        })
}

fn is_foreign(word: &str) -> bool {
    begins(word, FOREIGN_BEGINNINGS)
}

fn begins(word: &str, beginnings: &[&str]) -> bool {
    beginnings
        .iter()
        .any(|beginning| word.starts_with(beginning))
}

fn is_one_of(word: &str, list: &[&str]) -> bool {
    list.contains(&word)
}

fn words_with_parenthesis(text: &str) -> Vec<String> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Whether the component is drawn inside the box of a service, as a module of it.
fn inside_a_service(page: &Page<'_>, component: &Component) -> bool {
    component.groups.iter().any(|group| {
        let is_frame_of_one = match page.names.resolve(group) {
            Resolution::Services(services) => services.len() == 1,
            _ => false,
        };
        let outright = page.names.names_outright(group);
        is_frame_of_one
            && !page.document.facts.components.iter().any(|other| {
                other.groups.iter().any(|other_group| other_group == group)
                    && page
                        .services(&other.name)
                        .iter()
                        .any(|service| !outright || !page.services(group).contains(service))
            })
    })
}
