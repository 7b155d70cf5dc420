//! Parts that are drawn by what they are for, or by several programs at once.

use crate::support::{API_AND_DATABASE as BASE, mermaid, said, said_of};

const NOTHING: [&str; 0] = [];

#[test]
fn programs_are_drawn_by_what_they_are_for() {
    for (node, service) in [
        ("Vector Store", "  qdrant: {image: qdrant/qdrant}\n"),
        ("Object Storage", "  minio: {image: minio/minio}\n"),
        (
            "Identity Provider",
            "  sso: {image: 'quay.io/keycloak/keycloak:26'}\n",
        ),
        ("Local LLM", "  ollama: {image: ollama/ollama}\n"),
        (
            "Distributed Tracing",
            "  jaeger: {image: jaegertracing/jaeger}\n",
        ),
    ] {
        assert_eq!(said_of(node, service), NOTHING, "{node}");
    }
    let other = "  ollama: {image: ollama/ollama}\n";
    assert_eq!(
        said_of(
            "Identity Server",
            "  sso: {image: 'quay.io/keycloak/keycloak:26'}\n"
        ),
        ["DK101 sso", "DK102 Identity Server"]
    );
    assert!(said_of("Vector Store", other).contains(&"DK101 ollama".to_owned()));
}

#[test]
fn a_slash_in_the_last_word_makes_several_names() {
    let compose = format!(
        "{BASE}  worker: {{build: ., command: celery -A shop worker}}\n  beat: {{build: ., command: celery -A shop beat}}\n"
    );
    let document = mermaid("graph TD\n A[API] --> D[(PostgreSQL)]\n A --> C[Celery worker/beat]");
    assert_eq!(said(&compose, &document), NOTHING);
}

#[test]
fn keys_may_begin_with_what_a_part_is_written_with() {
    let document = "# Shop

## Architecture

```
┌────────────────────┐     ┌────────────────────┐
│  Shopping Web App  │────▶│        API         │
│   (ASP.NET Razor)  │     └─────────┬──────────┘
└────────────────────┘               ▼
                           ┌────────────────────┐
                           │     PostgreSQL     │
                           └────────────────────┘
```
";
    let compose = format!("{BASE}  aspnetbasics: {{build: ./basics}}\n");
    assert_eq!(said(&compose, document), ["DK103 Shopping Web App"]);
}

#[test]
fn a_store_and_what_it_is_for_in_a_line_of_arrows_is_the_store() {
    let document = "# Links

## Architecture

```
Client
  |
  v
FastAPI App
  |
  +--> Redis cache and rate limiter
  |
  +--> PostgreSQL links and analytics
```
";
    let compose = "services:
  app: {build: .}
  postgres: {image: 'postgres:16'}
";
    assert_eq!(
        said(compose, document),
        ["DK102 Redis cache and rate limiter"]
    );
}

#[test]
fn programs_that_have_to_do_with_the_same_are_asked_about() {
    assert_eq!(
        said_of("Notification Service", "  mailer: {build: ./mailer}\n"),
        ["DK103 Notification Service"]
    );
    assert_eq!(
        said_of("Inventory Service", "  mailer: {build: ./mailer}\n"),
        ["DK101 mailer", "DK103 Inventory Service"]
    );
}

