//! The supervisor: a process of its own that owns a platform's programs, their logs and ports.
//!
//! The devkit binary becomes one by a hidden argument. It lives in a session of its own, so the
//! terminal's end does not touch it, and leaves when nothing runs and nobody asks any more.

mod entry;
mod launch;
mod lifecycle;
mod log;
mod office;
mod ports;
mod recover;
mod relay;
mod server;

pub use entry::{SUPERVISOR_ARGUMENT, hidden_main, main};
pub(crate) use log::parse_line;
