//! Documents in other languages than English, whose drawings call services otherwise than keys do.

use crate::support::said;

const NOTHING: [&str; 0] = [];

fn document(prose: &str, nodes: &str) -> String {
    format!("# Платформа\n\n## Architecture\n\n{prose}\n\n```mermaid\ngraph TD\n{nodes}\n```\n")
}

#[test]
fn words_for_kinds_of_programs_are_understood() {
    let compose = "services:
  gateway: {build: ./gateway}
  user: {build: ./user}
  generator: {build: ./generator}
  catalog: {build: ./catalog}
  db: {image: 'postgres:17'}
";
    let nodes = "    G[API 网关] --> U[用户服务] --> D[(PostgreSQL)]
    G --> C[Catálogo] --> D
    G --> X[генератор] --> D";
    assert_eq!(said(compose, &document("", nodes)), NOTHING);
}

#[test]
fn what_is_left_over_is_asked_about_where_languages_differ() {
    let compose = "services:
  api: {build: ./api}
  storefront: {build: ./web}
  notifier: {build: ./notifier}
  db: {image: 'postgres:17'}
  cache: {image: 'redis:8'}
";
    let spanish = "La tienda de la empresa, con el pago por tarjeta y los avisos para la casa.";
    let nodes = "    T[Tienda] --> A[API] --> D[(PostgreSQL)]
    A --> N[Avisos]
    A --> R[(Redis)]";
    let found = said(compose, &document(spanish, nodes));
    assert!(
        found.iter().all(|line| line.starts_with("DK103")),
        "{found:#?}"
    );
    assert_eq!(found.len(), 2, "{found:#?}");
}

#[test]
fn a_key_beside_its_meaning_in_another_script_names_its_service() {
    let compose = "services:
  collector: {build: ./collector}
  rule: {build: ./rule}
  emqx: {image: 'emqx/emqx:5'}
";
    let nodes = "    C[采集网关 collector] --> E[EMQX] --> R[规则引擎 rule]";
    assert_eq!(said(compose, &document("", nodes)), NOTHING);
}

#[test]
fn products_are_missed_in_any_language() {
    let compose = "services:
  api: {build: ./api}
  db: {image: 'postgres:17'}
  mailhog: {image: 'mailhog/mailhog:v1'}
";
    let nodes = "    A[API] --> D[(PostgreSQL)]
    A --> K[Kafka 消息队列]";
    assert_eq!(
        said(compose, &document("服务通过消息队列通信。", nodes)),
        ["DK101 mailhog", "DK102 Kafka 消息队列"]
    );
}
