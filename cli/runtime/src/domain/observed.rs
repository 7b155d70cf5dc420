use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Instance;

/// One snapshot of what exists of a project.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Observed {
    /// Instances of all services, also of services that the files no longer have.
    pub instances: Vec<Instance>,
    /// Networks of the project, and those that it declares and which exist otherwise.
    pub networks: Vec<ObservedNetwork>,
    /// Volumes of the project, and those that it declares and which exist otherwise.
    pub volumes: Vec<ObservedVolume>,
    /// What each enabled service would run now; a service that is not here needs a pull or a build.
    pub images: BTreeMap<String, ObservedImage>,
}

impl Observed {
    /// The instances of a service that belong to its scale, by number.
    pub fn instances_of<'a>(&'a self, service: &str) -> Vec<&'a Instance> {
        let mut instances: Vec<_> = self
            .instances
            .iter()
            .filter(|instance| instance.service == service && !instance.one_off)
            .collect();
        instances.sort_by_key(|instance| instance.number);
        instances
    }

    /// The network with the runtime's name of it.
    pub fn network(&self, name: &str) -> Option<&ObservedNetwork> {
        self.networks.iter().find(|network| network.name == name)
    }

    /// The volume with the runtime's name of it.
    pub fn volume(&self, name: &str) -> Option<&ObservedVolume> {
        self.volumes.iter().find(|volume| volume.name == name)
    }
}

/// What a service would run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservedImage {
    /// The identity of the content.
    pub id: String,
    /// The name under which it was found.
    pub name: String,
    /// What it says for services that say nothing.
    pub defaults: ImageDefaults,
}

/// What an image says for services that say nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageDefaults {
    /// Variables.
    pub environment: BTreeMap<String, String>,
    /// The program that the command is given to.
    pub entrypoint: Vec<String>,
    /// The command line.
    pub command: Vec<String>,
    /// User and group; empty for root.
    pub user: String,
}

/// A network that exists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservedNetwork {
    /// The runtime's id.
    pub id: String,
    /// The runtime's name, such as `demo_app-network`.
    pub name: String,
    /// The key in the compose file, when the project owns it.
    pub key: Option<String>,
    /// The driver.
    pub driver: String,
    /// Whether it has no way out.
    pub internal: bool,
    /// The subnets in CIDR form.
    pub subnets: Vec<String>,
    /// Addresses of the host on it.
    pub gateways: Vec<String>,
    /// Its labels.
    pub labels: BTreeMap<String, String>,
    /// The names of what runs on it and belongs to no project.
    pub strangers: Vec<String>,
}

/// A volume that exists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservedVolume {
    /// The runtime's name, such as `demo_postgres-data`.
    pub name: String,
    /// The key in the compose file, when the project owns it.
    pub key: Option<String>,
    /// The driver.
    pub driver: String,
    /// Where it is on the host, where that is known.
    pub path: Option<String>,
    /// Its labels.
    pub labels: BTreeMap<String, String>,
}
