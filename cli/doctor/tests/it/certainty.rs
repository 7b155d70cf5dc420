//! Which drawn parts are missed for certain, which services are, and which are asked about.

use crate::support::{API_AND_DATABASE as BASE, Platform, mermaid, said};

const NOTHING: [&str; 0] = [];

/// Five programs of one's own, and the stores that they use.
const LARGE: &str = "services:
  gateway: {build: ./gateway}
  orders: {build: ./orders}
  users: {build: ./users}
  stock: {build: ./stock}
  db: {image: 'postgres:17'}
  cache: {image: 'redis:8'}
";

/// A drawing of all of them, with one more line.
fn drawn(line: &str) -> String {
    mermaid(&format!(
        "graph TD
    G[Gateway] --> O[Orders] --> D[(PostgreSQL)]
    G --> U[Users] --> D
    G --> S[Stock] --> R[(Redis)]
    {line}"
    ))
}

#[test]
fn well_known_programs_that_no_service_has_to_do_with_are_missed() {
    assert_eq!(
        said(LARGE, &drawn("O --> E[Elasticsearch]")),
        ["DK102 Elasticsearch"]
    );
    let with = format!("{LARGE}  exporter: {{image: prom/elasticsearch-exporter}}\n");
    assert_eq!(
        said(&with, &drawn("O --> E[Elasticsearch]")),
        ["DK101 exporter", "DK102 Elasticsearch"]
    );
    let with = format!("{LARGE}  indexer: {{build: ./elasticsearch-indexer}}\n");
    assert_eq!(
        said(&with, &drawn("O --> E[Elasticsearch]")),
        ["DK101 indexer", "DK103 Elasticsearch"]
    );
}

#[test]
fn names_as_keys_are_and_ports_are_missed() {
    for node in ["quota-manager", "Loyalty Points<br/>:8091"] {
        let name = node.split('<').next().unwrap();
        assert_eq!(
            said(LARGE, &drawn(&format!("O --> X[{node}]"))),
            [format!("DK102 {name}")]
        );
    }
}

#[test]
fn a_key_below_a_name_is_missed() {
    assert_eq!(
        said(LARGE, &drawn("O --> X[Tính giá<br/>pricing-service]")),
        ["DK102 Tính giá"]
    );
}

#[test]
fn parts_in_words_are_asked_about() {
    let with = format!("{LARGE}  query: {{build: ./query}}\n");
    assert_eq!(said(&with, &drawn("O --> X[Users Query Service]")), NOTHING);
    let asked = ["DK103 Users Query Service"];
    assert_eq!(said(LARGE, &drawn("O --> X[Users Query Service]")), asked);
    assert_eq!(
        said(LARGE, &drawn("O --> X[Ledger Query Service]")),
        ["DK102 Ledger Query Service"]
    );
}

#[test]
fn what_else_is_drawn_runs_elsewhere_where_compose_hardly_runs_anything() {
    let document = mermaid(
        "graph TD
    W[Web Shop] --> A[Express API] --> D[(PostgreSQL)]
    A --> N[Mail Sender]",
    );
    let stores = "services:
  postgres: {image: 'postgres:17'}
  redis: {image: 'redis:8'}
";
    assert!(said(stores, &document).contains(&"DK102 Express API".to_owned()));
}

#[test]
fn one_more_store_is_missed_where_each_is_drawn_for_its_owner() {
    let compose = "services:
  catalog: {build: ./catalog}
  loans: {build: ./loans}
  catalog-db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    C[Catalog Service] --> A[(Catalog PostgreSQL)]
    L[Loans Service] --> B[(Loans PostgreSQL)]",
    );
    assert_eq!(said(compose, &document), ["DK102 Loans PostgreSQL"]);
    let shared = compose.replace("catalog-db", "db");
    assert_eq!(said(&shared, &document), NOTHING);
}

