//! What names and labels mean: software, roles, protocols, environments.

use crate::facts::{ComponentKind, Environment, Role, normalised};

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

/// Words that say no more than the software's name does.
const REDUNDANT: [&str; 10] = [
    "cluster", "database", "db", "cache", "broker", "queue", "server", "apache", "instance",
    "store",
];

/// The words of a name, in lower case.
pub(super) fn tokens(name: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut token = String::new();
    let mut previous_lower = false;
    for character in name.chars() {
        if !character.is_alphanumeric() {
            previous_lower = false;
            if !token.is_empty() {
                tokens.push(std::mem::take(&mut token));
            }
            continue;
        }
        if character.is_uppercase() && previous_lower && !token.is_empty() {
            // `ProductService` is two words; `PostgreSQL`, `MongoDB` and `pgAdmin` are one.
            let rest: String = token.clone();
            if !matches!(
                rest.as_str(),
                "postgre" | "mongo" | "pg" | "my" | "maria" | "rabbit" | "click" | "git" | "load"
            ) {
                tokens.push(std::mem::take(&mut token));
            }
        }
        previous_lower = character.is_lowercase();
        token.extend(character.to_lowercase());
    }
    if !token.is_empty() {
        tokens.push(token);
    }
    tokens
}

/// The software that a text names, with what it is.
pub(super) fn software(text: &str) -> Option<(&'static str, ComponentKind, Role)> {
    let tokens = tokens(text);
    let joined = normalised(text);
    SOFTWARE
        .iter()
        .find(|(word, ..)| joined == *word || tokens.iter().any(|token| token == word))
        .copied()
}

/// The form under which spellings of one name are gathered: `Postgres` is `PostgreSQL`.
pub(super) fn canonical(name: &str) -> String {
    let words: Vec<String> = tokens(name)
        .into_iter()
        .filter(|word| !REDUNDANT.contains(&word.as_str()))
        .collect();
    if let [word] = words.as_slice()
        && SOFTWARE.iter().any(|(known, ..)| known == word)
    {
        return match word.as_str() {
            "postgres" => "postgresql".to_owned(),
            "mongo" => "mongodb".to_owned(),
            _ => word.clone(),
        };
    }
    let plain: String = tokens(name)
        .iter()
        .map(|word| {
            if word == "svc" {
                "service"
            } else {
                word.as_str()
            }
        })
        .collect();
    if plain.is_empty() {
        // A name in pictures or signs is still a name.
        return name.trim().to_lowercase();
    }
    if name.contains('/') {
        return name.trim().to_lowercase();
    }
    plain
}

fn has(tokens: &[String], words: &[&str]) -> bool {
    tokens.iter().any(|token| words.contains(&token.as_str()))
}

/// The role that words tell.
pub(super) fn role(name: &str, technology: Option<&str>) -> Option<Role> {
    if is_tool(name) {
        return Some(Role::Admin);
    }
    if let Some((_, _, role)) = software(name) {
        return Some(role);
    }
    let of_words = |text: &str| {
        let tokens = tokens(text);
        let found = [
            (Role::Admin, &["admin", "commander", "gui"][..]),
            (Role::Proxy, &["gateway", "proxy", "balancer", "ingress"]),
            (
                Role::Frontend,
                &[
                    "frontend", "web", "ui", "react", "vue", "angular", "vite", "nextjs", "spa",
                ],
            ),
            (
                Role::Worker,
                &[
                    "worker",
                    "workers",
                    "consumer",
                    "background",
                    "celery",
                    "processor",
                    "scheduler",
                ],
            ),
            (Role::Cache, &["cache"]),
            (Role::Queue, &["queue", "broker", "bus", "messages"]),
            (Role::Database, &["database", "db", "relational", "sql"]),
            (Role::Search, &["search"]),
            (Role::Storage, &["storage", "bucket", "blob"]),
            (
                Role::Monitoring,
                &["metrics", "monitoring", "tracing", "logging", "logs"],
            ),
            (Role::Model, &["llm", "models"]),
            (
                Role::Api,
                &[
                    "api", "backend", "server", "service", "fastapi", "express", "django",
                ],
            ),
        ];
        found
            .into_iter()
            .find(|(_, words)| has(&tokens, words))
            .map(|(role, _)| role)
    };
    of_words(name)
        .filter(|role| *role != Role::Api)
        .or_else(|| technology.and_then(|it| software(it).map(|(_, _, role)| role)))
        .or_else(|| technology.and_then(of_words))
        .or_else(|| of_words(name))
}

