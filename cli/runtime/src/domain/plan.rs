use std::collections::BTreeMap;
use std::fmt;

use devkit_compose::model::Condition;
use devkit_diagnostic::Diagnostic;
use serde::{Deserialize, Serialize};

use super::{Fingerprint, Target};

/// What is to be done, in an order in which each step comes after those that it needs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// The steps.
    pub steps: Vec<Step>,
    /// The services that must be ready at the end, also those without any step.
    pub wanted: BTreeMap<String, Wanted>,
    /// What is worth saying though it stops nothing, such as orphans that were left.
    pub warnings: Vec<Diagnostic>,
}

/// What is expected of a service at the end of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// It runs and is ready.
    Ready,
    /// It ends with exit code 0, since another service needs that or nothing restarts it.
    Completed,
    /// It ended with exit code 0 for this very definition, and is not run again.
    AlreadyCompleted,
}

impl Plan {
    /// Whether everything is as it should be.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

/// The place of a step in its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StepId(pub usize);

/// One call to the runtime, with its cause and what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its place in the plan.
    pub id: StepId,
    /// What is done.
    pub action: Action,
    /// Why.
    pub cause: Cause,
    /// What must have happened before.
    pub needs: Vec<Need>,
}

/// What must have happened before a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// Another step is done.
    Step(StepId),
    /// A service is far enough.
    Service {
        /// The service's key.
        service: String,
        /// How far.
        condition: Condition,
        /// Whether the step may go on without it, with a warning.
        required: bool,
    },
}

/// What a step does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Makes a network of the project.
    CreateNetwork {
        /// The key in the compose file.
        key: String,
        /// The runtime's name.
        name: String,
    },
    /// Removes a network.
    RemoveNetwork {
        /// The runtime's name.
        name: String,
        /// The runtime's id; names need not be unique.
        id: String,
    },
    /// Makes a volume of the project.
    CreateVolume {
        /// The key in the compose file.
        key: String,
        /// The runtime's name.
        name: String,
    },
    /// Removes a volume and its data.
    RemoveVolume {
        /// The runtime's name.
        name: String,
    },
    /// Fetches what a service runs.
    Pull {
        /// The service's key.
        service: String,
        /// The image's name.
        image: String,
    },
    /// Fails by name, since what a service runs is missing and must not be fetched.
    RequireImage {
        /// The service's key.
        service: String,
        /// The image's name.
        image: String,
    },
    /// Builds what a service runs.
    Build {
        /// The service's key.
        service: String,
    },
    /// Makes an instance without starting it, under a name of its own when it replaces another.
    Create {
        /// The new instance, under its final name.
        target: Target,
        /// The name to make it under, until the one that it replaces is gone.
        temporary_name: Option<String>,
        /// The instance whose place it takes.
        replaces: Option<Target>,
        /// What to keep with it.
        fingerprint: Fingerprint,
    },
    /// Starts an instance.
    Start {
        /// The instance.
        target: Target,
    },
    /// Stops an instance, waiting for it as long as its definition says.
    Stop {
        /// The instance.
        target: Target,
        /// How many seconds to wait instead.
        timeout: Option<u64>,
    },
    /// Stops and starts an instance.
    Restart {
        /// The instance.
        target: Target,
        /// How many seconds to wait for its end.
        timeout: Option<u64>,
    },
    /// Removes an instance that has ended, with its anonymous volumes where asked.
    Remove {
        /// The instance.
        target: Target,
        /// Whether its anonymous volumes go with it.
        volumes: bool,
    },
    /// Gives an instance its final name.
    Rename {
        /// The instance, under its present name.
        target: Target,
        /// The final name.
        name: String,
    },
}

impl Action {
    /// The service that it is for, where it is for one.
    pub fn service(&self) -> Option<&str> {
        match self {
            Self::CreateNetwork { .. }
            | Self::RemoveNetwork { .. }
            | Self::CreateVolume { .. }
            | Self::RemoveVolume { .. } => None,
            Self::Pull { service, .. }
            | Self::RequireImage { service, .. }
            | Self::Build { service } => Some(service),
            Self::Create { target, .. }
            | Self::Start { target }
            | Self::Stop { target, .. }
            | Self::Restart { target, .. }
            | Self::Remove { target, .. }
            | Self::Rename { target, .. } => Some(&target.service),
        }
    }

    /// The name of the thing that it is done to.
    pub fn subject(&self) -> &str {
        match self {
            Self::CreateNetwork { name, .. }
            | Self::RemoveNetwork { name, .. }
            | Self::CreateVolume { name, .. }
            | Self::RemoveVolume { name } => name,
            Self::Pull { image, .. } | Self::RequireImage { image, .. } => image,
            Self::Build { service } => service,
            Self::Create { target, .. }
            | Self::Start { target }
            | Self::Stop { target, .. }
            | Self::Restart { target, .. }
            | Self::Remove { target, .. }
            | Self::Rename { target, .. } => &target.name,
        }
    }
}

/// Why a step is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// It does not exist yet.
    Missing,
    /// It is there and does not run.
    NotRunning,
    /// Keys of the definition have changed; values are told where they are no secrets.
    Changed(Vec<KeyChange>),
    /// The image is another one now.
    ImageChanged,
    /// A network of it had to be made again.
    NetworkChanged(String),
    /// More instances are wanted.
    ScaleUp {
        /// How many there were.
        from: u32,
        /// How many there shall be.
        to: u32,
    },
    /// Fewer instances are wanted.
    ScaleDown {
        /// How many there were.
        from: u32,
        /// How many there shall be.
        to: u32,
    },
    /// The files no longer have the service.
    Orphan,
    /// It is left over from an interrupted replacement.
    Leftover,
    /// A service that it needs was made again.
    DependencyChanged(String),
    /// The user asked for it.
    Requested,
}

/// A key that has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyChange {
    /// The key, such as `environment.LOG_LEVEL`.
    pub key: String,
    /// The old value, where it is known and no secret.
    pub from: Option<String>,
    /// The new value, where it is known and no secret.
    pub to: Option<String>,
}

impl fmt::Display for KeyChange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.key)?;
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => write!(formatter, " ({from} -> {to})"),
            (None, Some(to)) => write!(formatter, " (now {to})"),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => formatter.write_str("missing"),
            Self::NotRunning => formatter.write_str("not running"),
            Self::Changed(changes) => {
                for (index, change) in changes.iter().enumerate() {
                    if index > 0 {
                        formatter.write_str(", ")?;
                    }
                    change.fmt(formatter)?;
                }
                formatter.write_str(" changed")
            }
            Self::ImageChanged => formatter.write_str("image changed"),
            Self::NetworkChanged(network) => write!(formatter, "network {network} changed"),
            Self::ScaleUp { from, to } => write!(formatter, "scale up from {from} to {to}"),
            Self::ScaleDown { from, to } => write!(formatter, "scale down from {from} to {to}"),
            Self::Orphan => formatter.write_str("no longer in the compose files"),
            Self::Leftover => formatter.write_str("left over from an interrupted replacement"),
            Self::DependencyChanged(service) => write!(formatter, "{service} was made again"),
            Self::Requested => formatter.write_str("requested"),
        }
    }
}
