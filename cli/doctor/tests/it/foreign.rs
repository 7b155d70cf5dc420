//! Documents that devkit did not write: what is asked of them, and what is not.

use devkit_doctor::rule::{Item, Level};

use crate::support::{Platform, lines};

const SHOP: &str = "services:
  web-frontend:
    build: ./frontend
    ports: ['3000:3000']
  catalog-service:
    build: ./catalog
  order_service:
    build: ./orders
    depends_on: [db, redis]
  celery_worker:
    build: ./orders
    command: celery worker
  db:
    image: postgres:16
    volumes: ['db:/var/lib/postgresql/data']
  redis:
    image: redis:7
  migrations:
    build: ./orders
    command: alembic upgrade head
volumes:
  db:
";

fn of_rules(platform: &Platform, rules: &[&str]) -> Vec<String> {
    let report = platform.doctor();
    let found: Vec<String> = report
        .findings
        .iter()
        .filter(|finding| rules.contains(&finding.rule.id))
        .filter(|finding| finding.rule.id == "DK103" || finding.level != Level::Info)
        .map(|finding| format!("{} {}", finding.rule.id, finding.subject))
        .collect();
    found
}

#[test]
fn names_are_matched_as_a_reader_would() {
    let platform = Platform::of(
        SHOP,
        "# Shop\n\n```mermaid\ngraph TD\n  U[User] --> F[Web Frontend<br/>React]\n  F --> C[Catalog Service]\n  F --> O[Order Service]\n  O --> D[(PostgreSQL)]\n  O --> R[(Redis Cache)]\n  W[Celery Worker] --> R\n  O --> S[Stripe API]\n```\n",
    );
    assert_eq!(
        of_rules(&platform, &["DK101", "DK102", "DK103"]),
        Vec::<String>::new()
    );
}

#[test]
fn a_missing_and_an_undocumented_service_are_found() {
    let platform = Platform::of(
        SHOP,
        "# Shop\n\n```mermaid\ngraph TD\n  F[Web Frontend] --> C[Catalog Service]\n  F --> P[Payment Service]\n  P --> K[Kafka]\n  C --> D[(PostgreSQL)]\n  C --> R[(Redis)]\n  W[Celery Worker] --> R\n```\n",
    );
    assert_eq!(
        of_rules(&platform, &["DK101", "DK102", "DK103"]),
        [
            "DK101 order_service",
            "DK102 Payment Service",
            "DK102 Kafka"
        ]
    );
}

#[test]
fn a_document_without_a_diagram_of_services_is_not_asked() {
    let platform = Platform::of(
        SHOP,
        "# Shop\n\n```\nsrc/\n├── api/\n│   └── main.py\n└── web/\n```\n\n```mermaid\nstateDiagram-v2\n  [*] --> Draft\n  Draft --> Paid\n```\n",
    );
    assert_eq!(
        of_rules(&platform, &["DK101", "DK102", "DK103"]),
        Vec::<String>::new()
    );
}

#[test]
fn modules_inside_a_service_are_no_services() {
    let platform = Platform::of(
        SHOP,
        "# Shop\n\n```mermaid\ngraph TD\n  F[Web Frontend] --> C\n  subgraph O[Order Service]\n    A[API Layer] --> B[Business Logic]\n    B --> Q[Repository]\n  end\n  C[Catalog Service] --> A\n  Q --> D[(PostgreSQL)]\n  W[Celery Worker] --> R[(Redis)]\n```\n",
    );
    assert_eq!(
        of_rules(&platform, &["DK101", "DK102"]),
        Vec::<String>::new()
    );
}

#[test]
fn an_alias_names_a_service_and_a_waiver_silences_a_finding() {
    let document = "# Shop\n\n<!-- devkit:alias Basket = order_service -->\n<!-- devkit:ignore DK102 \"Kafka\" planned -->\n\n```mermaid\ngraph TD\n  F[Web Frontend] --> C[Catalog Service]\n  F --> B[Basket]\n  B --> K[Kafka]\n  C --> D[(PostgreSQL)]\n  C --> R[(Redis)]\n  W[Celery Worker] --> R\n```\n";
    let platform = Platform::of(SHOP, document);
    assert_eq!(
        of_rules(&platform, &["DK101", "DK102"]),
        Vec::<String>::new()
    );
    assert_eq!(platform.doctor().waived.len(), 1);
}

