use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// What the engine says of an instance's health.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// The verdict.
    pub status: HealthStatus,
    /// When the last test ended; older than the start means it says nothing.
    pub at: Option<SystemTime>,
    /// What the last test wrote.
    pub output: String,
}

/// The engine's verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HealthStatus {
    /// No verdict yet.
    Starting,
    /// The last test passed.
    Healthy,
    /// As many tests in a row as `retries` says have failed.
    Unhealthy,
}

/// The health test of an instance, from the compose file or from its image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthTest {
    /// `["CMD", ...]` or `["CMD-SHELL", line]`.
    pub command: Vec<String>,
    /// How long one run may take.
    pub timeout: Duration,
    /// The time between two tests that the file asks the engine for.
    pub interval: Duration,
}

/// How one readiness test ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbeOutcome {
    /// Whether it passed.
    pub passed: bool,
    /// What it wrote, or why it could not be run.
    pub output: String,
    /// How long it took.
    pub elapsed: Duration,
}
