//! Trees of names that list or join services, fenced and indented.

use devkit_archdoc::{Document, read};

use crate::support::runnable;

fn connections(document: &Document) -> Vec<String> {
    let all = document.facts.connections.iter();
    all.map(|it| format!("{} -> {}", it.from, it.to)).collect()
}

#[test]
fn containers_are_listed_below_their_network() {
    let text = "# A

## Network

```
shop-network (bridge)
├── mongodb (container)
│   └── Port: 27017 (internal only)
├── backend (container)
│   ├── Port: 5000
│   └── Connects to: mongodb://mongodb:27017/shop
└── frontend (container - future)
```
";
    let document = read("containers.md", text.as_bytes());
    assert_eq!(runnable(&document), ["mongodb", "backend", "frontend"]);
    let parts = &document.facts.components;
    let backend = parts.iter().find(|part| part.name == "backend").unwrap();
    assert_eq!(backend.ports, [5000]);
}

#[test]
fn a_tree_below_who_calls_says_what_calls_what() {
    let text = "# A

## Vue d'ensemble

```
Internet
└── Caddy (TLS)
    ├── Front public  (Nuxt)
    └── API billets  (php-fpm)
        ├── MySQL 8
        └── RabbitMQ
            └── Consommateur
```
";
    let document = read("tree.md", text.as_bytes());
    let found = runnable(&document);
    for name in [
        "Caddy",
        "Front public",
        "API billets",
        "MySQL 8",
        "RabbitMQ",
    ] {
        assert!(found.contains(&name), "{name} in {found:?}");
    }
    let lines = connections(&document);
    assert!(
        lines.contains(&"API billets -> RabbitMQ".to_owned()),
        "{lines:#?}"
    );
}

#[test]
fn names_that_are_told_elsewhere_are_called() {
    let text = "# A

## Parts

```
castle
├── caddy ........ TLS
│   ├── phoenix .. pages
│   └── minio .... cover art
├── encoder ...... audio
│   └── minio
└── captions ..... transcripts
```
";
    let document = read("tree.md", text.as_bytes());
    let found = runnable(&document);
    for name in ["caddy", "phoenix", "minio", "encoder", "captions"] {
        assert!(found.contains(&name), "{name} in {found:?}");
    }
    assert!(connections(&document).contains(&"encoder -> minio".to_owned()));
}

#[test]
fn indented_trees_of_plain_signs_are_read() {
    let text = "# A

## Components

    lantern
    |
    +-- edge
    |     +-- varnish ........ cache
    |     +-- frontend ....... Vue
    |
    +-- control
          +-- api ............ Go
          +-- postgres ....... metadata
";
    let document = read("tree.md", text.as_bytes());
    assert_eq!(
        runnable(&document),
        ["varnish", "frontend", "api", "postgres"]
    );
}

#[test]
fn a_tip_towards_the_name_above_says_who_calls() {
    let text = "# A

## Architecture

```
mixer
  ├──► caster ...... streams
  └──◄ scheduler ... what is next
         └──◄ library-api
```
";
    let lines = connections(&read("tree.md", text.as_bytes()));
    assert_eq!(
        lines,
        [
            "mixer -> caster",
            "scheduler -> mixer",
            "library-api -> scheduler"
        ]
    );
}

#[test]
fn folders_are_none_in_whatever_signs() {
    let text = "# A

## Architecture

    shop
    +-- api
    |   +-- routes
    |   +-- models
    +-- worker
    +-- redis
    +-- postgres
";
    let document = read("tree.md", text.as_bytes());
    assert!(runnable(&document).is_empty());
}

#[test]
fn servers_below_a_way_in_are_no_folders() {
    let text = "# A

## Architecture

```
traefik
├── panel
├── keycloak
└── api
    ├── postgres
    ├── redis
    └── invoicing
```
";
    let document = read("tree.md", text.as_bytes());
    let found = runnable(&document);
    for name in ["traefik", "keycloak", "api", "postgres", "redis"] {
        assert!(found.contains(&name), "{name} in {found:?}");
    }
}

#[test]
fn arrows_lead_down_to_trees_and_lines_lead_to_the_side() {
    let text = "# A

## Architecture

```
Client
   │
   ▼
API Gateway
   │
   ├── User Service ─────── User Database
   └── Order Service ────── Order Database

RabbitMQ Events
   └── order_created
```
";
    let document = read("tree.md", text.as_bytes());
    let found = runnable(&document);
    for name in [
        "API Gateway",
        "User Service",
        "User Database",
        "Order Database",
    ] {
        assert!(found.contains(&name), "{name} in {found:?}");
    }
    let lines = connections(&document);
    for line in [
        "Client -> API Gateway",
        "API Gateway -> User Service",
        "User Service -> User Database",
    ] {
        assert!(lines.contains(&line.to_owned()), "{line} in {lines:#?}");
    }
    assert!(
        !lines
            .iter()
            .any(|line| line.starts_with("Order Service -> Rabbit"))
    );
}

