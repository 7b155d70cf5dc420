//! What is left over on both sides: which drawn parts none of the services that are left can be.

use crate::support::{API_AND_DATABASE, mermaid, said};

/// A search engine with what shows it, and a store with what prepares it.
const SEARCH: &str = "services:
  api: {build: ./api}
  worker: {build: ./worker}
  opensearch: {image: 'opensearchproject/opensearch:2'}
  opensearch-dashboards: {image: 'opensearchproject/opensearch-dashboards:2'}
  minio: {image: minio/minio}
  minio-init: {image: minio/mc}
";

const DRAWN: &str = "graph TD
    A[API] --> O[(OpenSearch)]
    D[OpenSearch Dashboards] --> O
    A --> W[Worker] --> M[(MinIO)]";

#[test]
fn a_program_is_missed_whatever_else_is_named_after_it() {
    assert_eq!(said(SEARCH, &mermaid(DRAWN)), ["DK101 minio-init"]);
    let without = |service: &str| {
        let lines = SEARCH.lines().filter(|line| !line.starts_with(service));
        lines.collect::<Vec<_>>().join("\n")
    };
    assert_eq!(
        said(&without("  opensearch:"), &mermaid(DRAWN)),
        ["DK101 minio-init", "DK102 OpenSearch"]
    );
    assert_eq!(said(&without("  minio:"), &mermaid(DRAWN)), ["DK102 MinIO"]);
}

#[test]
fn a_service_is_missed_although_its_database_is_there() {
    let compose = "services:
  gateway: {build: ./gateway}
  orders: {build: ./orders}
  billing-service-db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    G[gateway] --> O[orders]
    O --> B[billing-service]
    B --> D[(billing-service-db)]",
    );
    assert_eq!(said(compose, &document), ["DK102 billing-service"]);
}

#[test]
fn pages_are_asked_about_while_something_is_left_that_may_serve_them() {
    let document = mermaid(
        "graph TD
    F[React Frontend] --> A[API] --> D[(PostgreSQL)]",
    );
    assert_eq!(said(API_AND_DATABASE, &document), ["DK102 React Frontend"]);
    let with = format!("{API_AND_DATABASE}  nginx: {{build: ./nginx}}\n");
    let document = mermaid(
        "graph TD
    N[nginx] --> F[React Frontend] --> A[API] --> D[(PostgreSQL)]",
    );
    assert_eq!(said(&with, &document), ["DK103 React Frontend"]);
}

#[test]
fn a_part_for_what_a_plain_key_says_is_asked_about() {
    let compose = "services:
  postgres: {image: 'postgres:17'}
  backend: {build: ./backend}
  frontend: {build: ./frontend}
";
    let document = mermaid(
        "graph TD
    B[Browser] --> U[UI Service<br/>React SPA]
    B --> A[Booking API Service<br/>Node.js]
    A --> P[(PostgreSQL)]
    A --> N[Notification Service]
    A --> M[Metering Service]",
    );
    let found = said(compose, &document);
    assert!(
        found.contains(&"DK102 Notification Service".to_owned()),
        "{found:#?}"
    );
    assert!(
        !found.contains(&"DK102 Booking API Service".to_owned()),
        "{found:#?}"
    );
}

#[test]
fn one_small_word_among_others_that_are_services_is_missed() {
    let compose = "services:
  search: {build: ./search}
  geo: {build: ./geo}
  rate: {build: ./rate}
  profile: {build: ./profile}
  extra: {build: ./extra}
  other: {build: ./other}
";
    let document = |name: &str| {
        format!(
            "# Inn

## Architecture

```
┌────────┐ ┌────────┐ ┌────────┐ ┌─────────┐ ┌────────┐
│ search │ │  geo   │ │  rate  │ │ profile │ │ {name} │
└────────┘ └────────┘ └────────┘ └─────────┘ └────────┘
```
"
        )
    };
    assert_eq!(
        said(compose, &document("review")),
        ["DK101 extra", "DK101 other", "DK102 review"]
    );
}

#[test]
fn servers_of_a_library_are_parts_of_a_program() {
    let compose = "services:
  backend: {build: ./backend}
  worker: {build: ./worker}
  redis: {image: 'redis:8'}
";
    let document = mermaid(
        "graph TD
    subgraph node [Node processes]
      H[Express HTTP] --- S[Socket.IO server]
    end
    W[Worker] --> R[(Redis)]
    S --> R",
    );
    assert!(!said(compose, &document).contains(&"DK102 Socket.IO server".to_owned()));
}

/// A gateway, services that are called by their keys, and one more.
const CALLED: &str = "services:
  gateway: {build: ./gateway}
  donors: {build: ./donors}
  stock: {build: ./stock}
  orders: {build: ./orders}
  config-server: {build: ./config}
";

#[test]
fn a_part_is_missed_beside_services_that_are_called_by_their_keys() {
    let document = mermaid(
        "graph TD
    G[Gateway] --> D[Donors]
    G --> S[Stock]
    G --> O[Orders]
    G --> L[Laboratory<br/>Spring]",
    );
    assert_eq!(
        said(CALLED, &document),
        ["DK101 config-server", "DK102 Laboratory"]
    );
}

