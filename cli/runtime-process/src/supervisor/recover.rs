//! Takes over from a supervisor that was killed: ends what it left, and notes that it ended.

use std::collections::BTreeSet;
use std::time::{Duration, Instant, SystemTime};

use devkit_runtime::State;
use nix::sys::signal::Signal;

use crate::host::process::{ProcessIdentity, end_all, marked};
use crate::layout::Layout;
use crate::protocol::Status;

/// How long guards that lost their supervisor get to stop their programs properly.
const PATIENCE: Duration = Duration::from_secs(7);

/// How often leftovers are looked for.
const ROUNDS: usize = 3;

/// The status that the file tells, after everything in it that still runs has been ended.
///
/// Only processes that devkit started are touched: those recorded with their start time, and
/// those that carry the platform's mark.
pub(super) fn recover(layout: &Layout) -> Status {
    let mut status: Status = std::fs::read(layout.state())
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default();
    let mark = format!("{}/", layout.key);
    let recorded = || {
        let processes = status
            .instances
            .iter()
            .flat_map(|record| [record.guard, record.process]);
        processes.flatten().filter(|process| process.is_alive())
    };
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until && recorded().next().is_some() {
        std::thread::sleep(Duration::from_millis(20));
    }
    let own = std::process::id().cast_signed();
    let mut left: BTreeSet<ProcessIdentity> = recorded().collect();
    // One that forks while it is being ended leaves a child that the first look could not see.
    for _ in 0..ROUNDS {
        left.extend(marked(&mark));
        left.retain(|process| process.pid != own);
        if left.is_empty() {
            break;
        }
        end_all(&left, Signal::SIGTERM, Duration::from_secs(3));
        left.clear();
    }
    for record in &mut status.instances {
        record.guard = None;
        record.process = None;
        if record.is_active() {
            record.state = State::Exited;
            record.exit_code = Some(137);
            record.finished_at = Some(SystemTime::now());
        }
    }
    status
}
