//! Documents and compose files of the shapes that repositories have, with what a careful reader
//! would say about them: services that no drawing shows, and drawn services that do not exist.

use crate::support::{mermaid, said};

const NOTHING: [&str; 0] = [];

const LIBRARY: &str = "services:
  catalog:
    build: ./catalog
    ports: ['8001:8000']
    environment: {DATABASE_URL: 'postgres://u:p@catalog-db:5432/catalog'}
  loans:
    build: ./loans
    ports: ['8002:8000']
    depends_on: [loans-db, broker]
  catalog-db:
    image: postgres:16
  loans-db:
    image: postgres:16
  broker:
    image: rabbitmq:4-management
  adminer:
    image: adminer
";

#[test]
fn c4_containers_are_read() {
    let document = mermaid(
        "C4Container
    title Library
    Person(reader, \"Reader\", \"Borrows books\")
    System_Boundary(lib, \"Library\") {
        Container(catalog, \"Catalog Service\", \"Go\", \"Lists books\")
        Container(loans, \"Loans Service\", \"Go\", \"Lends books\")
        Container(fines, \"Fines Service\", \"Go\", \"Collects fines\")
        ContainerDb(cdb, \"Catalog PostgreSQL\", \"PostgreSQL 16\", \"Books\")
        ContainerDb(ldb, \"Loans PostgreSQL\", \"PostgreSQL 16\", \"Loans\")
        ContainerQueue(mq, \"RabbitMQ\", \"AMQP\", \"Events\")
    }
    System_Ext(mail, \"Mail provider\", \"Sends reminders\")
    Rel(reader, catalog, \"Searches\", \"HTTPS\")
    Rel(loans, mq, \"Publishes\", \"AMQP\")
    Rel(fines, mq, \"Consumes\", \"AMQP\")
    Rel(loans, mail, \"Reminds\")",
    );
    assert_eq!(
        said(LIBRARY, &document),
        ["DK101 adminer", "DK102 Fines Service"]
    );
}

#[test]
fn architecture_diagrams_are_read() {
    let document = mermaid(
        "architecture-beta
    group stack(cloud)[Docker Compose]
    service catalog(server)[Catalog] in stack
    service loans(server)[Loans] in stack
    service cdb(database)[Catalog DB] in stack
    service ldb(database)[Loans DB] in stack
    service mq(disk)[RabbitMQ] in stack
    service cache(disk)[Redis] in stack
    service reader(internet)[Reader]
    reader:R --> L:catalog
    catalog:B --> T:cdb
    loans:B --> T:ldb
    loans:R -- L:mq",
    );
    assert_eq!(said(LIBRARY, &document), ["DK101 adminer", "DK102 Redis"]);
}

#[test]
fn a_compose_file_of_stores_alone_leaves_the_programs_undefined() {
    let document = mermaid(
        "graph TB
    subgraph \"Client Layer\"
        Phone[📱 Mobile App]
    end
    subgraph \"Services\"
        Gateway[🚪 API Gateway<br/>Port: 5000]
        Orders[📦 Order Service<br/>Port: 5001]
    end
    subgraph \"Data Layer\"
        PG[(🐘 PostgreSQL<br/>Port: 5432)]
        S3[☁️ AWS S3<br/>Photos]
    end
    Phone --> Gateway
    Gateway --> Orders
    Orders --> PG
    Orders --> S3",
    );
    let compose = "services:\n  db:\n    image: postgres:16\n    ports: ['5432:5432']\n";
    assert_eq!(
        said(compose, &document),
        ["DK102 API Gateway", "DK102 Order Service"]
    );
}

#[test]
fn a_store_means_the_one_that_its_neighbour_uses() {
    let document = mermaid(
        "flowchart LR
    R[Lector] --> C[catalog]
    R --> L[loans]
    C --> A[(SQL libros)]
    L --> B[(SQL préstamos)]
    L --> M[Cola de eventos]
    W[Adminer] --> A",
    );
    assert_eq!(said(LIBRARY, &document), NOTHING);
}

#[test]
fn planned_parts_are_planned_in_any_language_and_by_their_class() {
    let document = mermaid(
        "flowchart LR
    R[Navegador] --> C[catalog]
    C --> A[(catalog-db)]
    L[loans] --> B[(loans-db)]
    L --> M[[broker]]
    T[adminer] --> A
    C --> P[\"prometheus<br/>[contenedor planificado]\"]
    C --> S[Suche, geplant]
    C --> X[Report Service]
    C --> Y[Stats Service]:::planned
    class X planned",
    );
    assert_eq!(said(LIBRARY, &document), NOTHING);
}

#[test]
fn a_cluster_stands_for_all_of_its_instances() {
    let compose = "services:
  api:
    build: .
    depends_on: [mongo-a, mongo-b, router]
  mongo-a:
    image: mongo:8
  mongo-b:
    image: mongo:8
  router:
    image: mongo:8
    command: [mongos]
";
    let document = mermaid("flowchart LR\n  api[API :3000] --> mongo[(MongoDB Replica Set)]");
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn items_of_a_list_in_a_box_are_drawn() {
    let compose = "services:
  gateway: {build: ./gateway}
  user-service: {build: ./user}
  staff-service: {build: ./staff}
  cart-service: {build: ./cart}
  report-service: {build: ./report}
";
    let document = "# Shop

```
┌──────────────────────────────────────────────┐
│              API GATEWAY (Port 8000)         │
└──────────────────────┬───────────────────────┘
                       │
          ┌────────────┴───────────┐
          ▼                        ▼
┌─────────────────┐      ┌─────────────────┐
│   USER DOMAIN   │      │  ORDER DOMAIN   │
├─────────────────┤      ├─────────────────┤
│ • user-svc      │      │ • cart-svc      │
│   (8001)        │      │   (8006)        │
│ • staff-svc     │      │                 │
└─────────────────┘      └─────────────────┘
```
";
    assert_eq!(said(compose, document), ["DK101 report-service"]);
}

#[test]
fn a_drawing_of_the_compose_file_is_believed_though_nothing_fits() {
    let compose = "services:\n  simulator: {build: ./sim}\n  driver: {build: ./driver}\n";
    let document = "# Robot

```
┌──────────────────────────────────────────────┐
│ docker-compose.yml                           │
│                                              │
│   ┌────────────────┐     ┌────────────────┐  │
│   │ printer        │     │ panel          │  │
│   │ port: 8090     │     │ port: 8080     │  │
│   └───────┬────────┘     └───────┬────────┘  │
│           └──────────────────────┘           │
└──────────────────────────────────────────────┘
```
";
    assert_eq!(
        said(compose, document),
        [
            "DK101 simulator",
            "DK101 driver",
            "DK102 printer",
            "DK102 panel"
        ]
    );
}

#[test]
fn what_the_cloud_runs_is_not_asked_for() {
    let document = mermaid(
        "graph TB
    subgraph CF[\"☁️ Cloudflare\"]
        Proxy[\"Proxy & CDN<br/>DDoS Protection\"]
    end
    subgraph AWS[\"☁️ AWS (eu-west-1)\"]
        LB[\"Application<br/>Load Balancer\"]
        subgraph DC[\"🐳 Docker Compose (per EC2)\"]
            C[\"Client Container<br/>Nginx :80\"]
            S1[\"Server Container #1<br/>Node.js :3000\"]
            S2[\"Server Container #2<br/>Node.js :3000\"]
        end
        Agent[\"CloudWatch Agent\"]
    end
    subgraph GH[\"⚡ GitHub Actions (CI/CD)\"]
        Job[\"build-server\"]
    end
    subgraph EXT[\"🌍 External Services\"]
        DB[\"MongoDB Atlas\"]
    end
    Proxy --> LB
    LB --> C
    C --> S1
    C --> S2
    S1 --> DB
    Job --> LB",
    );
    let compose = "services:\n  server: {build: ./server, deploy: {replicas: 2}}\n  client: {build: ./client, ports: ['80:80']}\n";
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn caches_inside_a_program_are_no_services() {
    let document = mermaid(
        "graph TB
    subgraph Business
        A[catalog :8001]
        B[loans :8002]
    end
    subgraph Data
        P[(PostgreSQL<br/>catalog_db)]
        Q[(PostgreSQL<br/>loans_db)]
        K[(Caffeine Cache<br/>TTL 5 min)]
        L[(SQLite)]
    end
    A --> P
    B --> Q
    A --> K
    B --> L
    B --> R[RabbitMQ]",
    );
    let compose = LIBRARY.replace("image: adminer", "image: redis:8");
    assert_eq!(
        said(&compose.replace("adminer:", "redis:"), &document),
        ["DK101 redis"]
    );
}

#[test]
fn a_drawing_of_the_inside_of_a_program_asks_for_nothing() {
    let document = mermaid(
        "flowchart TB
    subgraph proc[\"Process: catalog (JVM)\"]
        subgraph web[\"Web layer\"]
            F[\"Filters\"]
            K[\"Controllers\"]
        end
        subgraph dom[\"Domain layer\"]
            S[\"LendingService<br/>(rules)\"]
            R[\"BookRepository\"]
        end
    end
    F --> K --> S --> R",
    );
    assert_eq!(said(LIBRARY, &document), NOTHING);
}

#[test]
fn names_and_keys_may_differ_in_the_kind_of_program() {
    let compose = "services:
  postgres: {image: 'postgres:16'}
  spring-boot: {build: ./api, depends_on: [postgres]}
";
    let document = mermaid(
        "graph
    A[React UI]
    B[Spring Boot API]
    C[Fast API]
    D[Postgres]
    A --> B
    B --> D
    C --> D",
    );
    assert_eq!(
        said(compose, &document),
        ["DK102 React UI", "DK102 Fast API"]
    );
}

#[test]
fn one_of_two_stores_of_a_kind_may_be_missing() {
    let document = mermaid(
        "flowchart LR
    C[Catalog Service] --> A[(Catalog PostgreSQL)]
    L[Loans Service] --> B[(Loans PostgreSQL)]
    L --> M[RabbitMQ]
    W[Adminer] --> A",
    );
    let compose = LIBRARY.replace("  loans-db:\n    image: postgres:16\n", "");
    assert_eq!(said(&compose, &document), ["DK102 Loans PostgreSQL"]);
}

#[test]
fn the_host_around_the_containers_makes_nobody_foreign() {
    let document = mermaid(
        "graph TB
    subgraph \"🐳 DOCKER HOST\"
        subgraph \"📡 Network (172.25.0.0/24)\"
            C[catalog<br/>:8001]
            L[loans<br/>:8002]
            A[(catalog-db)]
            B[(loans-db)]
            M[RabbitMQ]
            W[Adminer]
            X[Redis Exporter<br/>:9121]
        end
        subgraph \"💽 Docker Volumes\"
            V[catalog-data]
        end
    end
    C --> A
    L --> B
    A --> V",
    );
    assert_eq!(said(LIBRARY, &document), ["DK102 Redis Exporter"]);
}

#[test]
fn a_frame_named_by_what_it_holds_is_no_program() {
    let document = mermaid(
        "graph TB
    subgraph \"Message Broker\"
        M[RabbitMQ]
        Z[Zookeeper<br/>Port: 2181]
    end
    C[catalog] --> A[(catalog-db)]
    L[loans] --> B[(loans-db)]
    L --> M
    M --> Z
    W[adminer] --> A",
    );
    assert_eq!(said(LIBRARY, &document), ["DK102 Zookeeper"]);
}

#[test]
fn what_stands_among_services_in_a_dense_drawing_is_one() {
    let document = mermaid(
        "graph TB
    subgraph \"Processing Tier\"
        C[catalog]
        L[loans]
        P[Cover Converter]
    end
    subgraph \"Data Tier\"
        A[(catalog-db)]
        B[(loans-db)]
        M[RabbitMQ]
        W[Adminer]
    end
    C --> A
    L --> B
    C --> P
    P --> M",
    );
    assert_eq!(said(LIBRARY, &document), ["DK102 Cover Converter"]);
}

#[test]
fn the_layers_of_an_image_inside_a_container_are_no_services() {
    let compose = "services:
  backend:
    build: .
    ports: ['8080:8080']
  postgres:
    image: postgres:16-alpine
";
    let document = "# Notes

## Docker

```
┌──────────────────────────────────────────────────┐
│                  DOCKER NETWORK                  │
│  ┌────────────────────────────────────────────┐  │
│  │     Docker Container: Backend (Spring)     │  │
│  │  ┌──────────────────────────────────────┐  │  │
│  │  │  Maven:3.9-Temurin-21 (Build)        │  │  │
│  │  │  └─ mvn package                      │  │  │
│  │  └──────────────────────────────────────┘  │  │
│  │  ┌──────────────────────────────────────┐  │  │
│  │  │  Temurin-21-JRE (Runtime)            │  │  │
│  │  └──────────────────────────────────────┘  │  │
│  └────────────────────────────────────────────┘  │
│                        ↕                         │
│  ┌────────────────────────────────────────────┐  │
│  │       Docker Container: PostgreSQL 16      │  │
│  │  ┌──────────────────────────────────────┐  │  │
│  │  │  postgres:16-alpine                  │  │  │
│  │  │  └─ Volume: data                     │  │  │
│  │  └──────────────────────────────────────┘  │  │
│  └────────────────────────────────────────────┘  │
└──────────────────────────────────────────────────┘
```
";
    assert_eq!(said(compose, document), NOTHING);
}
