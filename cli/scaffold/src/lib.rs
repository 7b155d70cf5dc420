//! Adds platforms, services, backing services and tools, all or nothing.
//!
//! Every function plans in memory and answers with a [`Plan`]: the changes of files, and a summary
//! in devkit's words. Nothing is written until the plan's changes are applied.

pub mod environment;

mod add;
mod compose;
mod document;
mod drawing;
mod env_file;
mod new;
mod plan;
mod platform;
mod ports;
mod record;
mod remove;
mod workspace;

pub use document::refresh_document;
pub use new::{ComponentRequest, PlatformRequest, new_component, new_platform};
pub use plan::{Plan, PublishedPort, Summary};
pub use platform::Platform;
pub use record::{ComponentRecord, PlatformRecord};
pub use remove::remove;
