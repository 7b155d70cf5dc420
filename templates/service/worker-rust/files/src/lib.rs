//! A worker: what it does with a message is in [`domain`], the rest carries it.

#[cfg(feature = "redis")]
pub mod cache;
pub mod command;
pub mod consumer;
#[cfg(feature = "postgres")]
pub mod database;
pub mod domain;
pub mod environment;
pub mod health;
pub mod healthcheck;
pub mod queue;
pub mod settings;
pub mod state;
pub mod telemetry;
pub mod worker;

/// The name of this service, in log lines.
pub const NAME: &str = env!("CARGO_PKG_NAME");
