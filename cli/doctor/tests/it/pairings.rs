//! Drawn names that share few words with the keys of services: which of them mean a service, which
//! are asked about, and which mean none.

use crate::support::{mermaid, said};

const NOTHING: [&str; 0] = [];

#[test]
fn a_name_with_all_words_of_a_key_means_its_service() {
    let compose = "services:
  producer: {build: ./producer}
  broker: {image: 'apache/kafka:4.0.0'}
  stream-processor: {build: ./streams}
";
    let document = mermaid(
        "graph LR
    P[Data Producer] --> K[Kafka] --> S[Flow Stream Processor]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn one_telling_word_that_only_one_name_and_one_service_share_is_asked_about() {
    let compose = "services:
  api: {build: ./api}
  db: {image: 'postgres:17'}
  invoice-renderer: {build: ./renderer}
";
    let document = mermaid(
        "graph LR
    A[API] --> D[(PostgreSQL)]
    A --> I[Invoice PDF Service]",
    );
    assert_eq!(said(compose, &document), ["DK103 Invoice PDF Service"]);
}

#[test]
fn a_program_called_after_its_framework_is_the_one_program_of_its_kind() {
    for (drawn, key) in [
        ("NestJS API", "app"),
        ("Laravel 11 REST API", "app"),
        ("FastAPI Backend", "api"),
        ("Spring Boot WebFlux", "backend"),
        ("Express Server", "server"),
    ] {
        let compose = format!(
            "services:\n  {key}: {{build: .}}\n  db: {{image: 'postgres:17'}}\n  cache: {{image: 'redis:8'}}\n"
        );
        let document = mermaid(&format!(
            "graph TD\n    A[{drawn}] --> D[(PostgreSQL)]\n    A --> R[(Redis)]"
        ));
        assert_eq!(said(&compose, &document), NOTHING, "{drawn} and {key}");
    }
}

#[test]
fn products_are_known_behind_words_for_what_they_are_for() {
    let compose = "services:
  mlflow: {build: ./mlflow}
  proxy: {image: 'nginx:1.28'}
  nacos: {image: 'nacos/nacos-server:v3'}
  namesrv: {image: 'apache/rocketmq:5.3'}
";
    let document = mermaid(
        "graph TD
    N[Nginx Reverse Proxy] --> M[MLflow registry]
    M --> C[Nacos Config Center]
    M --> R[RocketMQ]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn numbered_processes_of_one_service_are_that_service() {
    let compose = "services:
  worker: {build: ./worker, deploy: {replicas: 3}}
  queue: {image: 'redis:8'}
  api: {build: ./api}
";
    let document = mermaid(
        "graph TD
    A[API] --> Q[(Redis)]
    Q --> W1[Worker Process 1]
    Q --> W2[Worker Process 2]
    Q --> W3[Worker Process 3]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn storage_that_speaks_the_protocol_of_another_is_still_missed() {
    let compose = "services:
  api: {build: ./api}
  db: {image: 'postgres:17'}
";
    let document = mermaid(
        "graph TD
    A[API] --> D[(PostgreSQL)]
    A --> M[MinIO<br/>S3 Lake]",
    );
    assert_eq!(said(compose, &document), ["DK102 MinIO"]);
    // A volume is none, whatever it is for.
    let document = mermaid(
        "graph TD
    A[API] --> D[(PostgreSQL)]
    A --> M[Cache<br/>PVC 10 Gi]",
    );
    assert_eq!(said(compose, &document), NOTHING);
}

#[test]
fn what_runs_in_a_cluster_elsewhere_is_not_asked_for() {
    let compose = "services:
  api: {build: ./api}
  db: {image: 'postgres:17'}
";
    for cluster in ["RKE2 Cluster", "GKE Cluster", "Amazon EKS"] {
        let document = mermaid(&format!(
            "graph TD
    A[API] --> D[(PostgreSQL)]
    subgraph cluster[\"{cluster}\"]
      I[Ingress Gateway] --> P[Payments Service]
    end"
        ));
        assert_eq!(said(compose, &document), NOTHING, "{cluster}");
    }
}

#[test]
fn an_architecture_of_other_things_leaves_every_service_undocumented() {
    let compose = "services:
  shop: {build: ./shop}
  mysql: {image: 'mysql:8.4'}
";
    let document = mermaid(
        "graph TD
    G[API Gateway] --> L[Ledger Service]
    L --> M[(MongoDB)]
    L --> K[(Kafka)]",
    );
    assert_eq!(said(compose, &document), ["DK101 shop", "DK101 mysql"]);
}
