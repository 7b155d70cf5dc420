use std::path::PathBuf;

use devkit_changeset::ChangeSet;

/// What would be done, in memory.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The changes of files; `apply` writes all or none.
    pub changes: ChangeSet,
    /// What they mean.
    pub summary: Summary,
}

/// What a plan means, for whoever tells the user.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// The platform's name.
    pub platform: String,
    /// The component's name, or the platform's.
    pub name: String,
    /// The compose services that are added or removed.
    pub services: Vec<String>,
    /// The ports that are published on this machine.
    pub ports: Vec<PublishedPort>,
    /// Files and folders that stay because somebody changed them, or because devkit did not make
    /// them.
    pub kept: Vec<PathBuf>,
    /// What else is worth knowing.
    pub notes: Vec<String>,
}

/// A port that is published on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedPort {
    /// What answers there.
    pub label: String,
    /// The variable of the root `.env`.
    pub variable: String,
    /// The host's port.
    pub port: u16,
    /// The protocol, such as `HTTP`.
    pub protocol: String,
}
