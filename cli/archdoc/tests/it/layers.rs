//! Boxes with a row for each layer, and what programs keep.

use devkit_archdoc::{ComponentKind, read};

use crate::support::runnable;

#[test]
fn rows_of_layers_hold_parts_with_gaps_between_them() {
    let document = read("layers.md", LAYERS.as_bytes());
    let expected = [
        "OpenResty",
        "停车服务",
        "计费服务",
        "Redis",
        "EMQX",
        "MySQL",
        "MinIO",
    ];
    let found = runnable(&document);
    for name in expected {
        assert!(found.contains(&name), "{name} in {found:?}");
    }
    let redis = document.facts.components.iter();
    let redis = redis
        .filter(|part| part.name == "Redis")
        .collect::<Vec<_>>();
    assert_eq!(redis[0].groups, ["中间件"]);
    assert_eq!((redis[0].origin.line, redis[0].origin.column), (10, 10));
}

const LAYERS: &str = "\
## 总体架构

```
┌──────────────────────────────────────────────┐
│ 网关层    OpenResty（限流）                  │
├──────────────────────────────────────────────┤
│ 服务层    停车服务    计费服务               │
│                                              │
├──────────────────────────────────────────────┤
│ 中间件    Redis      EMQX                    │
├──────────────────────────────────────────────┤
│ 存储层    MySQL      MinIO                   │
└──────────────────────────────────────────────┘
```
";

#[test]
fn layers_in_capitals_hold_parts_with_lines_between_them() {
    let document = read("capitals.md", CAPITALS.as_bytes());
    let found = runnable(&document);
    assert_eq!(found, ["Traefik", "portal", "Grafana", "Loki", "Jaeger"]);
    let jaeger = &document.facts.components.iter();
    let jaeger: Vec<_> = jaeger.clone().filter(|it| it.name == "Jaeger").collect();
    assert_eq!((jaeger[0].origin.line, jaeger[0].origin.column), (12, 25));
}

const CAPITALS: &str = "\
## Architecture

```
┌────────────────────────────────────┐
│            WATCH  v3               │
├────────────────────────────────────┤
│  ACCESS   Traefik  │  portal       │
├────────────────────────────────────┤
│  VIEW     Grafana                  │
├────────────────────────────────────┤
│                                    │
│  STORE    Loki     │  Jaeger       │
└────────────────────────────────────┘
```
";

#[test]
fn shapes_tell_people_and_what_others_run() {
    let text = "# A\n\n```mermaid\ngraph TD\n G((Guard)) --> P[portal]\n P --> S[/SWIFT bureau/]\n P --> R((RabbitMQ))\n P --> M[/Redis/]\n P --> W[/mail-worker/]\n```\n";
    let document = read("shapes.md", text.as_bytes());
    assert_eq!(
        runnable(&document),
        ["portal", "RabbitMQ", "Redis", "mail-worker"]
    );
}

#[test]
fn pipelines_between_stores_are_of_programs() {
    let chart = "```mermaid\ngraph LR\n A[NestJS API] --> R[(Redis)] --> W[BullMQ Worker] --> P[(Postgres)]\n```\n";
    let below = |heading: &str| {
        let text = format!("# A\n\n## {heading}\n\n{chart}");
        runnable(&read("pipeline.md", text.as_bytes()))
            .into_iter()
            .map(ToOwned::to_owned)
            .collect::<Vec<String>>()
    };
    let all = ["NestJS API", "Redis", "BullMQ Worker", "Postgres"];
    assert_eq!(below("Background processing pipeline"), all);
    assert_eq!(below("CI/CD pipeline"), Vec::<String>::new());
}

#[test]
fn hosts_of_programs_are_containers_and_diamonds_of_stores_are_stores() {
    let text = "# A\n\n```mermaid\nC4Container\n Container_Boundary(b, \"Shop\") {\n Container(api, \"API Host\", \"ASP.NET Core\", \"Serves\")\n ContainerDb(db, \"PostgreSQL\", \"SQL\", \"Keeps\")\n }\n```\n";
    let document = read("hosts.md", text.as_bytes());
    assert_eq!(runnable(&document), ["API Host", "PostgreSQL"]);
    let text =
        "# A\n\n```mermaid\ngraph LR\n B(web) --> D{Database}\n B --> Q{Database full?}\n```\n";
    let document = read("diamonds.md", text.as_bytes());
    assert_eq!(runnable(&document), ["web", "Database"]);
}

#[test]
fn what_a_program_keeps_is_a_volume() {
    let text = "# A\n\n```mermaid\ngraph TD\n P[pgadmin] --> V[pgadmin_data]\n A[api] --> I[ingest_data]\n```\n";
    let document = read("kept.md", text.as_bytes());
    let kind = |name: &str| {
        let mut parts = document.facts.components.iter();
        parts.find(|part| part.name == name).map(|part| part.kind)
    };
    assert_eq!(kind("pgadmin_data"), Some(ComponentKind::Volume));
    assert_ne!(kind("ingest_data"), Some(ComponentKind::Volume));
}

#[test]
fn a_titled_box_holds_the_servers_in_its_row() {
    let text = "# A

## Architecture

```
┌──────────┐
│   hub    │
└────┬─────┘
     │
┌────┴─────────────── shared ────────────────────┐
│  PostgreSQL (orders)        MinIO (pictures)   │
└────────────────────────────────────────────────┘
```
";
    let document = read("shared.md", text.as_bytes());
    let found = runnable(&document);
    assert!(!found.contains(&"shared"), "{found:?}");
    for name in ["PostgreSQL", "MinIO"] {
        assert!(found.contains(&name), "{name} in {found:?}");
    }
}

#[test]
fn addresses_in_a_list_are_not_what_a_box_is() {
    let text = "# A

## Architecture

```
┌──────────────────┐
│  Node.js Server  │
│  Port 5001       │
│  - postgres:5432 │
│  - redis:6379    │
└──────────────────┘
```
";
    let document = read("addresses.md", text.as_bytes());
    let server = &document.facts.components[0];
    assert_eq!(server.kind, ComponentKind::Service);
    assert_eq!(server.ports, [5001]);
    assert_eq!(server.technology, None);
}

#[test]
fn a_player_is_no_layer() {
    let text = "# A

## Architecture

```
┌────────────┐     ┌────────────┐
│ web-player │────▶│ search-api │
│ (Solid.js) │     │  (Python)  │
└────────────┘     └────────────┘
```
";
    let document = read("player.md", text.as_bytes());
    assert_eq!(runnable(&document), ["web-player", "search-api"]);
}
