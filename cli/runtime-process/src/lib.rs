//! The driver on plain processes, and its supervisor.
//!
//! [`ProcessDriver`] is what commands use. The devkit binary must call
//! [`supervisor::hidden_main`] first of all, since it is also the supervisor and the guards.

mod binaries;
mod client;
mod driver;
mod guard;
mod host;
mod install;
mod layout;
mod prepare;
mod protocol;
pub mod supervisor;

pub use binaries::{Machine, Missing, MissingBinary};
pub use driver::ProcessDriver;
pub use layout::Layout;
