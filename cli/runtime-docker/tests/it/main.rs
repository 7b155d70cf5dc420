//! Scenarios on a real Docker Engine, each named by its intent.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "tests fail by panicking, and say when they cannot run"
)]

mod build;
mod compose_tool;
mod converge;
mod failures;
mod interruption;
mod logs_and_exec;
mod readiness;
mod support;
