use serde::{Deserialize, Serialize};

use super::Origin;

/// What a service is given, from a table or a drawing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resource {
    /// The service as named there; none where it is said of all.
    pub service: Option<String>,
    /// The CPUs.
    pub cpu: Option<f64>,
    /// The memory as written: `512MB`.
    pub memory: Option<String>,
    /// The memory in bytes, with `MB` and `GB` as powers of 1024, as Docker reads them.
    pub memory_bytes: Option<u64>,
    /// How it scales: `Horizontal (stateless)`.
    pub scaling: Option<String>,
    /// The replicas.
    pub replicas: Option<u32>,
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
}

/// An HTTP or RPC endpoint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Endpoint {
    /// The service that answers, where that is said.
    pub service: Option<String>,
    /// The method: `GET`, or `RPC`.
    pub method: String,
    /// The path, or the name of the remote procedure.
    pub path: String,
    /// What is said about it.
    pub description: Option<String>,
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
}

/// An environment variable.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EnvironmentVariable {
    /// The service that reads it, where that is said.
    pub service: Option<String>,
    /// Its name.
    pub key: String,
    /// Its value or default, where that is said.
    pub value: Option<String>,
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
}

/// A topic or queue inside a message broker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Topic {
    /// Its name: `order-events`.
    pub name: String,
    /// The broker, where that is said.
    pub broker: Option<String>,
    /// The number of partitions, where that is said.
    pub partitions: Option<u32>,
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
}

/// A column of a database table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type as written.
    #[serde(rename = "type")]
    pub type_name: Option<String>,
    /// `PK`, `FK`, `UK`, where that is said.
    pub key: Option<String>,
}

/// A database table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns in order.
    pub columns: Vec<Column>,
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
}
