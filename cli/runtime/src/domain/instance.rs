use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::{Fingerprint, Health, HealthStatus, HealthTest};

/// Where a service runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuntimeKind {
    /// In containers, by the Docker Engine API.
    Docker,
    /// As plain processes of the host.
    Process,
}

impl fmt::Display for RuntimeKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Docker => "docker",
            Self::Process => "process",
        })
    }
}

/// One running, ended or prepared copy of a service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Instance {
    /// Where it runs.
    pub runtime: RuntimeKind,
    /// The driver's id of it.
    pub id: String,
    /// Its name, such as `demo-api-1`.
    pub name: String,
    /// The service's key.
    pub service: String,
    /// The number among the service's instances, from 1.
    pub number: u32,
    /// Whether it was made by `run`, and so belongs to no scale.
    pub one_off: bool,
    /// What it is doing.
    pub state: State,
    /// The exit code, when it has ended.
    pub exit_code: Option<i32>,
    /// What the engine says of its health.
    pub health: Option<Health>,
    /// The health test that it was made with.
    pub health_test: Option<HealthTest>,
    /// The hash that devkit kept with it.
    pub hash: Option<String>,
    /// What devkit kept of the definition that it was made from.
    pub fingerprint: Option<Fingerprint>,
    /// The identity of its image, or of whatever the runtime runs.
    pub image: Option<String>,
    /// The name of the image.
    pub image_name: Option<String>,
    /// The program that the command is given to, where there is one.
    pub entrypoint: Vec<String>,
    /// The command line.
    pub command: Vec<String>,
    /// When it was made.
    pub created_at: Option<SystemTime>,
    /// When it was last started.
    pub started_at: Option<SystemTime>,
    /// When it last ended.
    pub finished_at: Option<SystemTime>,
    /// How often it was started again by its restart policy.
    pub restarts: u32,
    /// The policy by which the engine starts it again, as compose files write it; nothing for a
    /// runtime that has none of its own.
    pub restart_policy: Option<String>,
    /// Its ports, published or not.
    pub ports: Vec<PublishedPort>,
    /// Its addresses by the runtime's name of the network.
    pub networks: BTreeMap<String, Address>,
    /// Its mounts.
    pub mounts: Vec<InstanceMount>,
    /// Its environment.
    pub environment: BTreeMap<String, String>,
    /// Its labels.
    pub labels: BTreeMap<String, String>,
    /// Its limits.
    pub limits: InstanceLimits,
    /// As whom it runs, and what it may do.
    pub rights: InstanceRights,
    /// The process on the host, where it is known.
    pub process: Option<u32>,
}

impl Instance {
    /// Whether it is running.
    pub fn is_running(&self) -> bool {
        self.state == State::Running
    }

    /// Whether the engine has found it in this state of health since it was last started.
    pub fn has_fresh_health(&self, status: HealthStatus) -> bool {
        self.is_running()
            && self.health.as_ref().is_some_and(|health| {
                health.status == status && health.at >= self.started_at && health.at.is_some()
            })
    }

    /// How steps name it.
    pub fn target(&self) -> Target {
        Target {
            service: self.service.clone(),
            number: self.number,
            name: self.name.clone(),
            id: Some(self.id.clone()),
        }
    }
}

/// What an instance is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Made and never started.
    Created,
    /// Running.
    Running,
    /// Frozen.
    Paused,
    /// Ended, and about to be started again.
    Restarting,
    /// Ended.
    Exited,
    /// Being removed.
    Removing,
    /// Broken, only good to be removed.
    Dead,
}

impl fmt::Display for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Created => "created",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Restarting => "restarting",
            Self::Exited => "exited",
            Self::Removing => "removing",
            Self::Dead => "dead",
        })
    }
}

/// A port of an instance.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PublishedPort {
    /// The instance's own port.
    pub target: u16,
    /// `tcp` or `udp`.
    pub protocol: String,
    /// The host's address, when it is published.
    pub host_address: Option<String>,
    /// The host's port, when it is published.
    pub host_port: Option<u16>,
}

/// How an instance is attached to a network.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The runtime's id of the network.
    pub network_id: String,
    /// Its address, while it runs.
    pub ip: Option<IpAddr>,
    /// Its names on the network.
    pub aliases: Vec<String>,
}

/// A mount of an instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstanceMount {
    /// `volume`, `bind` or `tmpfs`.
    pub kind: String,
    /// The name of the volume, or the path on the host.
    pub source: String,
    /// The path inside.
    pub target: String,
    /// Whether it is read only.
    pub read_only: bool,
}

/// The limits of an instance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct InstanceLimits {
    /// Processors.
    pub cpus: Option<f64>,
    /// Memory in bytes.
    pub memory: Option<u64>,
    /// Processes.
    pub pids: Option<u64>,
}

/// As whom an instance runs, and what it may do to its host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstanceRights {
    /// User and group as they were asked for; empty where nobody asked.
    pub user: String,
    /// Whether it has all rights over the host.
    pub privileged: bool,
    /// Whether its root file system is read only.
    pub read_only: bool,
    /// Capabilities added.
    pub added: Vec<String>,
    /// Capabilities taken away.
    pub dropped: Vec<String>,
    /// Security options.
    pub options: Vec<String>,
    /// The namespace of process numbers, such as `host`; empty for its own.
    pub processes: String,
}

/// An instance as steps name it: one that exists, or one that an earlier step makes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Target {
    /// The service's key.
    pub service: String,
    /// The number among the service's instances, from 1.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// Its id, when it existed as the plan was made.
    pub id: Option<String>,
}

impl Target {
    /// The id where it is known, the name otherwise; drivers accept both.
    pub fn reference(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.name)
    }
}
