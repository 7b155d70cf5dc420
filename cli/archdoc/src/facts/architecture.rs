use serde::{Deserialize, Serialize};

use super::written::Written;
use super::{
    CheckItem, Component, Connection, Endpoint, EnvironmentVariable, Flow, Link, Network, Port,
    Resource, Table, Tier, Topic, Version, Volume,
};

/// All that a document claims about the platform, in the order of reading.
///
/// Written out, the steps of processes stand apart: `activities` are no components, and
/// `sequences` no connections; `portless` services are said to have no port.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Architecture {
    /// What is drawn or listed by name.
    pub components: Vec<Component>,
    /// The lines between components.
    pub connections: Vec<Connection>,
    /// The ports.
    pub ports: Vec<Port>,
    /// The networks.
    pub networks: Vec<Network>,
    /// The volumes and bind mounts.
    pub volumes: Vec<Volume>,
    /// The tiers of the security boundaries.
    pub tiers: Vec<Tier>,
    /// The ordered paths.
    pub flows: Vec<Flow>,
    /// What services are given.
    pub resources: Vec<Resource>,
    /// The links.
    pub links: Vec<Link>,
    /// The endpoints.
    pub endpoints: Vec<Endpoint>,
    /// The environment variables.
    pub environment: Vec<EnvironmentVariable>,
    /// The topics and queues.
    pub topics: Vec<Topic>,
    /// The database tables.
    pub tables: Vec<Table>,
    /// The versions of programs, and images with their tags.
    pub versions: Vec<Version>,
    /// The checkboxes.
    pub checklist: Vec<CheckItem>,
}
