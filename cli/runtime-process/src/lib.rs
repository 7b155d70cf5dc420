//! The driver on plain processes, and its supervisor.

mod client;
mod guard;
mod host;
mod layout;
mod protocol;
pub mod supervisor;

pub use layout::Layout;
