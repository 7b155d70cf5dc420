use std::collections::HashMap;
use std::sync::LazyLock;

use devkit_archdoc::{Role, normalised};

/// A well-known program that is run from its image.
#[derive(Debug, PartialEq, Eq)]
pub struct Product {
    /// Its name in the form in which names are compared.
    pub id: &'static str,
    /// Further names and last parts of image names, in the same form.
    pub names: &'static [&'static str],
    /// What it is for.
    pub role: Option<Role>,
}

const fn product(id: &'static str, names: &'static [&'static str], role: Option<Role>) -> Product {
    Product { id, names, role }
}

use Role::{Admin, Cache, Database, Model, Monitoring, Proxy, Queue, Search, Storage};

static PRODUCTS: &[Product] = &[
    product(
        "postgresql",
        &[
            "postgres",
            "pgsql",
            "pg",
            "postgis",
            "pgvector",
            "timescaledb",
            "timescale",
            "postgresqldb",
            "postgresdb",
            "psql",
        ],
        Some(Database),
    ),
    product(
        "mysql",
        &["mysqldb", "mysqlserver", "perconaserver", "percona"],
        Some(Database),
    ),
    product("mariadb", &["maria"], Some(Database)),
    product(
        "mongodb",
        &["mongo", "mongodbcommunityserver"],
        Some(Database),
    ),
    product(
        "sqlserver",
        &["mssql", "mssqlserver", "microsoftsqlserver"],
        Some(Database),
    ),
    product(
        "oracle",
        &["oracledb", "oraclexe", "oraclefree"],
        Some(Database),
    ),
    product("cassandra", &["apachecassandra"], Some(Database)),
    product("scylladb", &["scylla"], Some(Database)),
    product("cockroachdb", &["cockroach"], Some(Database)),
    product("couchdb", &[], Some(Database)),
    product("sqlite", &["sqlite3", "sqlitedb"], Some(Database)),
    product("h2", &["h2database", "h2db"], Some(Database)),
    product("duckdb", &[], Some(Database)),
    product("caffeine", &["caffeinecache"], Some(Cache)),
    product("ehcache", &[], Some(Cache)),
    product("couchbase", &[], Some(Database)),
    product("neo4j", &[], Some(Database)),
    product("clickhouse", &["clickhouseserver"], Some(Database)),
    product("influxdb", &["influx"], Some(Database)),
    product("questdb", &[], Some(Database)),
    product("dynamodb", &["dynamodblocal"], Some(Database)),
    product("surrealdb", &[], Some(Database)),
    product("arangodb", &[], Some(Database)),
    product("qdrant", &[], Some(Database)),
    product("weaviate", &[], Some(Database)),
    product("milvus", &[], Some(Database)),
    product("chroma", &["chromadb"], Some(Database)),
    product(
        "redis",
        &["redisstack", "redisstackserver", "redisserver", "redisdb"],
        Some(Cache),
    ),
    product("valkey", &[], Some(Cache)),
    product("keydb", &[], Some(Cache)),
    product("dragonfly", &["dragonflydb"], Some(Cache)),
    product("memcached", &["memcache"], Some(Cache)),
    product("rabbitmq", &["rabbit"], Some(Queue)),
    product(
        "kafka",
        &[
            "apachekafka",
            "cpkafka",
            "cpserver",
            "kafkabroker",
            "confluentlocal",
        ],
        Some(Queue),
    ),
    product("redpanda", &[], Some(Queue)),
    product("nats", &["natsserver", "natsjetstream"], Some(Queue)),
    product(
        "activemq",
        &["activemqartemis", "artemis", "activemqclassic"],
        Some(Queue),
    ),
    product("pulsar", &["apachepulsar"], Some(Queue)),
    product(
        "servicebus",
        &["azureservicebus", "servicebusemulator"],
        Some(Queue),
    ),
    product(
        "mosquitto",
        &["eclipsemosquitto", "mqttbroker"],
        Some(Queue),
    ),
    product("emqx", &[], Some(Queue)),
    product("rocketmq", &["apacherocketmq"], Some(Queue)),
    product("zookeeper", &["cpzookeeper", "apachezookeeper"], None),
    product("etcd", &[], None),
    product("nacos", &["nacosserver"], None),
    product("consul", &["hashicorpconsul"], None),
    product("vault", &["hashicorpvault"], None),
    product("keycloak", &[], None),
    product(
        "nginx",
        &[
            "nginxproxy",
            "nginxalpine",
            "nginxunprivileged",
            "openresty",
        ],
        Some(Proxy),
    ),
    product("nginxproxymanager", &[], Some(Proxy)),
    product("traefik", &[], Some(Proxy)),
    product("caddy", &[], Some(Proxy)),
    product("haproxy", &[], Some(Proxy)),
    product("envoy", &["envoyproxy"], Some(Proxy)),
    product("kong", &["konggateway"], Some(Proxy)),
    product("apisix", &[], Some(Proxy)),
    product("apachehttpd", &["httpd"], Some(Proxy)),
    product("elasticsearch", &["elastic"], Some(Search)),
    product("opensearch", &[], Some(Search)),
    product("meilisearch", &["meili"], Some(Search)),
    product("typesense", &[], Some(Search)),
    product("solr", &["apachesolr"], Some(Search)),
    product("kibana", &[], Some(Monitoring)),
    product("opensearchdashboards", &[], Some(Monitoring)),
    product("logstash", &[], Some(Monitoring)),
    product("filebeat", &[], Some(Monitoring)),
    product("metricbeat", &[], Some(Monitoring)),
    product("fluentd", &[], Some(Monitoring)),
    product("fluentbit", &[], Some(Monitoring)),
    product("vector", &["timberiovector"], Some(Monitoring)),
    product("prometheus", &[], Some(Monitoring)),
    product("alertmanager", &[], Some(Monitoring)),
    product("pushgateway", &[], Some(Monitoring)),
    product(
        "grafana",
        &["grafanaoss", "grafanaenterprise"],
        Some(Monitoring),
    ),
    product("loki", &["grafanaloki"], Some(Monitoring)),
    product("tempo", &["grafanatempo"], Some(Monitoring)),
    product("mimir", &[], Some(Monitoring)),
    product("promtail", &[], Some(Monitoring)),
    product("alloy", &["grafanaalloy"], Some(Monitoring)),
    product(
        "jaeger",
        &["jaegerallinone", "allinone", "jaegertracing"],
        Some(Monitoring),
    ),
    product("zipkin", &[], Some(Monitoring)),
    product(
        "otelcollector",
        &[
            "opentelemetrycollector",
            "opentelemetrycollectorcontrib",
            "otelcol",
            "otelcollectorcontrib",
            "otel",
        ],
        Some(Monitoring),
    ),
    product("cadvisor", &[], Some(Monitoring)),
    product("nodeexporter", &[], Some(Monitoring)),
    product("blackboxexporter", &[], Some(Monitoring)),
    product(
        "postgresexporter",
        &["postgresqlexporter"],
        Some(Monitoring),
    ),
    product("redisexporter", &[], Some(Monitoring)),
    product("victoriametrics", &[], Some(Monitoring)),
    product("seq", &["datalustseq"], Some(Monitoring)),
    product("minio", &["minioserver"], Some(Storage)),
    product("seaweedfs", &[], Some(Storage)),
    product("localstack", &[], None),
    product("azurite", &[], Some(Storage)),
    product("pgadmin", &["pgadmin4"], Some(Admin)),
    product("phpmyadmin", &[], Some(Admin)),
    product("adminer", &[], Some(Admin)),
    product("rediscommander", &[], Some(Admin)),
    product("redisinsight", &[], Some(Admin)),
    product("mongoexpress", &[], Some(Admin)),
    product("kafkaui", &[], Some(Admin)),
    product("kafdrop", &[], Some(Admin)),
    product("akhq", &[], Some(Admin)),
    product("portainer", &["portainerce"], Some(Admin)),
    product("dozzle", &[], Some(Admin)),
    product("flower", &["celeryflower"], Some(Admin)),
    product("mailhog", &[], None),
    product("mailpit", &[], None),
    product("watchtower", &[], None),
    product("certbot", &[], None),
    product("airflow", &["apacheairflow"], None),
    product("temporal", &["temporalserver", "autosetup"], None),
    product("temporalui", &[], Some(Admin)),
    product("schemaregistry", &["cpschemaregistry"], None),
    product("ksqldb", &["cpksqldbserver", "ksqldbserver"], None),
    product(
        "kafkaconnect",
        &[
            "cpkafkaconnect",
            "debezium",
            "debeziumconnect",
            "debeziumconnector",
        ],
        None,
    ),
    product("hasura", &["graphqlengine"], None),
    product("ollama", &["ollamaapi"], Some(Model)),
    product("vllm", &["vllmopenai"], Some(Model)),
    product("openwebui", &[], Some(Admin)),
    product("wordpress", &[], None),
    product("n8n", &[], None),
    product("metabase", &[], None),
    product("superset", &["apachesuperset"], None),
    product("gitea", &[], None),
    product("jenkins", &[], None),
    product("sonarqube", &[], None),
    product("eureka", &["eurekaserver"], None),
    product("unleash", &["unleashserver"], None),
    product("authentik", &[], None),
    product("mlflow", &[], None),
    product("spark", &["apachespark", "pyspark"], None),
    product("flink", &["apacheflink"], None),
    product("trino", &[], None),
    product("telegraf", &[], Some(Monitoring)),
    product("varnish", &[], Some(Proxy)),
    product("pgbouncer", &[], None),
    product("mailcatcher", &[], None),
    product("smtp4dev", &[], None),
    product("imgproxy", &[], None),
    product("gotenberg", &[], None),
    product("thanos", &[], Some(Monitoring)),
    product("pyroscope", &[], Some(Monitoring)),
    product("signoz", &[], Some(Monitoring)),
    product("uptimekuma", &[], Some(Monitoring)),
    product("netdata", &[], Some(Monitoring)),
    product("langfuse", &[], None),
    product("litellm", &[], None),
    product("searxng", &[], None),
    product("nodered", &[], None),
    product("hivemq", &[], Some(Queue)),
    product("thingsboard", &[], None),
    product("redpandaconsole", &[], Some(Admin)),
    product("cloudbeaver", &[], Some(Admin)),
    product("nifi", &["apachenifi"], None),
    product("druid", &["apachedruid"], Some(Database)),
    product("memgraph", &[], Some(Database)),
    product("yugabytedb", &["yugabyte"], Some(Database)),
    product("cloudflared", &[], None),
    product("oauth2proxy", &[], Some(Proxy)),
    product("authelia", &[], None),
    product("verdaccio", &[], None),
    product("strapi", &[], None),
    product("directus", &[], None),
];

/// The product that a whole name is.
pub fn product_of_name(name: &str) -> Option<&'static Product> {
    let wanted = normalised(name);
    let trimmed = wanted.trim_end_matches(|character: char| character.is_ascii_digit());
    find(&wanted).or_else(|| find(trimmed))
}

