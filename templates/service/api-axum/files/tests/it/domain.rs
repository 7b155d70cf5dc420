//! The example resource.

use axum::http::StatusCode;

use crate::common::{get, post, state};

#[tokio::test]
async fn an_item_without_a_name_is_refused_in_words() {
    for body in [r#"{"name":"  "}"#, "{}", "{"] {
        let (status, answer) = post(&state(), "/api/v1/items", body).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert!(
            answer["message"]
                .as_str()
                .is_some_and(|message| !message.is_empty()),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn the_resource_is_described() {
    let (status, document) = get(&state(), "/openapi.json").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        document["paths"]["/api/v1/items"]["post"].is_object(),
        "{document}"
    );
}

#[cfg(not(feature = "postgres"))]
#[tokio::test]
async fn an_item_that_was_added_is_listed() {
    let state = state();
    let (status, item) = post(&state, "/api/v1/items", r#"{"name":"lamp"}"#).await;
    assert_eq!(status, StatusCode::CREATED);
    let (_, items) = get(&state, "/api/v1/items").await;
    assert_eq!(items, serde_json::json!([item]));
}
