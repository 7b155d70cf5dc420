//! What the command line and the supervisor say to each other: one line of JSON a message.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::SystemTime;

use devkit_runtime::{Fingerprint, HealthTest, InstanceMount, State};
use serde::{Deserialize, Serialize};

use crate::guard::Program;
use crate::host::process::ProcessIdentity;
use crate::host::user::SystemUser;

/// The version of the protocol; both sides refuse another one.
pub(crate) const VERSION: u32 = 1;

/// A request with the version of whoever asks.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Envelope {
    /// The version.
    pub(crate) version: u32,
    /// The request.
    pub(crate) request: Request,
}

/// What the supervisor can be asked to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Request {
    /// Tell all instances.
    Status,
    /// Remember an instance without starting it.
    Create(Box<Specification>),
    /// Start an instance.
    Start(String),
    /// Stop an instance, with a grace in milliseconds other than its own.
    Stop(String, Option<u64>),
    /// Forget an instance that has ended.
    Remove(String),
    /// Give an instance another name.
    Rename(String, String),
    /// Answer when the instance does not run any more.
    Wait(String),
    /// Go on telling what happens.
    Changes,
    /// Listen on loopback for peers of services, and say where.
    Doors(Vec<Door>),
}

/// What the supervisor answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answer {
    /// Done.
    Done,
    /// All instances.
    Status(Status),
    /// The exit code of what was waited for.
    Ended(i32),
    /// Something happened; more may follow.
    Happened(Happening),
    /// Where the doors are, in the order of the question.
    Doors(Vec<OpenDoor>),
    /// It went wrong.
    Failed(Failure),
}

/// What went wrong in the supervisor.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Failure {
    /// What to tell the user.
    pub(crate) message: String,
    /// Why, or the last lines of a log.
    pub(crate) notes: Vec<String>,
    /// Whether something outside the project is missing, such as a free port.
    pub(crate) environment: bool,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            notes: Vec::new(),
            environment: false,
        }
    }
}

/// Everything that is known of one platform's processes.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Status {
    /// The supervisor that wrote it.
    pub(crate) supervisor: Option<ProcessIdentity>,
    /// The instances.
    pub(crate) instances: Vec<Record>,
    /// Where peers find services.
    pub(crate) doors: Vec<OpenDoor>,
}

/// A service's port as peers name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Door {
    /// The service's key.
    pub(crate) service: String,
    /// The port that the service has in a container.
    pub(crate) target: u16,
}

/// Where a service's port is on the host for its peers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OpenDoor {
    /// The service's port.
    pub(crate) door: Door,
    /// The loopback port.
    pub(crate) port: u16,
}

/// An instance as it is to be run.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Specification {
    /// The id.
    pub(crate) id: String,
    /// The name.
    pub(crate) name: String,
    /// The service's key.
    pub(crate) service: String,
    /// The number among the service's instances.
    pub(crate) number: u32,
    /// Whether it belongs to no scale.
    pub(crate) one_off: bool,
    /// The hash of the definition.
    pub(crate) hash: String,
    /// The definition's fingerprint.
    pub(crate) fingerprint: Fingerprint,
    /// The identity of what is run.
    pub(crate) image: Option<String>,
    /// The name of the image that it stands for.
    pub(crate) image_name: Option<String>,
    /// The program; the supervisor adds the ports to its environment.
    pub(crate) program: Program,
    /// How to fill the data folder when it is empty.
    pub(crate) initialise: Option<Initialise>,
    /// Folders to make before the start.
    pub(crate) folders: Vec<Folder>,
    /// Files of devkit's own to write before the start.
    pub(crate) files: BTreeMap<PathBuf, String>,
    /// The ports that it listens on.
    pub(crate) ports: Vec<PrivatePort>,
    /// The ports of the host that lead to it.
    pub(crate) published: Vec<Publication>,
    /// What to do when it ends.
    pub(crate) restart: Restart,
    /// The health test.
    pub(crate) health_test: Option<HealthTest>,
    /// The mounts, for whoever looks.
    pub(crate) mounts: Vec<InstanceMount>,
}

/// A folder that a program needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Folder {
    /// The path.
    pub(crate) path: PathBuf,
    /// The permissions.
    pub(crate) mode: u32,
    /// The owner, where it is not this user.
    pub(crate) owner: Option<SystemUser>,
}

