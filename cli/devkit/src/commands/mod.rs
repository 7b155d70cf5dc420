//! One file a command: resolve, call a crate, render.

mod catalog;
mod completions;
mod config;
mod docs;
mod doctor;
mod down;
mod environment;
mod exec;
mod images;
mod install;
mod logs;
mod new;
mod port;
mod ps;
mod remove;
mod signal;
mod up;

use std::process::ExitCode;

use crate::args::{Args, Command};
use crate::failure::Outcome;
use crate::settings::Settings;

/// Runs the command and answers with its exit code.
pub(crate) fn run(args: Args) -> ExitCode {
    let settings = match Settings::resolve(args.global) {
        Ok(settings) => settings,
        Err((ui, failure)) => {
            ui.diagnostics(&failure.diagnostics);
            return failure.exit.into();
        }
    };
    match dispatch(&settings, args.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let diagnostics = settings.relative(failure.diagnostics);
            settings.ui.diagnostics(&diagnostics);
            failure.exit.into()
        }
    }
}

fn dispatch(settings: &Settings, command: Command) -> Outcome {
    match command {
        Command::New(args) => new::run(settings, &args),
        Command::Remove(args) => remove::run(settings, &args),
        Command::Catalog(args) => catalog::run(settings, &args),
        Command::Up(args) => up::run(settings, &args),
        Command::Down(args) => down::run(settings, &args),
        Command::Start(args) => signal::start(settings, &args),
        Command::Stop(args) => signal::stop(settings, &args),
        Command::Restart(args) => signal::restart(settings, &args),
        Command::Ps(args) => ps::run(settings, &args),
        Command::Logs(args) => logs::run(settings, &args),
        Command::Exec(args) => exec::run(settings, &args),
        Command::Build(args) => images::build(settings, &args),
        Command::Pull(args) => images::pull(settings, &args),
        Command::Port(args) => port::run(settings, &args),
        Command::Config(args) => config::run(settings, &args),
        Command::Doctor(args) => doctor::run(settings, &args),
        Command::Docs => docs::run(settings),
        Command::Completions { shell } => completions::run(settings, shell),
    }
}
