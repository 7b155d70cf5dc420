//! An HTTP service: what it serves is in [`domain`], the rest carries it.

#[cfg(feature = "redis")]
pub mod cache;
pub mod command;
#[cfg(feature = "postgres")]
pub mod database;
pub mod domain;
pub mod environment;
pub mod error;
pub mod healthcheck;
pub mod http;
#[cfg(feature = "rabbitmq")]
pub mod queue;
pub mod server;
pub mod settings;
pub mod state;
pub mod telemetry;

/// The name of this service: in log lines, and of its schema in the database.
pub const NAME: &str = env!("CARGO_PKG_NAME");
