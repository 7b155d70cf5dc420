use serde::{Deserialize, Serialize};

use super::Origin;

/// What a drawn line between two components means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConnectionKind {
    /// One calls the other.
    Request,
    /// A line without an arrow tip: connected, with no direction drawn.
    Link,
    /// A message or event goes from one to the other, perhaps through a broker.
    Message,
    /// The answer to a request; never needs a connection of its own.
    Response,
    /// A program keeps its data there: a volume or bind mount.
    Mount,
    /// A file or setting is given to a program.
    Configuration,
    /// A line to or from a part of a program, or something that runs nowhere.
    Internal,
    /// A step of a process leads to the next, or a part is listed after another: no connection.
    Sequence,
}

impl ConnectionKind {
    /// Whether the connection claims that one end reaches the other over the network.
    pub fn needs_network(self) -> bool {
        matches!(self, Self::Request | Self::Link | Self::Message)
    }
}

/// A line between two components.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Connection {
    /// The name of the component at its start.
    pub from: String,
    /// The name of the component at its tip.
    pub to: String,
    /// What is written at it.
    pub label: Option<String>,
    /// What it means.
    pub kind: ConnectionKind,
    /// The protocol that the label names: `HTTP`, `AMQP`, `SQL`.
    pub protocol: Option<String>,
    /// Where it is drawn.
    #[serde(flatten)]
    pub origin: Origin,
}
