//! Names that share little with the keys of services: which service they mean, and what is asked
//! about.

use crate::support::{API_AND_DATABASE as BASE, Platform, lines, mermaid, said, said_of};

const NOTHING: [&str; 0] = [];

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
fn a_node_in_words_is_asked_about_while_a_service_is_left_that_it_could_be() {
    assert_eq!(
        said_of("Billing Service", "  thumbnails: {build: ./thumbnails}\n"),
        ["DK101 thumbnails", "DK103 Billing Service"]
    );
    assert_eq!(said_of("Billing Service", ""), ["DK102 Billing Service"]);
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

#[test]
fn a_level_of_the_drawing_is_no_service() {
    let compose = "services:
  producer: {build: ./producer}
  consumer: {build: ./consumer}
  processor: {build: ./processor}
  kafka: {image: 'apache/kafka:4.0.0'}
";
    let document = mermaid(
        "graph LR
    subgraph layer[\"Processing Layer\"]
      C[Consumer API]
    end
    P[Producer API] --> K[Kafka] --> C",
    );
    assert_eq!(said(compose, &document), ["DK101 processor"]);
}

#[test]
fn the_only_service_left_and_a_key_that_says_nothing_are_asked_about() {
    let compose = "services:
  api: {build: ./api}
  trainer: {build: ./trainer}
  db: {image: 'postgres:17'}
";
    let one = mermaid(
        "graph LR
    T[Trainer] --> D[(PostgreSQL)]
    P[Prediction Service] --> D",
    );
    assert_eq!(said(compose, &one), ["DK103 Prediction Service"]);
    let several = mermaid(
        "graph LR
    T[Trainer] --> D[(PostgreSQL)]
    P[Prediction Service] --> D
    B[Billing Service] --> D",
    );
    assert_eq!(
        said(compose, &several),
        [
            "DK103 api",
            "DK103 Prediction Service",
            "DK103 Billing Service"
        ]
    );
}

#[test]
fn kinds_stand_before_or_behind_what_they_are_of() {
    let document = mermaid("graph TD\n A[API] --> D[(PostgreSQL)]\n A --> B[Bot Printer]");
    let compose = format!("{BASE}  printbot: {{build: ./printbot}}\n");
    assert_eq!(said(&compose, &document), ["DK103 Bot Printer"]);
}
