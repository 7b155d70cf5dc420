//! Log lines as JSON, tied together by trace ids.

mod lines;
pub mod trace;

use std::time::Duration;

use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

pub use trace::call;

/// Starts logging: this service at `level`, the libraries beneath it from warnings on.
pub fn start(level: Level) {
    let targets = Targets::new()
        .with_target("service", level)
        .with_default(level.min(Level::WARN));
    // Only the first one counts: a second start, as in tests, changes nothing.
    let _ = tracing_subscriber::registry()
        .with(lines::Lines)
        .with(targets)
        .try_init();
}

/// A duration for a log line, in milliseconds with three decimals.
pub fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1_000_000.0).round() / 1000.0
}
