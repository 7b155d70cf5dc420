use super::connect::{Backing, in_time};
use super::http;
use crate::context::Context;
use crate::report::{Finding, Outcome};
use crate::rule;

pub(super) async fn check(context: &Context<'_>, backing: &Backing<'_>, outcome: &mut Outcome) {
    let key = backing.key;
    let Some(address) = backing.address(context, 11434).await else {
        outcome.undecided(
            &rule::OLLAMA_MODELS,
            format!("`{key}` cannot be reached from here"),
        );
        return;
    };
    let models = match in_time(http::get(address, "/api/tags", None)).await {
        Ok(response) => serde_json::from_str::<serde_json::Value>(&response.body)
            .ok()
            .and_then(|answer| Some(answer.get("models")?.as_array()?.len())),
        Err(_) => None,
    };
    match models {
        None => outcome.undecided(&rule::OLLAMA_MODELS, format!("`{key}` does not answer")),
        Some(0) => outcome.report(Finding::new(
            &rule::OLLAMA_MODELS,
            key,
            format!("`{key}` has no models"),
        )),
        Some(_) => outcome.decided(&rule::OLLAMA_MODELS),
    }
}
