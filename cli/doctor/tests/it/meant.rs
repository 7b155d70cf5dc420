//! Names that mean a service under none of its own: what it runs, what stands behind its key.

use crate::support::{mermaid, said};

const NOTHING: [&str; 0] = [];

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

#[test]
fn microservices_that_are_drawn_as_one_are_all_that_are_left() {
    let compose = "services:
  gateway: {build: ./gateway}
  frontend: {build: ./frontend}
  user-service: {build: ./user}
  order-service: {build: ./order}
  prometheus: {image: 'prom/prometheus:v3.0.0'}
";
    let document = mermaid(
        "graph LR
    F[Frontend] --> G[Gateway] --> M[\"Microservices (x2)\"]",
    );
    assert_eq!(said(compose, &document), ["DK101 prometheus"]);
}

#[test]
fn a_sentence_tells_which_program_a_service_runs() {
    let compose = "services:
  frontend: {build: ./frontend}
  backend: {build: ./backend}
  db: {image: 'postgres:17'}
";
    let document = format!(
        "{}\nCompose starts `frontend`(Nginx) / `backend` (FastAPI) / `db`.\n",
        mermaid("graph LR\n    N[Nginx] --> A[FastAPI] --> D[(PostgreSQL)]")
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn the_store_of_a_program_is_not_the_program() {
    let compose = "services:
  airflow-webserver: {image: 'apache/airflow:3.0.0'}
  airflow-scheduler: {image: 'apache/airflow:3.0.0'}
  airflow-db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph LR
    W[Airflow Webserver] --> D[(Airflow metadata DB)]
    S[Airflow Scheduler] --> D",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn german_names_are_joined_by_a_letter() {
    let compose = "services:
  uebermittlung: {build: ./uebermittlung}
  rechnung: {build: ./rechnung}
";
    let document = mermaid(
        "graph LR
    R[Rechnungs-Service] --> U[Übermittlungs-Service]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn what_has_happened_is_no_service() {
    let compose = "services:
  orders: {build: ./orders}
  mail: {build: ./mail}
";
    let document = mermaid("graph TD\n    O[Orders] --> E[order_created] --> M[Mail]");
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn a_box_of_microservices_that_lists_them_means_those() {
    let compose = "services:
  web: {image: 'nginx:1.27'}
  ticketing-service: {build: ./ticketing}
  passenger-service: {build: ./passenger}
  gps-service: {build: ./gps}
  metrics-mock: {build: ./mock}
  mysql: {image: 'mysql:9'}
";
    let document = "# A

## Architecture

```
┌───────┐     ┌───────────────────────────────┐     ┌─────────┐
│ Nginx │────▶│  Microservices (Node.js)      │────▶│  MySQL  │
└───────┘     │  Ticketing │ Passenger │ GPS  │     └─────────┘
              └───────────────────────────────┘
```
";
    assert_eq!(said(compose, document), ["DK101 metrics-mock"]);
}

#[test]
fn a_worker_that_only_the_end_of_a_key_tells_is_asked_about() {
    let compose = "services:
  trowel: {build: .}
  rqworker: {build: ., command: python manage.py rqworker}
  valkey: {image: 'valkey/valkey:8'}
";
    let document = mermaid(
        "graph TD
    T[Trowel] --> V[(Valkey)]
    B[background worker (RQ)] --> V",
    );
    assert_eq!(said(compose, &document), ["DK103 background worker"]);
}

#[test]
fn short_words_of_keys_are_the_long_ones_of_drawings() {
    let compose = "services:
  auth_service: {build: ./auth}
  config_server: {build: ./config}
  mlflow: {image: 'ghcr.io/mlflow/mlflow:v2.20.0'}
";
    let document = mermaid(
        "graph TD
    subgraph layer[Auth Layer]
    A[Authentication Service<br/>Django]
    end
    A --> C[Configuration Server]
    A --> M[Model Registry<br/>MLflow · versioned]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn words_without_vowels_are_written_short_and_are_no_other_names() {
    let compose = "services:
  gateway: {build: ./gateway}
  menu-service: {build: ./menu}
  orders-service: {build: ./orders}
  bookings-service: {build: ./bookings}
";
    let document = mermaid(
        "graph TD
    gateway --> menu-service
    gateway --> orders-svc
    gateway --> bookings-service",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn what_another_part_has_below_its_name_is_this_part() {
    let compose = "services:
  webui: {image: 'open-webui:1'}
  vision-ai: {image: 'acme/vision:1'}
  db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    C[AI Chat] --> W[\"WebUI<br/>(AI Chat)\"] --> D[(PostgreSQL)]",
    );
    assert_eq!(said(compose, &document), ["DK101 vision-ai"]);
}

#[test]
fn an_application_is_the_only_one_that_there_is() {
    let compose = "services:
  dummy-generator: {build: .}
  tempo: {image: 'grafana/tempo:2'}
  prometheus: {image: 'prom/prometheus:3'}
";
    let document = "# A\n\n## Data flow\n\n```\nTraces:\nApplication → Tempo (4317)\n\nMetrics:\nApplication → Prometheus (9090)\n```\n";
    assert_eq!(said(compose, document), NOTHING);
    let several = format!("{compose}  reports: {{build: ./reports}}\n");
    assert_eq!(
        said(&several, document),
        ["DK101 dummy-generator", "DK101 reports"]
    );
}

#[test]
fn what_a_store_is_for_is_drawn_behind_it() {
    let compose = "services:
  worker: {build: .}
  redis: {image: 'redis:8'}
  db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    W[Worker] --> Q[\"Redis<br/>Task Distribution\"] --> C[\"Cache<br/>Memory\"]
    W --> D[(PostgreSQL)]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn one_word_in_the_plural_is_all_programs_that_have_it() {
    let compose = "services:
  app-producer-north: {build: ./producer, environment: {SIDE: north}}
  app-producer-south: {build: ./producer, environment: {SIDE: south}}
  kafka: {image: 'apache/kafka:4'}
  db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    P[Producers] --> K[Kafka] --> D[(PostgreSQL)]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn the_program_beside_its_store_in_the_frame_of_a_service_is_that_service() {
    let compose = "services:
  orders: {build: ./orders}
  catalog: {build: ./catalog}
  mongo: {image: 'mongo:8'}
  postgres: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    subgraph O[\"OrdersService :8083\"]
      OA[\"Orders API + Processor\"] --> OD[(\"PostgreSQL\")]
    end
    subgraph C[\"CatalogService :8081\"]
      CA[\"Products API\"] --> CD[(\"MongoDB\")]
    end
    OA --> CA",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn short_words_of_keys_and_stores_of_objects_are_known() {
    let compose = "services:
  be: {build: ./backend}
  fe: {build: ./frontend}
  story_db: {image: 'mongo:8'}
  user_db: {image: 'mongo:8'}
  minio: {image: 'minio/minio:1'}
";
    let document = mermaid(
        "graph TD
    F[Frontend] --> B[Backend API] --> S[(Story DB)]
    B --> U[(User DB)]
    B --> O[(Object DB)]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn keys_with_a_glued_kind_plurals_and_gateways_at_the_edge_are_meant() {
    let compose = "services:
  gateway: {build: ./gateway}
  usersvc: {build: ./users}
  trips: {build: ./trips}
  transcoder: {build: ./transcoder}
  library: {build: ./library}
";
    let document = mermaid(
        "graph TD
    E[Edge gateway] --> users
    E --> trips
    trips --> transcoders
    E --> library",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn a_program_under_another_name_may_be_the_one_that_is_left() {
    let compose = "services:
  app: {build: .}
  db: {image: 'postgres:17'}
  mail: {image: 'mailhog/mailhog:1'}
";
    let document = mermaid(
        "graph TD
    subgraph Sistema
      A[\"API Oficina<br/>Spring Boot\"] --> D[(PostgreSQL)]
      A --> M[MailHog]
    end",
    );
    assert!(
        !said(compose, &document).contains(&"DK102 API Oficina".to_owned()),
        "{:?}",
        said(compose, &document)
    );
}
