//! `devkit build` and `devkit pull`.

use crate::args::{BuildArgs, PullArgs};
use crate::failure::Outcome;
use crate::operation;
use crate::session::Session;
use crate::settings::Settings;

/// `devkit build`: builds the images of services that have a build.
pub(crate) fn build(settings: &Settings, args: &BuildArgs) -> Outcome {
    let session = Session::open(settings, settings.project()?, None)?;
    session.require_services(&args.services)?;
    let report = operation::run(&session, async |driver, events, cancellation| {
        devkit_runtime::build(
            driver,
            &session.project,
            &args.services,
            events,
            cancellation,
        )
        .await
    })?;
    operation::conclude(&session, &report, &args.services)
}

/// `devkit pull`: fetches the images of services that are not built.
pub(crate) fn pull(settings: &Settings, args: &PullArgs) -> Outcome {
    let session = Session::open(settings, settings.project()?, None)?;
    session.require_services(&args.services)?;
    let report = operation::run(&session, async |driver, events, cancellation| {
        devkit_runtime::pull(
            driver,
            &session.project,
            &args.services,
            events,
            cancellation,
        )
        .await
    })?;
    operation::conclude(&session, &report, &args.services)
}
