//! Checks the machine, the configuration, the document and the running platform against each other.
//!
//! [`run`] does everything: it takes what is to be looked at ([`Inputs`]) and how far
//! ([`Options`]), and answers with a [`Report`]. The caller loads the compose files and documents,
//! gathers [`Repository`] and [`Machine`], and gives the driver of the runtime that runs the
//! project, if any. [`fix::plan`] turns a report into a set of changes, [`output`] into text for
//! programs.

mod checks;
mod context;
pub mod facts;
pub mod fix;
mod live;
pub mod matching;
pub mod output;
pub mod report;
pub mod rule;
mod run;

pub use context::Inputs;
pub use facts::{Machine, Repository, collect_machine};
pub use report::{Depth, FailOn, Finding, Options, Report, Selection};
pub use run::{planned, run};
