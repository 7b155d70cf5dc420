//! Names that share little with the keys of services: what is asked about, and what is no service
//! at all.

use crate::support::{Platform, lines, mermaid, said};

const NOTHING: [&str; 0] = [];

const BASE: &str = "services:
  api: {build: ./api}
  db: {image: 'postgres:17'}
";

/// What is said of one more node beside an API and its database, and one more service.
fn said_of(node: &str, service: &str) -> Vec<String> {
    let compose = format!("{BASE}{service}");
    let document = mermaid(&format!(
        "graph TD\n    A[API] --> D[(PostgreSQL)]\n    A --> X[\"{node}\"]"
    ));
    said(&compose, &document)
}

#[test]
fn what_is_left_over_on_both_sides_and_alike_is_asked_about() {
    for (node, service) in [
        (
            "Certificate Generation API",
            "  certgen-api: {build: ./certs}\n",
        ),
        ("OPC-UA Demo Server", "  opcua-server: {build: ./opcua}\n"),
        ("Python AI Workspace", "  ai-service: {build: ./ai}\n"),
        (
            "Next.js / React / TypeScript",
            "  frontend: {build: ./frontend}\n",
        ),
    ] {
        let found = said_of(node, service);
        let asked = found.is_empty() || found == [format!("DK103 {node}")];
        assert!(asked, "{node}: {found:#?}");
    }
}

#[test]
fn two_keys_that_differ_are_two_services() {
    assert_eq!(
        said_of("analytics-service", "  event-service: {build: ./events}\n"),
        ["DK101 event-service", "DK102 analytics-service"]
    );
}

#[test]
fn a_service_and_a_node_that_nothing_joins_are_both_told() {
    assert_eq!(
        said_of("Billing Service", "  thumbnails: {build: ./thumbnails}\n"),
        ["DK101 thumbnails", "DK102 Billing Service"]
    );
}

#[test]
fn names_that_do_not_say_that_they_run_claim_nothing() {
    for node in [
        "Dataset Profiling & Ingestion",
        "signal parser",
        "packages/db",
        "ZONE: Data",
        "order.created",
        "Downstream API",
    ] {
        assert_eq!(said_of(node, ""), NOTHING, "{node}");
    }
    for node in [
        "Dataset Profiling Service",
        "Signal Parser",
        "Drizzle Server",
    ] {
        assert_eq!(said_of(node, ""), [format!("DK102 {node}")]);
    }
}

#[test]
fn numbered_workers_are_parts_where_no_service_is_one_of_workers() {
    let document = mermaid(
        "graph TD
    A[API] --> D[(PostgreSQL)]
    D --> W1[Worker 1] --> R[(Redis)]
    D --> W2[Worker 2] --> R",
    );
    let compose = format!("{BASE}  cache: {{image: 'redis:8'}}\n");
    assert_eq!(said(&compose, &document), NOTHING);
    let with = format!("{compose}  worker: {{build: ./worker}}\n");
    assert_eq!(said(&with, &document), NOTHING);
}

#[test]
fn an_interface_that_is_told_by_its_endpoints_is_its_programs() {
    let document = "# Jobs

## Architecture

```
┌──────────────────────────────────┐
│             REST API             │
│  GET /jobs  POST /jobs           │
└────────────────┬─────────────────┘
                 │
       ┌─────────▼────────┐
       │    Scheduler     │
       └─────────┬────────┘
                 │
       ┌─────────▼────────┐
       │      Redis       │
       └──────────────────┘
```
";
    let compose = "services:
  scheduler: {build: ./scheduler}
  redis: {image: 'redis:8'}
  runner: {build: ./runner}
";
    assert_eq!(said(compose, document), ["DK101 runner"]);
}

