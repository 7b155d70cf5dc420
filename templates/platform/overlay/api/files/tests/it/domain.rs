//! The platform's routes, as far as they answer without any other service.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::common::{get, post, send, state};

#[tokio::test]
async fn users_and_jobs_ask_for_an_access_token() {
    let state = state();
    let job = "/api/v1/jobs/724c513b-c193-4502-9912-96d6d8249b64";
    for path in ["/api/v1/users", job, &format!("{job}/events")] {
        let (status, body) = get(&state, path).await;
        assert_eq!(
            (status, body["code"].as_str()),
            (StatusCode::UNAUTHORIZED, Some("unauthorized"))
        );
    }
    for path in ["/api/v1/users", "/api/v1/export"] {
        let (status, _) = post(&state, path, "{}").await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{path}");
    }
}

#[tokio::test]
async fn a_garbled_token_is_refused() {
    for header in [
        "Bearer",
        "Bearer garbage",
        "Basic dXNlcjpwYXNz",
        "Bearer a.b.c",
    ] {
        let request = Request::get("/api/v1/users").header("authorization", header);
        let (status, _) = send(&state(), request.body(Body::empty()).expect("a request")).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{header}");
    }
}

#[tokio::test]
async fn a_registration_that_cannot_be_is_refused_in_words() {
    let too_long = "x".repeat(73);
    for (email, name, password) in [
        ("ada", "Ada", "correct horse"),
        ("ada@example.org", " ", "correct horse"),
        ("ada@example.org", "Ada", "short"),
        ("ada@example.org", "Ada", too_long.as_str()),
    ] {
        let body = serde_json::json!({ "email": email, "name": name, "password": password });
        let (status, answer) = post(&state(), "/api/v1/auth/register", &body.to_string()).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert!(!answer.to_string().contains(password), "{answer}");
    }
}

#[tokio::test]
async fn a_login_without_the_cache_says_what_is_missing() {
    let body = r#"{"email":"ada@example.org","password":"correct horse"}"#;
    let (status, answer) = post(&state(), "/api/v1/auth/login", body).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer["message"], "The service cannot reach redis");
}

#[tokio::test]
async fn every_route_is_described() {
    let (_, document) = get(&state(), "/openapi.json").await;
    let paths = document["paths"].as_object().expect("paths");
    for path in [
        "users",
        "export",
        "jobs/{id}",
        "jobs/{id}/events",
        "auth/login",
        "auth/refresh",
    ] {
        assert!(paths.contains_key(&format!("/api/v1/{path}")), "{path}");
    }
    assert_eq!(
        document["components"]["securitySchemes"]["bearer"]["scheme"],
        "bearer"
    );
}
