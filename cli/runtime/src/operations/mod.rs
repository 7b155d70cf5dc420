//! One function for each command: observe, plan, execute, report.

mod down;
mod images;
mod logs;
mod ports;
mod preflight;
mod signal;
mod up;

pub use down::{down, remove};
pub use images::{ImageReport, build, pull};
pub use logs::{LogSelection, logs};
pub use ports::{PortQuestion, port};
pub use preflight::{host_ports, overlapping, preflight};
pub use signal::{restart, start, stop};
pub use up::{UpReport, dry_run, up};

use devkit_compose::Project;

use crate::{Driver, Observed, Result};

/// Everything that exists of the project: what `ps` shows.
///
/// # Errors
/// A runtime that cannot be reached.
pub async fn observe(driver: &dyn Driver, project: &Project) -> Result<Observed> {
    driver.observe(project).await
}
