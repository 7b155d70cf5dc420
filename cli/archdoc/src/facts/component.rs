use serde::{Deserialize, Serialize};

use super::{Origin, normalised};

/// What a drawn component is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ComponentKind {
    /// A service of the application, with code of its own.
    Service,
    /// A database.
    Database,
    /// A cache.
    Cache,
    /// A message broker or a queue.
    Queue,
    /// A gateway, proxy or load balancer.
    Gateway,
    /// A tool for developers or operators, such as pgAdmin or Grafana.
    Tool,
    /// A person, browser or program that uses the platform from outside.
    Client,
    /// Something that others run: a provider, a cloud service.
    External,
    /// An object, file or block store.
    Storage,
    /// A frame around others: a layer, a network, a host, a cluster.
    Group,
    /// A part inside one service: a layer, a handler, a middleware.
    Module,
    /// A volume or bind mount drawn as a box.
    Volume,
    /// A file drawn as a box.
    File,
    /// A topic, an exchange or a queue inside a broker.
    Topic,
    /// A step of a process, such as a stage of a pipeline.
    Activity,
}

impl ComponentKind {
    /// Whether a component of this kind claims to be a running program of the platform.
    pub fn is_runnable(self) -> bool {
        matches!(
            self,
            Self::Service
                | Self::Database
                | Self::Cache
                | Self::Queue
                | Self::Gateway
                | Self::Tool
                | Self::Storage
        )
    }
}

/// The role that a name or technology words: a hint for matching names with services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A user interface.
    Frontend,
    /// An HTTP or RPC interface.
    Api,
    /// A background worker.
    Worker,
    /// A database.
    Database,
    /// A cache.
    Cache,
    /// A message broker.
    Queue,
    /// A reverse proxy or load balancer.
    Proxy,
    /// A search engine.
    Search,
    /// An object store.
    Storage,
    /// Metrics, logs, traces and their dashboards.
    Monitoring,
    /// An administration interface.
    Admin,
    /// A program that runs models.
    Model,
}

/// Something drawn or listed by name; one for each name in a document, with every place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Component {
    /// The name as first written.
    pub name: String,
    /// What it is.
    pub kind: ComponentKind,
    /// The technology named with it: `FastAPI`, `React/Vite`.
    pub technology: Option<String>,
    /// The ports named with it, in the order of reading; a label may mean the host's or the
    /// container's port.
    pub ports: Vec<u16>,
    /// Whether it claims to be a running program of the platform.
    pub runnable: bool,
    /// The role that its name, technology or shape words.
    pub role: Option<Role>,
    /// The titles of the frames around it, outermost first, with its section last.
    pub groups: Vec<String>,
    /// The other lines written in its box.
    pub notes: Vec<String>,
    /// Static addresses written in its box.
    pub addresses: Vec<String>,
    /// How many replicas are drawn or written, where that is said.
    pub replicas: Option<u32>,
    /// Other spellings of the name in the same document, and its id in a Mermaid diagram.
    pub aliases: Vec<String>,
    /// Where it stands first.
    #[serde(flatten)]
    pub origin: Origin,
    /// Where else it stands.
    pub mentions: Vec<Origin>,
}

impl Component {
    /// A component of which nothing is known but its name, its kind and its place.
    pub fn new(name: impl Into<String>, kind: ComponentKind, origin: Origin) -> Self {
        Self {
            name: name.into(),
            kind,
            technology: None,
            ports: Vec::new(),
            runnable: kind.is_runnable(),
            role: None,
            groups: Vec::new(),
            notes: Vec::new(),
            addresses: Vec::new(),
            replicas: None,
            aliases: Vec::new(),
            origin,
            mentions: Vec::new(),
        }
    }

    /// The name in the form in which names are compared.
    pub fn normalised(&self) -> String {
        normalised(&self.name)
    }
}