#[test]
fn nodes_with_rows_in_a_table_of_ports_are_services() {
    let document = "# Operations

## Architecture

```
┌─────────────────────────────────────────┐
│          API Gateway (FastAPI)          │
│        Auth │ Limits │ Versioning       │
└────────────────────┬────────────────────┘
                     │
     ┌───────────────┼────────────────┐
     │               │                │
┌────▼────┐   ┌──────▼──────┐   ┌─────▼─────┐
│ Intake  │   │ Correlation │   │  Healing  │
│ Service │   │             │   │  Service  │
└─────────┘   └─────────────┘   └───────────┘
```

## Services

| Service | Port | What for |
|---|---|---|
| API Gateway | 8000 | entry |
| Intake | 8001 | logs |
| Correlation | 8002 | merging |
| Healing | 8003 | repairs |
";
    let compose = "services:
  api-gateway: {build: ./gateway}
  postgres: {image: 'postgres:17'}
  qdrant: {image: 'qdrant/qdrant:v1'}
  grafana: {image: 'grafana/grafana:12'}
";
    assert_eq!(
        said(compose, document),
        [
            "DK101 postgres",
            "DK101 qdrant",
            "DK101 grafana",
            "DK102 Intake Service",
            "DK102 Correlation",
            "DK102 Healing Service"
        ]
    );
}

#[test]
fn a_database_is_that_of_the_service_its_name_begins_with() {
    let compose = "services:
  auth-service: {build: ./auth}
  post-service: {build: ./post}
  notify-service: {build: ./notify}
  postgres-auth: {image: 'postgres:17'}
  postgres-post: {image: 'postgres:17'}
  postgres-notify: {image: 'postgres:17'}
";
    let document = "# Feed

## Architecture

```mermaid
graph TD
    A[Auth Service] --> AD[(Auth PostgreSQL)]
    P[Post Service] --> PD[(Post PostgreSQL)]
    N[Notify Service]
```

## Login

```mermaid
sequenceDiagram
    participant A as Auth Service
    participant D as Auth Database
    participant P as Post Service
    A->>D: read
    A->>P: tell
```
";
    assert_eq!(said(compose, document), ["DK101 postgres-notify"]);
}

