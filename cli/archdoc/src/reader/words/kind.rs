//! What a name claims to be.

use super::client::is_client;
use super::external::is_external;
use super::name::{has, tokens};
use super::place::is_path;
use super::software::{is_store, names_software, software};
use super::technology::{is_of_pages, is_technology};
use crate::facts::{ComponentKind, normalised};

/// Words of programs with code of their own.
const SERVICE: [&str; 23] = [
    "service",
    "ms",
    "svc",
    "api",
    "frontend",
    "backend",
    "worker",
    "workers",
    "server",
    "servers",
    "app",
    "scheduler",
    "consumer",
    "processor",
    "producer",
    "portal",
    "site",
    "website",
    "webapp",
    "storefront",
    "spa",
    "bff",
    "microservice",
];

/// The word for a service in other languages.
const SERVICES_ELSEWHERE: [&str; 11] = [
    "servicio",
    "serviço",
    "servico",
    "servizio",
    "сервис",
    "сервіс",
    "служба",
    "servis",
    "layanan",
    "usługa",
    "dienst",
];

/// The word for a service in languages that write it behind what it is for, without a space.
const SERVICE_ENDS: [&str; 7] = [
    "サービス",
    "服务",
    "服務",
    "서비스",
    "dienst",
    "tjänst",
    "tjeneste",
];

/// Whether a name in another language says that it is a service: `入札サービス`.
fn is_called_a_service(tokens: &[String]) -> bool {
    tokens.iter().any(|token| {
        SERVICES_ELSEWHERE.contains(&token.as_str())
            || SERVICE_ENDS.iter().any(|end| token.ends_with(end))
    })
}

/// What a name claims to be, by its words alone.
pub(in crate::reader) fn kind(name: &str, technology: Option<&str>) -> Option<ComponentKind> {
    let tokens = tokens(name);
    let outside = || {
        if is_client(name, technology) {
            Some(ComponentKind::Client)
        } else if is_external(name) {
            Some(ComponentKind::External)
        } else {
            None
        }
    };
    stored(name, technology)
        .or_else(outside)
        .or_else(|| known(name, &tokens))
        .or_else(|| {
            let leads_on = has(&tokens, &["gateway", "balancer", "proxy", "ingress"]);
            leads_on.then_some(ComponentKind::Gateway)
        })
        .or_else(|| is_code(&tokens, technology).then_some(ComponentKind::Service))
        .or_else(|| technology.and_then(software).map(|it| it.kind))
        .or_else(|| {
            let pages = is_of_pages(name) || technology.is_some_and(is_of_pages);
            let is_service = has(&tokens, &SERVICE) || is_called_a_service(&tokens);
            (pages || is_service).then_some(ComponentKind::Service)
        })
        .or_else(|| in_general(name, &tokens))
}

/// Whether a program has code of its own by its name and by what it is written with, whatever else
/// stands beside that: `order-service (Spring Boot, Postgres)`.
fn is_code(tokens: &[String], technology: Option<&str>) -> bool {
    has(tokens, &SERVICE)
        && technology.is_some_and(|it| it.split([',', '+', '/']).any(is_technology))
}

/// A path of the host, a file, or what is said to be a volume.
fn stored(name: &str, technology: Option<&str>) -> Option<ComponentKind> {
    if is_path(name) {
        let mounted = name.starts_with(['.', '/', '~']) && !name.contains(".env");
        return Some(if mounted {
            ComponentKind::Volume
        } else {
            ComponentKind::File
        });
    }
    // What a program keeps: `pgadmin_data`.
    let kept = ["_data", "_volume", "-volume", "_vol"];
    let of_a_program = kept
        .iter()
        .filter_map(|end| name.strip_suffix(end))
        .any(|owner| names_software(owner) || matches!(owner, "db" | "pg" | "database"));
    // `redis_data:/data` is mounted.
    let is_mount = name
        .split_once(":/")
        .is_some_and(|(volume, path)| !volume.contains(' ') && !path.starts_with('/'));
    if of_a_program || is_mount || name.ends_with(" volume") || name.ends_with(" Volume") {
        return Some(ComponentKind::Volume);
    }
    let technology = technology?.to_lowercase();
    let volume = technology.contains("volume") || technology.contains("bind mount");
    volume.then_some(ComponentKind::Volume)
}

/// A program that is known by name, or what stands beside it.
fn known(name: &str, tokens: &[String]) -> Option<ComponentKind> {
    if is_tool(name) {
        return Some(ComponentKind::Tool);
    }
    let software = software(name)?;
    if is_service_beside(software.kind, tokens) {
        return Some(ComponentKind::Service);
    }
    // `Keycloak DB` is what Keycloak keeps its users in.
    let last = tokens.last().map_or("", String::as_str);
    if matches!(last, "db" | "database") && !is_store(software.name) {
        return None;
    }
    // `PostgreSQL 17 + Redis 7` are two of them.
    let are_several = || name.contains(" + ") && name.split(" + ").all(names_software);
    let extra = tokens.iter().filter(|it| *it != software.name).count();
    (extra <= 2 || are_several()).then_some(software.kind)
}

/// A store or a queue, whichever program it is.
fn in_general(name: &str, tokens: &[String]) -> Option<ComponentKind> {
    // `Database Metrics` is about a database, and is none.
    let last = tokens
        .iter()
        .rposition(|it| it.chars().any(char::is_alphabetic));
    let last = &tokens[last.unwrap_or(0)..];
    if has(last, &["database", "db", "lake", "warehouse"]) {
        Some(ComponentKind::Database)
    } else if has(last, &["cache"]) {
        Some(ComponentKind::Cache)
    } else if has(last, &["queue", "broker"]) || normalised(name) == "eventbus" {
        Some(ComponentKind::Queue)
    } else {
        None
    }
}

/// Whether a name is that of a service which is called by the program beside it: `Vault API`.
fn is_service_beside(kind: ComponentKind, tokens: &[String]) -> bool {
    let beside = matches!(kind, ComponentKind::Tool | ComponentKind::Database);
    let last = tokens.last().map_or("", String::as_str);
    beside && tokens.len() > 1 && matches!(last, "api" | "worker" | "frontend" | "backend")
}

/// Whether a name is that of a program to look into another: `Redis Commander`.
pub(super) fn is_tool(name: &str) -> bool {
    has(
        &tokens(name),
        &[
            "commander",
            "insight",
            "exporter",
            "explorer",
            "phpmyadmin",
            "express",
        ],
    ) && names_software(name)
}
