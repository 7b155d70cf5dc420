//! A binary that is only a supervisor or a guard, for the integration tests.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    devkit_runtime_process::supervisor::hidden_main(&arguments).unwrap_or(ExitCode::FAILURE)
}
