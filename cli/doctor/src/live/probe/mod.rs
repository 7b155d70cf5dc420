//! Active tests: published ports and closed ones from the host, drawn connections from inside.

mod closed;
mod host;
mod peers;
mod published;
mod speech;

use devkit_runtime::{Instance, Observed};

use crate::context::{Context, is_one_shot};
use crate::report::Outcome;
use crate::rule;

/// Makes every test, all at once.
pub(super) async fn check(context: &Context<'_>, observed: &Observed) -> Outcome {
    let Some(driver) = context.inputs.driver else {
        return Outcome::default();
    };
    let from_host = async {
        if driver.shares_host() {
            let (published, closed) = futures::join!(
                published::check(context, observed),
                closed::check(context, observed)
            );
            let mut outcome = published;
            outcome.extend(closed);
            outcome
        } else {
            elsewhere()
        }
    };
    let (mut outcome, peers) = futures::join!(from_host, peers::check(context, observed));
    outcome.extend(peers);
    outcome
}

/// What the host answers where the engine publishes on another machine.
fn elsewhere() -> Outcome {
    let mut outcome = Outcome::default();
    for rule in [
        &rule::SILENT_PORT,
        &rule::DIFFERENT_SPEAKER,
        &rule::OPEN_PORT,
    ] {
        outcome.undecided(rule, "the engine publishes ports on another machine");
    }
    outcome
}

/// The first running instance of a service.
fn running<'o>(observed: &'o Observed, key: &str) -> Option<&'o Instance> {
    observed
        .instances_of(key)
        .into_iter()
        .find(|instance| instance.is_running())
}

/// Why a container that lacks a network says nothing more by not being reached.
fn cut_off(instance: &Instance) -> String {
    format!("`{}` lacks a network of the compose files", instance.name)
}

/// Whether a service does not run because nothing asked for it, or because its work is done.
fn rests(context: &Context<'_>, observed: &Observed, key: &str) -> bool {
    let instances = observed.instances_of(key);
    if instances.iter().any(|instance| instance.is_running()) {
        return false;
    }
    let profiled = context
        .service(key)
        .is_some_and(|service| !service.profiles.is_empty());
    let done = instances
        .iter()
        .all(|instance| instance.exit_code == Some(0));
    (profiled && instances.is_empty()) || (is_one_shot(context.project(), key) && done)
}
