//! Single drawings that were once misread.

use std::collections::BTreeSet;

use devkit_archdoc::{Environment, read};

use crate::support::{connections, runnable};

#[test]
fn lines_beside_a_box_are_no_borders() {
    let document = read("beside.md", BESIDE.as_bytes());
    let expected = [
        ("Frontend", "Redis Commander"),
        ("Café", "Ollama"),
        ("Café", "Reporting"),
    ];
    assert_eq!(connections(&document), BTreeSet::from(expected));
}

const BESIDE: &str = "\
```
┌──────────────────────────────────────────────────────────────────────────────────────────────┐
│                                   Network: app-network                                       │
│                                                                                              │
│     ┌──────────────────────┐        ┌──────────────────────┐                                 │
│     │       Frontend       │        │        Worker        │                                 │
│     └─┬────────────────────┘        └──────────────────────┘                                 │
│       │                                                                                      │
│ ┌─────┘                                                                                      │
│ │ ┌───┐                                                                                      │
│ │ │ ┌─┴────────────────────┐        ┌──────────────────────┐                                 │
│ │ │ │         Café         │───────→│      Reporting       │                                 │
│ │ │ │       (Elixir)       │        │        (Rust)        │                                 │
│ │ │ └──────────────────────┘        └──────────────────────┘                                 │
│ │ │             │                                                                            │
│ │ │             ↓                                                                            │
│ │ │ ┌──────────────────────┐                                                                 │
│ │ │ │      café-data       │                                                                 │
│ │ │ │    (Named Volume)    │                                                                 │
│ │ │ └──────────────────────┘                                                                 │
│ │ │                                                                                          │
│ │ └───────────────────────────────────┐                                                      │
│ │                                     ↓                                                      │
│ │   ┌──────────────────────┐        ┌──────────────────────┐                                 │
│ │   │   Redis Commander    │        │        Ollama        │                                 │
│ │   │     (Redis GUI)      │        │     (LLM Models)     │                                 │
│ │   └──────────────────────┘        └──────────────────────┘                                 │
│ │     ↑                                                                                      │
│ └─────┘                                                                                      │
│                                                                                              │
└──────────────────────────────────────────────────────────────────────────────────────────────┘
```
";

#[test]
fn the_side_of_another_box_closes_no_line() {
    let document = read("around.md", AROUND.as_bytes());
    let expected = [
        ("Mailer", "Portal"),
        ("Reports", "Mailer"),
        ("Reports", "Portal"),
    ];
    assert_eq!(connections(&document), BTreeSet::from(expected));
    let names = runnable(&document);
    assert_eq!(names, ["Portal", "Reports", "Mailer"]);
}

const AROUND: &str = "\
```
 ┌───────┐
 │ ┌───┐ │
 │ │   ↓ ↓
 │ │ ┌──────────────────┐     ┌──────────────────┐
 │ │ │      Portal      │     │     Reports      │
 │ │ │     (Elixir)     │     │      (Rust)      │
 │ │ └──────────────────┘     └─┬────────────────┘
 │ │                            │
 │ └──────────────────────┬─────┘
 │                        ↓
 │   ┌────────────────────────┐
 │   │         Mailer         │
 │   │          (Go)          │
 │   └─┬──────────────────────┘
 │     │
 └─────┘
