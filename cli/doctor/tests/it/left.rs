//! What is left over on both sides: which drawn parts none of the services that are left can be.

use crate::support::{API_AND_DATABASE, mermaid, said};

const NOTHING: [&str; 0] = [];

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
fn a_program_is_the_service_whose_command_runs_it() {
    let compose = "services:
  web: {build: ., command: bin/rails server}
  jobs: {build: ., command: bundle exec sidekiq -C config/sidekiq.yml}
  redis: {image: 'redis:8'}
";
    let document = mermaid(
        "graph TD
    P[puma<br/>rails] --> R[(redis)]
    S[sidekiq] --> R",
    );
    assert_eq!(said(compose, &document), NOTHING);
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

#[test]
fn several_of_one_program_are_all_that_are_numbered() {
    let compose = "services:
  api: {build: ./api}
  nodeodm-1: {image: opendronemap/nodeodm}
  nodeodm-2: {image: opendronemap/nodeodm}
";
    let document = mermaid("graph TD\n    A[API] --> N[NodeODM  x 2]");
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn queues_in_a_frame_of_queues_are_no_databases() {
    let compose = "services:
  worker: {build: ./worker}
  results_consumer: {build: ./consumer}
  rabbitmq: {image: 'rabbitmq:4'}
";
    let document = mermaid(
        "graph TD
    R[Broker<br/>RabbitMQ:5672] --> Q1
    subgraph Colas [Colas AMQP]
      Q1[(ticket_requests)]
      Q2[(ticket_results)]
    end
    Q1 --> W[Worker] --> Q2 --> C[Results Consumer]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}