/// What a name claims to be, by its words alone.
pub(super) fn kind(name: &str, technology: Option<&str>) -> Option<ComponentKind> {
    let lower = tokens(name);
    if is_path(name) {
        return Some(
            if name.starts_with(['.', '/', '~']) && !name.contains(".env") {
                ComponentKind::Volume
            } else {
                ComponentKind::File
            },
        );
    }
    if let Some(technology) = technology {
        let technology = technology.to_lowercase();
        if technology.contains("volume") || technology.contains("bind mount") {
            return Some(ComponentKind::Volume);
        }
    }
    if has(
        &lower,
        &[
            "browser",
            "client",
            "user",
            "users",
            "developer",
            "mobile",
            "admin",
            "customer",
            "clients",
        ],
    ) && !has(
        &lower,
        &["service", "svc", "api", "server", "redis", "grpc"],
    ) || lower.first().is_some_and(|it| it == "client")
        || lower
            .last()
            .is_some_and(|it| it == "client" || it == "clients" || it == "browser")
    {
        return Some(ComponentKind::Client);
    }
    if is_external(&lower) {
        return Some(ComponentKind::External);
    }
    if is_tool(name) {
        return Some(ComponentKind::Tool);
    }
    if let Some((word, kind, _)) = software(name) {
        let extra = lower.iter().filter(|it| it.as_str() != word).count();
        if extra <= 2 {
            return Some(kind);
        }
    }
    if has(&lower, &["gateway", "balancer", "proxy", "ingress"]) {
        return Some(ComponentKind::Gateway);
    }
    if let Some((_, kind, _)) = technology.and_then(software) {
        return Some(kind);
    }
    if has(
        &lower,
        &[
            "service",
            "svc",
            "api",
            "frontend",
            "backend",
            "worker",
            "workers",
            "server",
            "servers",
            "app",
            "scheduler",
            "consumer",
            "processor",
            "producer",
        ],
    ) {
        return Some(ComponentKind::Service);
    }
    // `Database Metrics` is about a database, and is none.
    let lower = lower
        .split_at(
            lower
                .iter()
                .rposition(|it| it.chars().any(char::is_alphabetic))
                .unwrap_or(0),
        )
        .1;
    if has(lower, &["database", "db", "lake", "warehouse"]) {
        return Some(ComponentKind::Database);
    }
    if has(lower, &["cache"]) {
        return Some(ComponentKind::Cache);
    }
    if has(lower, &["queue", "broker"]) || normalised(name) == "eventbus" {
        return Some(ComponentKind::Queue);
    }
    None
}

/// Whether a name is that of a program to look into another: `Redis Commander`.
fn is_tool(name: &str) -> bool {
    has(
        &tokens(name),
        &[
            "commander",
            "insight",
            "exporter",
            "explorer",
            "phpmyadmin",
            "express",
        ],
    ) && software(name).is_some()
}

fn is_external(tokens: &[String]) -> bool {
    has(
        tokens,
        &[
            "cloudflare",
            "cloudfront",
            "aws",
            "gcp",
            "azure",
            "s3",
            "route",
            "internet",
            "slack",
            "pagerduty",
            "github",
            "gitlab",
            "stripe",
            "twilio",
            "sendgrid",
            "external",
            "third",
            "party",
            "cdn",
            "dns",
            "rds",
            "eks",
            "gke",
            "aks",
            "alb",
            "openai",
            "smtp",
            "sns",
            "sqs",
            "waf",
            "elasticache",
            "msk",
            "host",
            "machine",
            "future",
            "servicemonitor",
            "mcp",
        ],
    )
}

/// Whether a name is that of one of several equal parts: `Replica 2`, `Shard 1`, `Primary`.
pub(super) fn is_instance(name: &str) -> bool {
    const PARTS: [&str; 12] = [
        "primary",
        "replica",
        "replicas",
        "master",
        "slave",
        "shard",
        "writer",
        "reader",
        "standby",
        "leader",
        "follower",
        "partition",
    ];
    let tokens = tokens(name);
    has(&tokens, &PARTS)
        && tokens
            .iter()
            .all(|it| PARTS.contains(&it.as_str()) || it.chars().all(|it| it.is_ascii_digit()))
}

/// Whether a name is the path of a file or folder.
pub(super) fn is_path(name: &str) -> bool {
    let name = name.trim();
    !name.contains(' ')
        && !name.contains("//")
        && (name.starts_with("./")
            || name.starts_with("../")
            || name.starts_with("~/")
            || name.starts_with('/')
            || name.ends_with('/')
            || name.contains('/')
                && name
                    .rsplit('/')
                    .next()
                    .is_some_and(|last| last.contains('.'))
            || [".yaml", ".yml", ".env", ".tf", ".json", ".toml", ".sh"]
                .iter()
                .any(|end| name.ends_with(end)))
}