```
";

#[test]
fn a_tree_in_a_box_that_strayed_is_no_line_beside_it() {
    let document = read("strayed.md", STRAYED.as_bytes());
    assert_eq!(runnable(&document), ["Ticket Service", "Seat Service"]);
}

const STRAYED: &str = "\
```
┌────────────────┐       ┌────────────────┐
│ Ticket Service │──────→│ Seat Service   │
│                │       │                │
│ ├─ Refunds    │       │ ├─ Rows       │
│ ├─ Prices   │       │ ├─ Holds    │
│ └─ Vouchers │       │ └─ Maps     │
└────────────────┘       └────────────────┘
```
";

#[test]
fn steps_of_a_process_are_written_apart() {
    let text =
        "## Release Pipeline\n\n```mermaid\ngraph LR\nCommit --> Check\nCheck --> Ship\n```\n";
    let written = serde_json::to_value(read("steps.md", text.as_bytes())).unwrap();
    assert_eq!(written["components"].as_array().unwrap().len(), 0);
    assert_eq!(written["connections"].as_array().unwrap().len(), 0);
    assert_eq!(written["activities"].as_array().unwrap().len(), 3);
    let sequences = written["sequences"].as_array().unwrap();
    assert_eq!(sequences.len(), 2);
    assert_eq!(
        (&sequences[1]["from"], &sequences[1]["line"]),
        (&"Check".into(), &6.into())
    );
}

#[test]
fn boxes_say_what_services_are_given() {
    let page = "# Deployment overview\n\n```mermaid\ngraph TB\n  subgraph prod[\"Production Environment\"]\n    \
        API[Orders API<br/>CPU: 500m<br/>Memory: 512Mi]\n    ALL[Resource Limits<br/>CPU: 2 cores<br/>Memory: 1Gi]\n    \
        WATCH[Alert Rules<br/>CPU: 80%<br/>Memory: 1Gi]\n  end\n```\n\n\
        ```\n┌──────────────┐\n│ Redis        │\n│ CPU: 0.25    │\n│ Memory: 128MB│\n└──────────────┘\n```\n";
    let found = read("limits.md", page.as_bytes()).facts.resources;
    let said: Vec<_> = found
        .iter()
        .map(|it| {
            (
                it.service.as_deref(),
                it.cpu,
                it.memory.as_deref(),
                it.origin.line,
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            (Some("Orders API"), Some(0.5), Some("512Mi"), 6),
            (None, Some(2.0), Some("1Gi"), 7),
            (Some("Redis"), Some(0.25), Some("128MB"), 14),
        ]
    );
    assert_eq!(found[0].origin.environment, Environment::Production);
}

#[test]
fn services_of_others_are_known_however_their_names_are_written() {
    let page = "# System architecture\n\n```mermaid\ngraph LR\n  api[Orders API] --> cache[(ElastiCache Redis)]\n  \
        api --> ai[OpenAI API]\n  api --> mail[SendGrid]\n  api --> store[(Redis)]\n  api --> monitor[Service Monitor]\n```\n";
    let document = read("cloud.md", page.as_bytes());
    assert_eq!(
        runnable(&document),
        ["Orders API", "Redis", "Service Monitor"]
    );
}

#[test]
fn boxes_with_double_lines_are_titles_only_where_nothing_leaves_them() {
    let document = read("double.md", DOUBLE.as_bytes());
    let names: BTreeSet<&str> = document
        .facts
        .components
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    let all = ["Shop page", "Back office", "gateway", "orders"];
    assert_eq!(names, BTreeSet::from(all));
    let expected = [
        ("Shop page", "gateway"),
        ("Back office", "gateway"),
        ("gateway", "orders"),
    ];
    assert_eq!(connections(&document), BTreeSet::from(expected));
}

const DOUBLE: &str = "\
```
╔════════════╗   ╔════════════╗
║ Shop page  ║   ║ Back office║
╚═════╤══════╝   ╚═════╤══════╝
      ▼                ▼
┌─────────────────────────────┐
│           gateway           │
└─────────────┬───────────────┘
              ▼
┌─────────────────────────────┐
│           orders            │
└─────────────────────────────┘
```
";

#[test]
fn programs_in_words_call_boxes_and_remarks_do_not() {
    let document = read("words.md", WORDS.as_bytes());
    let expected = [("Kafka", "consumer service"), ("web app", "Postgres")];
    assert_eq!(connections(&document), BTreeSet::from(expected));
}

const WORDS: &str = "\
```
┌──────────────────┐
│ consumer service │◄──── Kafka (events)
└──────────────────┘
┌──────────────────┐
│  web app         │◄──── written in Rust
│                  │────► Postgres
└──────────────────┘
```
";

#[test]
fn words_in_brackets_are_parts_one_by_one() {
    let document = read("brackets.md", BRACKETS.as_bytes());
    let names: Vec<&str> = document
        .facts
        .components
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    let all = [
        "Shop",
        "Orders service",
        "Postgres",
        "Redis",
        "RabbitMQ",
        "Mailer",
    ];
    assert_eq!(names, all);
    let expected = [
        ("Shop", "Orders service"),
        ("Orders service", "Postgres"),
        ("Orders service", "Redis"),
        ("Orders service", "RabbitMQ"),
    ];
    assert_eq!(connections(&document), BTreeSet::from(expected));
}

const BRACKETS: &str = "\
```
     [ Shop (Next.js) ]
            |
        (REST API)
            |
     [ Orders service ]
            |
    +-------+---------+
    |       |         |
[Postgres] [Redis] [RabbitMQ] --> [Mailer]
```

```
[warn] a line of a log | with bars
[info] another | one
[error] and a last
```
";

#[test]
fn wide_words_in_brackets_are_where_they_are_drawn() {
    let document = read("wide.md", WIDE.as_bytes());
    let all = document.facts.connections.iter();
    let found: BTreeSet<_> = all.map(|it| (it.from.as_str(), it.to.as_str())).collect();
    let expected = [("ウェブ", "API"), ("API", "Redis"), ("API", "Postgres")];
    assert_eq!(found, BTreeSet::from(expected));
}

const WIDE: &str = "\
## Architecture

```
[ウェブ] --> [API] --> [Redis]
               |
               v
          [Postgres]
```
";

#[test]
fn lines_that_begin_in_one_column_belong_to_the_names_before_them() {
    let document = read("aligned.md", ALIGNED.as_bytes());
    let expected = [
        ("browser", "web app"),
        ("web app", "Redis"),
        ("celery worker", "Redis"),
        ("mail queue worker", "Redis"),
    ];
    assert_eq!(connections(&document), BTreeSet::from(expected));
}

const ALIGNED: &str = "\
```
browser ──► web app
              │
              ▼
            Redis

celery worker       ──► Redis
mail queue worker   ──► Redis        see the notes
```
";

#[test]
fn words_in_brackets_inside_a_box_are_parts_of_it() {
    let document = read("framed.md", FRAMED.as_bytes());
    let expected = [
        ("user", "Shop app"),
        ("Shop app", "Orders service"),
        ("Orders service", "MongoDB"),
        ("SERVING", "MONITORING"),
        ("Prometheus", "Grafana"),
    ];
    assert_eq!(connections(&document), BTreeSet::from(expected));
    let grafana = document.facts.components.iter();
    let groups: Vec<&[String]> = grafana
        .filter(|it| it.name == "Grafana")
        .map(|it| it.groups.as_slice())
        .collect();
    assert_eq!(groups, [["MONITORING"]]);
}

const FRAMED: &str = "\
## Architecture

```
+-----------------------------------------------------+
|                      SERVING                        |
|                                                     |
|   user --> [ Shop app ] --> [ Orders service ]      |
|                                     |               |
|                                     v               |
|                                [ MongoDB ]  orders  |
+------------------------+----------------------------+
                         |
+------------------------v----------------------------+
|                     MONITORING                      |
|                                                     |
|           [ Prometheus ] --> [ Grafana ]            |
|                                                     |
+-----------------------------------------------------+
```
";

#[test]
fn names_go_on_behind_words_that_end_none() {
    let document = read("lines.md", LINES.as_bytes());
    let names: Vec<&str> = document
        .facts
        .components
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(names, ["Serviço de Pedidos", "Service notifications"]);
}

const LINES: &str = "\
# Taxi Data

## Pipeline

```
+-------------+      +---------------+
| Serviço de  | ---> | Service       |
| Pedidos     |      | notifications |
+-------------+      +---------------+
```
";

#[test]
fn borders_may_stray_at_both_corners_of_an_edge() {
    let document = read("strayed.md", BOTH_STRAYED.as_bytes());
    let names: Vec<&str> = document
        .facts
        .components
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(names, ["Web", "DB"]);
    assert_eq!(connections(&document), BTreeSet::from([("Web", "DB")]));
}

const BOTH_STRAYED: &str = "\
# Demo

## Service Interaction Diagram

        +-------------------+
       |     Web (8080)    |
       +-------------------+
                |
                v
       +-------------------+
       |      DB (MySQL)   |
       +-------------------+
";

#[test]
fn programs_stand_in_diamonds_and_microservices_are_no_users() {
    let text = "# Users

## Architecture

```mermaid
graph LR
    A(Request) --> B{API Gateway}
    B -->|queue| C[Users MS]
    C --> D{Cached?}
```
";
    let document = read("users.md", text.as_bytes());
    let running: Vec<&str> = document
        .facts
        .components
        .iter()
        .filter(|it| it.runnable && it.name != "Request")
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(running, ["API Gateway", "Users MS"]);
}

#[test]
fn a_diagram_that_nothing_closes_ends_where_text_begins() {
    let document = read(
        "a.md",
        b"# A\n\n## Architecture\n\n```mermaid\ngraph TD\n  W[Web] --> A[API]\n\n  A --> D[(PostgreSQL)]\n\n\nDesign Decisions\n1. Why a repository for deployment?\nTo keep it apart.\n",
    );
    assert!(document.diagrams[0].origin.confidence > 0.99);
    assert_eq!(document.facts.components.len(), 3);
}

