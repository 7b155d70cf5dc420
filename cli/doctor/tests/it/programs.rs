//! Drawn names of programs, frameworks and stores, and the services that run them.

use crate::support::{mermaid, said};

const NOTHING: [&str; 0] = [];

#[test]
fn a_program_called_after_its_framework_is_the_one_program_of_its_kind() {
    for (drawn, key) in [
        ("NestJS API", "app"),
        ("Laravel 11 REST API", "app"),
        ("FastAPI Backend", "api"),
        ("Spring Boot WebFlux", "backend"),
        ("Express Server", "server"),
    ] {
        let compose = format!(
            "services:\n  {key}: {{build: .}}\n  db: {{image: 'postgres:17'}}\n  cache: {{image: 'redis:8'}}\n"
        );
        let document = mermaid(&format!(
            "graph TD\n    A[{drawn}] --> D[(PostgreSQL)]\n    A --> R[(Redis)]"
        ));
        assert_eq!(said(&compose, &document), NOTHING, "{drawn} and {key}");
    }
}

#[test]
fn products_are_known_behind_words_for_what_they_are_for() {
    let compose = "services:
  mlflow: {build: ./mlflow}
  proxy: {image: 'nginx:1.28'}
  nacos: {image: 'nacos/nacos-server:v3'}
  namesrv: {image: 'apache/rocketmq:5.3'}
";
    let document = mermaid(
        "graph TD
    N[Nginx Reverse Proxy] --> M[MLflow registry]
    M --> C[Nacos Config Center]
    M --> R[RocketMQ]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn storage_that_speaks_the_protocol_of_another_is_still_missed() {
    let compose = "services:
  api: {build: ./api}
  db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    A[API] --> D[(PostgreSQL)]
    A --> M[MinIO<br/>S3 Lake]",
    );
    assert_eq!(said(compose, &document), ["DK102 MinIO"]);
    // A volume is none, whatever it is for.
    let document = mermaid(
        "graph TD
    A[API] --> D[(PostgreSQL)]
    A --> M[Cache<br/>PVC 10 Gi]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn of_several_servers_of_a_program_the_port_tells_which_is_drawn() {
    let compose = "services:
  mysql-users: {image: 'mysql:8.4', ports: ['3307:3306']}
  mysql-places: {image: 'mysql:8.4', ports: ['3308:3306']}
  mysql-trips: {image: 'mysql:8.4', ports: ['3309:3306']}
";
    let document = mermaid(
        "graph TD
    A[(MySQL Users<br/>Port 3307)]
    B[(MySQL Rooms<br/>Port 3308)]
    A --> B",
    );
    assert_eq!(said(compose, &document), ["DK101 mysql-trips"]);
}

#[test]
fn a_program_called_after_its_framework_is_surer_than_one_for_pages() {
    let compose = "services:
  web: {build: .}
  sidekiq: {build: .}
  db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TB
    C[REST Client / Frontend] --> A[Rails API]
    A --> O[Service Objects]
    O --> D[(PostgreSQL)]
    A --> S[Swagger UI / api-docs]
    D --> W[Sidekiq Workers]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn a_web_server_of_built_pages_is_the_service_made_of_them() {
    let compose = "services:
  caddy: {image: 'caddy:2'}
  frontend: {build: ./frontend}
  backend: {build: ./backend}
";
    for (drawn, expected) in [
        ("nginx<br/>SPA + static files", &[][..]),
        ("nginx<br/>load balancer", &["DK102 nginx"][..]),
    ] {
        let document = mermaid(&format!(
            "graph TD
    C[Caddy] --> N[{drawn}]
    N --> B[FastAPI Backend]
    R[React + Vite] --> C"
        ));
        assert_eq!(said(compose, &document), expected, "{drawn}");
    }
}

#[test]
fn servers_that_are_built_here_are_known_by_whose_they_are() {
    let compose = "services:
  source-db: {build: ./sqlserver}
  target-db: {build: ./sqlserver}
  kafka: {image: 'apache/kafka:4.0.0'}
";
    let document = mermaid(
        "graph LR
    S[(Source SQL Server)] --> K[Kafka] --> T[(Target SQL Server)]
    K --> A[(Archive SQL Server)]",
    );
    assert_eq!(said(compose, &document), ["DK102 Archive SQL Server"]);
    let document = format!(
        "{document}\n```mermaid\ngraph LR\n    source-db --> kafka\n    kafka --> target-db\n```\n"
    );
    assert_eq!(said(compose, &document), ["DK102 Archive SQL Server"]);
}

#[test]
fn a_drawing_inside_a_box_shows_what_it_names() {
    let compose = "services:
  api: {build: ./api}
  broker: {build: ./broker}
  opa: {image: 'openpolicyagent/opa:1.0.0'}
";
    let document = "# Platform\n\n## Architecture\n\n```\n\
        ┌──────────────────────────────────────────┐\n\
        │           Identity platform              │\n\
        │                                          │\n\
        │  Gateway ──► API Service ──► Broker      │\n\
        │              │                           │\n\
        │              ▼                           │\n\
        │         OPA Policies    SPIRE Server     │\n\
        └──────────────────────────────────────────┘\n```\n";
    assert_eq!(said(compose, document), NOTHING);
}

#[test]
fn static_pages_are_in_the_server_that_serves_them() {
    let compose = "services:
  nginx: {build: ./nginx}
  api: {build: ./api}
  db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    N[Nginx] --> R[React<br/>static files]
    N --> A[API] --> D[(PostgreSQL)]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn the_database_of_a_program_is_not_that_program() {
    let compose = |database: &str| {
        format!(
            "services:
  gateway: {{build: ./gateway}}
  users: {{build: ./users}}
  keycloak: {{image: 'quay.io/keycloak/keycloak:26'}}
{database}"
        )
    };
    let document = mermaid(
        "graph TD
    G[Gateway] --> U[Users]
    G --> K[Keycloak] --> D[(Keycloak DB)]",
    );
    assert_eq!(said(&compose(""), &document), ["DK102 Keycloak DB"]);
    let with = compose("  keycloak-db: {image: 'postgres:17'}\n");
    assert_eq!(said(&with, &document), Vec::<String>::new());
}