#[test]
fn keys_that_are_none_mean_no_other_service() {
    let compose = "services:
  kafka-broker-1: {image: 'apache/kafka:4.0.0'}
  kafka-producer: {image: 'apache/kafka:4.0.0', command: produce}
  review-service: {build: ./review}
  media-service: {build: ./media}
";
    let document = mermaid(
        "graph TD
    P[kafka-producer] --> B[kafka-broker-1]
    U[kafka-ui] --> B
    B --> R[review-service]
    B --> M[media-service]",
    );
    assert_eq!(said(compose, &document), ["DK102 kafka-ui"]);
}

#[test]
fn a_service_is_not_the_store_that_it_uses() {
    let compose = "services:
  gateway: {build: ./gateway}
  orders-service: {build: ./orders}
  redis: {image: 'redis:8'}
";
    let document = mermaid(
        "graph TD
    G[Gateway] --> O[Orders Service]
    G --> C[Cart Service<br/>Redis]
    O --> R[(Redis)]",
    );
    assert_eq!(said(compose, &document), ["DK102 Cart Service"]);
}

#[test]
fn one_place_in_a_cluster_is_no_other() {
    let compose = "services:
  generator: {build: ./generator}
  spark-worker-1: {image: 'apache/spark:4.0.0'}
  spark-worker-2: {image: 'apache/spark:4.0.0'}
";
    let document = mermaid(
        "graph TD
    D[Generator] --> M[Spark Master]
    M --> A[Spark Worker 1]
    M --> B[Spark Worker 2]",
    );
    assert_eq!(said(compose, &document), ["DK102 Spark Master"]);
}

#[test]
fn numbered_parts_are_missed_where_the_others_are_services() {
    let compose = "services:
  gateway: {build: ./gateway}
  landscape-svc: {build: ./landscape}
  maturity-svc: {build: ./maturity}
  funding-svc: {build: ./funding}
";
    let document = mermaid(
        "graph TD
    G[Gateway] --> A[UC1 Landscape]
    G --> B[UC2 Maturity]
    G --> C[UC3 Funding]
    G --> D[UC4 Patents]",
    );
    assert_eq!(said(compose, &document), ["DK102 UC4 Patents"]);
}

#[test]
fn programs_are_missed_where_a_drawing_says_what_they_are_written_with() {
    let compose = "services:
  gateway: {build: ./gateway}
  cases: {build: ./cases}
  rabbitmq: {image: 'rabbitmq:4'}
  postgres: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    G[Gateway<br/>Go] --> C[Cases<br/>Go] --> P[(PostgreSQL)]
    C --> Q[RabbitMQ]
    Q --> T[Text Worker<br/>Python]
    Q --> I[Image Worker<br/>Python]
    Q --> A[Audio Worker<br/>Python]",
    );
    assert_eq!(
        said(compose, &document),
        [
            "DK102 Text Worker",
            "DK102 Image Worker",
            "DK102 Audio Worker"
        ]
    );
}

#[test]
fn a_frame_around_the_parts_of_a_program_is_the_program() {
    let compose = "services:
  grafana: {image: 'grafana/grafana:12.0.0'}
  querier: {build: ./querier}
";
    let document = mermaid(
        "graph LR
    G[Grafana] --> Q[querier]
    subgraph Minio [Minio Storage]
      Chunks
      Indexes
    end
    Q --> Chunks & Indexes",
    );
    assert_eq!(said(compose, &document), ["DK102 Minio Storage"]);
}

#[test]
fn the_one_program_is_asked_about_where_a_text_names_its_framework() {
    let compose = "services:
  nginx: {build: ./nginx}
  frontend: {build: ./frontend}
  backend: {build: ./backend}
";
    let document = "# Lung

## Architecture

```
Browser
   │ HTTPS
   ▼
┌───────────────────────────┐
│  VM (Compute Engine)      │
│  nginx → React + Django   │
└───────────┬───────────────┘
            ▼
          GCS (models)
```
";
    assert_eq!(said(compose, document), ["DK103 frontend", "DK103 backend"]);
}

#[test]
fn brokers_are_missed_where_none_runs() {
    let compose = "services:
  storage: {build: ./storage}
  analysis: {build: ./analysis}
  timescaledb: {image: 'timescale/timescaledb:2'}
";
    let drawn = |broker: &str| {
        mermaid(&format!(
            "graph TD
    S[Storage] --> T[(TimescaleDB)]
    A[Analysis] --> B[({broker})]
    S --> B"
        ))
    };
    for broker in ["Kafka Event Bus", "Message Broker"] {
        assert_eq!(said(compose, &drawn(broker)), [format!("DK102 {broker}")]);
    }
}

#[test]
fn the_one_drawing_of_the_architecture_is_about_what_runs() {
    let compose = "services:
  price-tracker: {build: .}
  timescaledb: {image: 'timescale/timescaledb:2'}
  node-red: {image: 'nodered/node-red:4'}
  importer: {build: ./importer}
";
    let document = mermaid(
        "graph TD
    A[API Gateway] --> S[Storage Service]
    A --> T[Trading Service]
    S --> D[(TimescaleDB)]
    T --> R[(Redis Cache)]",
    );
    let found = said(compose, &document);
    for name in ["Storage Service", "Trading Service", "Redis Cache"] {
        assert!(found.contains(&format!("DK102 {name}")), "{found:#?}");
    }
}
