//! Pure functions from a project and a snapshot to a plan; no runtime is asked anything here.

mod builder;
mod definition;
mod difference;
mod down;
mod graph;
mod images;
mod options;
mod resources;
mod secret;
mod service;
mod signal;
#[cfg(test)]
mod tests;
mod up;

pub use definition::{Definitions, image_name};
pub use down::{plan_down, plan_remove};
pub use images::plan_images;
pub use options::{DownOptions, PullPolicy, RemoveOptions, SignalOptions, UpOptions};
pub use secret::is_secret;
pub use signal::{plan_restart, plan_start, plan_stop};
pub use up::plan_up;

use graph::dependants_first;
pub(crate) use up::{select, unknown_service};
