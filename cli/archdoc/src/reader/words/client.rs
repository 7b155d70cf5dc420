//! Names of people, and of what they use.

use super::name::{has, tokens};
use super::software::software;
use super::technology::is_of_pages;
use crate::facts::ComponentKind;

/// Words of people and of what they use.
const CLIENT: [&str; 13] = [
    "postman",
    "curl",
    "browser",
    "client",
    "user",
    "users",
    "developer",
    "mobile",
    "admin",
    "customer",
    "clients",
    "ios",
    "android",
];
/// Words of programs that serve people: `User Service`, `Admin Portal`.
const SERVES: [&str; 15] = [
    "service",
    "ms",
    "microservice",
    "svc",
    "api",
    "server",
    "redis",
    "grpc",
    "portal",
    "site",
    "ui",
    "panel",
    "dashboard",
    "frontend",
    "backend",
];
/// Whether a name is that of people, or of what they use on their devices.
pub(super) fn is_client(name: &str, technology: Option<&str>) -> bool {
    let tokens = tokens(name);
    let pages = is_of_pages(name) || technology.is_some_and(is_of_pages);
    technology.is_some_and(is_device) || is_user(&tokens) && !(pages && is_program(&tokens))
}

fn is_user(tokens: &[String]) -> bool {
    let last = tokens.last().map_or("", String::as_str);
    has(tokens, &CLIENT) && !has(tokens, &SERVES) && !is_store_of(tokens)
        || tokens.first().is_some_and(|it| it == "client")
        || matches!(last, "client" | "clients" | "browser") && !is_service_of(tokens)
        || is_person(tokens)
}

/// Whether a name begins with the word for a service, with what it is for behind it, as in French:
/// `Service Client`.
fn is_service_of(tokens: &[String]) -> bool {
    tokens.len() == 2 && matches!(tokens[0].as_str(), "service" | "microservice" | "ms")
}

/// Whether a name begins with that of a store, with what it keeps behind it, or ends with the word
/// for one: `MySQL Users`, `User Database`.
fn is_store_of(tokens: &[String]) -> bool {
    let first = tokens.first().map_or("", String::as_str);
    let last = tokens.last().map_or("", String::as_str);
    let is_store = |word: &str| {
        let kind = software(word).map(|it| it.kind);
        matches!(kind, Some(ComponentKind::Database | ComponentKind::Cache))
    };
    is_store(first)
        || tokens.len() > 1 && is_store(last)
        || matches!(last, "database" | "db" | "cache" | "queue")
}

/// Whether a name of a client is that of a program rather than of people: `React client`.
fn is_program(tokens: &[String]) -> bool {
    let people = [
        "browser",
        "user",
        "users",
        "customer",
        "developer",
        "mobile",
    ];
    !has(tokens, &people)
}

/// Whether a client is a program of the platform after all, because it listens on a port.
pub(in crate::reader) fn listens(kind: ComponentKind, name: &str, ports: &[u16]) -> bool {
    kind == ComponentKind::Client && !ports.is_empty() && is_program(&tokens(name))
}

/// Whether a name is that of people and nothing else: `Shopper`.
pub(super) fn is_person(tokens: &[String]) -> bool {
    let [word] = tokens else { return false };
    matches!(
        word.as_str(),
        "visitor"
            | "guest"
            | "shopper"
            | "buyer"
            | "reader"
            | "viewer"
            | "citizen"
            | "audience"
            | "operator"
            | "engineer"
            | "analyst"
            | "student"
            | "teacher"
    )
}

/// Whether a technology is one of programs that run on a user's device.
fn is_device(technology: &str) -> bool {
    let tokens = tokens(technology);
    has(
        &tokens,
        &["flutter", "ios", "android", "swiftui", "electron"],
    ) || technology.to_lowercase().contains("react native")
}

/// What a part is whose frame says that services stand in it: `User` among services is one.
pub(in crate::reader) fn among_services(kind: ComponentKind, groups: &[String]) -> ComponentKind {
    let says_services = |group: &String| {
        let group = group.to_lowercase();
        let mut words = group.split(|it: char| !it.is_alphanumeric());
        words.any(|word| matches!(word, "services" | "microservices" | "service"))
    };
    if kind == ComponentKind::Client && groups.last().is_some_and(says_services) {
        ComponentKind::Service
    } else {
        kind
    }
}
