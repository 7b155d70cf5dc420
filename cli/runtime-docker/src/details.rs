use std::time::SystemTime;

use devkit_runtime::Result;

use crate::error::failed;
use crate::{DockerDriver, time};

/// What an engine says of the machine that it runs on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Details {
    /// How it stores the layers of images, such as `overlay2`.
    pub storage_driver: Option<String>,
    /// Its memory in bytes, which on a desktop is that of a virtual machine.
    pub memory: Option<u64>,
    /// Its processors.
    pub processors: Option<usize>,
    /// The time by its clock.
    pub clock: Option<SystemTime>,
}

impl DockerDriver {
    /// Asks the engine about its machine.
    ///
    /// # Errors
    /// An engine that does not answer any more.
    pub async fn details(&self) -> Result<Details> {
        let info = self
            .client
            .info()
            .await
            .map_err(|error| failed("Asking the engine about its machine", &error))?;
        Ok(Details {
            storage_driver: info.driver.filter(|driver| !driver.is_empty()),
            memory: info.mem_total.and_then(|bytes| u64::try_from(bytes).ok()),
            processors: info.ncpu.and_then(|count| usize::try_from(count).ok()),
            clock: info.system_time.as_deref().and_then(time::parse),
        })
    }
}
