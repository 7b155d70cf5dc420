//! Scaffolds a platform of services, runs it on one machine, and keeps its architecture document true.

mod args;
mod commands;
mod drivers;
mod failure;
mod operation;
mod platform;
mod render;
mod session;
mod settings;
mod signals;

use std::process::ExitCode;

/// Reading a compose file makes and frees many small values, which this allocator does twice as fast.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(code) = devkit_runtime_process::supervisor::hidden_main(&arguments) {
        return code;
    }
    match args::parse() {
        Ok(args) => commands::run(args),
        Err(code) => code,
    }
}
