//! Scenarios on a real Docker Engine, each named by its intent.

#![allow(
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "tests fail by panicking, say when they cannot run, and take JSON as it is written"
)]

mod build;
mod compose_tool;
mod converge;
mod failures;
mod interruption;
mod logs_and_exec;
mod readiness;
mod stop_and_start;
mod support;