#[test]
fn a_service_may_be_named_after_people() {
    let document = "# Shop\n\n```mermaid\ngraph TD\n  F[Web Frontend] --> C[Catalog Service]\n  F --> O[Order Service]\n  F --> N[User Service<br/>Port: 8081]\n  A[Admin] --> F\n  C --> D[(PostgreSQL)]\n  C --> R[(Redis)]\n  W[Celery Worker] --> R\n  N --> G[GitHub API]\n```\n";
    let platform = Platform::of(SHOP, document);
    assert_eq!(
        of_rules(&platform, &["DK101", "DK102"]),
        ["DK102 User Service"]
    );
}

#[test]
fn what_a_fresh_clone_lacks_is_said_once_and_the_document_is_checked() {
    let compose = "include: [./other/compose.yml]
services:
  api:
    extends: {file: common.yml, service: base}
    build: ./api
    env_file: [./secrets.env]
    environment:
      TOKEN: ${TOKEN:?set it}
    ports: ['${API_PORT}:8000', '${METRICS}:${METRICS}']
  web:
    build: ./web
    env_file: ./secrets.env
    depends_on: [api, gone]
  db:
    image: postgres:17
  cache:
    image: redis:8
";
    let platform = Platform::of(
        compose,
        "# Shop\n\n```mermaid\ngraph TD\n  W[Web] --> A[API]\n  A --> D[(PostgreSQL)]\n  A --> S[Search Service]\n```\n",
    );
    assert_eq!(
        of_rules(&platform, &["DK101", "DK102"]),
        ["DK101 cache", "DK102 Search Service"]
    );
    let report = platform.doctor();
    let said: Vec<&str> = report
        .findings
        .iter()
        .filter(|finding| finding.rule.id == "DK924")
        .map(|finding| finding.message.as_str())
        .collect();
    for part in [
        "other/compose.yml",
        "common.yml",
        "secrets.env",
        "TOKEN",
        "ports[1]",
        "gone",
    ] {
        let times = said.iter().filter(|said| said.contains(part)).count();
        assert_eq!(times, 1, "{part} in {said:#?}");
    }
}

#[test]
fn a_document_that_draws_nothing_documents_nothing() {
    let listed = "# Shop\n\n## Services\n\n- web-frontend\n- catalog-service\n- db\n";
    let other = "# Shop\n\n```mermaid\ngraph TD\n  Parser --> Lexer\n  Lexer --> Printer\n```\n";
    for document in [listed, other] {
        let report = Platform::of(SHOP, document).doctor();
        let item = report.item(Item::Services);
        assert!(!item.holds(), "{document}");
        let reasons: Vec<_> = item
            .undecided
            .iter()
            .filter_map(|state| state.reason.as_deref())
            .collect();
        assert_eq!(
            reasons,
            ["no diagram of ARCHITECTURE.md shows the services"]
        );
    }
}

#[test]
fn words_joined_by_lines_without_boxes_are_read() {
    let document = "# Shop\n\n```\nVisitor\n  |\n  v\nLoad Balancer\n  |\n  v\nOrder Service\n  |        |\n  |        +--> Redis cache\n  |\n  +--> PostgreSQL\n```\n";
    let platform = Platform::of(SHOP, document);
    assert_eq!(
        of_rules(&platform, &["DK101", "DK102"]),
        [
            "DK101 web-frontend",
            "DK101 catalog-service",
            "DK101 celery_worker",
            "DK102 Load Balancer"
        ]
    );
}

#[test]
fn steps_written_like_names_are_no_services() {
    let document = "# Shop\n\n```\nOrder Service\n  |\n  v\nQuery Database\n  |\n  v\nPostgreSQL\n  |\n  v\nCelery Worker\n  |\n  v\n4. Send mails from the server\n```\n";
    let platform = Platform::of(SHOP, document);
    assert_eq!(of_rules(&platform, &["DK102"]), Vec::<String>::new());
}