/// The product that an image runs: `bitnami/postgresql:16` runs `PostgreSQL`.
pub fn product_of_image(image: &str) -> Option<&'static Product> {
    let repository = repository(image);
    let mut parts = repository.rsplit('/');
    let last = parts.next().unwrap_or(repository);
    let owner = parts.next().unwrap_or_default();
    find(&normalised(&format!("{owner}{last}"))).or_else(|| product_of_name(last))
}

/// An image's name without tag and digest.
pub(super) fn repository(image: &str) -> &str {
    let image = image.split('@').next().unwrap_or(image);
    match image.rfind(':') {
        Some(at) if !image[at..].contains('/') => &image[..at],
        _ => image,
    }
}

fn find(name: &str) -> Option<&'static Product> {
    static BY_NAME: LazyLock<HashMap<&'static str, &'static Product>> = LazyLock::new(|| {
        let mut found = HashMap::new();
        for product in PRODUCTS {
            for name in std::iter::once(&product.id).chain(product.names) {
                found.entry(*name).or_insert(product);
            }
        }
        found
    });
    BY_NAME.get(name).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_and_names_give_the_same_product() {
        let image = |image| product_of_image(image).map(|product| product.id);
        assert_eq!(image("postgres:17"), Some("postgresql"));
        assert_eq!(
            image("ghcr.io:443/bitnami/postgresql@sha256:aa"),
            Some("postgresql")
        );
        assert_eq!(image("prom/node-exporter:v1"), Some("nodeexporter"));
        assert_eq!(image("registry.local:5000/shop/cart"), None);
        assert_eq!(
            product_of_name("Redis Commander").map(|p| p.id),
            Some("rediscommander")
        );
        assert_eq!(
            product_of_name("PostgreSQL 17").map(|p| p.id),
            Some("postgresql")
        );
    }
}
