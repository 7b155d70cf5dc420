//! `devkit start`, `stop` and `restart`.

use devkit_runtime::SignalOptions;

use crate::args::{RestartArgs, ServicesArgs, StopArgs};
use crate::failure::Outcome;
use crate::operation;
use crate::session::Session;
use crate::settings::Settings;

/// `devkit stop`: stops services and leaves them there.
pub(crate) fn stop(settings: &Settings, args: &StopArgs) -> Outcome {
    let session = Session::for_existing(settings)?;
    session.require_services(&args.services)?;
    stop_services(&session, &options(&args.services, args.timeout))
}

/// Stops services of a session.
pub(crate) fn stop_services(session: &Session<'_>, options: &SignalOptions) -> Outcome {
    let report = operation::run(session, async |driver, events, cancellation| {
        devkit_runtime::stop(driver, &session.project, options, events, cancellation).await
    })?;
    operation::conclude(session, &report, &options.services)
}

/// `devkit start`: starts what was stopped, and waits until it is ready.
pub(crate) fn start(settings: &Settings, args: &ServicesArgs) -> Outcome {
    let session = Session::for_existing(settings)?;
    session.require_services(&args.services)?;
    let options = options(&args.services, None);
    let report = operation::run(&session, async |driver, events, cancellation| {
        devkit_runtime::start(driver, &session.project, &options, events, cancellation).await
    })?;
    operation::conclude(&session, &report, &options.services)
}

/// `devkit restart`: stops and starts, and waits until it is ready.
pub(crate) fn restart(settings: &Settings, args: &RestartArgs) -> Outcome {
    let session = Session::for_existing(settings)?;
    session.require_services(&args.services)?;
    let options = options(&args.services, args.timeout);
    let report = operation::run(&session, async |driver, events, cancellation| {
        devkit_runtime::restart(driver, &session.project, &options, events, cancellation).await
    })?;
    operation::conclude(&session, &report, &options.services)
}

fn options(services: &[String], timeout: Option<u64>) -> SignalOptions {
    SignalOptions {
        services: services.to_vec(),
        timeout,
        no_wait: false,
    }
}
