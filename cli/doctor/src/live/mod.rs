//! What the running platform says of itself, and what tests of it show.

mod backing;
mod connect;
mod flows;
mod http;
mod instances;
mod interfaces;
mod names;
mod ollama;
mod planned;
mod ports;
mod postgres;
mod probe;
mod rabbitmq;
mod redis;

use devkit_runtime::Observed;
pub(crate) use planned::planned;

use crate::context::Context;
use crate::report::{Depth, Options, Outcome};
use crate::rule::{self, Evidence};

/// Observes the platform, where a driver is given and it is asked for.
pub(crate) async fn observe(
    inputs: &crate::Inputs<'_>,
    options: &Options,
) -> Option<Result<Observed, String>> {
    let driver = inputs.driver.filter(|_| options.depth >= Depth::Live)?;
    Some(
        driver
            .observe(inputs.project)
            .await
            .map_err(|error| error.to_string()),
    )
}

/// Runs every check of the running platform.
pub(crate) async fn check(context: &Context<'_>, options: &Options, outcome: &mut Outcome) {
    let Some(observed) = &context.observed else {
        outcome.extend(ports::taken(context).await);
        return;
    };
    if !observed
        .instances
        .iter()
        .any(devkit_runtime::Instance::is_running)
    {
        outcome.extend(ports::taken(context).await);
        outcome.extend(names::check(context, observed).await);
        undecided(context, "the platform is not running", outcome);
        return;
    }
    instances::check(context, observed, outcome);
    let probed = async {
        if options.depth >= Depth::Probe {
            probe::check(context, observed).await
        } else {
            Outcome::default()
        }
    };
    let (taken, health, backing, endpoints, probed) = futures::join!(
        ports::taken(context),
        instances::health(context, observed),
        backing::check(context, observed),
        interfaces::endpoints(context, observed),
        probed,
    );
    for answers in [taken, health, backing, endpoints, probed] {
        outcome.extend(answers);
    }
    if options.depth >= Depth::Probe {
        // Last, so that no other question is in the middle of a replay.
        flows::check(context, observed, options, outcome).await;
    }
}

/// Says that nothing about the running platform could be decided.
pub(crate) fn undecided(context: &Context<'_>, reason: &str, outcome: &mut Outcome) {
    if context.inputs.driver.is_none() {
        return;
    }
    for rule in rule::all() {
        let about_instances = rule.item != rule::Item::Machine && rule.evidence != Evidence::Static;
        if about_instances {
            outcome.undecided(rule, reason);
        }
    }
}