#[test]
fn lines_below_a_chain_of_names_go_on_with_it() {
    let document = read(
        "a.md",
        "# A\n\n## Architecture\n\n```text\n[Client] -> [Nginx LB :8080] -> [app]\n                               -> [Redis + PostgreSQL]\n                               -> [Ingestion workers] -> [ClickHouse]\n```\n".as_bytes(),
    );
    let calls: Vec<(&str, &str)> = document
        .facts
        .connections
        .iter()
        .map(|one| (one.from.as_str(), one.to.as_str()))
        .collect();
    assert_eq!(
        calls,
        [
            ("Client", "Nginx LB"),
            ("Nginx LB", "app"),
            ("Nginx LB", "Redis + PostgreSQL"),
            ("Nginx LB", "Ingestion workers"),
            ("Ingestion workers", "ClickHouse"),
        ]
    );
}

#[test]
fn names_behind_arrows_at_the_beginning_of_lines_are_parts() {
    let document = read(
        "a.md",
        "# A\n\n## Architecture\n\n```text\nBrowser\n  -> frontend\n  -> api-gateway\n  -> internal services\n       auth-service\n       data-service\n\nManaged state:\n  Cloud SQL PostgreSQL\n```\n".as_bytes(),
    );
    let names: Vec<&str> = document
        .facts
        .components
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "frontend",
            "api-gateway",
            "internal services",
            "auth-service",
            "data-service"
        ]
    );
}
