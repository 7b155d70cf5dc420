//! What is drawn is read back.

use std::collections::BTreeSet;

use devkit_archdoc::draw::{
    Access, ConfigurationFile, Edge, Mount, Node, NodePort, Platform, PlatformNetwork, Resources,
    Section, diagram, external_access, ports, resources, storage, topology,
};
use devkit_archdoc::{Document, Exposure, PortSource, VolumeKind, read};
use proptest::prelude::*;
use proptest::sample::subsequence;

const NODES: [(&str, Option<&str>); 18] = [
    ("Frontend", Some("React/Vite")),
    ("API", Some("FastAPI")),
    ("Worker", Some("Node.js")),
    ("Billing", Some("Go")),
    ("Search Indexer", Some("Python")),
    ("Ledger", None),
    ("Mailer Service", None),
    ("Café", Some("Elixir")),
    ("Very Long Reporting Aggregation Name", Some("Rust")),
    ("日本 Portal", Some("Go")),
    ("PostgreSQL", Some("Database")),
    ("Redis", Some("Cache")),
    ("RabbitMQ", Some("Queue")),
    ("MinIO", Some("Storage")),
    ("pgAdmin", Some("DB GUI")),
    ("Redis Commander", Some("Redis GUI")),
    ("Ollama", Some("LLM Models")),
    ("MongoDB", Some("Documents")),
];

fn node(index: usize, name: &str, technology: Option<&str>, shape: u8) -> Node {
    let service = name.to_lowercase().replace(' ', "-");
    let number = u16::try_from(3000 + index * 10).unwrap();
    let port = |offset: u16| NodePort {
        label: (offset > 0).then(|| format!("{name} Mgmt")),
        internal: number + offset,
        external: Some(number + offset),
        protocol: "HTTP".to_owned(),
        exposed: Exposure::Development,
    };
    Node {
        ports: match shape % 3 {
            0 => Vec::new(),
            1 => vec![port(0)],
            _ => vec![port(0), port(1)],
        },
        mounts: match shape / 3 {
            1 => vec![mount(&format!("{service}-data"), VolumeKind::Named)],
            2 => vec![mount(&format!("./tmp/{service}"), VolumeKind::Bind)],
            3 => vec![
                mount(&format!("{service}-data"), VolumeKind::Named),
                mount(&format!("{service}-logs"), VolumeKind::Named),
            ],
            _ => Vec::new(),
        },
        resources: shape.is_multiple_of(2).then(|| Resources {
            cpu: 0.5,
            memory: "512MB".to_owned(),
            scaling: "Horizontal (stateless)".to_owned(),
        }),
        name: name.to_owned(),
        service,
        technology: technology.map(str::to_owned),
    }
}

fn mount(name: &str, kind: VolumeKind) -> Mount {
    Mount {
        name: name.to_owned(),
        kind,
        description: "Files".to_owned(),
    }
}

fn platforms() -> impl Strategy<Value = Platform> {
    let chosen = subsequence(NODES.to_vec(), 1..NODES.len()).prop_shuffle();
    (
        chosen,
        any::<[u8; 18]>(),
        proptest::collection::vec((0..18_usize, 0..18_usize), 0..12),
        0..3_usize,
    )
        .prop_map(|(chosen, shapes, pairs, cut)| {
            let nodes: Vec<Node> = chosen
                .iter()
                .enumerate()
                .map(|(index, (name, technology))| {
                    node(index, name, *technology, shapes[index] % 12)
                })
                .collect();
            let mut seen = BTreeSet::new();
            let edges = pairs
                .into_iter()
                .filter_map(|(from, to)| {
                    let (from, to) = (from % nodes.len(), to % nodes.len());
                    let fresh = seen.insert((from.min(to), from.max(to)));
                    (from != to && fresh).then(|| Edge {
                        from: nodes[from].name.clone(),
                        to: nodes[to].name.clone(),
                        label: (from + to).is_multiple_of(2).then(|| "HTTP".to_owned()),
                    })
                })
                .collect();
            let access = nodes
                .iter()
                .filter(|node| node.ports.len() == 1)
                .map(|node| Access {
                    name: node.name.clone(),
                    port: node.ports[0].internal,
                })
                .collect();
            let middle = (nodes.len() * cut / 2).min(nodes.len());
            let (first, second) = nodes.split_at(middle);
            let section = |title: &str, marker: &str, nodes: &[Node]| Section {
                title: title.to_owned(),
                file: "docker-compose.yml".to_owned(),
                marker: marker.to_owned(),
                nodes: nodes.to_vec(),
            };
            Platform {
                title: "Development Environment".to_owned(),
                network: PlatformNetwork {
                    name: "app-network".to_owned(),
                    driver: "bridge".to_owned(),
                    subnet: Some("172.20.0.0/16".to_owned()),
                },
                sections: vec![
                    section("Application Services", "SERVICES", first),
                    section("Backing Services", "BACKING_SERVICES", second),
                ],
                edges,
                configuration: vec![ConfigurationFile {
                    path: "config/.env".to_owned(),
                    note: "Gitignored".to_owned(),
                    target: "All Services (via env_file)".to_owned(),
                    contents: vec!["API keys".to_owned()],
                }],
                access,
                shared_mounts: vec![mount("./services/*/", VolumeKind::Bind)],
            }
        })
}

