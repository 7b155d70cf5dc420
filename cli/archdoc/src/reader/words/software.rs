//! Programs that are known by name.

use super::name::tokens;
use crate::facts::{ComponentKind, Role, normalised};

/// A program that is known by name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Software {
    pub(super) name: &'static str,
    pub(super) kind: ComponentKind,
    pub(super) role: Role,
}

/// A program by its name, with what it is.
const fn program(name: &'static str, kind: ComponentKind, role: Role) -> Software {
    Software { name, kind, role }
}

/// Programs that are known by name, with what they are.
const SOFTWARE: &[Software] = {
    use ComponentKind::{Cache, Database, Gateway, Queue, Service, Storage, Tool};
    &[
        program("postgresql", Database, Role::Database),
        program("postgres", Database, Role::Database),
        program("mysql", Database, Role::Database),
        program("mariadb", Database, Role::Database),
        program("mongodb", Database, Role::Database),
        program("mongo", Database, Role::Database),
        program("clickhouse", Database, Role::Database),
        program("cassandra", Database, Role::Database),
        program("cockroachdb", Database, Role::Database),
        program("timescaledb", Database, Role::Database),
        program("influxdb", Database, Role::Database),
        program("neo4j", Database, Role::Database),
        program("qdrant", Database, Role::Database),
        program("etcd", Database, Role::Database),
        program("pgbouncer", Database, Role::Database),
        program("elasticsearch", Database, Role::Search),
        program("opensearch", Database, Role::Search),
        program("meilisearch", Database, Role::Search),
        program("redis", Cache, Role::Cache),
        program("valkey", Cache, Role::Cache),
        program("memcached", Cache, Role::Cache),
        program("rabbitmq", Queue, Role::Queue),
        program("kafka", Queue, Role::Queue),
        program("zookeeper", Queue, Role::Queue),
        program("nats", Queue, Role::Queue),
        program("mosquitto", Queue, Role::Queue),
        program("redpanda", Queue, Role::Queue),
        program("nginx", Gateway, Role::Proxy),
        program("traefik", Gateway, Role::Proxy),
        program("haproxy", Gateway, Role::Proxy),
        program("caddy", Gateway, Role::Proxy),
        program("envoy", Gateway, Role::Proxy),
        program("kong", Gateway, Role::Proxy),
        program("minio", Storage, Role::Storage),
        program("prometheus", Tool, Role::Monitoring),
        program("grafana", Tool, Role::Monitoring),
        program("jaeger", Tool, Role::Monitoring),
        program("tempo", Tool, Role::Monitoring),
        program("loki", Tool, Role::Monitoring),
        program("promtail", Tool, Role::Monitoring),
        program("zipkin", Tool, Role::Monitoring),
        program("kibana", Tool, Role::Monitoring),
        program("elk", Tool, Role::Monitoring),
        program("vault", Tool, Role::Monitoring),
        program("argocd", Tool, Role::Monitoring),
        program("sonarqube", Tool, Role::Monitoring),
        program("logstash", Tool, Role::Monitoring),
        program("fluentd", Tool, Role::Monitoring),
        program("alertmanager", Tool, Role::Monitoring),
        program("pgadmin", Tool, Role::Admin),
        program("adminer", Tool, Role::Admin),
        program("mailhog", Tool, Role::Admin),
        program("mailpit", Tool, Role::Admin),
        program("ollama", Tool, Role::Model),
        program("keycloak", Service, Role::Api),
        program("metabase", Tool, Role::Monitoring),
    ]
};

/// The program that a text names.
pub(super) fn software(text: &str) -> Option<Software> {
    let tokens = tokens(text);
    let joined = normalised(text);
    SOFTWARE
        .iter()
        .find(|it| joined == it.name || tokens.iter().any(|token| token == it.name))
        .copied()
}

/// Whether a text names a program that is known.
pub(in crate::reader) fn names_software(text: &str) -> bool {
    software(text).is_some()
}

/// Whether a word is the name of a program.
pub(super) fn is_software(word: &str) -> bool {
    SOFTWARE.iter().any(|it| it.name == word)
}

/// Whether a word names a program that keeps things: a database, a cache, a queue, files.
pub(super) fn is_store(word: &str) -> bool {
    use ComponentKind::{Cache, Database, Queue, Storage};
    let keeps = |it: &Software| matches!(it.kind, Cache | Database | Queue | Storage);
    SOFTWARE.iter().any(|it| it.name == word && keeps(it))
}
