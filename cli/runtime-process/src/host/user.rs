//! Which user a program runs as.

use nix::unistd::{Uid, User, geteuid};
use serde::{Deserialize, Serialize};

/// A user and its main group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SystemUser {
    /// The name.
    pub(crate) name: String,
    /// The user id.
    pub(crate) uid: u32,
    /// The main group's id.
    pub(crate) gid: u32,
}

/// Whether this process may become other users.
pub(crate) fn is_root() -> bool {
    geteuid().is_root()
}

/// The user of that name.
pub(crate) fn named(name: &str) -> Option<SystemUser> {
    User::from_name(name).ok().flatten().map(|user| SystemUser {
        name: user.name,
        uid: user.uid.as_raw(),
        gid: user.gid.as_raw(),
    })
}

/// This process's own user id.
pub(crate) fn own() -> Uid {
    geteuid()
}
