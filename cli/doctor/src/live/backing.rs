use devkit_runtime::Observed;

use super::connect::Backing;
use super::{ollama, postgres, rabbitmq, redis};
use crate::context::Context;
use crate::matching::product_of_image;
use crate::report::Outcome;

/// Asks every running backing service that is known.
pub(super) async fn check(context: &Context<'_>, observed: &Observed) -> Outcome {
    let asked = context
        .project()
        .services
        .iter()
        .filter_map(|(key, service)| {
            let product = product_of_image(service.image.as_deref()?)?.id;
            let backing = Backing::find(context, observed, key)?;
            Some(async move {
                let mut outcome = Outcome::default();
                match product {
                    "postgresql" => postgres::check(context, &backing, &mut outcome).await,
                    "redis" | "valkey" => redis::check(context, &backing, &mut outcome).await,
                    "rabbitmq" => rabbitmq::check(context, &backing, &mut outcome).await,
                    "ollama" => ollama::check(context, &backing, &mut outcome).await,
                    _ => {}
                }
                outcome
            })
        });
    let mut outcome = Outcome::default();
    for answers in futures::future::join_all(asked).await {
        outcome.extend(answers);
    }
    outcome
}
