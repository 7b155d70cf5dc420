//! The commands of the binary.

use std::fmt::Display;
use std::future::Future;
use std::process::ExitCode;

use crate::environment::Problems;
use crate::settings::Settings;
use crate::{healthcheck, telemetry, worker};

const USAGE: &str = "\
Commands:
  work         take messages until SIGTERM
  healthcheck  ask the running worker on PORT whether it is ready";

/// Runs the command named by the arguments, reading the environment through `lookup`.
pub fn run(
    mut arguments: impl Iterator<Item = String>,
    lookup: impl Fn(&str) -> Option<String>,
) -> ExitCode {
    match (arguments.next().as_deref(), arguments.next()) {
        (Some("work"), None) => with_settings(lookup, worker::work),
        (Some("healthcheck"), None) => report(healthcheck::run(&lookup)),
        (Some("--help" | "-h" | "help"), _) => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn with_settings<F, E>(
    lookup: impl Fn(&str) -> Option<String>,
    command: impl FnOnce(Settings) -> F,
) -> ExitCode
where
    F: Future<Output = Result<(), E>>,
    E: Display,
{
    let settings = match Settings::read(lookup) {
        Ok(settings) => settings,
        Err(problems) => return refuse(&problems),
    };
    telemetry::start(settings.log_level);
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return report(Err(error)),
    };
    let outcome = runtime.block_on(command(settings));
    // Blocking work that outlives the drain must not keep the process.
    runtime.shutdown_background();
    if let Err(error) = outcome {
        tracing::error!(error = %error, "stopped by an error");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn refuse(problems: &Problems) -> ExitCode {
    telemetry::start(tracing::Level::INFO);
    for problem in problems {
        tracing::error!(key = problem.key, "invalid configuration: {problem}");
    }
    ExitCode::from(2)
}

fn report(outcome: Result<(), impl Display>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
