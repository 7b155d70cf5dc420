//! What the operating system says of processes, users and folders.

pub(crate) mod folders;
pub(crate) mod process;
pub(crate) mod user;