#[test]
fn a_frame_and_a_name_together_are_a_key() {
    let compose = "services:
  airflow-webserver: {image: 'apache/airflow:3', command: webserver}
  airflow-scheduler: {image: 'apache/airflow:3', command: scheduler}
  postgres: {image: 'postgres:16'}
";
    let document = mermaid(
        "graph TD
    subgraph Orchestration with Apache Airflow
        W[Webserver]
        S[Scheduler]
    end
    W --> D[(PostgreSQL)]
    S --> D",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn one_name_may_stand_for_a_family_of_programs_of_others() {
    let compose = format!(
        "{BASE}  pinot-broker: {{image: 'apachepinot/pinot:1'}}\n  pinot-server: {{image: 'apachepinot/pinot:1'}}\n"
    );
    let document = mermaid("graph TD\n A[API] --> D[(PostgreSQL)]\n A --> P[Pinot]");
    assert_eq!(said(&compose, &document), NOTHING);
}

#[test]
fn a_box_may_say_in_which_service_it_runs_and_which_program_it_is() {
    let document = "# School

## Architecture

```
┌───────────────┐     ┌───────────────┐
│ Anmeldung     │────▶│ api           │
│ Keycloak      │     └───────┬───────┘
└───────────────┘             ▼
┌───────────────┐     ┌───────────────┐
│ Oban Worker   │────▶│ PostgreSQL    │
│ (in api)      │     └───────────────┘
└───────────────┘
```
";
    let compose = format!("{BASE}  idp: {{image: 'quay.io/keycloak/keycloak:26'}}\n");
    assert_eq!(said(&compose, document), NOTHING);
    let apart = document.replace("(in api)", "(Elixir)");
    assert_eq!(said(&compose, &apart), ["DK102 Oban Worker"]);
}

#[test]
fn a_name_may_go_on_behind_a_plain_key() {
    assert_eq!(said_of("Web map", "  web: {build: ./web}\n"), NOTHING);
}

#[test]
fn devices_are_no_services_and_a_store_may_be_named_below_what_it_keeps() {
    assert_eq!(said_of("ESP32 node", ""), NOTHING);
    let document = mermaid(
        "graph TD
    A[API] --> D[(PostgreSQL)]
    A --> H[(Histórico de posiciones<br/>Cassandra)]
    A --> P[Panel de la central<br/>Vue 3]",
    );
    assert_eq!(
        said(BASE, &document),
        ["DK102 Histórico de posiciones", "DK102 Panel de la central"]
    );
}

#[test]
fn what_others_have_written_for_one_use_is_asked_about_by_the_use() {
    assert_eq!(
        said_of(
            "Anmeldung",
            "  keycloak: {image: 'quay.io/keycloak/keycloak:26'}\n"
        ),
        ["DK103 Anmeldung"]
    );
    assert_eq!(
        said_of("Nightly Runner", "  cron: {build: ./cron}\n"),
        ["DK103 Nightly Runner"]
    );
}

#[test]
fn trees_with_dots_draw_services_and_providers_are_others() {
    let document = "# Homelab

## Architecture

```
homelab
├── Edge
│   ├── Traefik ............ reverse proxy
│   └── Authelia ........... SSO / 2FA
└── Media
    ├── Jellyfin ........... streaming
    └── Jackett ............ indexers
```
";
    let compose = "services:
  traefik: {image: 'traefik:3'}
  authelia: {image: authelia/authelia}
  jellyfin: {image: jellyfin/jellyfin}
  lidarr: {image: linuxserver/lidarr}
";
    assert_eq!(said(compose, document), ["DK101 lidarr", "DK102 Jackett"]);
    assert_eq!(said_of("Mail provider", ""), NOTHING);
}

#[test]
fn what_stands_outside_of_the_frame_of_compose_is_elsewhere() {
    let framed = "graph TD
    S[\"shop-web (Vue)\"] --> A
    subgraph compose[\"docker compose (dev)\"]
        A[API]
        D[(PostgreSQL)]
        C[shop-mailer]
    end
    A --> D
    C --> D";
    assert_eq!(said(BASE, &mermaid(framed)), ["DK102 shop-mailer"]);
    let apart = framed.replace("docker compose (dev)", "platform");
    assert_eq!(
        said(BASE, &mermaid(&apart)),
        ["DK102 shop-web", "DK102 shop-mailer"]
    );
}

#[test]
fn the_only_worker_may_be_drawn_under_any_name_and_a_part_by_what_it_is_made_of() {
    let compose = format!("{BASE}  worker: {{build: ./worker}}\n  redis: {{image: 'redis:8'}}\n");
    let document = mermaid(
        "graph TD
    A[API] --> D[(PostgreSQL)]
    A --> W[Agent Workers]
    W --> F[(Feature store<br/>Feast + Redis)]
    A --> M[Mollie]
    B[Blazor WASM] --> A",
    );
    assert_eq!(
        said(&compose, &document),
        ["DK103 Agent Workers", "DK103 Blazor WASM"]
    );
}
