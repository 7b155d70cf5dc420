//! The ports on which well-known programs listen unless they are told otherwise.

use devkit_compose::model::Service;

use crate::matching::product_of_image;

/// Whether the program that a service runs from its image usually listens on a port.
///
/// Proxies are left out: on which ports they listen is what their configuration is about.
pub(super) fn listens_usually(service: &Service, number: u16) -> bool {
    service
        .image
        .as_deref()
        .filter(|_| service.build.is_none())
        .and_then(product_of_image)
        .is_some_and(|product| of_product(product.id).contains(&number))
}

fn of_product(id: &str) -> &'static [u16] {
    match id {
        "postgresql" => &[5432],
        "mysql" | "mariadb" => &[3306],
        "sqlserver" => &[1433],
        "mongodb" => &[27017],
        "cassandra" => &[9042],
        "clickhouse" => &[8123, 9000, 9009],
        "neo4j" => &[7474, 7687],
        "influxdb" => &[8086],
        "redis" | "valkey" => &[6379],
        "memcached" => &[11211],
        "rabbitmq" => &[5672, 15672, 15692, 25672],
        "kafka" => &[9092],
        "zookeeper" => &[2181, 2888, 3888],
        "nats" => &[4222, 6222, 8222],
        "elasticsearch" | "opensearch" => &[9200, 9300],
        "logstash" => &[5044],
        "kibana" => &[5601],
        "minio" => &[9000, 9001],
        "grafana" => &[3000],
        "prometheus" => &[9090],
        "loki" => &[3100],
        "qdrant" => &[6333, 6334],
        "ollama" => &[11434],
        "jaeger" => &[4317, 4318, 6831, 6832, 9411, 14250, 14268, 14269, 16686],
        "otelcollector" => &[4317, 4318, 8888, 8889, 13133, 55679],
        "tempo" => &[3200, 4317, 4318, 9411, 14268],
        "consul" => &[8300, 8301, 8302, 8500, 8600],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_product_is_known_by_its_image() {
        for (image, port) in [
            ("postgres:17", 5432),
            ("mcr.microsoft.com/mssql/server:2022-latest", 1433),
            ("rabbitmq:4-management", 5672),
            ("confluentinc/cp-kafka:7.6.1", 9092),
            ("docker.elastic.co/elasticsearch/elasticsearch:8.14.1", 9200),
            ("minio/minio:latest", 9000),
            ("ollama/ollama", 11434),
        ] {
            let service = Service {
                image: Some(image.to_owned()),
                ..Service::default()
            };
            assert!(listens_usually(&service, port), "{image}");
            assert!(!listens_usually(&service, port + 1000), "{image}");
        }
    }
}
