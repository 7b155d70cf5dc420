//! What single words of names say.

use std::collections::BTreeSet;

use devkit_archdoc::{Role, vocabulary};

/// Whether a word says nothing about which service is meant.
pub(super) fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "service"
            | "services"
            | "svc"
            | "srv"
            | "server"
            | "servers"
            | "app"
            | "application"
            | "container"
            | "containers"
            | "instance"
            | "instances"
            | "node"
            | "nodes"
            | "the"
            | "a"
            | "an"
            | "docker"
            | "image"
            | "img"
            | "cluster"
            | "layer"
            | "system"
            | "microservice"
            | "micro"
            | "main"
            | "primary"
            | "master"
            | "local"
            | "dev"
            | "development"
            | "prod"
            | "production"
            | "our"
            | "process"
            | "component"
            | "replica"
            | "replicas"
            | "n"
            | "pod"
            | "pods"
            | "x"
            | "single"
            | "apache"
    )
}

/// Whether a word says only that something is run: `Server Container` is the server.
pub(super) fn is_wrapping(word: &str) -> bool {
    matches!(
        word,
        "container"
            | "containers"
            | "instance"
            | "instances"
            | "docker"
            | "image"
            | "the"
            | "a"
            | "an"
            | "process"
            | "component"
            | "replica"
            | "replicas"
            | "pod"
            | "pods"
            | "service"
            | "our"
            | "main"
            | "local"
    )
}

/// Whether a word names a task that does one thing and ends.
pub fn is_task(word: &str) -> bool {
    matches!(
        word,
        "migrate"
            | "migration"
            | "migrations"
            | "migrator"
            | "init"
            | "setup"
            | "seed"
            | "seeder"
            | "bootstrap"
            | "initdb"
            | "createbuckets"
            | "createbucket"
            | "create"
            | "installer"
            | "mc"
    )
}

/// Whether a word behind a program's name is for what works with the program: `kafka-producer`.
pub(super) fn works_with_others(word: &str) -> bool {
    is_task(word)
        || matches!(
            word,
            "producer"
                | "consumer"
                | "bridge"
                | "console"
                | "collector"
                | "exporter"
                | "ui"
                | "express"
                | "connector"
                | "sink"
                | "client"
                | "certs"
                | "buckets"
                | "backup"
                | "admin"
                | "commander"
        )
}

/// Whether a word makes another service of a name: `postgres-exporter` is no `postgres`.
pub(super) fn is_distinctive(word: &str) -> bool {
    matches!(
        word,
        "exporter"
            | "commander"
            | "ui"
            | "admin"
            | "dashboard"
            | "proxy"
            | "gateway"
            | "migrate"
            | "migration"
            | "migrations"
            | "migrator"
            | "init"
            | "setup"
            | "seed"
            | "seeder"
            | "test"
            | "tests"
            | "e2e"
            | "db"
            | "database"
            | "cache"
            | "queue"
            | "worker"
            | "scheduler"
            | "beat"
            | "flower"
            | "express"
            | "bridge"
            | "connector"
            | "console"
            | "insight"
            | "sentinel"
            | "backup"
            | "monitor"
            | "metrics"
            | "client"
            | "frontend"
            | "backend"
            | "api"
            | "web"
            | "cron"
            | "consumer"
            | "producer"
            | "agent"
            | "operator"
            | "manager"
            | "connect"
            | "registry"
            | "rest"
            | "shell"
            | "cli"
            | "builder"
            | "docs"
            | "storage"
            | "auth"
            | "search"
    )
}

/// Whether a word is a number.
pub(crate) fn is_number(word: &str) -> bool {
    word.chars().all(|it| it.is_ascii_digit())
}

/// Whether a word says what a program is written with; names such as `Spring Boot` come in parts.
pub(crate) fn is_framework(word: &str) -> bool {
    vocabulary::is_technology(word)
        || matches!(
            word,
            "fast" | "boot" | "js" | "next" | "flux" | "mvc" | "fpm" | "socket" | "io"
        )
}

/// Whether a word says what kind of program something is, and hardly which.
pub(super) fn is_kind_of_program(word: &str) -> bool {
    matches!(
        word,
        "api" | "backend" | "frontend" | "web" | "ui" | "client" | "rest" | "gateway" | "worker"
    )
}

/// Whether a word says that several instances are drawn as one.
pub(super) fn is_of_many(word: &str) -> bool {
    matches!(
        word,
        "cluster" | "replica" | "replicas" | "replicaset" | "shards" | "sharded" | "nodes"
    )
}

