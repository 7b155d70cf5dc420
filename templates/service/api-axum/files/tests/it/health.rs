//! Whether the service says how it is.

use axum::http::StatusCode;
use service::http::router;

use crate::common::{get, state};

#[tokio::test]
async fn it_lives_without_its_dependencies() {
    let (status, body) = get(&state(), "/health/live").await;
    assert_eq!(
        (status, body["status"].as_str()),
        (StatusCode::OK, Some("live"))
    );
}

#[tokio::test]
async fn it_is_not_ready_and_names_each_dependency_that_fails() {
    let (status, body) = get(&state(), "/health/ready").await;
    let dependencies = body["dependencies"].as_object().expect("dependencies");
    let expected = if dependencies.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    assert_eq!(status, expected, "{body}");
    assert!(
        dependencies.values().all(|answer| answer == "failed"),
        "{body}"
    );
}

#[tokio::test]
async fn it_is_not_ready_while_it_stops() {
    let state = state();
    state.lifecycle.begin_stop();
    let (status, body) = get(&state, "/health/ready").await;
    assert_eq!(
        (status, body["status"].as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, Some("stopping"))
    );
}

#[tokio::test]
async fn an_unknown_route_is_answered_like_every_error() {
    let (status, body) = get(&state(), "/nowhere").await;
    assert_eq!(
        (status, body["code"].as_str()),
        (StatusCode::NOT_FOUND, Some("not_found"))
    );
    assert!(body["trace_id"].is_string(), "{body}");
}

#[tokio::test]
async fn the_health_command_succeeds_only_if_the_service_is_ready() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let port = listener
        .local_addr()
        .expect("an address")
        .port()
        .to_string();
    let state = state();
    state.lifecycle.begin_stop();
    tokio::spawn(async move { axum::serve(listener, router(state)).await });
    let ask = move || service::healthcheck::run(&|key| (key == "PORT").then(|| port.clone()));
    let outcome = tokio::task::spawn_blocking(ask).await.expect("no panic");
    let error = outcome.expect_err("the service is stopping").to_string();
    assert!(
        error.contains("503") && error.contains("stopping"),
        "{error}"
    );
}
