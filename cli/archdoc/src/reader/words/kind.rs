//! What a name claims to be.

use super::name::{has, tokens};
use super::software::software;
use super::technology::is_of_pages;
use crate::facts::{ComponentKind, normalised};

/// Words of people and of what they use.
const CLIENT: [&str; 11] = [
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
const SERVES: [&str; 13] = [
    "service",
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
/// Words of programs with code of their own.
const SERVICE: [&str; 22] = [
    "service",
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

/// What a name claims to be, by its words alone.
pub(in crate::reader) fn kind(name: &str, technology: Option<&str>) -> Option<ComponentKind> {
    let lower = tokens(name);
    if is_path(name) {
        return Some(
            if name.starts_with(['.', '/', '~']) && !name.contains(".env") {
                ComponentKind::Volume
            } else {
                ComponentKind::File
            },
        );
    }
    if let Some(technology) = technology {
        let technology = technology.to_lowercase();
        if technology.contains("volume") || technology.contains("bind mount") {
            return Some(ComponentKind::Volume);
        }
    }
    let pages = is_of_pages(name) || technology.is_some_and(is_of_pages);
    if technology.is_some_and(is_device) || is_client(&lower) && !(pages && is_program(&lower)) {
        return Some(ComponentKind::Client);
    }
    if is_external(&lower, name) && !is_s3_of_ones_own(&lower) {
        return Some(ComponentKind::External);
    }
    if is_tool(name) {
        return Some(ComponentKind::Tool);
    }
    if is_service_beside(name, &lower) {
        return Some(ComponentKind::Service);
    }
    if let Some((word, kind, _)) = software(name) {
        let extra = lower.iter().filter(|it| it.as_str() != word).count();
        if extra <= 2 {
            return Some(kind);
        }
    }
    if has(&lower, &["gateway", "balancer", "proxy", "ingress"]) {
        return Some(ComponentKind::Gateway);
    }
    if let Some((_, kind, _)) = technology.and_then(software) {
        return Some(kind);
    }
    if pages || has(&lower, &SERVICE) {
        return Some(ComponentKind::Service);
    }
    // `Database Metrics` is about a database, and is none.
    let lower = lower
        .split_at(
            lower
                .iter()
                .rposition(|it| it.chars().any(char::is_alphabetic))
                .unwrap_or(0),
        )
        .1;
    if has(lower, &["database", "db", "lake", "warehouse"]) {
        return Some(ComponentKind::Database);
    }
    if has(lower, &["cache"]) {
        return Some(ComponentKind::Cache);
    }
    if has(lower, &["queue", "broker"]) || normalised(name) == "eventbus" {
        return Some(ComponentKind::Queue);
    }
    None
}

fn is_client(tokens: &[String]) -> bool {
    let last = tokens.last().map_or("", String::as_str);
    has(tokens, &CLIENT) && !has(tokens, &SERVES)
        || tokens.first().is_some_and(|it| it == "client")
        || matches!(last, "client" | "clients" | "browser")
        || is_person(tokens)
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

/// Whether a name is that of a service which is called by the program beside it: `Vault API`.
fn is_service_beside(name: &str, tokens: &[String]) -> bool {
    let beside = matches!(
        software(name),
        Some((_, ComponentKind::Tool | ComponentKind::Database, _))
    );
    let last = tokens.last().map_or("", String::as_str);
    beside && tokens.len() > 1 && matches!(last, "api" | "worker" | "frontend" | "backend")
}

/// Whether a name is that of people and nothing else: `Shopper`.
fn is_person(tokens: &[String]) -> bool {
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

/// Whether a name is that of a program to look into another: `Redis Commander`.
pub(in crate::reader) fn is_tool(name: &str) -> bool {
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
    ) && software(name).is_some()
}

/// Whether a name is that of a store of one's own which speaks S3: `MinIO/S3`.
fn is_s3_of_ones_own(tokens: &[String]) -> bool {
    let [first, rest @ ..] = tokens else {
        return false;
    };
    let is_store = matches!(software(first), Some((_, ComponentKind::Storage, _)));
    is_store && rest.first().is_some_and(|it| it == "s3") && !is_external(&rest[1..], "")
}

fn is_external(tokens: &[String], name: &str) -> bool {
    // `ElastiCache` and `OpenAI` are one name each, whatever letters are large in them.
    let name = name.to_lowercase();
    let joined = tokens.windows(2).map(<[String]>::concat);
    let joined = joined.filter(|it| name.contains(it.as_str()));
    let tokens: Vec<String> = tokens.iter().cloned().chain(joined).collect();
    has(
        &tokens,
        &[
            "cloudflare",
            "cloudfront",
            "aws",
            "gcp",
            "azure",
            "s3",
            "route",
            "internet",
            "slack",
            "pagerduty",
            "github",
            "gitlab",
            "stripe",
            "twilio",
            "sendgrid",
            "external",
            "third",
            "party",
            "cdn",
            "dns",
            "rds",
            "eks",
            "gke",
            "aks",
            "alb",
            "openai",
            "smtp",
            "sns",
            "sqs",
            "waf",
            "elasticache",
            "msk",
            "host",
            "machine",
            "future",
            "servicemonitor",
            "mcp",
        ],
    )
}

/// Whether a name is that of one of several equal parts: `Replica 2`, `Shard 1`, `Primary`.
pub(in crate::reader) fn is_instance(name: &str) -> bool {
    const PARTS: [&str; 12] = [
        "primary",
        "replica",
        "replicas",
        "master",
        "slave",
        "shard",
        "writer",
        "reader",
        "standby",
        "leader",
        "follower",
        "partition",
    ];
    let tokens = tokens(name);
    // `Reader` alone is a person as likely as an instance.
    let person = is_person(&tokens);
    has(&tokens, &PARTS)
        && !person
        && tokens
            .iter()
            .all(|it| PARTS.contains(&it.as_str()) || it.chars().all(|it| it.is_ascii_digit()))
}

/// Whether a name is the path of a file or folder.
pub(in crate::reader) fn is_path(name: &str) -> bool {
    let name = name.trim();
    !name.contains(' ')
        && !name.contains("//")
        && (name.starts_with("./")
            || name.starts_with("../")
            || name.starts_with("~/")
            || name.starts_with('/')
            || name.ends_with('/')
            || name.contains('/')
                && name
                    .rsplit('/')
                    .next()
                    .is_some_and(|last| last.contains('.'))
            || [".yaml", ".yml", ".env", ".tf", ".json", ".toml", ".sh"]
                .iter()
                .any(|end| name.ends_with(end)))
}

/// Whether the title of a frame is that of a layer, a tier or a zone.
pub(in crate::reader) fn is_tier(title: &str) -> bool {
    let title = title.split(['(', ':']).next().unwrap_or(title);
    let tokens = tokens(title);
    tokens
        .last()
        .is_some_and(|it| matches!(it.as_str(), "layer" | "tier" | "zone" | "dmz"))
        && !has(&tokens, &["availability", "dns", "hosted"])
}
