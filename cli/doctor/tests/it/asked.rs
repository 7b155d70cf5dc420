//! Drawn parts that services may keep, run or be under other names: they are asked about, or nothing
//! is said of them.

use crate::support::{SHOP, drawn, mermaid, said};

const NOTHING: [&str; 0] = [];

fn missed(compose: &str, document: &str) -> Vec<String> {
    let mut said = said(compose, document);
    said.retain(|it| it.starts_with("DK102"));
    said
}

#[test]
fn a_server_for_all_may_keep_a_database_of_any_name() {
    let orders = drawn("O --> X[(order_items_db)]");
    assert_eq!(said(SHOP, &orders), ["DK103 order_items_db"]);
    let apart = drawn("O --> X[(order_items_db<br/>:5433)]");
    assert_eq!(missed(SHOP, &apart), ["DK102 order_items_db"]);
    let made_otherwise = drawn("O --> X[(Archive<br/>Cassandra)]");
    assert_eq!(said(SHOP, &made_otherwise), ["DK102 Archive"]);
}

#[test]
fn a_row_of_a_table_takes_no_service_from_the_drawings() {
    let compose = "services:
  server: {build: .}
  redis: {image: 'redis:8'}
";
    let table =
        "\n\n## Stack\n\n| Component | Technology |\n|---|---|\n| Web Server | net/http |\n";
    let document = mermaid("graph TD\n    A[HTTP API] --> R[(Redis)]") + table;
    assert_eq!(missed(compose, &document), NOTHING);
    assert!(!said(compose, &document).contains(&"DK101 server".to_owned()));
}

#[test]
fn a_gateway_that_is_written_with_what_ones_own_programs_are_may_be_one() {
    let compose = "services:
  api-hub: {build: ./hub}
  pages: {build: ./pages}
  redis: {image: 'redis:8'}
";
    let document = mermaid(
        "graph TD
    P[Pages] --> G[API Gateway<br/>FastAPI] --> R[(Redis)]",
    );
    assert_eq!(missed(compose, &document), NOTHING);
    assert!(!said(compose, &document).contains(&"DK101 api-hub".to_owned()));
    let proxy = drawn("L[Load Balancer] --> G");
    assert_eq!(said(SHOP, &proxy), ["DK102 Load Balancer"]);
}

#[test]
fn a_name_with_a_word_of_a_service_is_no_loss_for_certain() {
    let query = drawn("O --> X[Users Query Service]");
    assert_eq!(said(SHOP, &query), ["DK103 Users Query Service"]);
    let ledger = drawn("O --> X[Ledger Query Service]");
    assert_eq!(said(SHOP, &ledger), ["DK102 Ledger Query Service"]);
}

#[test]
fn a_part_may_be_the_service_that_listens_on_its_port() {
    let compose = format!(
        "{SHOP}  pricing-1: {{build: ./pricing, environment: {{PORT: '5000'}}}}
  pricing-2: {{build: ./pricing, environment: {{PORT: '5000'}}}}
"
    );
    let document = drawn("O --> X[Offers1 :5000]\n    O --> Y[Offers2 :5000]");
    assert_eq!(missed(&compose, &document), NOTHING);
    assert!(missed(SHOP, &document).contains(&"DK102 Offers1".to_owned()));
}

#[test]
fn steps_and_settings_are_no_parts() {
    for name in [
        "2. Load balancer call",
        "Starts mail server",
        "depends_on: mailer",
        "clean_orders",
    ] {
        let document = drawn(&format!("O --> X[\"{name}\"]"));
        assert_eq!(missed(SHOP, &document), NOTHING, "{name}");
    }
}

#[test]
fn a_profile_that_everything_has_sets_nothing_apart() {
    let compose = "services:
  server: {build: ., profiles: [app]}
  redis: {image: 'redis:8', profiles: [app]}
  kafka: {image: 'apache/kafka:4', profiles: [app]}
";
    let document = mermaid(
        "graph TD
    A[Checkout Worker] --> R[(Redis)]
    A --> K[Kafka] --> B[Billing Worker] --> R",
    );
    let asked = [
        "DK103 server",
        "DK103 Checkout Worker",
        "DK103 Billing Worker",
    ];
    assert_eq!(said(compose, &document), asked);
}

