//! Programs that are known by name.

use super::name::tokens;
use crate::facts::{ComponentKind, Role, normalised};

/// Programs that are known by name, with what they are.
const SOFTWARE: &[(&str, ComponentKind, Role)] = {
    use ComponentKind::{Cache, Database, Gateway, Queue, Service, Storage, Tool};
    &[
        ("postgresql", Database, Role::Database),
        ("postgres", Database, Role::Database),
        ("mysql", Database, Role::Database),
        ("mariadb", Database, Role::Database),
        ("mongodb", Database, Role::Database),
        ("mongo", Database, Role::Database),
        ("clickhouse", Database, Role::Database),
        ("cassandra", Database, Role::Database),
        ("cockroachdb", Database, Role::Database),
        ("timescaledb", Database, Role::Database),
        ("influxdb", Database, Role::Database),
        ("neo4j", Database, Role::Database),
        ("qdrant", Database, Role::Database),
        ("etcd", Database, Role::Database),
        ("pgbouncer", Database, Role::Database),
        ("elasticsearch", Database, Role::Search),
        ("opensearch", Database, Role::Search),
        ("meilisearch", Database, Role::Search),
        ("redis", Cache, Role::Cache),
        ("valkey", Cache, Role::Cache),
        ("memcached", Cache, Role::Cache),
        ("rabbitmq", Queue, Role::Queue),
        ("kafka", Queue, Role::Queue),
        ("zookeeper", Queue, Role::Queue),
        ("nats", Queue, Role::Queue),
        ("mosquitto", Queue, Role::Queue),
        ("redpanda", Queue, Role::Queue),
        ("nginx", Gateway, Role::Proxy),
        ("traefik", Gateway, Role::Proxy),
        ("haproxy", Gateway, Role::Proxy),
        ("caddy", Gateway, Role::Proxy),
        ("envoy", Gateway, Role::Proxy),
        ("kong", Gateway, Role::Proxy),
        ("minio", Storage, Role::Storage),
        ("prometheus", Tool, Role::Monitoring),
        ("grafana", Tool, Role::Monitoring),
        ("jaeger", Tool, Role::Monitoring),
        ("tempo", Tool, Role::Monitoring),
        ("loki", Tool, Role::Monitoring),
        ("promtail", Tool, Role::Monitoring),
        ("zipkin", Tool, Role::Monitoring),
        ("kibana", Tool, Role::Monitoring),
        ("elk", Tool, Role::Monitoring),
        ("vault", Tool, Role::Monitoring),
        ("argocd", Tool, Role::Monitoring),
        ("sonarqube", Tool, Role::Monitoring),
        ("logstash", Tool, Role::Monitoring),
        ("fluentd", Tool, Role::Monitoring),
        ("alertmanager", Tool, Role::Monitoring),
        ("pgadmin", Tool, Role::Admin),
        ("adminer", Tool, Role::Admin),
        ("mailhog", Tool, Role::Admin),
        ("mailpit", Tool, Role::Admin),
        ("ollama", Tool, Role::Model),
        ("keycloak", Service, Role::Api),
        ("metabase", Tool, Role::Monitoring),
    ]
};

/// The software that a text names, with what it is.
pub(in crate::reader) fn software(text: &str) -> Option<(&'static str, ComponentKind, Role)> {
    let tokens = tokens(text);
    let joined = normalised(text);
    SOFTWARE
        .iter()
        .find(|(word, ..)| joined == *word || tokens.iter().any(|token| token == word))
        .copied()
}

/// Whether a word is the name of a program.
pub(in crate::reader) fn is_software(word: &str) -> bool {
    SOFTWARE.iter().any(|(known, ..)| *known == word)
}
