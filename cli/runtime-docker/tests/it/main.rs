//! Scenarios on a real Docker Engine, each named by its intent.
#![allow(clippy::unwrap_used)]
#![allow(
    clippy::print_stderr,
    clippy::needless_pass_by_value,
    reason = "tests say when they cannot run, and take JSON as it is written"
)]

mod build;
mod compose_tool;
mod converge;
mod failures;
mod interruption;
mod logs_and_exec;
mod reach;
mod readiness;
mod support;