#[test]
fn boxes_whose_borders_stray_at_plus_signs_are_read() {
    let document = "# Shop\n\n    +-----------------+         +-----------------+\n    |  Web Frontend   | <-----> |  Order Service   |\n    |    (React)      |         |   (orders)      |\n    +--------+--------+         +--------+--------+\n             |                           |\n             v                           |\n      +------+------+                    |\n      |  PostgreSQL  | <-----------------+\n      +------+------+                    |\n             |                           v\n             |                   +-------+-------+\n             |                   | Ledger Service |\n             |                   +---------------+\n             v\n      +------+------+\n      |    Redis    |\n      +-------------+\n";
    let platform = Platform::of(SHOP, document);
    assert_eq!(
        of_rules(&platform, &["DK101", "DK102"]),
        [
            "DK101 catalog-service",
            "DK101 celery_worker",
            "DK102 Ledger Service"
        ]
    );
}

#[test]
fn a_one_shot_service_that_is_not_drawn_is_information() {
    let platform = Platform::of(
        SHOP,
        "# Shop\n\n```mermaid\ngraph TD\n  F[Web Frontend] --> C[Catalog Service]\n  F --> O[Order Service]\n  O --> D[(PostgreSQL)]\n  W[Celery Worker] --> R[(Redis)]\n```\n",
    );
    let report = platform.doctor();
    let told: Vec<(&str, Level)> = report
        .findings
        .iter()
        .filter(|finding| finding.rule.id == "DK101")
        .map(|finding| (finding.subject.as_str(), finding.level))
        .collect();
    assert_eq!(told, [("migrations", Level::Info)]);
}

#[test]
fn a_role_takes_the_service_that_no_better_name_means() {
    let compose = "services:\n  server:\n    build: ./server\n  shadow-api:\n    build: ./shadow\n  db:\n    image: postgres:17\n  db-replica:\n    image: postgres:17\n  cache:\n    image: redis:8\n";
    let document = "# Shop\n\n```mermaid\ngraph TD\n  U[Visitor] --> A[API]\n  A --> D[(PostgreSQL)]\n  A --> R[(Redis)]\n```\n";
    let platform = Platform::of(compose, document);
    assert_eq!(
        of_rules(&platform, &["DK101", "DK102"]),
        ["DK101 shadow-api", "DK101 db-replica"]
    );
}

#[test]
fn one_diagram_draws_a_service_under_one_name() {
    let compose = "services:\n  spring-boot:\n    build: ./backend\n  web:\n    build: ./web\n  postgres:\n    image: postgres:17\n";
    let document = "# Shop\n\n```mermaid\ngraph TD\n  W[Web App] --> A[Spring Boot API]\n  W --> F[Fast API]\n  A --> D[(PostgreSQL)]\n  F --> D\n```\n";
    let platform = Platform::of(compose, document);
    assert_eq!(
        of_rules(&platform, &["DK101", "DK102", "DK103"]),
        ["DK103 Fast API"]
    );
}

#[test]
fn what_is_handed_on_between_programs_is_no_service() {
    let document = "# Shop\n\n```mermaid\ngraph LR\n  C[Catalog Service] --> RAW[RAW<br/>zone]\n  RAW --> D[(PostgreSQL)]\n  O[Order Service] --> D\n  A[Weather API] --> S[Scraper Script]\n  O --> N[Night Batch]\n  O --> M[Monthly Totals]\n```\n";
    let platform = Platform::of(SHOP, document);
    assert_eq!(of_rules(&platform, &["DK102"]), Vec::<String>::new());
}

#[test]
fn a_program_in_several_services_is_one_frame() {
    let compose = "services:\n  flink-jobmanager:\n    build: ./jobs\n  flink-taskmanager:\n    build: ./jobs\n  kafka:\n    image: apache/kafka:4\n  clickhouse:\n    image: clickhouse/clickhouse-server\n";
    let document = "# Stream\n\n```mermaid\ngraph LR\n  K[Apache Kafka] --> E\n  subgraph F[Apache Flink]\n    E[Scoring Service] --> G[Rules Service]\n  end\n  G --> C[(ClickHouse)]\n```\n";
    let platform = Platform::of(compose, document);
    assert_eq!(
        of_rules(&platform, &["DK101", "DK102"]),
        Vec::<String>::new()
    );
}

