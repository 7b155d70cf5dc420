//! The service's binary: one program, a few commands.

use std::process::ExitCode;

fn main() -> ExitCode {
    service::command::run(std::env::args().skip(1), |key| std::env::var(key).ok())
}
