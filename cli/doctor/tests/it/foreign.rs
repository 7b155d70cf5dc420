//! Documents that devkit did not write: what is asked of them, and what is not.

<<<<<<< HEAD
use devkit_doctor::rule::Item;
=======
use devkit_doctor::rule::Level;
>>>>>>> b96427b (Match names by how sure they are: outright, by likeness, by use; weigh evidence of drawn services)

use crate::support::Platform;

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
