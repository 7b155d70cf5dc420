//! Drawn names that share few words with the keys of services: which of them mean a service, which
//! are asked about, and which mean none.

use crate::support::{mermaid, said};

const NOTHING: [&str; 0] = [];

#[test]
fn a_name_with_all_words_of_a_key_means_its_service() {
    let compose = "services:
  producer: {build: ./producer}
  broker: {image: 'apache/kafka:4.0.0'}
  stream-processor: {build: ./streams}
";
    let document = mermaid(
        "graph LR
    P[Data Producer] --> K[Kafka] --> S[Flow Stream Processor]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn one_telling_word_that_only_one_name_and_one_service_share_is_asked_about() {
    let compose = "services:
  api: {build: ./api}
  db: {image: 'postgres:17'}
  invoice-renderer: {build: ./renderer}
";
    let document = mermaid(
        "graph LR
    A[API] --> D[(PostgreSQL)]
    A --> I[Invoice PDF Service]",
    );
    assert_eq!(said(compose, &document), ["DK103 Invoice PDF Service"]);
}

#[test]
fn numbered_processes_of_one_service_are_that_service() {
    let compose = "services:
  worker: {build: ./worker, deploy: {replicas: 3}}
  queue: {image: 'redis:8'}
  api: {build: ./api}
";
    let document = mermaid(
        "graph TD
    A[API] --> Q[(Redis)]
    Q --> W1[Worker Process 1]
    Q --> W2[Worker Process 2]
    Q --> W3[Worker Process 3]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn what_runs_in_a_cluster_elsewhere_is_not_asked_for() {
    let compose = "services:
  api: {build: ./api}
  db: {image: 'postgres:17'}
";
    for cluster in ["RKE2 Cluster", "GKE Cluster", "Amazon EKS"] {
        let document = mermaid(&format!(
            "graph TD
    A[API] --> D[(PostgreSQL)]
    subgraph cluster[\"{cluster}\"]
      I[Ingress Gateway] --> P[Payments Service]
    end"
        ));
        assert_eq!(said(compose, &document), NOTHING, "{cluster}");
    }
}

#[test]
fn an_architecture_of_other_things_leaves_every_service_undocumented() {
    let compose = "services:
  shop: {build: ./shop}
  mysql: {image: 'mysql:8.4'}
";
    let document = mermaid(
        "graph TD
    G[API Gateway] --> L[Ledger Service]
    L --> M[(MongoDB)]
    L --> K[(Kafka)]",
    );
    assert_eq!(said(compose, &document), ["DK101 shop", "DK101 mysql"]);
}

#[test]
fn messages_and_sentences_and_paths_are_no_services() {
    let compose = "services:
  orders: {build: ./orders}
  stock: {build: ./stock}
  kafka: {image: 'apache/kafka:4.0.0'}
";
    let document = mermaid(
        "graph TD
    O[Orders] -->|produces| T[[order-events]]
    T -->|consumes| S[Stock]
    K((Kafka)) --> T
    O --> H[Stock can be reserved]
    G[GET /api/orders] --> O",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn numbered_instances_are_drawn_as_one() {
    let compose = "services:
  api-gw-1: {build: ./gateway}
  api-gw-2: {build: ./gateway}
  ledger-svc-1: {build: ./ledger}
  ledger-svc-2: {build: ./ledger}
  redis: {image: 'redis:8'}
";
    let document = mermaid(
        "graph TD
    G[API Gateway 2x] --> L[Ledger Service 2x] --> R[(Redis)]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn the_parts_of_one_program_are_no_services() {
    let compose = "services:
  api: {build: .}
  qdrant: {image: 'qdrant/qdrant:v1'}
";
    let document = mermaid(
        "graph LR
    subgraph Backend[FastAPI Agent Server]
      A[FastAPI REST API] --> M[Agent Memory<br/>Qdrant + embeddings]
    end
    M --> Q[Qdrant]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn everything_in_the_frame_of_the_compose_file_claims_to_be_a_service() {
    let compose = "services:
  poller: {build: ./poller}
  postgres: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph LR
    subgraph LAB[Kitchen on Docker Compose]
      P[Poller] --> D[(PostgreSQL)]
      M[Web.Mvc] --> D
      C[cAdvisor/node-exporter] --> D
    end",
    );
    assert_eq!(
        said(compose, &document),
        ["DK102 Web.Mvc", "DK102 cAdvisor/node-exporter"]
    );
}

#[test]
fn boxes_with_ragged_sides_outside_of_a_fence_are_read() {
    let compose = "services:
  nginx: {image: 'nginx:1.28'}
  api: {build: .}
  redis: {image: 'redis:8'}
";
    let document = "# Lab

## Architecture
        ┌────────────────────┐
        │    Frontend UI     │
        └─────────┬──────────┘
                  │ HTTP
                  ▼
        ┌────────────────────┐
        │        NGINX        │
        │ (Reverse Proxy +    │
        │   Load Balancer)    │
        └─────────┬──────────┘
   Routes: /orders
                  │
                  ▼
        ┌────────────────────┐
        │    API             │
        │ keeps it in Redis  │
        └────────────────────┘
";
    assert_eq!(said(compose, document), ["DK103 Frontend UI"]);
}

#[test]
fn what_is_handed_to_an_engine_is_drawn_as_the_engine() {
    let compose = "services:
  broker: {image: 'confluentinc/cp-server:7.4.0'}
  spark-master: {build: ./spark}
  spark_worker: {image: 'bitnami/spark:3.5'}
  cassandra: {image: 'cassandra:5'}
";
    let document = mermaid(
        "graph TD
    K[Kafka] --> S[Spark Streaming Consumer] --> C[(Cassandra)]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn a_key_that_only_calls_services_is_missed_too() {
    let compose = "services:
  app: {build: .}
  db: {image: 'mongo:7'}
  mail: {image: 'axllent/mailpit'}
  ledger: {build: ./ledger}
";
    let document = mermaid(
        "graph TD
    app --> db
    app --> mail
    app --> ledger
    app-for-playwright --> db
    app-for-playwright --> mail
    app-for-playwright --> ledger",
    );
    assert_eq!(said(compose, &document), ["DK102 app-for-playwright"]);
}

#[test]
fn instances_with_ports_of_their_own_mean_the_services_on_these_ports() {
    let compose = "services:
  frontend: {build: ./client, ports: ['3000:3000']}
  frontend-secondary: {build: ./client_2, ports: ['3001:3000']}
  backend: {build: ./backend, ports: ['8081:8081']}
  chat-backend-2: {build: ./backend, ports: ['8084:8081']}
  metrics: {build: ./metrics, ports: ['9999:9999']}
";
    let document = mermaid(
        "graph TD
    C1[Client :3000] --> B1[Backend :8081]
    C2[Client_2 :3001] --> B2[Backend2 :8084]",
    );
    assert_eq!(said(compose, &document), ["DK101 metrics"]);
}

#[test]
fn the_program_in_the_box_of_a_service_is_the_service() {
    let compose = "services:
  backend: {build: .}
  postgres: {image: 'postgres:17'}
  servicebus-emulator: {image: 'mcr.microsoft.com/azure-messaging/servicebus-emulator:1.1'}
";
    let document = mermaid(
        "graph TD
    subgraph backend
      F[FastAPI App] --> P[(PostgreSQL)]
      F --> B[Service Bus]
    end",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn a_system_of_others_may_be_the_service_that_stands_in_for_it() {
    let compose = "services:
  api: {build: ./api}
  db: {image: 'postgres:17'}
  rates-mock: {image: 'wiremock/wiremock:3'}
";
    let document = mermaid(
        "C4Container
  Container(api, \"API\", \"Java\")
  ContainerDb(db, \"Database\", \"PostgreSQL\")
  System_Ext(rates, \"Currency provider mock\", \"Rates\")
  Rel(api, db, \"Reads\")
  Rel(api, rates, \"Asks\")",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn a_command_between_lines_is_no_service() {
    let compose = "services:
  user-service: {build: ./user}
  order-service: {build: ./order}
  redis: {image: 'redis:8'}
  billing-worker: {build: ./billing}
";
    let document = "# Platform

## Architecture

```text
user-service  -- XADD user.created ---+
order-service -- XADD order.created --+--> Redis Streams
                                                |
                                           XREADGROUP
                                                |
                                                v
                                         billing-worker
```
";
    assert_eq!(said(compose, document), NOTHING);
}

#[test]
fn a_store_of_ones_own_that_speaks_s3_is_missed() {
    let compose = "services:
  api: {build: ./api}
  db: {image: 'postgres:17'}
";
    let document = mermaid("graph TD\n  A[API] --> D[(PostgreSQL)]\n  A --> M[MinIO/S3]");
    assert_eq!(said(compose, &document), ["DK102 MinIO/S3"]);
}

#[test]
fn a_key_beside_a_program_that_another_service_runs_names_none() {
    let compose = "services:
  edge: {image: 'caddy:2'}
  shop: {build: ./shop}
  db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    edge[edge Caddy] --> shop --> db[(PostgreSQL)]
    other[edge-internal Caddy] --> shop",
    );
    assert_eq!(said(compose, &document), ["DK102 edge-internal Caddy"]);
}

#[test]
fn a_task_is_known_by_the_words_of_its_key() {
    let compose = "services:
  api: {build: ./api}
  db: {image: 'postgres:17'}
  seed: {build: ./api, profiles: [seed]}
";
    let document = mermaid(
        "graph LR
    S[seed-script] --> A[api] --> D[(PostgreSQL)]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn names_say_in_other_words_what_keys_say() {
    let compose = "services:
  frontend: {build: ./frontend}
  backend: {build: ./backend}
  importer: {build: ./importer}
  trainer: {build: ./trainer}
  drift: {build: ./monitoring}
  payment: {build: ./payment}
  transcoder: {build: ./transcoder}
  transcoder-gpu: {build: ./transcoder}
  cloudflared: {image: 'cloudflare/cloudflared:2025.1.0'}
  litellm: {image: 'ghcr.io/berriai/litellm:v1'}
  db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    T[Cloudflare Tunnel] --> W[Front<br/>Vue 3]
    subgraph BE [Backend]
      A[REST-Backend<br/>Spring Boot]
      I[Importer]
    end
    W --> A --> D[(PostgreSQL)]
    A --> P[Payment worker]
    A --> L[LiteLLM proxy]
    A --> C[Transcoder]
    I --> D
    R[training worker] --> D
    E[Evidently<br/>drift job] --> D",
    );
    let asked: Vec<String> = said(compose, &document)
        .into_iter()
        .filter(|line| !line.starts_with("DK103"))
        .collect();
    assert_eq!(asked, NOTHING);
}

#[test]
fn letters_in_parentheses_are_a_key() {
    let compose = "services:
  kgs: {build: ./kgs}
  app: {build: ./app}
  cassandra: {image: 'cassandra:5'}
";
    let document = mermaid(
        "graph LR
    A[App Server] --> C[(Cassandra)]
    A --> K[\"Key Generation Service (KGS)\"]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn a_service_that_works_on_queues_is_no_broker() {
    let compose = "services:
  app: {build: .}
  queue: {build: ., command: php artisan queue:work}
  db: {image: 'mysql:8.4'}
";
    let document = mermaid(
        "graph LR
    A[API Laravel] --> R[RabbitMQ] --> W[Queue worker] --> D[(MySQL)]",
    );
    assert_eq!(said(compose, &document), ["DK102 RabbitMQ"]);
}

#[test]
fn a_frame_with_a_service_in_its_title_leaves_it_to_a_part() {
    let compose = "services:
  frontend: {build: ./frontend}
  backend: {build: ./backend}
  auth: {build: ./auth}
  auth-db: {image: 'postgres:17'}
  agenda-db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TB
    W[Web UI] --> A[FastAPI backend]
    subgraph core[\"RAG core (backend)\"]
      R[Retriever] --> K[Reranker]
    end
    A --> core
    A --> U[Auth] --> P[(Postgres Auth)]
    A --> G[(Postgres Agenda)]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}