/// The role that one word tells.
pub(crate) fn role_of_word(word: &str) -> Option<Role> {
    role_of(&BTreeSet::from([word.to_owned()]))
}

/// The role that words tell.
pub(crate) fn role_of(words: &BTreeSet<String>) -> Option<Role> {
    let has = |names: &[&str]| names.iter().any(|name| words.contains(*name));
    let works_off = has(&["processor", "handler", "executor"]) && has(&["queue", "task"]);
    // `rqworker`
    let is_glued = words.iter().any(|word| word.ends_with("worker"));
    if works_off
        || is_glued
        || has(&[
            "worker",
            "celery",
            "sidekiq",
            "consumer",
            "background",
            "job",
        ])
    {
        Some(Role::Worker)
    } else if has(&["proxy", "gateway", "ingress", "lb", "loadbalancer"]) {
        Some(Role::Proxy)
    } else if has(&[
        "frontend", "client", "ui", "webapp", "spa", "pwa", "react", "nextjs", "vue", "angular",
        "website", "site",
    ]) {
        Some(Role::Frontend)
    } else if has(&[
        "api", "backend", "fastapi", "django", "flask", "express", "rest",
    ]) {
        Some(Role::Api)
    } else if has(&["object"]) && has(&["db", "store", "storage"]) {
        Some(Role::Storage)
    } else if has(&[
        "db",
        "database",
        "banco",
        "datenbank",
        "bd",
        "dados",
        "datos",
    ]) {
        Some(Role::Database)
    } else if has(&["cache"]) {
        Some(Role::Cache)
    } else if has(&["s3", "bucket", "blob"]) {
        Some(Role::Storage)
    } else if has(&["queue", "broker", "mq", "fila", "cola"]) {
        Some(Role::Queue)
    } else if has(&["web"]) {
        Some(Role::Frontend)
    } else {
        None
    }
}

/// Whether a word of a key says no more than that it is a part of an application.
pub(super) fn is_a_plain_key(word: &str) -> bool {
    matches!(
        word,
        "web"
            | "server"
            | "gateway"
            | "proxy"
            | "app"
            | "application"
            | "service"
            | "backend"
            | "frontend"
            | "client"
            | "site"
            | "code"
            | "core"
            | "php"
            | "python"
            | "go"
            | "java"
            | "django"
            | "flask"
            | "rails"
            | "react"
            | "ui"
            | "api"
            | "db"
            | "database"
            | "cache"
            | "queue"
            | "broker"
            | "mq"
    )
}

/// Whether a word says which place an instance has among its like.
pub(super) fn is_a_place_in_a_cluster(word: &str) -> bool {
    matches!(
        word,
        "master"
            | "worker"
            | "coordinator"
            | "jobmanager"
            | "taskmanager"
            | "node"
            | "scheduler"
            | "webserver"
            | "triggerer"
            | "namesrv"
            | "nameserver"
            | "broker"
    )
}

/// Whether a word beside that for a role adds nothing to it: `Relational Database`.
pub(super) fn says_no_more_than_its_role(word: &str) -> bool {
    matches!(
        word,
        "web"
            | "user"
            | "interface"
            | "edge"
            | "message"
            | "relational"
            | "sql"
            | "data"
            | "memory"
            | "in"
            | "reverse"
            | "balancer"
            | "load"
            | "static"
            | "single"
            | "page"
            | "rest"
            | "http"
            | "task"
            | "background"
            | "object"
            | "storage"
            | "compatible"
    )
}

/// Whether a word may stand in the name of any program of one's own.
pub(super) fn is_of_any_program(word: &str) -> bool {
    matches!(
        word,
        "server" | "service" | "app" | "web" | "application" | "main" | "core" | "rest" | "http"
    )
}

/// Whether a word says on what hardware an instance runs.
pub(super) fn is_of_hardware(word: &str) -> bool {
    matches!(word, "gpu" | "cpu" | "cuda" | "arm" | "arm64" | "amd64")
}

/// Whether what a program is for is to keep or hand on what others give it.
pub(crate) fn is_store(role: Role) -> bool {
    matches!(
        role,
        Role::Database | Role::Cache | Role::Queue | Role::Search | Role::Storage
    )
}

/// Whether a word is one for people.
pub(crate) fn is_of_people(word: &str) -> bool {
    matches!(
        word,
        "user"
            | "customer"
            | "member"
            | "person"
            | "visitor"
            | "operator"
            | "partner"
            | "supplier"
            | "seller"
            | "courier"
            | "driver"
            | "player"
            | "team"
            | "student"
            | "teacher"
            | "patient"
            | "doctor"
            | "employee"
            | "company"
    )
}
