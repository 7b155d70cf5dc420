//! The roles that names and technologies word.

use super::kind::is_tool;
use super::name::{has, tokens};
use super::software::software;
use crate::facts::Role;

/// The role that words tell.
pub(in crate::reader) fn role(name: &str, technology: Option<&str>) -> Option<Role> {
    if is_tool(name) {
        return Some(Role::Admin);
    }
    if let Some(software) = software(name) {
        return Some(software.role);
    }
    let of_words = |text: &str| {
        let tokens = tokens(text);
        let found = [
            (Role::Admin, &["admin", "commander", "gui"][..]),
            (Role::Proxy, &["gateway", "proxy", "balancer", "ingress"]),
            (
                Role::Frontend,
                &[
                    "frontend", "web", "ui", "react", "vue", "angular", "vite", "nextjs", "spa",
                ],
            ),
            (
                Role::Worker,
                &[
                    "worker",
                    "workers",
                    "consumer",
                    "background",
                    "celery",
                    "processor",
                    "scheduler",
                ],
            ),
            (Role::Cache, &["cache"]),
            (Role::Queue, &["queue", "broker", "bus", "messages"]),
            (Role::Database, &["database", "db", "relational", "sql"]),
            (Role::Search, &["search"]),
            (Role::Storage, &["storage", "bucket", "blob"]),
            (
                Role::Monitoring,
                &["metrics", "monitoring", "tracing", "logging", "logs"],
            ),
            (Role::Model, &["llm", "models"]),
            (
                Role::Api,
                &[
                    "api", "backend", "server", "service", "fastapi", "express", "django",
                ],
            ),
        ];
        found
            .into_iter()
            .find(|(_, words)| has(&tokens, words))
            .map(|(role, _)| role)
    };
    of_words(name)
        .filter(|role| *role != Role::Api)
        .or_else(|| technology.and_then(software).map(|it| it.role))
        .or_else(|| technology.and_then(of_words))
        .or_else(|| of_words(name))
}
