//! Temporary platforms, command runs and engine access for tests.
//!
//! Everything a test starts is ended when its [`Platform`] is dropped, also when the test fails.

mod command;
mod engine;
mod http;
mod images;
mod page;
mod platform;
mod ports;
mod processes;

pub use command::{Binary, Run};
pub use engine::{docker, engine_for_test};
pub use http::{Answer, Client};
pub use page::expect_region;
pub use platform::Platform;
pub use ports::free_ports;
pub use processes::processes_under;