/// How to fill an empty data folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Initialise {
    /// The program; its `DEVKIT_DATA` is a fresh folder.
    pub(crate) program: Program,
    /// Where the data belongs once it is whole.
    pub(crate) data: PathBuf,
    /// Files to copy for the program, in order, into `DEVKIT_INITIALISE`.
    pub(crate) files: Vec<PathBuf>,
}

/// A loopback port of a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PrivatePort {
    /// The port that it stands for, where peers know it.
    pub(crate) target: Option<u16>,
    /// The variables that tell it to the program.
    pub(crate) variables: Vec<String>,
    /// The port that the supervisor chose.
    pub(crate) private: u16,
}

/// A port of the host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Publication {
    /// The address to listen at; all of them where it is not said.
    pub(crate) address: Option<String>,
    /// The port or range; any free one where it is not said.
    pub(crate) published: Option<String>,
    /// The port that it leads to.
    pub(crate) target: u16,
    /// The port that is listened on, while it is.
    pub(crate) bound: Option<u16>,
}

/// What to do when a program ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Restart {
    /// Nothing.
    #[default]
    No,
    /// Start it again.
    Always,
    /// Start it again unless it ended well, at most so often.
    OnFailure(Option<u32>),
}

impl Restart {
    /// Reads a compose `restart`.
    pub(crate) fn parse(text: &str) -> Self {
        match text {
            "always" | "unless-stopped" => Self::Always,
            text if text.starts_with("on-failure") => {
                Self::OnFailure(text.split_once(':').and_then(|(_, most)| most.parse().ok()))
            }
            _ => Self::No,
        }
    }

    /// Whether a program that ended so, after so many restarts, is started again.
    pub(crate) fn applies(self, code: i32, restarts: u32) -> bool {
        match self {
            Self::No => false,
            Self::Always => true,
            Self::OnFailure(most) => code != 0 && most.is_none_or(|most| restarts < most),
        }
    }
}

/// An instance with what became of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Record {
    /// How it is to be run.
    pub(crate) specification: Specification,
    /// What it does.
    pub(crate) state: State,
    /// The last exit code.
    pub(crate) exit_code: Option<i32>,
    /// When it was made.
    pub(crate) created_at: SystemTime,
    /// When it last started.
    pub(crate) started_at: Option<SystemTime>,
    /// When it last ended.
    pub(crate) finished_at: Option<SystemTime>,
    /// How often it was started again.
    pub(crate) restarts: u32,
    /// The guard before it.
    pub(crate) guard: Option<ProcessIdentity>,
    /// The program's first process.
    pub(crate) process: Option<ProcessIdentity>,
}

impl Record {
    /// Whether it has processes, or will have them again by itself.
    pub(crate) fn is_active(&self) -> bool {
        matches!(
            self.state,
            State::Running | State::Restarting | State::Removing
        )
    }

    /// The loopback port for a port that peers name; a program with one port answers for any.
    pub(crate) fn private_port(&self, target: u16) -> Option<u16> {
        let ports = &self.specification.ports;
        ports
            .iter()
            .find(|port| port.target == Some(target))
            .or_else(|| ports.first().filter(|_| ports.len() == 1))
            .map(|port| port.private)
            .filter(|port| *port != 0)
    }
}

/// Something that happened to an instance.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Happening {
    /// The instance's id.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// The service's key.
    pub(crate) service: String,
    /// Its number.
    pub(crate) number: u32,
    /// When.
    pub(crate) at: SystemTime,
    /// What.
    pub(crate) what: What,
}

/// What can happen to an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum What {
    /// It was made.
    Created,
    /// It was started.
    Started,
    /// It ended with an exit code.
    Exited(i32),
    /// It was removed.
    Removed,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn restart_policies_are_those_of_compose() {
        assert!(!Restart::parse("no").applies(1, 0));
        assert!(Restart::parse("unless-stopped").applies(0, 99));
        let thrice = Restart::parse("on-failure:3");
        assert!(thrice.applies(1, 2));
        assert!(!thrice.applies(1, 3));
        assert!(!thrice.applies(0, 0));
    }
}