#[test]
fn classes_beside_the_database_in_the_frame_of_a_service_are_in_it() {
    let document = mermaid(
        "graph TD
    subgraph orders [Orders]
        C[OrderController] --> S[OrderService] --> M[MailService]
        S --> D[(orders_db<br/>PostgreSQL)]
    end
    G[Gateway] --> C
    G --> U[Users]",
    );
    assert_eq!(missed(SHOP, &document), NOTHING);
}

#[test]
fn what_stands_beside_the_frame_of_compose_is_run_without_it() {
    let document = mermaid(
        "graph TD
    subgraph Machine
        subgraph Docker Compose
            G[Gateway :8000]
            O[Orders :8001]
        end
        W[Next.js Dev Server :3001]
    end
    W --> G --> O",
    );
    assert_eq!(missed(SHOP, &document), NOTHING);
}

#[test]
fn services_in_a_frame_with_the_classes_of_one_program_are_its_modules() {
    let compose = "services:
  shop: {build: .}
  db: {image: 'postgres:17'}
";
    let modules = mermaid(
        "graph TD
    subgraph \"Main Container (Port: 8080)\"
        subgraph \"Web Layer\"
            C[REST Controllers] --> A
        end
        subgraph \"Core Services\"
            A[Basket Service] --> B[Payment Service]
        end
    end
    A --> D[(PostgreSQL)]
    B --> D",
    );
    assert_eq!(missed(compose, &modules), NOTHING);
    let beside = mermaid(
        "graph TD
    S[Shop] --> D[(PostgreSQL)]
    S --> P[Payment Service] --> D",
    );
    assert_eq!(missed(compose, &beside), ["DK102 Payment Service"]);
}

#[test]
fn a_list_says_which_program_a_part_is() {
    let compose = format!("{SHOP}  gotenberg: {{image: 'gotenberg/gotenberg:8'}}\n");
    let document = drawn("O --> X[Invoice Printer]");
    let defined = format!("{document}\n\n- **Invoice Printer**: Gotenberg, makes PDF files.\n");
    assert_eq!(said(&compose, &defined), NOTHING);
    assert!(!said(&compose, &document).is_empty());
}

#[test]
fn a_key_below_what_a_program_is_written_with_is_its_name() {
    let compose = "services:
  web: {build: ./web}
  coder: {build: ./coder}
  mongo: {image: 'mongo:8'}
  rabbitmq: {image: 'rabbitmq:4'}
";
    let document = "# Clips

```
+---------+     +-----------+     +---------+
| flask   |---->|  rabbitmq |---->|  coder  |
| web     |     |           |     |         |
+---------+     +-----------+     +---------+
     |
     v
+---------+
|  mongo  |
+---------+
```
";
    assert_eq!(said(compose, document), NOTHING);
    let otherwise = document.replace("| web     |", "|         |");
    assert!(said(compose, &otherwise).contains(&"DK101 web".to_owned()));
}

#[test]
fn replicas_and_tables_are_no_services_of_their_own() {
    let compose = "services:
  backend: {build: ./backend}
  frontend: {build: ./frontend}
  db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    F[Frontend] --> A[Server 1] --> D[(PostgreSQL)]
    F --> B[Server 2] --> D
    F --> C[Server 3] --> D
    A --> R[riders service<br/>table]",
    );
    assert_eq!(missed(compose, &document), NOTHING);
}

#[test]
fn what_is_built_from_the_folder_of_pages_is_no_api() {
    let compose = "services:
  web: {build: ./frontend}
  db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    F[React Frontend] --> A[Express API] --> D[(PostgreSQL)]",
    );
    assert_eq!(said(compose, &document), ["DK102 Express API"]);
}

#[test]
fn a_proxy_that_is_built_here_may_serve_the_pages() {
    let compose = "services:
  nginx: {build: ./nginx}
  api: {build: ./api}
  worker: {build: ./worker}
  db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    N[Nginx] --> F[Front Vue 3]
    N --> A[API] --> W[Worker] --> D[(PostgreSQL)]",
    );
    assert_eq!(missed(compose, &document), NOTHING);
    let image = compose.replace("nginx: {build: ./nginx}", "nginx: {image: 'nginx:1'}");
    assert_eq!(missed(&image, &document), ["DK102 Front Vue 3"]);
}
