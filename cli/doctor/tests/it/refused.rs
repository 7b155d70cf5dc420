//! Services that a drawn part resembles, and that it does not mean.

use crate::support::{Platform, SHOP, drawn, mermaid, said, said_of};

const NOTHING: [&str; 0] = [];

fn shop(more: &str) -> String {
    format!("{SHOP}{more}")
}

#[test]
fn what_works_with_a_program_does_not_run_it() {
    let with = [
        ("  kafka-producer: {build: ./kafka-producer}\n", "Kafka"),
        ("  mongo-express: {image: 'mongo-express:1'}\n", "MongoDB"),
        ("  create-minio-buckets: {image: minio/mc}\n", "MinIO"),
        ("  redis-certs: {image: 'alpine:3'}\n", "Redis"),
        ("  clickhouse-collector: {build: .}\n", "ClickHouse"),
    ];
    for (service, name) in with {
        let told = said(&shop(service), &drawn(&format!("O --> X[({name})]")));
        assert!(told.contains(&format!("DK102 {name}")), "{told:?}");
    }
}

#[test]
fn a_store_of_another_program_is_not_that_of_ones_own() {
    let compose = "services:
  kong: {image: 'kong:3'}
  kong-db: {image: 'postgres:17'}
  orders: {build: ./orders, environment: {DB_HOST: postgres}}
  users: {build: ./users, environment: {DB_HOST: postgres}}
";
    let of_orders = mermaid(
        "graph TD
    K[Kong] --> O[Orders] --> D[(PostgreSQL)]
    K --> U[Users] --> D",
    );
    let told = said(compose, &of_orders);
    assert!(told.contains(&"DK102 PostgreSQL".to_owned()), "{told:?}");
    let of_kong = mermaid(
        "graph TD
    K[Kong] --> O[Orders]
    K --> U[Users]
    K --> D[(PostgreSQL)]",
    );
    assert_eq!(said(compose, &of_kong), NOTHING);
}

#[test]
fn the_addresses_that_a_server_uses_are_not_its_name() {
    let compose = "services:
  postgres: {image: 'postgres:17'}
  redis: {image: 'redis:8'}
";
    let document = "# A

## Architecture

```
┌──────────────────┐  ┌────────────┐  ┌─────────┐
│  Node.js Server  │  │ PostgreSQL │  │  Redis  │
│  Port 5001       │  │ Port 5432  │  │  6379   │
│  - postgres:5432 │  └────────────┘  └─────────┘
│  - redis:6379    │
└──────────────────┘
```
";
    let told = said(compose, document);
    assert!(told.iter().any(|it| it.contains("Node.js")), "{told:?}");
}

#[test]
fn words_that_are_cut_mean_the_service_whose_key_goes_on() {
    let with = |key: &str| shop(&format!("  {key}: {{build: ./{key}}}\n"));
    for (key, name) in [
        ("telemetry-dashboard-ui", "telemetry-dash-ui"),
        ("powiadomienia", "powiadom."),
        ("stoerung", "Störungserkennung"),
    ] {
        let told = said(&with(key), &drawn(&format!("O --> X[\"{name}\"]")));
        assert!(!told.iter().any(|it| !it.starts_with("DK103")), "{told:?}");
    }
}

#[test]
fn instances_that_are_numbered_are_drawn_by_their_name() {
    let compose = shop("  stock1: {build: ./stock}\n  stock2: {build: ./stock}\n");
    assert_eq!(
        said(&compose, &drawn("O --> S[Stock<br/>2 instances]")),
        NOTHING
    );
}

#[test]
fn the_only_pages_are_drawn_as_the_only_pages() {
    let compose = shop("  web.spa: {build: ./spa}\n");
    assert_eq!(said(&compose, &drawn("B[Banking SPA] --> G")), NOTHING);
}

#[test]
fn a_folder_above_the_project_says_nothing_of_what_is_built_from_it() {
    let compose = "services:
  api: {build: {context: .., dockerfile: deploy/Dockerfile}}
  worker: {build: {context: .., dockerfile: deploy/Dockerfile}}
  db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    A[API] --> D[(PostgreSQL)]
    W[Worker] --> D
    W --> K[Kafka]",
    );
    let platform = Platform::of(compose, &document);
    for name in ["docker-compose.yml", "ARCHITECTURE.md"] {
        platform.write(&format!("kafka-demo/deploy/{name}"), &platform.read(name));
    }
    let report = platform.doctor_in("kafka-demo/deploy");
    let mut findings = report.findings.iter();
    assert!(findings.any(|it| it.rule.id == "DK102" && it.subject == "Kafka"));
}

#[test]
fn layers_and_ports_are_no_services() {
    for node in [
        "Application Services / Validation",
        "Port 8000",
        "Static File Service",
    ] {
        assert_eq!(said_of(node, ""), NOTHING, "{node}");
    }
}

#[test]
fn a_task_for_a_program_does_not_run_it() {
    let with = [
        ("  ollama-pull: {image: 'ollama/ollama:1'}\n", "Ollama"),
        ("  n8n-bootstrap: {image: 'n8nio/n8n:1'}\n", "n8n"),
    ];
    for (service, name) in with {
        let told = said(&shop(service), &drawn(&format!("O --> X[{name}]")));
        assert!(told.contains(&format!("DK102 {name}")), "{told:?}");
    }
}

#[test]
fn a_database_for_nobody_who_has_one_is_no_other_owners() {
    let compose = "services:
  orders: {build: ./orders}
  users: {build: ./users}
  orders-db: {image: 'postgres:17'}
  stock-db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    O[Orders] --> OD[(Orders Database)]
    O --> SD[(Stock Database)]
    U[Users] --> UD[(User Database)]",
    );
    assert_eq!(said(compose, &document), ["DK102 User Database"]);
}

#[test]
fn a_service_is_no_page_that_is_left_over() {
    let compose = shop("  frontend: {build: ./frontend}\n");
    assert_eq!(
        said(&compose, &drawn("G --> P[Payment Service] --> D")),
        ["DK101 frontend", "DK102 Payment Service"]
    );
}

#[test]
fn a_program_with_a_framework_in_its_name_is_no_other_program() {
    let compose = shop("  mongodb: {image: 'mongo:8'}\n");
    assert_eq!(
        said(&compose, &drawn("O --> M[(MongoDB)] --> E[Mongo Express]")),
        ["DK102 Mongo Express"]
    );
}

#[test]
fn a_library_of_every_service_is_asked_about_and_its_collector_is_told() {
    let observed = |part: &str| said(SHOP, &drawn(&format!("O --> T[{part}]")));
    assert_eq!(observed("OpenTelemetry"), ["DK103 OpenTelemetry"]);
    assert_eq!(observed("OTel Collector"), ["DK102 OTel Collector"]);
}

#[test]
fn several_programs_in_one_box_are_all_that_run() {
    let compose = shop(
        "  prometheus: {image: 'prom/prometheus:v3'}
  grafana: {image: 'grafana/grafana:12'}
  loki: {image: 'grafana/loki:3'}
",
    );
    assert_eq!(
        said(&compose, &drawn("O --> T[Prom / Grafana / Loki]")),
        NOTHING
    );
}

#[test]
fn zones_and_services_together_are_no_service() {
    for name in ["Frontend Zone", "Servicios MAESTROS"] {
        let told = said(SHOP, &drawn(&format!("O --> Z[{name}]")));
        assert!(!told.contains(&format!("DK102 {name}")), "{told:?}");
    }
}