#[test]
fn a_server_without_a_name_beside_named_ones_is_the_rest() {
    let compose = "services:
  loader: {build: ./loader}
  postgres-source: {image: 'postgres:17'}
  postgres-warehouse: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph LR
    S[(PostgreSQL)] --> L[Loader] --> W[(PostgreSQL Warehouse)]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn signs_for_digits_and_words_behind_colons_are_no_part_of_names() {
    let compose = "services:
  worker: {build: ./worker}
  scheduler: {build: ./scheduler}
  redis: {image: 'redis:8'}
";
    let document = mermaid(
        "graph TD
    R[1️⃣ redis] --> W[\"2️⃣ worker: indexing, notifications\"]
    R --> S[\"3️⃣ scheduler: due tasks\"]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn the_documents_own_system_is_no_service_of_it() {
    let document = |title: &str| {
        let text = mermaid(
            "graph TD
    U[Reader] --> X[Feed Ranking Service]
    X --> A[API] --> D[(PostgreSQL)]",
        );
        text.replacen("# Library", &format!("# {title}"), 1)
    };
    assert_eq!(
        said(BASE, &document("Feed Ranking Service Architecture")),
        NOTHING
    );
    assert_eq!(
        said(BASE, &document("Library")),
        ["DK102 Feed Ranking Service"]
    );
}

#[test]
fn a_short_name_and_a_port_mean_one_service() {
    let compose = "services:
  technology-service: {build: ./technology, ports: ['8081:8081']}
  country-service: {build: ./country, ports: ['8082:8082']}
  postgres: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    T[\"Tech Service<br/>Port: 8081\"] --> P[(PostgreSQL)]
    C[\"Country Service<br/>Port: 8082\"] --> P",
    );
    let platform = Platform::of(compose, &document);
    let found = lines(&platform.doctor());
    assert!(
        !found.iter().any(|line| line.starts_with("DK10")),
        "{found:#?}"
    );
}

#[test]
fn a_server_on_a_line_says_by_which_way_the_ends_reach_each_other() {
    let compose = "services:
  gateway: {build: ./gateway, networks: [front]}
  notifications: {build: ./notifications, networks: [back]}
  rabbitmq: {image: 'rabbitmq:4', networks: [front, back]}
networks: {front: {}, back: {}}
";
    let asked = |label: &str| {
        let document = mermaid(&format!(
            "graph TD\n    G[Gateway] -->|{label}| N[Notifications]\n    G --> R[RabbitMQ]"
        ));
        let platform = Platform::of(compose, &document);
        let found = lines(&platform.doctor());
        found.iter().any(|line| line.starts_with("DK201"))
    };
    assert!(!asked("RabbitMQ"));
    assert!(asked("REST"));
}

#[test]
fn a_class_beside_stores_alone_is_no_service() {
    let compose = "services:
  app: {build: .}
  db: {image: 'postgres:17'}
  kafka: {image: 'apache/kafka:4.0.0'}
";
    let asked = |app: &str| {
        let document = format!(
            "# Games\n\n## Architecture\n\n```mermaid\ngraph TD\n    A[App] --> D[(PostgreSQL)]\n    A --> K[Kafka]\n```\n\n## Outbox\n\n```mermaid\nsequenceDiagram\n    participant S as SessionService\n    participant D as PostgreSQL\n    participant K as Kafka\n{app}    S->>D: insert\n    D->>K: publish\n```\n"
        );
        let platform = Platform::of(compose, &document);
        let found = lines(&platform.doctor());
        found.iter().any(|line| line.starts_with("DK301"))
    };
    assert!(!asked(""));
    assert!(asked("    participant A as App\n    A->>S: close\n"));
}

#[test]
fn tables_below_a_database_are_no_services() {
    let document = mermaid(
        "graph TD
    A[API] --> D[(PostgreSQL)]
    D --> O[order_items]
    D --> E[postgres_exporter]",
    );
    assert_eq!(said(BASE, &document), ["DK102 postgres_exporter"]);
}

#[test]
fn an_item_in_a_box_shows_the_servers_of_its_program() {
    let document = |item: &str| {
        format!(
            "# Farm

## Architecture

```
┌──────────────────┐      ┌──────────────────┐
│  Node 1          │      │  Node 2          │
│  ├ {item:13}  │      │  ├ {item:13}  │
│  └ adapter       │      │  └ adapter       │
└────────┬─────────┘      └────────┬─────────┘
         │                         │
         ▼                         ▼
┌────────────────────────────────────────────┐
│                 Aggregator                 │
└────────────────────────────────────────────┘
```
"
        )
    };
    let compose = "services:
  aggregator: {build: .}
  node-1: {build: ./node}
  node-2: {build: ./node}
  broker-one: {image: 'eclipse-mosquitto:2'}
  broker-two: {image: 'eclipse-mosquitto:2'}
";
    assert_eq!(said(compose, &document("Mosquitto")), NOTHING);
    assert_eq!(
        said(compose, &document("sensors")),
        ["DK101 broker-one", "DK101 broker-two"]
    );
}

#[test]
fn interfaces_of_others_are_only_called_or_only_call() {
    for (node, edge) in [
        ("Expedia API", "A --> X"),
        ("WhatsApp Business API", "A --> X"),
        ("Merchant backend", "X --> A"),
    ] {
        let document = mermaid(&format!(
            "graph TD\n    A[API] --> D[(PostgreSQL)]\n    X[{node}]\n    {edge}"
        ));
        assert_eq!(said(BASE, &document), NOTHING, "{node}");
    }
    let own = mermaid("graph TD\n    A[API] --> D[(PostgreSQL)]\n    A --> X[Reporting API] --> D");
    assert_eq!(said(BASE, &own), ["DK102 Reporting API"]);
}

#[test]
fn one_of_a_row_of_services_is_one_whatever_its_name() {
    let compose = "services:
  payments: {build: ./payments}
  ledger: {build: ./ledger}
  payouts: {build: ./payouts}
  db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    subgraph core[Core]
        P[Payments]
        L[Ledger]
        O[Payouts]
        K[KYC]
    end
    P --> D[(PostgreSQL)]
    L --> D
    O --> L
    P --> K",
    );
    assert_eq!(said(compose, &document), ["DK102 KYC"]);
}

#[test]
fn servers_are_known_by_the_names_their_frameworks_give_them() {
    let compose = "services:
  discovery-server: {build: ./discovery}
  airflow-webserver: {image: 'apache/airflow:3'}
  airflow-scheduler: {image: 'apache/airflow:3'}
  ocelotapigw: {build: ./gateway}
  es: {build: ./es}
";
    let document = mermaid(
        "graph TD
    G[Ocelot API Gateway] --> E[Eureka Server]
    G --> A[Airflow]
    G --> S[Elasticsearch]",
    );
    let found = said(compose, &document);
    let told = found.iter().filter(|line| !line.starts_with("DK103"));
    assert_eq!(told.count(), 0, "{found:#?}");
}

#[test]
fn a_framework_may_be_the_plain_program() {
    for (node, key) in [
        ("Django", "web"),
        ("Laravel 10 application", "php"),
        ("Web application<br/>(Laravel)", "app"),
    ] {
        let compose = format!(
            "services:\n  {key}: {{build: .}}\n  db: {{image: 'postgres:17'}}\n  jobs: {{build: ./jobs}}\n"
        );
        let document = mermaid(&format!(
            "graph TD\n    A[{node}] --> D[(PostgreSQL)]\n    J[Jobs] --> D"
        ));
        let found = said(&compose, &document);
        let told = found.iter().filter(|line| !line.starts_with("DK103"));
        assert_eq!(told.count(), 0, "{node}: {found:#?}");
    }
}

#[test]
fn a_product_of_several_programs_means_all_that_bear_its_name() {
    let compose = format!(
        "{BASE}  dagster-web: {{build: ./dagster}}\n  dagster-daemon: {{build: ./dagster}}\n"
    );
    let document = mermaid("graph TD\n    A[API] --> D[(PostgreSQL)]\n    G[Dagster] --> D");
    assert_eq!(said(&compose, &document), NOTHING);
}

#[test]
fn folders_with_remarks_and_drawings_of_code_show_no_services() {
    let compose = "services:
  api: {build: ./api}
  order: {build: ./order}
  db: {image: 'postgres:17'}
";
    let document = "# Shop

## Services

```
api/                 HTTP → gRPC, limits
services/
  order/             life cycle
  courier/           positions → assignment
```

## Crates

```mermaid
graph TD
    api --> shop-core
    order --> shop-core
    shop-core --> shop-model
```
";
    assert_eq!(said(compose, document), NOTHING);
}

#[test]
fn cells_of_a_box_show_the_servers_of_their_programs() {
    let document = "# Logistics

## Architecture

```
┌──────────────────────────────────────┐
│               Gateway                │
└──────┬────────────────────┬──────────┘
       │                    │
┌──────▼─────┐        ┌─────▼─────┐
│   Orders   │        │  Waybill  │
└──────┬─────┘        └─────┬─────┘
       │                    │
┌──────▼────────────────────▼──────────┐
│   Nacos   │   RocketMQ   │   Redis   │
└──────────────────────────────────────┘
```
";
    let compose = "services:
  gateway: {build: ./gateway}
  orders: {build: ./orders}
  waybill: {build: ./waybill}
  nacos: {image: 'nacos/nacos-server:v2'}
  rmq-namesrv: {image: 'apache/rocketmq:5'}
  rmq-broker: {image: 'apache/rocketmq:5'}
  redis: {image: 'redis:8'}
  xxl-job-admin: {image: 'xuxueli/xxl-job-admin:2'}
";
    assert_eq!(said(compose, document), ["DK101 xxl-job-admin"]);
}

#[test]
fn names_that_end_with_a_key_and_programs_in_memory() {
    assert_eq!(
        said_of("Front desk UI", "  ui: {build: ./ui}\n")
            .iter()
            .filter(|line| !line.starts_with("DK103"))
            .count(),
        0
    );
    assert_eq!(said_of("H2 in memory", ""), NOTHING);
    assert_eq!(said_of("GeoIP DB file", ""), NOTHING);
}

#[test]
fn servers_that_are_built_here_are_what_is_drawn_of_their_kind() {
    let compose = "services:
  account: {build: ./account}
  order: {build: ./order}
  account_db: {build: {context: ./account, dockerfile: db.dockerfile}}
  order_db: {build: {context: ./order, dockerfile: db.dockerfile}}
";
    let document = mermaid(
        "graph TD
    A[Account Service] --> P[(PostgreSQL)]
    O[Order Service] --> P",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn a_program_before_a_key_names_the_service_that_runs_it() {
    let compose = "services:
  webserver: {image: 'apache/airflow:2'}
  scheduler: {image: 'apache/airflow:2'}
  postgres: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    W[Airflow Webserver] --> P[(PostgreSQL)]
    S[Airflow Scheduler] --> P",
    );
    assert_eq!(said(compose, &document), NOTHING);
}
