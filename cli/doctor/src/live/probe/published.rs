//! Published ports, from the host.

use devkit_compose::model::Service;
use devkit_runtime::{Instance, Observed};

use super::speech::{Problem, Protocol, speaks};
use super::{cut_off, running};
use crate::context::Context;
use crate::live::connect;
use crate::live::instances::attachment::is_incomplete;
use crate::report::{Finding, Outcome};
use crate::rule;

/// Tests the published ports of every running service.
pub(super) async fn check(context: &Context<'_>, observed: &Observed) -> Outcome {
    let tried = context
        .project()
        .services
        .iter()
        .filter_map(|(key, service)| Some((key, service, running(observed, key)?)))
        .map(|(key, service, instance)| ports(context, key, service, instance));
    let mut outcome = Outcome::default();
    for answers in futures::future::join_all(tried).await {
        outcome.extend(answers);
    }
    outcome
}

async fn ports(
    context: &Context<'_>,
    key: &str,
    service: &Service,
    instance: &Instance,
) -> Outcome {
    let tried = service.ports.iter().enumerate().map(|(index, port)| {
        let address = connect::published(instance, port.target);
        async move {
            let address = address.filter(|_| port.protocol != "udp")?;
            let protocol = Protocol::of(port.target, context, key, service);
            Some((index, address, speaks(address, protocol).await))
        }
    });
    let mut outcome = Outcome::default();
    for (index, address, answer) in futures::future::join_all(tried).await.into_iter().flatten() {
        outcome.decided(&rule::SILENT_PORT);
        outcome.decided(&rule::DIFFERENT_SPEAKER);
        let Err(problem) = answer else {
            continue;
        };
        if is_incomplete(context, instance) {
            outcome.undecided(&rule::SILENT_PORT, cut_off(instance));
            continue;
        }
        let (rule, message) = match problem {
            Problem::Silent(reason) => (
                &rule::SILENT_PORT,
                format!(
                    "Port {} of `{key}` does not answer: {reason}",
                    address.port()
                ),
            ),
            Problem::Other(protocol) => (
                &rule::DIFFERENT_SPEAKER,
                format!(
                    "What answers on port {} of `{key}` does not speak {protocol}",
                    address.port()
                ),
            ),
        };
        outcome.report(
            Finding::new(rule, key, message)
                .in_compose(context.place(&format!("services.{key}.ports[{index}]"))),
        );
    }
    outcome
}