/// The protocol that a label names.
pub(super) fn protocol(label: &str) -> Option<String> {
    const PROTOCOLS: [(&str, &str); 22] = [
        ("https", "HTTPS"),
        ("http", "HTTP"),
        ("grpc", "gRPC"),
        ("amqp", "AMQP"),
        ("mqtt", "MQTT"),
        ("websocket", "WebSocket"),
        ("websockets", "WebSocket"),
        ("ws", "WebSocket"),
        ("wss", "WebSocket"),
        ("tcp", "TCP"),
        ("udp", "UDP"),
        ("rest", "HTTP"),
        ("graphql", "HTTP"),
        ("sql", "SQL"),
        ("select", "SQL"),
        ("redis", "Redis"),
        ("resp", "Redis"),
        ("get", "HTTP"),
        ("post", "HTTP"),
        ("put", "HTTP"),
        ("delete", "HTTP"),
        ("smtp", "SMTP"),
    ];
    let upper_only = ["get", "post", "put", "delete", "select", "rest"];
    let words: Vec<&str> = label.split(|it: char| !it.is_alphanumeric()).collect();
    PROTOCOLS
        .iter()
        .find(|(word, _)| {
            words.iter().any(|it| {
                it.eq_ignore_ascii_case(word)
                    && (!upper_only.contains(word) || it.chars().all(char::is_uppercase))
            })
        })
        .map(|(_, name)| (*name).to_owned())
}

/// Whether a label tells of an answer rather than a request.
pub(super) fn is_response(label: &str) -> bool {
    let lower = label.to_lowercase();
    let text = lower.trim_start_matches(|it: char| {
        it.is_ascii_digit() || matches!(it, '.' | ' ' | 'a'..='c') && lower.len() < 3
    });
    let text = text.trim_start_matches(['.', ')', ' ']);
    [
        "return",
        "response",
        "ack",
        "cache hit",
        "result",
        "200 ",
        "201 ",
        "409 ",
        "404 ",
    ]
    .iter()
    .any(|word| text.starts_with(word))
        || text.ends_with("response")
        || text.contains(" response")
        || text == "hit"
        || text == "ok"
}

/// The environment that words name.
pub(super) fn environment(text: &str) -> Environment {
    let lower = text.to_lowercase();
    if lower.contains("non-production")
        || lower.contains("production-ready")
        || lower.contains("production-like")
    {
        return Environment::Any;
    }
    let named = [
        (
            Environment::Production,
            ["production", "(prod)", "prod only"],
        ),
        (Environment::Staging, ["staging", "(stage)", "stage only"]),
        (
            Environment::Development,
            ["development", "(dev)", "dev only"],
        ),
    ];
    let mut found = named
        .iter()
        .filter(|(_, words)| words.iter().any(|word| lower.contains(word)))
        .map(|(environment, _)| *environment);
    match (found.next(), found.next()) {
        (Some(one), None) => one,
        _ => Environment::Any,
    }
}

/// A memory size in bytes: `512MB`, `1Gi`, `2 GB`.
pub(super) fn bytes(text: &str) -> Option<u64> {
    let text = text.trim();
    let end = text
        .find(|it: char| !it.is_ascii_digit() && it != '.')
        .unwrap_or(text.len());
    let number: f64 = text[..end].parse().ok()?;
    let unit = text[end..].trim().to_lowercase();
    let factor: u32 = match unit.chars().next()? {
        'b' => 0,
        'k' => 1,
        'm' => 2,
        'g' => 3,
        't' => 4,
        _ => return None,
    };
    let value = number * 1024_f64.powi(i32::try_from(factor).ok()?);
    // Sizes are far below 2^53, and never negative: the number has no sign.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Some(value as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_program_are_one_name() {
        assert_eq!(canonical("Postgres"), canonical("PostgreSQL"));
        assert_eq!(canonical("RabbitMQ Cluster"), canonical("rabbitmq"));
        assert_ne!(canonical("Redis Commander"), canonical("Redis"));
        assert_eq!(canonical("ProductService"), canonical("product-service"));
    }

    #[test]
    fn words_tell_roles() {
        assert_eq!(role("API", Some("FastAPI")), Some(Role::Api));
        assert_eq!(
            role("Redis Commander", Some("Redis GUI")),
            Some(Role::Admin)
        );
        assert_eq!(role("Frontend", Some("React/Vite")), Some(Role::Frontend));
        assert_eq!(kind("Load Balancer", None), Some(ComponentKind::Gateway));
        assert_eq!(kind("./tmp/ollama", None), Some(ComponentKind::Volume));
        assert_eq!(kind("config/.env", None), Some(ComponentKind::File));
        assert_eq!(kind("Browser", Some("User")), Some(ComponentKind::Client));
    }

    #[test]
    fn labels_name_protocols() {
        assert_eq!(protocol("1. HTTP GET /page").as_deref(), Some("HTTP"));
        assert_eq!(protocol("Publish message"), None);
        assert!(is_response("5. Return results"));
        assert!(!is_response("4. SQL Query"));
    }

    #[test]
    fn sizes_are_read() {
        assert_eq!(bytes("512MB"), Some(512 * 1024 * 1024));
        assert_eq!(bytes("1Gi"), Some(1024 * 1024 * 1024));
        assert_eq!(bytes("N/A"), None);
    }
}
