//! Words of boxes: names on two lines, parts in brackets, titles and what only looks like one.

use std::collections::BTreeSet;

use devkit_archdoc::{Component, ComponentKind, Document, read};

use crate::support::{connections, runnable};

fn drawn(heading: &str, drawing: &str) -> Document {
    let text = format!("# A\n\n## {heading}\n\n```\n{drawing}\n```\n");
    read("words.md", text.as_bytes())
}

fn part<'a>(document: &'a Document, name: &str) -> &'a Component {
    let mut parts = document.facts.components.iter();
    parts.find(|part| part.name == name).expect("it is drawn")
}

#[test]
fn words_that_are_broken_at_the_end_of_a_line_are_one() {
    let document = drawn(
        "Architektur",
        "┌───────────────────┐   ┌───────────┐   ┌──────────┐
│ Benachrichtigungs-│──▶│ order-    │──▶│ PDF/A-   │
│ dienst            │   │ service   │   │ Wandlung │
└───────────────────┘   └───────────┘   └──────────┘",
    );
    assert_eq!(
        runnable(&document),
        ["Benachrichtigungsdienst", "order-service", "PDF/A-Wandlung"]
    );
}

#[test]
fn an_aside_behind_the_second_half_of_a_name_is_no_part_of_it() {
    let document = drawn(
        "Architecture",
        "┌────────────┐   ┌────────────┐
│ background │──▶│ PostgreSQL │
│ worker (RQ)│   └────────────┘
└────────────┘",
    );
    assert_eq!(runnable(&document), ["background worker", "PostgreSQL"]);
}

#[test]
fn layers_of_parts_in_brackets_hold_those_parts() {
    let document = drawn(
        "Architecture",
        "+---------------------------------------------------+
|                     CONSUMERS                     |
|   [ Public map (Leaflet) ]   [ REST API (Axum) ]  |
+---------------------------------------------------+
                         ^
+---------------------------------------------------+
|                      STORAGE                      |
|   [ PostgreSQL: orders ]     [ MinIO ]            |
+---------------------------------------------------+
                         ^
+---------------------------------------------------+
|                     TRANSPORT                     |
|   [ Kafka ]  topics: raw, valid    [ ZooKeeper ]  |
+---------------------------------------------------+",
    );
    let names: BTreeSet<&str> = runnable(&document).into_iter().collect();
    for name in ["REST API", "MinIO", "Kafka", "ZooKeeper"] {
        assert!(names.contains(name), "{name} of {names:?}");
    }
    assert_eq!(part(&document, "ZooKeeper").groups, ["TRANSPORT"]);
}

#[test]
fn a_box_of_double_lines_that_arrows_lead_to_is_no_title() {
    let document = drawn(
        "Architecture",
        "┌────────────┐     ┌─────────────┐
│ ingestion  │     │ correlation │
└─────┬──────┘     └──────┬──────┘
      │                   │
      ▼                   ▼
╔═════════════════════════════════╗
║              Kafka              ║
╚═════════════════════════════════╝",
    );
    let lines = connections(&document);
    assert!(lines.contains(&("ingestion", "Kafka")), "{lines:?}");
    assert!(lines.contains(&("correlation", "Kafka")), "{lines:?}");
}

#[test]
fn a_pipeline_of_servers_draws_what_runs_and_one_of_steps_does_not() {
    let boxes = |names: [&str; 3]| {
        let edge = "+------------+   ".repeat(3);
        let [one, two, three] = names;
        format!("{edge}\n| {one:<10} |-->| {two:<10} |-->| {three:<10} |\n{edge}")
    };
    let title = "Pipeline at a glance";
    let servers = drawn(title, &boxes(["intake-api", "RabbitMQ", "PostgreSQL"]));
    assert_eq!(runnable(&servers), ["intake-api", "RabbitMQ", "PostgreSQL"]);
    let steps = drawn(title, &boxes(["Checkout", "Compile", "Publish"]));
    assert!(runnable(&steps).is_empty());
}

#[test]
fn words_for_services_in_other_languages_make_programs() {
    for name in [
        "音声案内サービス",
        "Serviço de Relatórios",
        "Meldungsdienst",
    ] {
        let text = format!(
            "# A\n\n## Architecture\n\n```mermaid\ngraph TD\n  subgraph app[App]\n    x[{name}]\n  end\n  k[(Kafka)] --> x\n```\n"
        );
        let document = read("words.md", text.as_bytes());
        assert_eq!(part(&document, name).kind, ComponentKind::Service, "{name}");
    }
}

#[test]
fn lists_in_columns_of_a_box_are_read_part_by_part() {
    let document = drawn(
        "Infrastructure",
        "┌──────────────────────────────────────────────────────┐
│               Docker Compose Services                │
├──────────────────────────────────────────────────────┤
│  TRADING                   STORAGE                   │
│  ├─ agent                  ├─ ledger-db (PostgreSQL) │
│  ├─ news-worker            ├─ redis (8-alpine)       │
│  └─ dashboard (FastAPI     └─ minio (S3 store)       │
│     + Vue, :8090)                                    │
│                                                      │
│  PLANNING                                            │
│  └─ temporal-worker                                  │
│     temporal-db (PostgreSQL)                         │
└──────────────────────────────────────────────────────┘",
    );
    assert_eq!(
        runnable(&document),
        [
            "agent",
            "ledger-db",
            "news-worker",
            "redis",
            "dashboard",
            "minio",
            "temporal-worker",
            "temporal-db"
        ]
    );
    assert_eq!(part(&document, "dashboard").ports, [8090]);
    assert_eq!(part(&document, "redis").groups.last().unwrap(), "STORAGE");
    assert_eq!(part(&document, "redis").origin.line, 11);
}

#[test]
fn steps_that_say_where_something_comes_from_are_no_stores() {
    let text = "# A\n\n## Access\n\n```mermaid\ngraph TD\n  a[HTTP request] --> b[Load User from DB]\n  b --> c[(PostgreSQL)]\n```\n";
    let document = read("words.md", text.as_bytes());
    let step = part(&document, "Load User from DB");
    assert_eq!(step.kind, ComponentKind::Activity);
}

#[test]
fn front_and_back_ends_are_written_in_two_words_too() {
    for name in ["FrontEnd", "Front-End", "Back End"] {
        let text = format!(
            "# A\n\n```mermaid\ngraph TD\n  subgraph Data\n    db[(PostgreSQL)]\n  end\n  subgraph Parts\n    x[{name}] --> db\n  end\n```\n"
        );
        let document = read("words.md", text.as_bytes());
        assert!(part(&document, name).runnable, "{name}");
    }
}

#[test]
fn a_frame_around_the_part_of_its_name_is_that_part() {
    let text = "# A\n\n```mermaid\ngraph TD\n  subgraph \"Frontend\"\n    FrontEnd --> api\n  end\n  api --> db[(PostgreSQL)]\n```\n";
    let document = read("words.md", text.as_bytes());
    let part = part(&document, "FrontEnd");
    assert_eq!((part.kind, part.origin.line), (ComponentKind::Service, 6));
}

#[test]
fn names_of_programs_and_services_stand_on_two_lines() {
    let document = drawn(
        "Architecture",
        "┌─────────┐   ┌─────────┐   ┌───────────┐
│ Servico │──▶│ Postgre │   │ Rabbit    │
│ Livros  │   │ SQL     │   │ consumers │
└─────────┘   └─────────┘   └───────────┘",
    );
    let found: BTreeSet<&str> = runnable(&document).into_iter().collect();
    assert!(found.contains("Servico Livros"), "{found:?}");
    assert!(found.contains("PostgreSQL"), "{found:?}");
}