fn level_of(platform: &Platform, rule: &str, subject: &str) -> Vec<Level> {
    let report = platform.doctor();
    let levels = report
        .findings
        .iter()
        .filter(|finding| finding.rule.id == rule && finding.subject == subject)
        .map(|finding| finding.level);
    levels.collect()
}

#[test]
fn habits_that_a_project_does_not_share_are_information() {
    let lax = "services:\n  db:\n    image: postgres\n    ports: ['5432:5432']\n    environment:\n      POSTGRES_PASSWORD: postgres\n    volumes: ['./init:/docker-entrypoint-initdb.d']\n  cache:\n    image: redis\n    ports: ['6379:6379']\n";
    let strict = "services:\n  db:\n    image: postgres\n    ports: ['5432:5432']\n    environment:\n      POSTGRES_PASSWORD: Zk3mPq9vXwT7\n    volumes: ['./init:/docker-entrypoint-initdb.d']\n  cache:\n    image: redis:8\n    ports: ['127.0.0.1:6379:6379']\n    volumes: ['./conf:/conf']\n";
    let platform = Platform::of(lax, "# Shop\n");
    for rule in ["DK403", "DK404", "DK920", "DK922"] {
        assert_eq!(level_of(&platform, rule, "db"), [Level::Info], "{rule}");
    }
    let platform = Platform::of(strict, "# Shop\n");
    platform.write("conf/redis.conf", "");
    for rule in ["DK403", "DK404", "DK920", "DK922"] {
        assert_eq!(level_of(&platform, rule, "db"), [Level::Warning], "{rule}");
    }
}

#[test]
fn what_a_fresh_clone_lacks_is_no_error() {
    let compose = "services:\n  api:\n    build: ./api\n    env_file: [./secrets.env]\n    ports: ['${API_PORT}:${API_PORT}']\n    environment:\n      TOKEN: ${TOKEN:?set it}\n";
    let platform = Platform::of(compose, "# Shop\n");
    let errors = |platform: &Platform| -> Vec<String> {
        let report = platform.doctor();
        let errors = report
            .findings
            .iter()
            .filter(|finding| finding.level == Level::Error);
        errors.map(|finding| finding.message.clone()).collect()
    };
    assert_eq!(errors(&platform), Vec::<String>::new());
    platform.write(".env", "API_PORT=8000\n");
    let found = errors(&platform);
    assert!(found.len() == 1 && found[0].contains("TOKEN"), "{found:?}");
}

#[test]
fn shapes_alone_make_no_store() {
    let document = "# Shop\n\n```mermaid\ngraph TD\n  F[Web Frontend] --> C[Catalog Service]\n  F --> O[Order Service]\n  C --> D[(PostgreSQL)]\n  C --> R[(Redis)]\n  W[Celery Worker] --> R\n  O --> P[(Privacy)]\n  O --> S[(Search database)]\n```\n";
    let platform = Platform::of(SHOP, document);
    assert_eq!(
        of_rules(&platform, &["DK102", "DK103"]),
        ["DK103 Search database"]
    );
}

#[test]
fn one_server_holds_several_databases() {
    let compose = "services:\n  orders:\n    build: ./orders\n  billing:\n    build: ./billing\n  postgres:\n    image: postgres:17\n";
    let document = "# Shop\n\n```text\nOrders\n   |\n   v\nOrder Database\n```\n\n```text\nBilling\n   |\n   v\nInvoice Database\n```\n";
    let platform = Platform::of(compose, document);
    assert_eq!(
        of_rules(&platform, &["DK101", "DK102"]),
        Vec::<String>::new()
    );
}

#[test]
fn two_tips_at_one_run_of_words_point_at_two_services() {
    let compose = "services:\n  gateway:\n    build: ./gateway\n  identity-service:\n    build: ./identity\n  auditlog-service:\n    build: ./audit\n  web-admin-react:\n    build: ./admin\n  web-portal-react:\n    build: ./portal\n";
    let document = "# Shop\n\n```\nWeb Portal / Web Admin\n        │\n        ▼\n     Gateway\n        │\n ┌──────┴───┐\n ▼          ▼\nIdentity AuditLog\n```\n";
    let platform = Platform::of(compose, document);
    assert_eq!(
        of_rules(&platform, &["DK101", "DK102"]),
        Vec::<String>::new()
    );
}

