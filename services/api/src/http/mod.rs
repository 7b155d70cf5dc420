//! The routes and what every request passes through.

mod body;
mod health;
#[cfg(any(feature = "postgres", feature = "redis", feature = "rabbitmq"))]
mod probe;
mod trace;

use std::time::Duration;

use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;
use utoipa::openapi::{InfoBuilder, OpenApi};
use utoipa_axum::router::OpenApiRouter;

use crate::domain;
use crate::error::ApiError;
use crate::state::AppState;

pub use body::Body;

/// The port, unless `PORT` says otherwise.
pub const PORT: u16 = 8000;
/// How long a request may take until its answer begins.
const TIMEOUT: Duration = Duration::from_secs(30);

/// All routes of the service.
pub fn router(state: AppState) -> Router {
    let (router, mut document) = OpenApiRouter::<AppState>::default()
        .merge(domain::routes())
        .split_for_parts();
    describe(&mut document);
    router
        .route(
            "/openapi.json",
            get(move || std::future::ready(Json(document.clone()))),
        )
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .fallback(|| async { ApiError::NotFound("route") })
        .layer(CatchPanicLayer::custom(|_| {
            axum::response::IntoResponse::into_response(ApiError::Internal)
        }))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::GATEWAY_TIMEOUT,
            TIMEOUT,
        ))
        .layer(middleware::from_fn(trace::trace))
        .with_state(state)
}

fn describe(document: &mut OpenApi) {
    document.info = InfoBuilder::new()
        .title(crate::NAME)
        .version(env!("CARGO_PKG_VERSION"))
        .build();
    domain::describe(document);
}
