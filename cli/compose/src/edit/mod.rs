//! Edits of compose files that leave every other byte as it is.
//!
//! Services go into the sections between markers such as `##<<SERVICES>>` and `##<</SERVICES>>`.
//! What is a service and what is a marker is decided by the YAML parser, never by searching the
//! text, and every edit is parsed again and compared before it counts.

mod block;
mod file;
mod insert;
mod lines;
mod markers;
mod outline;
mod references;
mod remove;
mod scalars;
mod verify;

pub use file::{ComposeFile, TopLevel};
pub use markers::Section;

#[cfg(test)]
mod property;
#[cfg(test)]
mod tests;
