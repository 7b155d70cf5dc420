//! Sends requests to the routes, without a network.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use serde_json::Value;
use service::http::router;
use service::settings::Settings;
use service::state::AppState;
use tower::ServiceExt;

/// Variables of an environment in which nothing answers: the port is the discard service's.
pub fn unreachable(key: &str) -> Option<String> {
    let value = match key {
        "DATABASE_URL" => "postgres://user:password@127.0.0.1:9/database",
        "REDIS_URL" => "redis://127.0.0.1:9/0",
        "RABBITMQ_URL" => "amqp://127.0.0.1:9/%2f",
        "JWT_SECRET" => "a secret of the tests, long enough",
        _ => return None,
    };
    Some(value.to_owned())
}

/// The service's state in that environment.
pub fn state() -> AppState {
    AppState::new(&Settings::read(unreachable).expect("the environment is complete"))
}

/// What the service answers.
pub async fn send(state: &AppState, request: Request<Body>) -> (StatusCode, Value) {
    let response = router(state.clone())
        .oneshot(request)
        .await
        .expect("an answer");
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX)
        .await
        .expect("a body");
    (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
}

/// What the service answers to a GET.
pub async fn get(state: &AppState, path: &str) -> (StatusCode, Value) {
    send(
        state,
        Request::get(path).body(Body::empty()).expect("a request"),
    )
    .await
}

/// What the service answers to a POST of JSON.
pub async fn post(state: &AppState, path: &str, body: &str) -> (StatusCode, Value) {
    let request = Request::post(path).header("content-type", "application/json");
    send(
        state,
        request
            .body(Body::from(body.to_owned()))
            .expect("a request"),
    )
    .await
}
