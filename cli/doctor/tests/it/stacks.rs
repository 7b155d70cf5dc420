//! Names of commands, of stacks and of what else several programs are called together.

use crate::support::{API_AND_DATABASE as BASE, mermaid, said, said_of};

const NOTHING: [&str; 0] = [];

#[test]
fn a_part_may_be_called_as_the_command_that_a_service_runs() {
    let compose = "services:
  app: {build: .}
  queue: {build: ., command: php artisan horizon}
  jobs: {build: ., command: [celery, -A, shop, beat]}
  postgres: {image: 'postgres:16'}
";
    let document = mermaid(
        "graph TD
    A[Laravel] --> D[(PostgreSQL)]
    H[Horizon] --> D
    B[Celery Beat] --> D",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn one_part_may_stand_for_all_that_watch_the_others() {
    let compose = format!(
        "{BASE}  prometheus: {{image: prom/prometheus}}
  grafana: {{image: grafana/grafana}}
  kibana: {{image: 'kibana:8'}}
"
    );
    for (node, missing) in [
        ("Observability Stack", None),
        ("Monitoraggio", None),
        ("ELK Stack", Some(["DK101 prometheus", "DK101 grafana"])),
    ] {
        let document = mermaid(&format!(
            "graph TD\n A[API] --> D[(PostgreSQL)]\n A --> M[{node}]"
        ));
        let missing: Vec<&str> = missing.into_iter().flatten().collect();
        assert_eq!(said(&compose, &document), missing, "{node}");
    }
    assert_eq!(said_of("ELK Stack", ""), ["DK102 ELK Stack"]);
}

#[test]
fn what_listens_on_a_usual_port_is_known_by_it() {
    let compose = format!("{BASE}  platform: {{build: ./platform, ports: ['8501:8501']}}\n");
    let document = mermaid(
        "graph TD
    A[API] --> D[(PostgreSQL)]
    P[Platform] --> D
    P --> U[Streamlit Console]",
    );
    assert_eq!(said(&compose, &document), NOTHING);
}

#[test]
fn a_web_server_that_no_image_runs_may_be_in_the_pages() {
    let document = mermaid(
        "graph TD
    N[Nginx] --> A[API]
    B[React browser app] --> A
    A --> D[(PostgreSQL)]",
    );
    let pages = format!("{BASE}  frontend: {{build: ./pages, ports: ['8080:80']}}\n");
    assert_eq!(said(&pages, &document), ["DK103 Nginx"]);
    let vite = format!("{BASE}  frontend: {{build: ./pages, ports: ['5173:5173']}}\n");
    assert_eq!(
        said(&vite, &document),
        ["DK102 Nginx", "DK103 React browser app"]
    );
}

#[test]
fn another_drawing_says_what_a_part_is_written_with() {
    let document = "# LLM

## Architecture

```
┌────────────────────────┐
│ LLM Gateway (FastAPI)  │
└───────────┬────────────┘
            ▼
┌────────────────────────┐
│      LLM Backend       │
│  • Ollama (local)      │
│  • OpenAI-compatible   │
└────────────────────────┘
```

```mermaid
graph TD
    Gateway[LLM Gateway - FastAPI] --> LLM[LLM Backend]
    LLM --> Ollama[Ollama - Local]
    Loki[Loki Logs] --> Ollama
```
";
    let compose = "services:
  gateway: {build: ./gateway}
  ollama: {image: ollama/ollama}
";
    assert_eq!(said(compose, document), ["DK102 Loki Logs"]);
}

#[test]
fn a_port_that_is_told_in_words_joins_what_is_left() {
    let compose = format!(
        "{BASE}  app: {{build: ., ports: ['5000:5000']}}\n  other: {{build: ./other, ports: ['8000:8000']}}\n"
    );
    let document = mermaid(
        "C4Container
    Container(api, \"API\", \"Go\")
    Container(dashboard, \"Web Dashboard\", \"Flask\", \"Serves pages at :5000.\")
    ContainerDb(db, \"PostgreSQL\", \"PostgreSQL\")
    Rel(dashboard, api, \"asks\")
    Rel(api, db, \"asks\")",
    );
    assert_eq!(
        said(&compose, &document),
        ["DK101 other", "DK103 Web Dashboard"]
    );
}

#[test]
fn the_layer_of_a_backend_that_is_drawn_holds_its_parts() {
    let document = mermaid(
        "graph TD
    B[NestJS Backend :3000] --> K[(Kafka Cluster)]
    subgraph Backend Layer
        P[Producer Service] --> K
        C[Consumer Service] --> K
    end",
    );
    let compose = "services:
  backend: {build: ./backend, ports: ['3000:3000']}
  kafka: {image: 'apache/kafka:4'}
";
    assert_eq!(said(compose, &document), NOTHING);
    let apart = document.replace("Backend Layer", "Workers");
    assert_eq!(
        said(compose, &apart),
        ["DK102 Producer Service", "DK102 Consumer Service"]
    );
}

#[test]
fn makers_of_a_program_are_not_their_other_programs() {
    let compose =
        format!("{BASE}  loki: {{image: grafana/loki}}\n  grafana: {{image: grafana/grafana}}\n");
    let document = mermaid("graph TD\n A[API] --> D[(PostgreSQL)]\n A --> L[(Grafana Loki)]");
    assert_eq!(said(&compose, &document), ["DK101 grafana"]);
}

#[test]
fn a_program_that_is_served_with_its_dashboards_is_asked_about() {
    let compose = "services:
  opensearch: {image: 'opensearchproject/opensearch:3'}
  opensearch-dashboards: {image: 'opensearchproject/opensearch-dashboards:3'}
  app: {build: .}
";
    let document = mermaid(
        "graph TD
    B[\"Backend (Django)\"] --> O[Opensearch]
    U((User)) --> Dashboard --> O",
    );
    assert_eq!(said(compose, &document), ["DK103 Dashboard"]);
}
