use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A network of the project.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Network {
    /// The engine's name of it, such as `demo_app-network`.
    pub name: String,
    /// The driver; the engine's default (bridge) where it is not said.
    pub driver: Option<String>,
    /// Options of the driver.
    pub driver_opts: BTreeMap<String, String>,
    /// Address management.
    pub ipam: Ipam,
    /// Whether the network exists already and is not devkit's to make.
    pub external: bool,
    /// Whether the network has no way out.
    pub internal: bool,
    /// Whether containers outside the project may join.
    pub attachable: bool,
    /// Whether IPv6 is on, where it is said.
    pub enable_ipv6: Option<bool>,
    /// Labels that the user gives.
    pub labels: BTreeMap<String, String>,
    /// Extensions and keys that are not typed here.
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

/// Address management of a network.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ipam {
    /// The driver, where it is said.
    pub driver: Option<String>,
    /// The pools of addresses.
    pub config: Vec<IpamPool>,
}

/// A pool of addresses.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct IpamPool {
    /// The subnet in CIDR form.
    pub subnet: Option<String>,
    /// The gateway's address.
    pub gateway: Option<String>,
    /// The range that containers get, in CIDR form.
    pub ip_range: Option<String>,
    /// Addresses that are taken, by host name.
    pub aux_addresses: BTreeMap<String, String>,
}

/// A volume of the project.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Volume {
    /// The engine's name of it, such as `demo_postgres-data`.
    pub name: String,
    /// The driver, where it is said.
    pub driver: Option<String>,
    /// Options of the driver.
    pub driver_opts: BTreeMap<String, String>,
    /// Whether the volume exists already and is not devkit's to make.
    pub external: bool,
    /// Labels that the user gives.
    pub labels: BTreeMap<String, String>,
    /// Extensions and keys that are not typed here.
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

/// A secret or a config: where its content comes from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FileObject {
    /// The name of it.
    pub name: String,
    /// The absolute path of the file that holds it.
    pub file: Option<String>,
    /// The variable that holds it.
    pub environment: Option<String>,
    /// The content itself (configs only).
    pub content: Option<String>,
    /// Whether it is kept outside.
    pub external: bool,
    /// Extensions and keys that are not typed here.
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}