fn document(platform: &Platform) -> (String, Document) {
    let text = format!(
        "# System Architecture Overview\n\n## High-Level Architecture\n\n{}\n{}\n## Network Topology\n\n{}\n### Port Mappings\n\n{}\n### Storage Strategy\n\n{}\n### Resource Allocation\n\n{}",
        diagram(platform),
        external_access(platform),
        topology(platform),
        ports(platform),
        storage(platform),
        resources(platform),
    );
    let document = read("overview.md", text.as_bytes());
    (text, document)
}

fn check(platform: &Platform) -> Result<(), TestCaseError> {
    let (text, document) = document(platform);
    let facts = &document.facts;
    let drawn: BTreeSet<_> = platform
        .nodes()
        .map(|node| {
            let section = platform.sections.iter().find(|it| it.nodes.contains(node));
            (
                node.name.clone(),
                node.technology.clone(),
                node.ports
                    .iter()
                    .map(|port| port.internal)
                    .collect::<Vec<_>>(),
                section.map(|it| it.title.clone()),
            )
        })
        .collect();
    let read: BTreeSet<_> = facts
        .components
        .iter()
        .filter(|it| it.runnable)
        .map(|it| {
            (
                it.name.clone(),
                it.technology.clone(),
                it.ports.clone(),
                it.groups.last().cloned(),
            )
        })
        .collect();
    prop_assert_eq!(&drawn, &read, "components of\n{}", text);

    let drawn: BTreeSet<_> = platform
        .edges
        .iter()
        .map(|it| (it.from.clone(), it.to.clone()))
        .collect();
    let read: BTreeSet<_> = facts
        .connections
        .iter()
        .filter(|it| it.kind.needs_network() && it.from != "Developer Machine")
        .map(|it| (it.from.clone(), it.to.clone()))
        .collect();
    prop_assert_eq!(&drawn, &read, "edges of\n{}", text);

    let drawn: BTreeSet<_> = platform
        .nodes()
        .flat_map(|node| {
            node.mounts
                .iter()
                .map(|mount| (mount.name.clone(), mount.kind, Some(node.name.clone())))
        })
        .chain([("./services/*/".to_owned(), VolumeKind::Bind, None)])
        .collect();
    let read: BTreeSet<_> = facts
        .volumes
        .iter()
        .map(|it| (it.name.clone(), it.kind, it.of.clone()))
        .collect();
    prop_assert_eq!(&drawn, &read, "volumes of\n{}", text);

    let drawn: BTreeSet<_> = platform
        .access
        .iter()
        .map(|it| (it.name.clone(), it.port))
        .collect();
    let read: BTreeSet<_> = facts
        .ports
        .iter()
        .filter(|it| it.source == PortSource::Address)
        .filter_map(|it| Some((it.service.clone(), it.external?)))
        .collect();
    prop_assert_eq!(&drawn, &read, "access of\n{}", text);

    let rows = facts
        .ports
        .iter()
        .filter(|it| it.source == PortSource::Table)
        .count();
    let ports: usize = platform.nodes().map(|node| node.ports.len().max(1)).sum();
    prop_assert_eq!(rows, ports);
    prop_assert_eq!(
        facts.resources.len(),
        platform.nodes().filter(|it| it.resources.is_some()).count()
    );
    let network = &facts.networks[0];
    prop_assert_eq!(network.name.as_str(), "app-network");
    prop_assert_eq!(network.driver.as_deref(), Some("bridge"));
    prop_assert_eq!(network.subnet.as_deref(), Some("172.20.0.0/16"));
    prop_assert!(document.diagnostics.is_empty());
    Ok(())
}

/// A debug build draws slowly; `PROPTEST_CASES=5000` with a release build looks further.
fn cases() -> u32 {
    let wanted = std::env::var("PROPTEST_CASES").ok();
    wanted.and_then(|it| it.parse().ok()).unwrap_or(8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn what_is_drawn_is_read_back(platform in platforms()) {
        check(&platform)?;
    }
}
