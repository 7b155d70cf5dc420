//! Documented endpoints, queues and tables against services that run.

use devkit_doctor::Report;
use devkit_testkit::{docker, engine_for_test, free_ports};
use lapin::options::{ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions};

use crate::engine::{Running, probe};
use crate::support::{Platform, lines};

const DOCUMENT: &str = "# Shop

## Endpoints

| Service | Method | Path |
|---|---|---|
| web | GET | `/api/v1/users` |
| web | POST | `/api/v1/users` |
| web | GET | `/users/:id` |
| web | GET | `/health` |

## Queues

| Queue | Broker |
|---|---|
| orders | rabbitmq |
| order.placed | rabbitmq |
| events | rabbitmq |

## Data

```mermaid
erDiagram
    CUSTOMER {
        bigint id PK
        string email
    }
    NOTE {
        text body
    }
```
";

const INTERFACE: &str = r#"{"openapi": "3.1.0", "paths": {
  "/api/v1/users": {"get": {}, "post": {}}, "/api/v1/users/{user_id}": {"get": {}}}}"#;

fn compose(name: &str, ports: &[u16]) -> String {
    format!(
        r#"name: {name}
services:
  web:
    image: python:3.13-slim
    command: ["python3", "-m", "http.server", "8000", "--directory", "/site"]
    ports: ["127.0.0.1:{}:8000"]
    volumes: ["./site:/site:ro"]
    healthcheck:
      test: ["CMD", "python3", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/')"]
      interval: 1s
      retries: 60
  postgres:
    image: postgres:17
    environment: {{ POSTGRES_USER: app, POSTGRES_PASSWORD: first, POSTGRES_DB: app }}
    ports: ["127.0.0.1:{}:5432"]
    volumes: ["data:/var/lib/postgresql/data"]
    healthcheck: {{ test: ["CMD-SHELL", "pg_isready -h 127.0.0.1 -U app"], interval: 1s, retries: 90 }}
  rabbitmq:
    image: rabbitmq:4-management
    environment: {{ RABBITMQ_DEFAULT_USER: app, RABBITMQ_DEFAULT_PASS: third }}
    ports: ["127.0.0.1:{}:5672", "127.0.0.1:{}:15672"]
    healthcheck: {{ test: ["CMD", "rabbitmq-diagnostics", "-q", "check_port_connectivity"], interval: 2s, timeout: 20s, retries: 90 }}
volumes:
  data:
"#,
        ports[0], ports[1], ports[2], ports[3]
    )
}

/// Makes what the document names: a table, a queue, an exchange and a routing key.
async fn furnish(project: &str, broker: u16) {
    let container = format!("{project}-postgres-1");
    let tables = "CREATE SCHEMA shop; CREATE TABLE shop.customers (id bigint PRIMARY KEY, email text); \
                  CREATE TABLE shop.notes (body text)";
    let client = ["psql", "-h", "127.0.0.1", "-U", "app", "-c", tables];
    let shell = ["exec", "-e", "PGPASSWORD=first", &container];
    docker(&[&shell[..], &client[..]].concat()).expect("the tables are made");
    let address = format!("amqp://app:third@127.0.0.1:{broker}/%2f");
    let connection = lapin::Connection::connect(&address, lapin::ConnectionProperties::default());
    let connection = connection.await.unwrap();
    let channel = connection.create_channel().await.unwrap();
    let durable = QueueDeclareOptions {
        durable: true,
        ..QueueDeclareOptions::default()
    };
    let nothing = lapin::types::FieldTable::default;
    let queue = channel.queue_declare("orders".into(), durable, nothing());
    queue.await.unwrap();
    let kind = lapin::ExchangeKind::Topic;
    let exchange = channel.exchange_declare(
        "events".into(),
        kind,
        ExchangeDeclareOptions::default(),
        nothing(),
    );
    exchange.await.unwrap();
    let key = "order.placed".into();
    let bound = channel.queue_bind(
        "orders".into(),
        "events".into(),
        key,
        QueueBindOptions::default(),
        nothing(),
    );
    bound.await.unwrap();
    connection.close(200, "done".into()).await.unwrap();
}

fn found(report: &Report) -> Vec<String> {
    lines(report)
        .into_iter()
        .filter(|line| {
            ["DK33", "DK934", "DK935", "DK953"]
                .iter()
                .any(|rule| line.starts_with(rule))
        })
        .collect()
}

#[test]
fn what_the_document_names_is_looked_for_where_it_runs() {
    if !engine_for_test("what the document names is looked for") {
        return;
    }
    let name = format!("devkit-doctor-interfaces-{}", std::process::id());
    let ports = free_ports(4);
    let platform = Platform::of(&compose(&name, &ports), DOCUMENT);
    platform.write("site/openapi.json", INTERFACE);
    platform.write("site/health", "ok");
    let root = platform.root();
    let _running = Running::up(&root);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(furnish(&name, ports[2]));
    let doctor = |from: &str, to: &str| {
        platform.write("ARCHITECTURE.md", &DOCUMENT.replace(from, to));
        let report = runtime.block_on(probe(&platform));
        for id in ["DK330", "DK934", "DK935", "DK953"] {
            let rule = report.rules.iter().find(|rule| rule.rule.id == id).unwrap();
            assert_eq!(
                rule.state,
                devkit_doctor::report::State::Decided,
                "{id}: {rule:?}"
            );
        }
        found(&report)
    };
    assert_eq!(doctor("", ""), Vec::<String>::new());
    let cases = [
        (
            "| `/users/:id` |",
            "| `/user/:id` |",
            "DK330 error GET /user/:id [ARCHITECTURE.md:9 ",
        ),
        (
            "| POST |",
            "| PUT |",
            "DK330 error PUT /api/v1/users [ARCHITECTURE.md:8 ",
        ),
        (
            "| `/health` |",
            "| `/healthz` |",
            "DK330 error GET /healthz [ARCHITECTURE.md:10 ",
        ),
        (
            "| orders |",
            "| invoices |",
            "DK953 error invoices [ARCHITECTURE.md:16 ",
        ),
        (
            "| order.placed |",
            "| order.lost |",
            "DK953 error order.lost [ARCHITECTURE.md:17 ",
        ),
        (
            "    CUSTOMER {",
            "    SUPPLIER {",
            "DK934 error SUPPLIER [ARCHITECTURE.md:24 ",
        ),
        (
            "string email",
            "string phone",
            "DK935 error CUSTOMER.phone [ARCHITECTURE.md:26 ",
        ),
        (
            "bigint id",
            "uuid id",
            "DK935 error CUSTOMER.id [ARCHITECTURE.md:25 ",
        ),
    ];
    for (from, to, expected) in cases {
        let found = doctor(from, to);
        let [line] = found.as_slice() else {
            panic!("{from} to {to}: {found:?}");
        };
        assert!(line.starts_with(expected), "{line}");
    }
}
