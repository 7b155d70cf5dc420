//! Whether the process lives, and whether it can do its work.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures::future::{BoxFuture, join_all};
use serde::Serialize;

#[cfg(any(feature = "postgres", feature = "redis", feature = "rabbitmq"))]
use super::probe::probe;
use crate::state::AppState;

#[derive(Debug, Serialize)]
pub(super) struct Readiness {
    status: &'static str,
    dependencies: BTreeMap<&'static str, &'static str>,
}

/// Answers 200 while the process runs.
pub(super) async fn live() -> Json<serde_json::Value> {
    Json(serde_json::json!({ "status": "live" }))
}

/// Answers 200 if every dependency answers and the instance is not about to stop, 503 otherwise.
pub(super) async fn ready(State(state): State<AppState>) -> (StatusCode, Json<Readiness>) {
    let dependencies: BTreeMap<_, _> = join_all(probes(&state)).await.into_iter().collect();
    let (code, status) = if state.lifecycle.is_stopping() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping")
    } else if dependencies.values().any(|answer| *answer != "ok") {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready")
    } else {
        (StatusCode::OK, "ready")
    };
    (
        code,
        Json(Readiness {
            status,
            dependencies,
        }),
    )
}

fn probes(state: &AppState) -> Vec<BoxFuture<'_, (&'static str, &'static str)>> {
    // Without backing services there is nothing to ask.
    let _ = state;
    vec![
        #[cfg(feature = "postgres")]
        probe(crate::database::PEER, state.database.ping()),
        #[cfg(feature = "redis")]
        probe(crate::cache::PEER, state.cache.ping()),
        #[cfg(feature = "rabbitmq")]
        probe(crate::queue::PEER, state.queue.ping()),
    ]
}