#[test]
fn servers_of_a_framework_are_no_services() {
    let compose = format!("{BASE}  web: {{build: ./web}}\n");
    let document = mermaid(
        "graph TD
    W[Web] --> U[\"uvicorn :8000\"] --> A[API] --> D[(PostgreSQL)]",
    );
    assert_eq!(said(&compose, &document), ["DK103 uvicorn"]);
}

#[test]
fn classes_in_the_frame_of_a_program_are_its_parts() {
    let compose = "services:
  api: {build: .}
  tts: {build: ./tts}
  postgres: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TB
    subgraph API[\"budget-voice (Spring Boot)\"]
        C[VoiceController] --> A[TranscriptionService] --> B[ValidationService]
    end
    B --> D[(PostgreSQL)]
    A --> T[TTS]",
    );
    assert!(
        !said(compose, &document)
            .iter()
            .any(|finding| finding.starts_with("DK102"))
    );
}

#[test]
fn services_that_a_drawing_names_are_asked_about() {
    let compose = format!("{BASE}  shipping-labels: {{build: ./shipping}}\n");
    let document = mermaid("graph TD\n A[API] -->|prints labels| D[(PostgreSQL)]");
    assert_eq!(said(&compose, &document), ["DK103 shipping-labels"]);
    let silent = mermaid("graph TD\n A[API] -->|prints| D[(PostgreSQL)]");
    assert_eq!(said(&compose, &silent), ["DK101 shipping-labels"]);
}

#[test]
fn pages_are_asked_about_while_a_part_is_left_that_they_could_be() {
    let compose = format!("{BASE}  webapp: {{build: ./web}}\n");
    let with = mermaid("graph TD\n X[Order Desk] --> A[API] --> D[(PostgreSQL)]");
    assert!(said(&compose, &with).contains(&"DK103 webapp".to_owned()));
    let without = mermaid("graph TD\n A[API] --> D[(PostgreSQL)]");
    assert_eq!(said(&compose, &without), ["DK101 webapp"]);
}

#[test]
fn keys_of_programs_of_others_do_not_hide_what_ones_own_begin_with() {
    let compose = "services:
  rocketmq-namesrv: {image: 'apache/rocketmq:5'}
  rocketmq-broker: {image: 'apache/rocketmq:5'}
  seata-server: {image: seataio/seata-server}
  nginx: {image: nginx}
  mall-gateway: {build: ./gateway}
  mall-user: {build: ./user}
  mall-order: {build: ./order}
  mall-search: {build: ./search}
";
    let document = mermaid(
        "graph TD
    N[Nginx] --> G[网关服务]
    G --> U[用户服务] --> M[RocketMQ]
    G --> O[订单服务] --> M
    G --> S[搜索服务]
    G --> Y[Seata]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn a_database_that_is_not_named_is_the_one_that_is_not_drawn_besides() {
    let compose = "services:
  api: {build: .}
  influx: {image: 'influxdb:2'}
  mariadb: {image: 'mariadb:11'}
";
    let document = mermaid(
        "graph TD
    A[API] --> I[(InfluxDB)]
    A --> B[Base de datos]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn a_name_in_the_plural_means_all_that_are_numbered() {
    let compose = "services:
  lb: {image: nginx}
  web1: {image: nginx}
  web2: {image: nginx}
  web3: {image: nginx}
  kafka: {image: 'apache/kafka:4'}
";
    let document =
        "# Logs\n\n## Architecture\n\n```\nBrowser → NGINX LB → Web Servers → Kafka\n```\n";
    assert_eq!(said(compose, document), NOTHING);
}

#[test]
fn what_builds_and_delivers_is_no_service() {
    assert_eq!(said(LARGE, &drawn("J[Jenkins Pipeline] --> G")), NOTHING);
}

#[test]
fn applications_that_the_document_runs_by_hand_are_asked_about() {
    let compose = "services:
  postgres: {image: 'postgres:17'}
  redis: {image: 'redis:8'}
";
    let document = mermaid(
        "graph TD
    W[Web Shop] --> A[NestJS API] --> D[(PostgreSQL)]
    A --> R[(Redis)]
    A --> E[Elasticsearch]",
    );
    let by_hand = format!("{document}\n```\ndocker compose up -d\nnpm run start:dev\n```\n");
    assert!(said(compose, &document).contains(&"DK102 NestJS API".to_owned()));
    let told = said(compose, &by_hand);
    assert!(told.contains(&"DK103 NestJS API".to_owned()), "{told:?}");
    assert!(told.contains(&"DK102 Elasticsearch".to_owned()), "{told:?}");
}

#[test]
fn the_folder_of_the_whole_says_nothing_of_what_is_built_from_it() {
    let compose = "services:
  api: {build: .}
  worker: {build: ./worker}
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
        platform.write(&format!("kafka-demo/{name}"), &platform.read(name));
    }
    let report = platform.doctor_in("kafka-demo");
    let missing = report
        .findings
        .iter()
        .filter(|finding| finding.rule.id == "DK102");
    let subjects: Vec<&str> = missing.map(|finding| finding.subject.as_str()).collect();
    assert_eq!(subjects, ["Kafka"]);
}

#[test]
fn a_word_that_leaves_out_what_its_frame_says_is_no_other_service() {
    let compose = "services:
  airflow-webserver: {image: 'apache/airflow:2.8.1'}
  airflow-scheduler: {image: 'apache/airflow:2.8.1'}
  scraper: {build: ./scraper}
  redis: {image: 'redis:8'}
  minio: {image: minio/minio}
  opensearch: {image: opensearchproject/opensearch}
";
    let document = mermaid(
        "graph TD
    webserver --> redis
    scheduler --> redis
    scraper --> redis
    scraper --> minio
    scraper --> opensearch",
    );
    let told = said(compose, &document);
    assert!(!told.iter().any(|it| it.starts_with("DK102")), "{told:?}");
    assert!(!told.iter().any(|it| it.starts_with("DK101")), "{told:?}");
}

#[test]
fn a_program_is_not_the_database_that_is_named_after_it() {
    let compose = "services:
  postgres-trip: {image: 'postgres:17'}
  postgres-payment: {image: 'postgres:17'}
  kafka: {image: 'apache/kafka:4'}
  keycloak: {image: keycloak/keycloak}
";
    let document = mermaid(
        "graph TD
    T[trip-service] --> K[Kafka]
    P[payment-service] --> K
    T --> A[Keycloak]",
    );
    let told = said(compose, &document);
    assert!(told.contains(&"DK101 postgres-trip".to_owned()), "{told:?}");
}

#[test]
fn variables_tell_which_service_a_part_is() {
    let compose = "services:
  api: {build: ./api, environment: {QDRANT_HOST: vector-db, PARTNERS_URL: 'http://pool:8080/v1'}}
  vector-db: {build: ./vectors}
  pool: {build: ./pool}
  db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    A[API] --> Q[(Qdrant)]
    A --> P[Partners Service]
    A --> D[(PostgreSQL)]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn containers_that_a_drawing_names_are_asked_about() {
    let compose = format!("{BASE}  pages: {{image: nginx, container_name: farm-site}}\n");
    let document = mermaid("graph TD\n A[API] -->|served by farm-site| D[(PostgreSQL)]");
    assert_eq!(said(&compose, &document), ["DK103 pages"]);
}

#[test]
fn participants_are_missed_where_a_document_draws_sequences_alone() {
    let compose = format!("{BASE}  worker: {{build: ./worker}}\n  redis: {{image: 'redis:8'}}\n");
    let sequence = "sequenceDiagram
    participant A as API
    participant D as PostgreSQL
    participant R as Redis
    participant W as Worker
    participant P as PaymentService
    participant E as RabbitMQ
    A->>D: INSERT
    A->>R: XADD
    R->>W: XREAD
    W->>P: POST /charge
    W->>E: publish";
    assert_eq!(
        said(&compose, &mermaid(sequence)),
        ["DK102 PaymentService", "DK102 RabbitMQ"]
    );
    // Beside an architecture, paths are compared with what the services do.
    let both = format!(
        "{}\n## Flows\n\n```mermaid\n{sequence}\n```\n",
        mermaid("graph TD\n A[API] --> D[(PostgreSQL)]\n A --> R[(Redis)] --> W[Worker]")
    );
    assert_eq!(said(&compose, &both), NOTHING);
}

#[test]
fn what_writes_to_a_store_of_others_is_none() {
    assert_eq!(
        said(LARGE, &drawn("O --> X[\"Kafka Connect<br/>(S3 sink)\"]")),
        ["DK102 Kafka Connect"]
    );
}

#[test]
fn pages_that_a_program_comes_with_are_not_missed_for_their_port() {
    let compose = "services:
  traefik: {image: 'traefik:3'}
  site: {build: ./site}
  mail: {build: ./mail}
";
    let document = mermaid(
        "graph TD
    M[\"Calendar<br/>:8082\"] --> T[Traefik] --> S[Site]
    X[\"Dashboard<br/>:8081\"] --> T",
    );
    assert_eq!(
        said(compose, &document),
        ["DK101 mail", "DK102 Calendar", "DK103 Dashboard"]
    );
}
