use serde::{Deserialize, Serialize};

use super::Origin;

/// Where a port was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PortSource {
    /// A row of a table with a column for each side.
    Table,
    /// A row of a table with one column of ports, which may mean either side.
    Column,
    /// A label in a diagram, which may mean either side.
    Diagram,
    /// An address such as `http://localhost:5050 (pgAdmin)`: the host's side.
    Address,
    /// A sentence or list item.
    Prose,
}

impl PortSource {
    /// Whether it was read in a row of a table.
    pub fn is_row(self) -> bool {
        matches!(self, Self::Table | Self::Column)
    }
}

/// Whether the document says that a port can be reached from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Exposure {
    /// In every environment.
    Yes,
    /// Not at all.
    No,
    /// In development only.
    Development,
}

/// A port that the document gives to a service; both numbers missing means "no port".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Port {
    /// The service as named there.
    pub service: String,
    /// The port inside the container.
    pub internal: Option<u16>,
    /// The port on the host.
    pub external: Option<u16>,
    /// The protocol: `HTTP`, `TCP`, `AMQP`.
    pub protocol: Option<String>,
    /// Whether it can be reached from outside, where that is said.
    pub exposed: Option<Exposure>,
    /// Where it was read.
    pub source: PortSource,
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
}

/// A network that the document names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Network {
    /// The name: `app-network`.
    pub name: String,
    /// The driver: `bridge`.
    pub driver: Option<String>,
    /// The subnet: `172.20.0.0/16`.
    pub subnet: Option<String>,
    /// The components drawn inside its frame.
    pub members: Vec<String>,
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
}

/// What a tier is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TierKind {
    /// A security boundary: its members are shielded from the tiers that are not beside it.
    Boundary,
    /// A layer of a drawing, which groups its members and forbids nothing.
    Layer,
}

/// A tier of the security boundaries, outermost first, or a layer of a drawing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tier {
    /// The name: `Data Tier`.
    pub name: String,
    /// The components in it.
    pub members: Vec<String>,
    /// Whether it is a boundary or a mere layer.
    pub kind: TierKind,
    /// What is said about it: `No external access`.
    pub claims: Vec<String>,
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
}
