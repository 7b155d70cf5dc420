//! Drawn parts that are told to be missing by what they are called, or where they stand.

use devkit_doctor::Finding;

use crate::support::{Platform, mermaid, said};

const NOTHING: [&str; 0] = [];

const SHOP: &str = "services:
  gateway: {build: ./gateway}
  orders: {build: ./orders}
  users: {build: ./users}
  stock: {build: ./stock}
  db: {image: 'postgres:17'}
";

fn drawn(line: &str) -> String {
    mermaid(&format!(
        "graph TD
    G[Gateway] --> O[Orders] --> D[(PostgreSQL)]
    G --> U[Users] --> D
    G --> S[Stock] --> D
    {line}"
    ))
}

#[test]
fn works_that_only_call_are_missed_and_devices_are_not() {
    assert_eq!(
        said(SHOP, &drawn("X[Transcoder Service] --> D")),
        ["DK102 Transcoder Service"]
    );
    for device in ["driver tablet", "gateway on the roof"] {
        assert_eq!(said(SHOP, &drawn(&format!("X[{device}] --> G"))), NOTHING);
    }
}

#[test]
fn a_part_in_a_frame_of_services_is_one() {
    let document = mermaid(
        "graph TD
    subgraph all [Five services]
    G[Gateway]
    O[Orders]
    U[Users]
    S[Stock]
    R[\"Rewards<br/>the ledger of points\"]
    end
    O --> D[(PostgreSQL)]",
    );
    assert_eq!(said(SHOP, &document), ["DK102 Rewards"]);
}

#[test]
fn programs_behind_a_colon_are_what_a_part_is() {
    for (node, name) in [
        ("Event Broker: RabbitMQ/Kafka", "Event Broker"),
        ("Event Streaming (Kafka)", "Event Streaming"),
    ] {
        let line = format!("O --> X[\"{node}\"]");
        assert_eq!(said(SHOP, &drawn(&line)), [format!("DK102 {name}")]);
    }
}

#[test]
fn a_server_without_a_box_is_missed_where_its_program_is_told() {
    let document = "# A

## Architecture

```
Edge Load Balancer (Nginx)
        │
        ▼
┌────────────────┐
│    Gateway     │
└───────┬────────┘
        ▼
┌────────┐ ┌───────┐ ┌───────┐ ┌────────────┐
│ Orders │ │ Users │ │ Stock │ │ PostgreSQL │
└────────┘ └───────┘ └───────┘ └────────────┘
```
";
    assert_eq!(said(SHOP, document), ["DK102 Edge Load Balancer"]);
}

#[test]
fn images_of_one_owner_are_ones_own() {
    let compose = "services:
  trader-ui: {image: 'grid/trader-ui:1'}
  order-book: {image: 'grid/order-book:1'}
  positions: {image: 'grid/positions:1'}
  postgres: {image: 'postgres:17'}
";
    let document = format!(
        "{}\n```\n./gradlew bootBuildImage\n```\n",
        mermaid(
            "graph TD
    T[Trader UI] --> A[API Gateway<br/>Spring Cloud]
    A --> O[order-book] --> P[(PostgreSQL)]
    A --> B[positions] --> P",
        )
    );
    assert_eq!(said(compose, &document), ["DK102 API Gateway"]);
}

#[test]
fn services_for_profiles_of_their_own_are_drawn_as_one() {
    let compose = "services:
  store: {image: 'postgres:17'}
  backend-demo: {build: ./backend, profiles: [demo]}
  backend-full: {build: ./backend, profiles: [full]}
  frontend: {build: ./frontend, profiles: [demo]}
  frontend-full: {build: ./frontend, profiles: [full]}
";
    let document = mermaid(
        "graph TD
    F[Frontend] --> B[Backend] --> D[(PostgreSQL)]",
    );
    assert_eq!(said(compose, &document), ["DK103 Backend"]);
}

#[test]
fn keys_that_are_like_no_other_are_missed_among_keys() {
    let compose = "services:
  spark-normalizer: {build: ./normalizer}
  spark-features: {build: ./features}
  spark-report: {build: ./report}
  spark-loader: {build: ./loader}
  kafka: {image: 'apache/kafka:4.0.0'}
";
    let document = |key: &str| {
        mermaid(&format!(
            "graph TD
    kafka --> spark-loader
    kafka --> spark-normalizer
    kafka --> spark-features
    kafka --> spark-report
    kafka --> {key}"
        ))
    };
    assert_eq!(
        said(compose, &document("spark-model")),
        ["DK102 spark-model"]
    );
}

#[test]
fn what_is_missed_is_told_with_the_reason() {
    let reason = |line: &str| {
        let report = Platform::of(SHOP, &drawn(line)).doctor();
        let missed = |finding: &&Finding| finding.rule.id == "DK102";
        let finding = report.findings.iter().find(missed).expect("one is missed");
        let (_, reason) = finding.message.split_once(": ").expect("it has a reason");
        reason.to_owned()
    };
    for (node, expected) in [
        ("RabbitMQ", "no service runs that program"),
        ("Secrets Vault", "no service runs that program"),
        // One name, which is not that of a program that it ends with.
        (
            "AgentVault",
            "services are drawn under their own names here, and none has this one",
        ),
        // Vectors, which are no Vector either.
        (
            "向量生成",
            "services are drawn under their own names here, and none has this one",
        ),
        ("Load Balancer", "no service is for that"),
        (
            "Ledger :9000",
            "it has a port of its own, and no service has its name",
        ),
        (
            "price-index",
            "services are drawn under their own names here, and none has this one",
        ),
    ] {
        assert_eq!(reason(&format!("O --> X[\"{node}\"]")), expected, "{node}");
    }
}

#[test]
fn what_a_part_is_made_with_tells_it_whatever_version_it_has() {
    let compose = "services:
  frontend: {build: ./frontend}
  backend: {build: ./backend}
  postgres: {image: 'postgres:17'}
";
    let document = mermaid(
        "C4Container
    Container(spa, \"Frontend\", \"Next.js 15\", \"Pages\")
    Container(api, \"Backend\", \"Java 21\", \"Rules\")
    Container(iam, \"Identity Provider\", \"Keycloak 24\", \"Logins\")
    ContainerDb(db, \"Primary Database\", \"PostgreSQL 16 + pgvector\", \"Entities\")
    ContainerDb(bus, \"Event Streaming Backbone\", \"Apache Kafka 3.7 (Strimzi)\", \"Events\")
    Rel(spa, api, \"calls\")
    Rel(api, iam, \"asks\")
    Rel(api, db, \"writes\")
    Rel(api, bus, \"publishes\")",
    );
    assert_eq!(
        said(compose, &document),
        ["DK102 Identity Provider", "DK102 Event Streaming Backbone"]
    );
}

#[test]
fn services_that_only_call_a_broker_are_missed() {
    let compose = format!("{SHOP}  kafka: {{image: 'apache/kafka:4.0.0'}}\n");
    let line = "X[Correlation Service] --> K[(Kafka)]\n    O --> K";
    assert_eq!(said(&compose, &drawn(line)), ["DK102 Correlation Service"]);
}

#[test]
fn agents_in_a_frame_of_services_are_missed() {
    let compose = "services:
  api-gateway: {build: ./gateway}
  db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    subgraph Services
    G[API Gateway]
    P[Planning Agent]
    end
    G --> P
    G --> D[(PostgreSQL)]",
    );
    assert_eq!(said(compose, &document), ["DK102 Planning Agent"]);
}

#[test]
fn a_gateway_drawn_as_a_frame_around_what_it_does_is_missed() {
    let compose = "services:
  auth-service: {build: ./auth}
  kafka: {image: 'apache/kafka:4.0.0'}
  redis: {image: 'redis:8'}
";
    let document = mermaid(
        "graph LR
    subgraph Gateway[\"API Gateway\"]
        GW[\"Rate Limiting, Routing\"]
    end
    subgraph Layer[\"Services\"]
        W[Wallet Service]
        M[\"Matching Engine<br>(In-memory Order Book)\"]
        N[Notification Service]
    end
    Trader((Trader)) --> Gateway
    Gateway --> W
    Gateway --> N
    W --> R[(Redis)]
    M --> K[[Kafka]]",
    );
    assert_eq!(
        said(compose, &document),
        [
            "DK101 auth-service",
            "DK102 API Gateway",
            "DK102 Wallet Service",
            "DK102 Matching Engine",
            "DK102 Notification Service"
        ]
    );
}

#[test]
fn brokers_and_workers_in_general_words_are_missed_where_nothing_is_like_them() {
    for node in ["[(Message Queue)]", "[Celery Workers]"] {
        let document = drawn(&format!("O --> X{node}"));
        let name = node.trim_matches(['[', ']', '(', ')']);
        assert_eq!(said(SHOP, &document), [format!("DK102 {name}")], "{node}");
    }
}

#[test]
fn the_one_database_is_in_no_diagram_where_another_one_is_drawn() {
    let compose = "services:
  api: {build: ./api}
  mongodb: {image: 'mongo:8'}
";
    for drawn in ["PostgreSQL", "PostgreSQL + pgvector"] {
        let document = mermaid(&format!("graph TD\n    A[API] --> DB[(\"{drawn}\")]"));
        assert_eq!(
            said(compose, &document),
            ["DK101 mongodb".to_owned(), format!("DK102 {drawn}")]
        );
    }
}

#[test]
fn words_of_the_c4_model_below_names_tell_what_runs() {
    let compose = "services:
  api: {build: .}
  postgres: {image: 'postgres:17'}
";
    let document = mermaid(
        "flowchart TB
    U[\"Operator\\n[Person]\"]
    subgraph system[\"Aegis\"]
        C[\"Console\\n[Container: React 19 + Vite]\\nAgent runs\"]
        A[\"API\\n[Container: FastAPI]\\nRouter\"]
        P[\"Postgres\\n[Container: postgres:17-alpine]\"]
    end
    O[\"Ollama\\n[External Container]\"]
    U --> C --> A --> P
    A --> O",
    );
    assert_eq!(said(compose, &document), ["DK102 Console"]);
}

#[test]
fn a_gateway_before_several_services_is_none_of_them() {
    let compose = "services:
  orders: {build: ./orders}
  users: {build: ./users}
  identity-service: {build: ./identity}
  backend: {build: ./backend}
  db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    G[API Gateway & Auth] --> O[Orders] --> D[(PostgreSQL)]
    G --> U[Users Service] --> D
    G --> I[Identity Service]",
    );
    assert_eq!(
        said(compose, &document),
        ["DK101 backend", "DK102 API Gateway & Auth"]
    );
}

#[test]
fn a_database_is_told_where_none_runs() {
    let compose = "services:
  orders: {build: ./orders}
  users: {build: ./users}
  redis: {image: 'redis:8'}
";
    let drawn = |name: &str| {
        mermaid(&format!(
            "graph TD
    O[Orders] --> D[(\"{name}\")]
    U[Users] --> D
    O --> R[(Redis)]
    X[Ledger] --> D
    Y[Reports] --> R"
        ))
    };
    for name in ["Database", "Main Store<br/>PostgreSQL 17"] {
        let told = said(compose, &drawn(name));
        let name = name.split_once('<').map_or(name, |(name, _)| name);
        assert!(told.contains(&format!("DK102 {name}")), "{told:?}");
    }
    let none = said(compose, &drawn("no database"));
    assert!(
        !none.iter().any(|it| it.ends_with("no database")),
        "{none:?}"
    );
}

#[test]
fn what_is_left_over_for_something_else_is_not_what_is_drawn() {
    let with = |left: &str| {
        format!(
            "services:
  gateway: {{build: ./gateway}}
  orders: {{build: ./orders}}
  stock: {{build: ./stock}}
  {left}: {{build: ./{left}}}
  db: {{image: 'postgres:17'}}
"
        )
    };
    let document = mermaid(
        "graph TD
    G[Gateway] --> B[FastAPI Backend] --> D[(PostgreSQL)]
    G --> O[Orders] --> D
    G --> S[Stock] --> D",
    );
    let told = |left: &str| said(&with(left), &document);
    let missed = "DK102 FastAPI Backend".to_owned();
    assert!(
        told("rating-worker").contains(&missed),
        "{:?}",
        told("rating-worker")
    );
    assert!(!told("rating").contains(&missed), "{:?}", told("rating"));
}
