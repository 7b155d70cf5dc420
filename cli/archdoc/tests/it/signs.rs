//! Signs that drawings are made with now and then.

use devkit_archdoc::{ComponentKind, read};

use crate::support::runnable;

#[test]
fn arrows_of_flowcharts_may_have_names() {
    let text = "# A

```mermaid
flowchart TB
    U(\"UserService\") e1@-- events --> K[(\"Kafka\")]
    K e2@--> M(\"MailService\")
    e1@{ animation: slow }
    e2@{ animate: true }
```
";
    let document = read("named.md", text.as_bytes());
    assert_eq!(runnable(&document), ["UserService", "Kafka", "MailService"]);
    let lines = document.facts.connections.iter();
    let lines: Vec<(&str, &str)> = lines.map(|it| (&*it.from, &*it.to)).collect();
    assert_eq!(lines, [("UserService", "Kafka"), ("Kafka", "MailService")]);
    assert!(document.diagrams[0].origin.confidence > 0.8);
}

#[test]
fn a_tip_in_a_border_leaves_it_a_border() {
    let text = "# A

## Architecture

```
+-----------+    \\ /
|  api      |  .---v-----.
+-----+-----+  |  NATS   |
      |        '---------'
      v
+-----------+
|  db       |
+-----------+
```
";
    let document = read("tip.md", text.as_bytes());
    let mut found = runnable(&document);
    found.sort_unstable();
    assert_eq!(found, ["NATS", "api", "db"]);
}

#[test]
fn servers_in_a_list_on_a_line_of_a_drawing_are_a_part() {
    let text = "# A

## System Layers

```
Client (React SPA)
      ↓ HTTPS
NestJS API Gateway (Node.js 22)
      ↓ Prisma ORM
PostgreSQL 17 + Redis 7 + Elasticsearch 8
      ↓ jobs
ML Microservice (Python FastAPI)
```
";
    let document = read("layers.md", text.as_bytes());
    let found = runnable(&document);
    for name in [
        "PostgreSQL 17 + Redis 7 + Elasticsearch 8",
        "ML Microservice",
    ] {
        assert!(found.contains(&name), "{name} in {found:?}");
    }
}

#[test]
fn a_number_of_instances_may_stand_apart() {
    let text = "# A\n\n```mermaid\ngraph LR\n    A[API] --> W[Worker  x 2]\n```\n";
    let document = read("count.md", text.as_bytes());
    let mut parts = document.facts.components.iter();
    let worker = parts.find(|part| part.name == "Worker");
    assert_eq!(worker.and_then(|part| part.replicas), Some(2));
}

#[test]
fn what_stands_in_a_frame_of_queues_is_one() {
    let text = "# A

```mermaid
graph LR
    subgraph Filas [Filas RabbitMQ]
        P[(pedidos)]
    end
    API --> P
```
";
    let document = read("queues.md", text.as_bytes());
    let mut parts = document.facts.components.iter();
    let queue = parts.find(|part| part.name == "pedidos");
    assert_eq!(queue.map(|part| part.kind), Some(ComponentKind::Topic));
}

#[test]
fn boxes_of_plain_signs_may_stand_right_below_others() {
    let text = "# A

## Architecture

```
+-----------------------------------------+
|  Domain services                        |
|  +---------------+  +----------------+  |
|  | orders-svc    |  | identity-svc   |  |
|  +---------------+  +----------------+  |
|  +---------------+  +----------------+  |
|  | scoring-svc   |  | document-svc   |  |
|  +---------------+  +----------------+  |
+-----------------------------------------+
```
";
    let document = read("stacked.md", text.as_bytes());
    assert_eq!(
        runnable(&document),
        ["orders-svc", "identity-svc", "scoring-svc", "document-svc"]
    );
}

#[test]
fn a_name_may_end_before_the_port_on_the_next_line() {
    let text = "# A

## Architecture

```
┌──────────────────┐     ┌──────────────────┐
│  Authentication  │────▶│   Notification   │
│  Service (3001)  │     │   Service (3004) │
└──────────────────┘     └──────────────────┘
```
";
    let document = read("two.md", text.as_bytes());
    assert_eq!(
        runnable(&document),
        ["Authentication Service", "Notification Service"]
    );
}

#[test]
fn mounts_are_volumes() {
    let text = "# A

```mermaid
graph LR
    A[API] --> R[(redis)]
    subgraph Mounts
      V[redis_data:/data]
      T[models volume]
    end
```
";
    let document = read("mounts.md", text.as_bytes());
    assert_eq!(runnable(&document), ["API", "redis"]);
}
