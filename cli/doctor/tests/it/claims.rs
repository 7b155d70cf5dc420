//! Drawn parts that no service matches: which claim to be one, and which are something else.

use crate::support::{API_AND_DATABASE as BASE, Platform, lines, mermaid, said, said_of};

const NOTHING: [&str; 0] = [];

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
fn a_database_of_logs_is_one_where_it_is_drawn_so() {
    let document = mermaid(
        "graph TD
    A[API] --> L[(MongoDB Logs)]
    A --> D[(PostgreSQL)]
    A --> T[order logs]",
    );
    assert_eq!(said(BASE, &document), ["DK102 MongoDB Logs"]);
}

#[test]
fn who_stands_among_services_is_one() {
    let compose = "services:
  auth: {build: ./auth}
  orders: {build: ./orders}
  db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    subgraph cluster[\"Service Cluster\"]
      A[Auth]
      O[Orders]
      U[User]
    end
    A --> D[(PostgreSQL)]
    O --> D
    U --> D",
    );
    assert_eq!(said(compose, &document), ["DK102 User"]);
}

#[test]
fn programs_in_the_cells_of_a_box_are_missed_one_by_one() {
    let compose = "services:
  api: {build: ./api}
  mysql: {image: 'mysql:8.4'}
  nacos: {image: 'nacos/nacos-server:v3'}
";
    let document = |cells: &str| {
        format!(
            "# Shop\n\n## Architecture\n\n```\n┌───────────┐\n│    API    │\n└─────┬─────┘\n┌─────▼────────────────────────────────────────┐\n│ {cells} │\n└──────────────────────────────────────────────┘\n```\n"
        )
    };
    let drawn = document("MySQL 8   │   Redis   │   Nacos 注册中心      ");
    assert_eq!(said(compose, &drawn), ["DK102 Redis"]);
    let drawn = document("Storage:  MySQL  │  Nacos  │  Seata 分布式事务");
    assert_eq!(said(compose, &drawn), ["DK102 Seata 分布式事务"]);
}

#[test]
fn a_key_that_ends_as_the_keys_beside_it_is_a_service() {
    let compose = "services:
  hotel-svc: {build: ./hotel}
  booking-svc: {build: ./booking}
  payment-svc: {build: ./payment}
  db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph LR
    H[hotel-svc] --> D[(PostgreSQL)]
    B[booking-svc] --> D
    P[payment-svc] --> D
    R[review-svc]",
    );
    assert_eq!(said(compose, &document), ["DK102 review-svc"]);
}

#[test]
fn a_program_with_what_it_is_for_in_another_script_is_missed() {
    let document = mermaid(
        "graph LR
    A[API] --> D[(PostgreSQL)]
    subgraph 基础设施
      S[Seata 分布式事务]
    end
    A --> S",
    );
    assert_eq!(said(BASE, &document), ["DK102 Seata 分布式事务"]);
}

#[test]
fn pages_are_asked_about_where_something_built_may_serve_them() {
    let compose = format!("{BASE}  nginx: {{build: ./nginx}}\n");
    for node in ["React UI", "Next.js", "SPA Vue", "Frontend"] {
        let document = mermaid(&format!(
            "graph TD\n    N[nginx] --> A[API] --> D[(PostgreSQL)]\n    A --> X[\"{node}\"]"
        ));
        assert_eq!(said(&compose, &document), [format!("DK103 {node}")]);
        assert_eq!(said_of(node, ""), [format!("DK102 {node}")]);
    }
    for node in ["frontend-shop", "Streamlit UI", "React UI :3000"] {
        let found = said_of(node, "");
        assert!(found[0].starts_with("DK102"), "{node}: {found:#?}");
    }
}

#[test]
fn items_of_lists_in_boxes_are_missed_where_their_like_are_services() {
    let document = "# Shop

## Architecture

```
┌───────────────────────────┐
│   API GATEWAY (Port 80)   │
│  ┌─────────────────────┐  │
│  │  • Routing          │  │
│  │  • Rate limits      │  │
│  └─────────────────────┘  │
└─────────────┬─────────────┘
              ▼
┌───────────────────────────┐
│       ORDER DOMAIN        │
├───────────────────────────┤
│ • cart-svc (8006)         │
│ • order-svc (8007)        │
│ • retries                 │
└───────────────────────────┘
```
";
    let compose = "services:
  gateway: {image: 'nginx:1', ports: ['80:80']}
  order-service: {build: ./order}
  cart-service: {build: ./cart}
";
    assert_eq!(said(compose, document), NOTHING);
    let without = compose.replace("  cart-service: {build: ./cart}\n", "");
    assert_eq!(said(&without, document), ["DK102 cart-svc"]);
}

#[test]
fn what_a_volume_a_server_writes_to_is_said_of_it() {
    let document = "# Shop

## Architecture

```
┌───────────────────────┐     ┌───────────────────────┐
│          API          │────▶│      postgres:16      │
│                       │     │ Volume: postgres_data │
└───────────────────────┘     └───────────────────────┘
            │
            ▼
┌───────────────────────┐
│         Redis         │
└───────────────────────┘
```
";
    let compose = "services:
  api: {build: ./api}
  redis: {image: 'redis:8'}
";
    assert_eq!(said(compose, document), ["DK102 postgres:16"]);
}

#[test]
fn programs_for_people_and_devices_are_not_these() {
    for node in ["IoT Simulator", "Device Gateway", "Player Backend"] {
        assert_eq!(said_of(node, ""), [format!("DK102 {node}")]);
    }
}