#[test]
fn a_port_joins_no_two_names_that_say_clearly_what_they_mean() {
    let compose = "services:\n  gateway:\n    build: ./gateway\n    ports: ['8000:8000']\n  orion:\n    build: ./orion\n    ports: ['8081:8081']\n  app:\n    build: ./app\n    ports: ['8082:8082']\n  postgres:\n    image: postgres:17\n";
    let document = "# Shop\n\n```mermaid\ngraph TD\n  G[Gateway<br/>Port: 8000] --> B[Basket Service<br/>Port: 8081]\n  G --> C[Catalog Service<br/>Port: 8082]\n  B --> D[(PostgreSQL)]\n  C --> D\n```\n";
    let platform = Platform::of(compose, document);
    assert_eq!(
        of_rules(&platform, &["DK101", "DK102", "DK103"]),
        ["DK103 orion", "DK103 Basket Service"]
    );
}

#[test]
fn what_a_service_calls_and_is_named_as_a_program_is_one() {
    let document = "# Shop\n\n```mermaid\ngraph TD\n  F[Web Frontend] --> C[Catalog Service]\n  F --> O[Order Service]\n  O --> X[Fraud Detector]\n  O --> Q[quota-manager]\n  O --> P[Parcel]\n  C --> D[(PostgreSQL)]\n  C --> R[(Redis)]\n  W[Celery Worker] --> R\n```\n";
    let platform = Platform::of(SHOP, document);
    assert_eq!(
        of_rules(&platform, &["DK102", "DK103"]),
        ["DK102 Fraud Detector", "DK102 quota-manager"]
    );
}

#[test]
fn alternatives_and_ports_that_a_program_has_anyway_are_no_differences() {
    let platform = Platform::of(
        "services:
  jaeger:
    image: jaegertracing/all-in-one:1.62
    ports: ['16686:16686']
    networks: [watch]
  db:
    image: postgres:17
    ports: ['5432:5432']
    networks: [watch, back]
networks:
  watch:
    driver: bridge
  back:
    driver: bridge
",
        "# Watch

| Service | Ports |
|---------|-------|
| jaeger | 16686 (UI), 4317 (OTLP) |
| db | 5433 |

| Network | Driver |
|---------|--------|
| watch | bridge/overlay |
| back | overlay |
",
    );
    assert_eq!(
        of_rules(&platform, &["DK203", "DK501"]),
        ["DK203 back", "DK501 db"]
    );
}

#[test]
fn what_a_program_is_written_with_is_no_part_of_its_name() {
    let compose = "services:\n  web:\n    build: ./app\n  worker:\n    build: ./app\n    command: celery -A app worker\n  beat:\n    build: ./app\n    command: celery -A app beat\n  redis:\n    image: redis:8\n";
    let document = "# Shop\n\n```mermaid\ngraph TD\n  W[Web] --> R[(Redis)]\n  C[Celery Worker] --> R\n  B[Celery Beat] --> R\n```\n";
    let platform = Platform::of(compose, document);
    assert_eq!(
        of_rules(&platform, &["DK101", "DK102"]),
        Vec::<String>::new()
    );
}

#[test]
fn a_participant_that_other_drawings_have_as_a_frame_is_no_service() {
    let compose = "services:
  api: {build: ./api}
  db: {image: 'postgres:17'}
  jobs: {image: 'redis:8'}
";
    let flow = |frame: &str| {
        let document = format!(
            "# Papers

## Architecture

```mermaid
graph TD
    api[API] --> db[(PostgreSQL)]
    api --> jobs[Redis]
    subgraph files[\"{frame}\"]
        disk[Local Filesystem]
    end
    api --> files
```

## Upload

```mermaid
sequenceDiagram
    participant A as API
    participant S as Scheduler
    participant D as PostgreSQL
    A->>S: save
    A->>D: insert
```
"
        );
        let platform = Platform::of(compose, &document);
        let found = lines(&platform.doctor());
        found.iter().any(|line| line.starts_with("DK301"))
    };
    assert!(!flow("Scheduler Layer"));
    assert!(flow("Files"));
}
