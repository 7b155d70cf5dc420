//! What the drawn regions of a document show of a platform.

use crate::facts::{Exposure, VolumeKind};

/// A plain description of a platform: what the drawn regions of its document show.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Platform {
    /// The title of the outer frame: `Development Environment`.
    pub title: String,
    /// The network that the services share.
    pub network: PlatformNetwork,
    /// The sections, from top to bottom.
    pub sections: Vec<Section>,
    /// Who calls whom, by the names of nodes.
    pub edges: Vec<Edge>,
    /// The files that services get their configuration from.
    pub configuration: Vec<ConfigurationFile>,
    /// What a developer can open from the host.
    pub access: Vec<Access>,
    /// Bind mounts that belong to no single node: `./services/*/`.
    pub shared_mounts: Vec<Mount>,
}

/// The network that the services share.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlatformNetwork {
    /// Its name: `app-network`.
    pub name: String,
    /// Its driver: `bridge`.
    pub driver: String,
    /// Its subnet: `172.20.0.0/16`.
    pub subnet: Option<String>,
}

/// A group of nodes under a title with double lines.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Section {
    /// The title: `Application Services`.
    pub title: String,
    /// The compose file that defines them: `docker-compose.yml`.
    pub file: String,
    /// The name between the markers there: `SERVICES`.
    pub marker: String,
    /// Its nodes, from left to right.
    pub nodes: Vec<Node>,
}

/// A box: a service, a backing service or a tool.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Node {
    /// The name in the box: `PostgreSQL`.
    pub name: String,
    /// The key in the compose file: `postgres`.
    pub service: String,
    /// The second line of the box: `Database`.
    pub technology: Option<String>,
    /// Its ports.
    pub ports: Vec<NodePort>,
    /// Where it keeps data.
    pub mounts: Vec<Mount>,
    /// What it is given.
    pub resources: Option<Resources>,
}

/// A port of a node: one row of the port table.
#[derive(Debug, Clone, PartialEq)]
pub struct NodePort {
    /// The name in the table, where it is not the node's: `RabbitMQ Mgmt`.
    pub label: Option<String>,
    /// The port inside the container.
    pub internal: u16,
    /// The port on the host, where it is published.
    pub external: Option<u16>,
    /// The protocol: `HTTP`.
    pub protocol: String,
    /// Whether it is published.
    pub exposed: Exposure,
}

/// A volume or bind mount.
#[derive(Debug, Clone, PartialEq)]
pub struct Mount {
    /// The volume's name or the host's path.
    pub name: String,
    /// How data is kept.
    pub kind: VolumeKind,
    /// What is in it: `PostgreSQL database files`.
    pub description: String,
}

/// What a node is given: one row of the resource table.
#[derive(Debug, Clone, PartialEq)]
pub struct Resources {
    /// The CPUs.
    pub cpu: f64,
    /// The memory as written: `512MB`.
    pub memory: String,
    /// How it scales: `Horizontal (stateless)`.
    pub scaling: String,
}

/// One node calls another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The name of the node that calls.
    pub from: String,
    /// The name of the node that is called.
    pub to: String,
    /// The protocol; drawn only between neighbours of one row.
    pub label: Option<String>,
}

/// A file that services get their configuration from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigurationFile {
    /// The path: `config/.env`.
    pub path: String,
    /// What is said about it: `Gitignored`.
    pub note: String,
    /// Who gets it: `All Services (via env_file)`.
    pub target: String,
    /// What is in it, one line each.
    pub contents: Vec<String>,
}

/// Something to open from the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// What it is: `pgAdmin`.
    pub name: String,
    /// The port on the host.
    pub port: u16,
}

impl Platform {
    /// All nodes, from the first section to the last.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.sections.iter().flat_map(|section| &section.nodes)
    }
}
