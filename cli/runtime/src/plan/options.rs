use std::collections::BTreeMap;
use std::time::Duration;

/// When images are fetched or built though they are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PullPolicy {
    /// As each service's `pull_policy` says; missing ones where it says nothing.
    #[default]
    ByService,
    /// All of them.
    Always,
    /// None, also missing ones.
    Never,
}

/// What `up` is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "the command's own switches")]
pub struct UpOptions {
    /// The services, with what they need; empty means all.
    pub services: Vec<String>,
    /// How many instances, over what the file says.
    pub scale: BTreeMap<String, u32>,
    /// Whether services with a build are built again.
    pub build: bool,
    /// When images are fetched.
    pub pull: PullPolicy,
    /// Whether every instance is made anew.
    pub force_recreate: bool,
    /// Whether instances stay as they are though their definition has changed.
    pub no_recreate: bool,
    /// Whether only the named services are touched.
    pub no_dependencies: bool,
    /// Whether instances of services that the files no longer have are removed.
    pub remove_orphans: bool,
    /// Whether instances are made and not started.
    pub no_start: bool,
    /// Whether it returns once everything is started, before everything is ready.
    pub no_wait: bool,
    /// Seconds to wait for an instance to stop, over what the file says.
    pub timeout: Option<u64>,
    /// How long to wait for everything to be ready; as long as it takes where it is not said.
    pub wait_timeout: Option<Duration>,
}

/// What `down` is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DownOptions {
    /// The services; empty means everything, networks included.
    pub services: Vec<String>,
    /// Whether the project's volumes go too.
    pub volumes: bool,
    /// Seconds to wait for an instance to stop, over what the file says.
    pub timeout: Option<u64>,
}

/// What `rm` is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RemoveOptions {
    /// The services; empty means all.
    pub services: Vec<String>,
    /// Whether running instances are stopped first.
    pub stop: bool,
    /// Whether anonymous volumes go too.
    pub volumes: bool,
}

/// What `start`, `stop` and `restart` are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignalOptions {
    /// The services; empty means all.
    pub services: Vec<String>,
    /// Seconds to wait for an instance to stop, over what the file says.
    pub timeout: Option<u64>,
    /// Whether `start` and `restart` return before everything is ready.
    pub no_wait: bool,
}
