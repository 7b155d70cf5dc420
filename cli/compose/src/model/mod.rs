//! The typed project: what the rest of devkit knows of the compose files.
//!
//! Every type reads the canonical form (the JSON of `docker compose config --format json`), so
//! short forms, merges and variables are gone by the time a value arrives here.

mod locations;
mod project;
mod resources;
mod service;
mod units;

pub use locations::Locations;
pub use project::Project;
pub use resources::{FileObject, Ipam, IpamPool, Network, Volume};
pub use service::{
    Build, Condition, Dependency, Deploy, Develop, FileReference, Healthcheck, Limits, Mount,
    NetworkAttachment, Port, Resources, Service, WatchRule,
};
pub(crate) use units::go_float;
pub use units::{ByteSize, Span};
