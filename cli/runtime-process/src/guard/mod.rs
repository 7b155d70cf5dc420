//! The guard: a small process before each program that ends the program, and everything that it
//! left behind, when told to or when whoever started it is gone.

mod contain;
mod handle;
mod main;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub(crate) use contain::{adopt_orphans, reap};
pub(crate) use handle::{GuardControl, Guarded, GuardedEnd};
pub(crate) use main::main;

use crate::host::process::ProcessIdentity;
use crate::host::user::SystemUser;

/// The hidden argument that makes the devkit binary a guard.
pub(crate) const GUARD_ARGUMENT: &str = "__guard";

/// A program to run under a guard.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Program {
    /// The command and its arguments.
    pub(crate) command: Vec<String>,
    /// The folder to run it in.
    pub(crate) directory: PathBuf,
    /// Its whole environment.
    pub(crate) environment: BTreeMap<String, String>,
    /// The user to run it as, where it is another one.
    pub(crate) user: Option<SystemUser>,
    /// The signal that asks it to stop.
    pub(crate) stop_signal: String,
    /// How long it may take to stop, in milliseconds.
    pub(crate) grace: u64,
}

/// What the guard is told.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Order {
    Run(Program),
    Stop { grace: u64 },
}

/// What the guard tells.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Report {
    Started(ProcessIdentity),
    Failed(String),
    Exited(i32),
}
