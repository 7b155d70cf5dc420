//! Services that no drawn part is known to be, and drawn parts under other names than theirs.

use crate::support::{API_AND_DATABASE as BASE, mermaid, said};

const NOTHING: [&str; 0] = [];

#[test]
fn services_whose_key_shortens_a_part_that_is_left_over_are_asked_about() {
    let compose = format!("{BASE}  dj: {{build: ./web}}\n");
    let document = mermaid("graph TD\n X[Django] --> A[API] --> D[(PostgreSQL)]");
    assert!(said(&compose, &document).contains(&"DK103 dj".to_owned()));
    let compose = format!("{BASE}  tusd: {{image: tusproject/tusd}}\n");
    let document =
        mermaid("graph TD\n X[\"upload (tus, resumable)\"] --> A[API] --> D[(PostgreSQL)]");
    assert!(said(&compose, &document).contains(&"DK103 tusd".to_owned()));
    let other = mermaid("graph TD\n X[Flask] --> A[API] --> D[(PostgreSQL)]");
    assert!(said(&compose, &other).contains(&"DK101 tusd".to_owned()));
}

#[test]
fn services_that_a_part_lists_are_asked_about() {
    let compose = format!(
        "{BASE}  temporal: {{image: 'temporalio/auto-setup:1'}}
  temporal-ui: {{image: 'temporalio/ui:2'}}
"
    );
    let families = compose
        .replace("temporal", "harbour-temporal")
        .replace("harbour-temporalio", "temporalio")
        + "  harbour-ships: {build: ./ships}\n";
    let document = mermaid(
        "graph TD
    A[API] --> D[(PostgreSQL)]
    A --> S[Ships]
    A --> T[\"Temporal<br/>- server<br/>- web UI\"]",
    );
    assert!(said(&compose, &document).contains(&"DK103 temporal-ui".to_owned()));
    assert!(said(&families, &document).contains(&"DK103 harbour-temporal-ui".to_owned()));
}

#[test]
fn parts_named_after_two_programs_are_the_one_that_runs() {
    let compose = "services:
  api: {build: ./api}
  scylla: {image: 'scylladb/scylla:6.2'}
  citus-master: {image: 'citusdata/citus:13'}
";
    let document = mermaid(
        "graph TD
    A[API] --> S[(Cassandra/ScyllaDB)]
    A --> C[(PostgreSQL/Citus)]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn the_one_database_is_asked_about_where_a_drawing_says_so() {
    let compose = "services:
  web: {build: ./web}
  scanner: {build: ./scanner}
  postgres: {image: 'postgres:17'}
";
    let drawn =
        |last: &str| format!("# A\n\n## Architecture\n\n```\nWeb → Scanner → {last}\n```\n");
    assert_eq!(
        said(compose, &drawn("saved in the DB: documents")),
        ["DK103 postgres"]
    );
    assert_eq!(said(compose, &drawn("saved")), ["DK101 postgres"]);
}

#[test]
fn a_part_that_may_be_the_last_service_leaves_none_to_others() {
    let compose = "services:
  shop-api: {build: .}
  redis: {image: 'redis:8'}
";
    let document = mermaid("graph TD\n F[FastAPI] --> R[(Redis)]\n R --> W[Celery Worker]");
    let told = said(compose, &document);
    assert!(told.contains(&"DK102 Celery Worker".to_owned()), "{told:?}");
}

#[test]
fn pages_are_missed_where_compose_runs_stores_alone() {
    let compose = "services:
  nginx: {image: nginx}
  postgres: {image: 'postgres:17'}
  redis: {image: 'redis:8'}
";
    let document = mermaid(
        "graph TD
    N[Nginx] --> W[\"Web (Next)\"]
    N --> A[\"API (Express)\"]
    W --> D[(PostgreSQL)]
    A --> D
    A --> R[(Redis)]",
    );
    assert_eq!(said(compose, &document), ["DK102 Web", "DK102 API"]);
    let by_hand = format!("{document}\n```\npnpm dev\n```\n");
    assert_eq!(said(compose, &by_hand), ["DK103 Web", "DK103 API"]);
}

#[test]
fn servers_of_one_program_are_told_apart_by_their_images() {
    let compose = "services:
  api: {build: ./api}
  pg: {image: 'postgres:17'}
  ticks-db: {image: 'timescale/timescaledb:2.11.2-pg15'}
";
    let document = mermaid("graph TD\n A[API] --> P[(Postgres)]\n A --> T[(TimescaleDB)]");
    let told = said(compose, &document);
    assert!(!told.iter().any(|it| it.starts_with("DK101")), "{told:?}");
}

#[test]
fn programs_are_known_by_what_they_do() {
    let compose = format!(
        "{BASE}  livekit: {{image: 'livekit/livekit-server'}}
  coturn: {{image: 'coturn/coturn'}}
  vernemq: {{image: 'vernemq/vernemq'}}
  notify: {{build: ./notify}}
"
    );
    let document = mermaid(
        "graph TD
    A[API] --> D[(PostgreSQL)]
    A --> W[WebRTC media server]
    A --> S[STUN/TURN]
    A --> M[MQTT-Broker]
    A --> N[Notifier]",
    );
    let told = said(&compose, &document);
    assert!(!told.iter().any(|it| !it.starts_with("DK103")), "{told:?}");
}

#[test]
fn a_frame_for_a_rented_machine_holds_what_compose_runs() {
    let document = mermaid(
        "graph TD
    subgraph cloud[AWS EC2]
      G[Nginx Gateway] --> A[API] --> D[(PostgreSQL)]
    end",
    );
    assert_eq!(said(BASE, &document), ["DK102 Nginx Gateway"]);
}

#[test]
fn names_in_words_that_are_not_known_may_be_any_service() {
    let compose = format!("{BASE}  imposition: {{build: ./imposition}}\n");
    let document = mermaid("graph TD\n A[API] --> D[(PostgreSQL)]\n A --> P[拼版服务]");
    assert!(!said(&compose, &document).contains(&"DK101 imposition".to_owned()));
}

#[test]
fn services_of_a_kind_that_a_drawing_says_in_the_plural_are_asked_about() {
    let exporters = "  kafka-exporter: {image: danielqsj/kafka-exporter}
  postgres-exporter: {image: prometheuscommunity/postgres-exporter}
";
    let compose = format!("{BASE}{exporters}");
    let drawn = |label: &str| mermaid(&format!("graph TD\n A[API] -->|{label}| D[(PostgreSQL)]"));
    assert_eq!(
        said(&compose, &drawn("scraped by exporters")),
        ["DK103 kafka-exporter", "DK103 postgres-exporter"]
    );
    assert_eq!(
        said(&compose, &drawn("reads")),
        ["DK101 kafka-exporter", "DK101 postgres-exporter"]
    );
}

#[test]
fn workers_in_the_plural_are_all_that_run_the_program() {
    let compose = format!(
        "{BASE}  redis: {{image: 'redis:8'}}
  celery-default: {{build: ., command: celery -A app worker -Q default}}
  celery-ml: {{build: ., command: celery -A app worker -Q ml}}
  celery-beat: {{build: ., command: celery -A app beat}}
"
    );
    let document =
        mermaid("graph TD\n A[API] --> D[(PostgreSQL)]\n A --> C[Celery workers + Redis]");
    assert_eq!(said(&compose, &document), ["DK101 celery-beat"]);
}

#[test]
fn numbered_programs_are_asked_about_where_a_part_has_their_name() {
    let compose = format!(
        "{BASE}  shop-app1: {{build: ./web}}\n  shop-app2: {{build: ./web}}\n  shop-lb: {{image: nginx}}\n"
    );
    let document = mermaid(
        "graph TD\n L[NGINX] --> P[\"App Container<br/>#1 (Primary)\"]\n P --> A[API] --> D[(PostgreSQL)]",
    );
    let told = said(&compose, &document);
    assert!(!told.iter().any(|it| it.starts_with("DK101")), "{told:?}");
}

#[test]
fn programs_that_a_part_is_made_of_are_shown() {
    let compose = format!("{BASE}  redis: {{image: 'redis:8'}}\n");
    let document = mermaid("graph TD\n A[API] --> M[\"Memory<br/>(Redis+PostgreSQL)\"]");
    assert_eq!(said(&compose, &document), NOTHING);
}

#[test]
fn a_store_for_another_owner_is_not_the_one_that_is_drawn() {
    let compose = "services:
  catalog: {build: ./catalog}
  loans: {build: ./loans}
  postgres-catalog: {image: 'postgres:17'}
  postgres-chat: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    C[catalog] --> A[(postgres-catalog)]
    L[loans] --> B[(postgres-loans)]",
    );
    assert_eq!(
        said(compose, &document),
        ["DK101 postgres-chat", "DK102 postgres-loans"]
    );
    let in_words = "services:
  mysql-accounts: {image: 'mysql:8'}
  mysql-auth: {image: 'mysql:8'}
  api: {build: ./api}
";
    let document = mermaid(
        "graph TD
    A[API] --> X[(MySQL Accounts)]
    A --> B[(MySQL Users)]",
    );
    assert_eq!(
        said(in_words, &document),
        ["DK101 mysql-auth", "DK102 MySQL Users"]
    );
}

#[test]
fn programs_that_a_text_names_and_no_part_is_are_asked_about() {
    let compose = format!("{BASE}  kafka-broker-1: {{image: 'confluentinc/cp-kafka:7'}}\n");
    let document = "# A\n\n## Architecture\n\n```\nfiles/of_devices.csv\n      │ api\n      ▼\nKafka: device-stream ─────────► api ─► PostgreSQL\n      │\n      └─► api\n```\n";
    let told = said(&compose, document);
    assert!(
        !told.iter().any(|it| it.starts_with("DK101 kafka")),
        "{told:?}"
    );
    let two = format!("{BASE}  cache-db: {{image: 'postgres:17'}}\n");
    let drawn = mermaid("graph TD\n A[API] -->|writes to Postgres| D[(db)]");
    assert_eq!(said(&two, &drawn), ["DK101 cache-db"]);
}

#[test]
fn what_is_said_of_a_start_is_no_part() {
    let document = "# A\n\n## Architecture\n\n```\ndocker-compose up\n├─► db: starts\n├─► api: waits\n│   └─► API running on :3000\n└─► db\n```\n";
    let told = said(BASE, document);
    assert!(!told.iter().any(|it| it.starts_with("DK102")), "{told:?}");
}
