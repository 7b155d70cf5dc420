use super::*;
use crate::facts::{Exposure, VolumeKind};

fn node(name: &str, technology: &str, port: Option<u16>) -> Node {
    Node {
        name: name.to_owned(),
        service: name.to_lowercase().replace(' ', "-"),
        technology: Some(technology.to_owned()),
        ports: port
            .map(|port| NodePort {
                label: None,
                internal: port,
                external: Some(port),
                protocol: "HTTP".to_owned(),
                exposed: Exposure::Yes,
            })
            .into_iter()
            .collect(),
        ..Node::default()
    }
}

fn backing(name: &str, technology: &str, port: u16, volume: &str) -> Node {
    Node {
        mounts: vec![Mount {
            name: volume.to_owned(),
            kind: VolumeKind::Named,
            description: format!("{name} files"),
        }],
        ..node(name, technology, Some(port))
    }
}

fn edge(from: &str, to: &str, label: Option<&str>) -> Edge {
    Edge {
        from: from.to_owned(),
        to: to.to_owned(),
        label: label.map(str::to_owned),
    }
}

fn section(title: &str, marker: &str, nodes: Vec<Node>) -> Section {
    Section {
        title: title.to_owned(),
        file: "docker-compose.yml".to_owned(),
        marker: marker.to_owned(),
        nodes,
    }
}

fn starter() -> Platform {
    Platform {
        title: "Development Environment".to_owned(),
        network: PlatformNetwork {
            name: "app-network".to_owned(),
            driver: "bridge".to_owned(),
            subnet: Some("172.20.0.0/16".to_owned()),
        },
        sections: vec![
            section(
                "Application Services",
                "SERVICES",
                vec![
                    node("Frontend", "React/Vite", Some(3000)),
                    node("API", "Rust", Some(8000)),
                    node("Worker", "Rust", None),
                    node("API Migrate", "One-shot", None),
                ],
            ),
            section(
                "Backing Services",
                "BACKING_SERVICES",
                vec![
                    backing("PostgreSQL", "Database", 5432, "postgres-data"),
                    backing("Redis", "Cache", 6379, "redis-data"),
                    backing("RabbitMQ", "Queue", 5672, "rabbitmq-data"),
                ],
            ),
            section(
                "Development Services",
                "DEVELOPMENT_SERVICES",
                vec![
                    node("pgAdmin", "DB GUI", Some(5050)),
                    node("Redis Commander", "Redis GUI", Some(8081)),
                ],
            ),
        ],
        edges: vec![
            edge("Frontend", "API", Some("HTTP")),
            edge("API", "PostgreSQL", None),
            edge("API", "Redis", None),
            edge("API", "RabbitMQ", None),
            edge("Worker", "PostgreSQL", None),
            edge("Worker", "RabbitMQ", None),
            edge("API Migrate", "PostgreSQL", None),
            edge("pgAdmin", "PostgreSQL", None),
            edge("Redis Commander", "Redis", None),
        ],
        configuration: vec![ConfigurationFile {
            path: "config/.env".to_owned(),
            note: "Gitignored".to_owned(),
            target: "All Services (via env_file)".to_owned(),
            contents: vec!["Database credentials".to_owned(), "API keys".to_owned()],
        }],
        access: vec![
            Access {
                name: "Frontend".to_owned(),
                port: 3000,
            },
            Access {
                name: "API".to_owned(),
                port: 8000,
            },
        ],
        shared_mounts: vec![Mount {
            name: "./services/*/".to_owned(),
            kind: VolumeKind::Bind,
            description: "Service source code (hot reload)".to_owned(),
        }],
    }
}

#[test]
fn starter_is_drawn() {
    insta::assert_snapshot!(diagram(&starter()));
}

#[test]
fn parts_are_drawn() {
    let platform = starter();
    insta::assert_snapshot!(format!(
        "{}\n{}\n{}\n{}\n{}",
        external_access(&platform),
        topology(&platform),
        ports(&platform),
        storage(&platform),
        resources(&platform)
    ));
}