#[test]
fn what_stands_below_volumes_is_no_program() {
    let text = "# A

### Docker Compose

```
Services:
├── api (Go backend)
├── redis (cache)
└── nginx (reverse proxy)

Volumes:
├── postgres_data (database)
└── ml_models (trained models)
```
";
    let document = read("tree.md", text.as_bytes());
    let found = runnable(&document);
    assert_eq!(found, ["api", "redis", "nginx"]);
}

#[test]
fn a_tree_of_servers_in_groups_lists_services_that_say_what_they_do() {
    let text = "# A

## Services at a glance

```
Freight
├── edge
│   ├── kong             gateway
│   └── portal           Angular pages
├── messaging
│   ├── kafka
│   └── zookeeper
└── data
    ├── postgres         shipments
    └── redis            positions
```
";
    let document = read("groups.md", text.as_bytes());
    assert_eq!(
        runnable(&document),
        ["kong", "portal", "kafka", "zookeeper", "postgres", "redis"]
    );
    let folders = text.replace("portal  ", "app.ts  ");
    assert!(runnable(&read("files.md", folders.as_bytes())).is_empty());
}

#[test]
fn names_above_others_count_as_servers_of_a_tree() {
    let text = "# A

## Deployment

```
internet
   |
   +-- traefik            (TLS)
         |
         +-- web          (Rails 7)
         |     |
         |     +-- db     (Postgres 14)
         |     +-- redis  (cache)
         |
         +-- files        (Nextcloud)
```
";
    let document = read("ascii.md", text.as_bytes());
    assert_eq!(
        runnable(&document),
        ["traefik", "web", "db", "redis", "files"]
    );
}

#[test]
fn words_with_arrows_between_are_read_without_a_fence() {
    let arrows = ["|\nv", "↓", "\n↓\n"];
    for arrow in arrows {
        let chain = ["Simulator (Python)", "Kafka", "PostgreSQL (positions)"];
        let drawing = chain.join(&format!("\n{arrow}\n"));
        let text = format!("# Buses\n\n## Architecture\n\n{drawing}\n\nMore is told below.\n");
        let document = read("chain.md", text.as_bytes());
        assert_eq!(
            connections(&document),
            ["Simulator -> Kafka", "Kafka -> PostgreSQL"],
            "{arrow:?}"
        );
    }
    let sentences = "# Buses\n\nv\n\nOne thing.\n\nv\n\nAnother one.\n";
    let document = read("prose.md", sentences.as_bytes());
    assert!(document.facts.components.is_empty());
}

#[test]
fn names_of_several_words_are_no_folders() {
    let text = "# A

## Components

```
platform
├── orchestration
│   ├── airflow webserver
│   ├── airflow scheduler
│   ├── redis
│   └── postgres         (airflow metadata)
├── compute
│   ├── spark master
│   └── spark worker x2
└── warehouse
    └── clickhouse
```
";
    let document = read("components.md", text.as_bytes());
    let found = runnable(&document);
    assert!(
        found.contains(&"postgres") && found.contains(&"clickhouse"),
        "{found:?}"
    );
    let folders = text
        .replace("spark master", "spark-master")
        .replace("airflow ", "airflow-");
    let folders = folders
        .replace("spark worker x2", "spark-worker")
        .replace("  (airflow-metadata)", "");
    let document = read("folders.md", folders.as_bytes());
    assert!(runnable(&document).is_empty(), "{:?}", runnable(&document));
}

#[test]
fn a_tree_of_what_compose_starts_lists_services() {
    let tree = "# A

What `docker compose up` starts:

```
grader
├── gateway            nginx, for TLS
│   ├── portal         pages for students
│   └── core           REST API
├── plagiarism         runs at the deadline
└── postgres           points
```
";
    let document = read("tree.md", tree.as_bytes());
    let names: Vec<&str> = document
        .facts
        .components
        .iter()
        .map(|part| part.name.as_str())
        .collect();
    for name in ["portal", "core", "plagiarism", "postgres"] {
        assert!(names.contains(&name), "{name} in {names:?}");
    }
    let folders = tree.replace("What `docker compose up` starts:", "The folders:");
    let document = read("folders.md", folders.as_bytes());
    assert!(document.facts.components.is_empty());
}
