//! Drawn parts that are of others, or no parts of what runs.

use crate::support::{API_AND_DATABASE as BASE, mermaid, said};

const NOTHING: [&str; 0] = [];

#[test]
fn an_interface_that_is_told_by_its_endpoints_is_its_programs() {
    let document = "# Jobs

## Architecture

```
┌──────────────────────────────────┐
│             REST API             │
│  GET /jobs  POST /jobs           │
└────────────────┬─────────────────┘
                 │
       ┌─────────▼────────┐
       │    Scheduler     │
       └─────────┬────────┘
                 │
       ┌─────────▼────────┐
       │      Redis       │
       └──────────────────┘
```
";
    let compose = "services:
  scheduler: {build: ./scheduler}
  redis: {image: 'redis:8'}
  runner: {build: ./runner}
";
    assert_eq!(said(compose, document), ["DK101 runner"]);
}

#[test]
fn the_documents_own_system_is_no_service_of_it() {
    let document = |title: &str| {
        let text = mermaid(
            "graph TD
    U[Reader] --> X[Feed Ranking Service]
    X --> A[API] --> D[(PostgreSQL)]",
        );
        text.replacen("# Library", &format!("# {title}"), 1)
    };
    assert_eq!(
        said(BASE, &document("Feed Ranking Service Architecture")),
        NOTHING
    );
    assert_eq!(
        said(BASE, &document("Library")),
        ["DK102 Feed Ranking Service"]
    );
}

#[test]
fn interfaces_of_others_are_only_called_or_only_call() {
    for (node, edge) in [
        ("Expedia API", "A --> X"),
        ("WhatsApp Business API", "A --> X"),
        ("Merchant backend", "X --> A"),
    ] {
        let document = mermaid(&format!(
            "graph TD\n    A[API] --> D[(PostgreSQL)]\n    X[{node}]\n    {edge}"
        ));
        assert_eq!(said(BASE, &document), NOTHING, "{node}");
    }
    let own = mermaid("graph TD\n    A[API] --> D[(PostgreSQL)]\n    A --> X[Reporting API] --> D");
    assert_eq!(said(BASE, &own), ["DK102 Reporting API"]);
}

#[test]
fn folders_with_remarks_and_drawings_of_code_show_no_services() {
    let compose = "services:
  api: {build: ./api}
  order: {build: ./order}
  db: {image: 'postgres:17'}
";
    let document = "# Shop

## Services

```
api/                 HTTP → gRPC, limits
services/
  order/             life cycle
  courier/           positions → assignment
```

## Crates

```mermaid
graph TD
    api --> shop-core
    order --> shop-core
    shop-core --> shop-model
```
";
    assert_eq!(said(compose, document), NOTHING);
}

#[test]
fn an_api_beside_apis_that_run_is_one_of_them() {
    let compose = "services:
  orders-api: {build: ./orders}
  users-api: {build: ./users}
  db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    O[Orders API] --> D[(PostgreSQL)]
    U[Users API] --> D
    O --> R[Reporting API]",
    );
    assert_eq!(said(compose, &document), ["DK102 Reporting API"]);
    let alone = mermaid(
        "graph TD
    O[Orders API] --> D[(PostgreSQL)]
    U[Users service] --> D
    O --> R[Weather API]",
    );
    assert_eq!(said(compose, &alone), NOTHING);
}

#[test]
fn what_stands_in_a_folder_of_code_or_at_a_host_of_pages_is_no_service() {
    for frame in ["packages/* (monorepo)", "Vercel"] {
        let document = mermaid(&format!(
            "graph TD
    A[API] --> D[(PostgreSQL)]
    subgraph other[\"{frame}\"]
      I[Partner Integration Service]
    end
    A --> I"
        ));
        assert_eq!(said(BASE, &document), NOTHING, "{frame}");
    }
    let document = mermaid(
        "graph TD
    A[API] --> S[serviceRegistry]
    A --> D[(PostgreSQL)]",
    );
    assert_eq!(said(BASE, &document), NOTHING);
}

#[test]
fn where_data_comes_from_is_an_api_of_others() {
    let document = mermaid(
        "graph LR
    B[Binance API<br/>websocket] --> A[API]
    A --> D[(PostgreSQL)]
    M[Microservices] --> A",
    );
    assert_eq!(said(BASE, &document), NOTHING);
}

#[test]
fn pages_for_those_who_administer_are_no_people() {
    let compose = "services:
  gateway: {build: ./gateway}
  orders: {build: ./orders}
  db: {image: 'postgres:17'}
";
    let drawn = |name: &str| {
        mermaid(&format!(
            "graph TD
    F[\"{name}<br/>React + Vite\"] --> G[Gateway] --> O[Orders] --> D[(PostgreSQL)]"
        ))
    };
    assert_eq!(
        said(compose, &drawn("Admin Frontend")),
        said(compose, &drawn("Orders Frontend"))
            .into_iter()
            .map(|it| it.replace("Orders", "Admin"))
            .collect::<Vec<_>>()
    );
    assert_eq!(said(compose, &drawn("Mobile Frontend")), NOTHING);
}

#[test]
fn notes_of_what_a_part_does_with_others_do_not_make_it_theirs() {
    let compose = "services:
  orders: {build: ./orders}
  users: {build: ./users}
  db: {image: 'postgres:17'}
";
    let drawn = |note: &str| {
        mermaid(&format!(
            "graph TD
    K[\"Kong<br/>{note}\"] --> O[Orders] --> D[(PostgreSQL)]
    K --> U[Users] --> D"
        ))
    };
    let told = ["DK102 Kong"];
    assert_eq!(said(compose, &drawn("Routes external requests")), told);
    assert_eq!(said(compose, &drawn("No external port")), told);
    assert_eq!(said(compose, &drawn("External system")), NOTHING);
    assert_eq!(said(compose, &drawn("Planned for later")), NOTHING);
}

#[test]
fn programs_that_have_to_do_with_people_and_devices_are_told() {
    let compose = "services:
  orders: {build: ./orders}
  stock: {build: ./stock}
  db: {image: 'postgres:17'}
";
    let framed = mermaid(
        "graph TD
    subgraph Users[\"User Service\"]
      R[(Redis)]
    end
    O[Orders] --> D[(PostgreSQL)]
    S[Stock] --> D
    O --> R",
    );
    let told = said(compose, &framed);
    assert!(told.contains(&"DK102 Redis".to_owned()), "{told:?}");
    let publisher = mermaid(
        "graph TD
    iot-publisher --> orders --> db
    stock --> db",
    );
    assert_eq!(said(compose, &publisher), ["DK102 iot-publisher"]);
}
