//! The driver on the Docker Engine API.
//!
//! [`DockerDriver::connect`] finds the engine, asks what it is able to do ([`Capabilities`]), and
//! gives a [`devkit_runtime::Driver`]. No other crate of devkit names the client library.

mod capabilities;
mod connect;
mod container;
mod details;
mod driver;
mod error;
mod events;
mod exec;
mod image;
mod instance;
mod labels;
mod logs;
mod network;
mod observe;
mod ownership;
mod probe;
mod reach;
mod time;
mod volume;

pub use capabilities::Capabilities;
pub use connect::ConnectOptions;
pub use details::Details;
pub use driver::DockerDriver;
