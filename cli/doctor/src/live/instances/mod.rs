//! What runs, compared with the compose files.

pub(super) mod attachment;
mod command;
mod definition;
mod environment;
mod health;
mod image;
mod limits;
mod mounts;
mod name;
mod networks;
mod ports;
mod presence;
mod restart;
mod rights;

use devkit_compose::model::Service;
use devkit_runtime::{ImageDefaults, Instance, Observed, RuntimeKind};

use crate::context::Context;
use crate::report::Outcome;

/// A running instance of a service.
#[derive(Debug, Clone, Copy)]
struct Running<'a> {
    context: &'a Context<'a>,
    key: &'a str,
    service: &'a Service,
    instance: &'a Instance,
}

impl<'a> Running<'a> {
    /// What the image says for services that say nothing; nothing where the instance was made
    /// from another one than the service would run now.
    fn image(&self) -> Option<&'a ImageDefaults> {
        let observed = self.context.observed.as_ref()?;
        let image = observed.images.get(self.key)?;
        let own = self.instance.image.as_ref() == Some(&image.id);
        own.then_some(&image.defaults)
    }
}

/// Compares what runs with the compose files.
pub(super) fn check(context: &Context<'_>, observed: &Observed, outcome: &mut Outcome) {
    presence::orphans(context.project(), observed, outcome);
    networks::check(context, observed, outcome);
    let definitions = definition::definitions(context);
    for (key, service) in &context.project().services {
        let instances = observed.instances_of(key);
        presence::check(context, key, service, &instances, outcome);
        for instance in instances {
            let running = Running {
                context,
                key,
                service,
                instance,
            };
            if instance.is_running() && instance.runtime == RuntimeKind::Docker {
                image::check(&running, outcome);
                attachment::check(&running, outcome);
                ports::check(&running, outcome);
                mounts::check(&running, outcome);
                limits::check(&running, outcome);
                restart::check(&running, outcome);
                environment::check(&running, outcome);
                command::check(&running, outcome);
                rights::check(&running, outcome);
                name::check(&running, outcome);
                if let Some(definitions) = &definitions {
                    definition::check(&running, definitions, outcome);
                }
            }
        }
    }
}

/// Asks for the health of everything that runs, all at once.
pub(super) async fn health(context: &Context<'_>, observed: &Observed) -> Outcome {
    let asked = observed
        .instances
        .iter()
        .filter(|instance| instance.is_running() && !instance.one_off)
        .map(|instance| health::of(context, instance));
    let mut outcome = Outcome::default();
    for answer in futures::future::join_all(asked).await {
        outcome.extend(answer);
    }
    outcome
}
