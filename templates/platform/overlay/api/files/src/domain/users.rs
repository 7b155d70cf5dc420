//! Users: listed from the cache or the database.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::ToSchema;

use super::identity::Identity;
use crate::database::PEER;
use crate::error::{ApiError, ErrorBody};
use crate::http::Body;
use crate::state::AppState;
use crate::telemetry::call;

const CACHE_KEY: &str = "users:all";
/// How long a list may be served after it was read, if nobody is added.
const LIFETIME: Duration = Duration::from_mins(1);
const LONGEST_NAME: usize = 200;
const LONGEST_EMAIL: usize = 254;

/// A user, without secrets.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct User {
    pub id: i64,
    pub email: String,
    pub name: String,
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
}

/// What a new user needs.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewUser {
    /// The address to log in with.
    pub email: String,
    /// What others see.
    pub name: String,
}

/// Lists the users. The header `x-cache` says whether the cache had them.
#[utoipa::path(get, path = "/api/v1/users", security(("bearer" = [])), responses(
    (status = 200, body = Vec<User>, headers(("x-cache" = String, description = "hit or miss"))),
    (status = 401, body = ErrorBody)))]
pub(super) async fn list(_: Identity, State(state): State<AppState>) -> Result<Response, ApiError> {
    // A cache that fails costs time, not the answer.
    if let Ok(Some(users)) = state.cache.get(CACHE_KEY).await {
        return Ok(answer("hit", users));
    }
    let users = serde_json::to_string(&all(&state).await?).map_err(ApiError::internal)?;
    let _ = state.cache.set(CACHE_KEY, &users, LIFETIME).await;
    Ok(answer("miss", users))
}

/// Adds a user, who can register with the same address later.
#[utoipa::path(post, path = "/api/v1/users", security(("bearer" = [])), request_body = NewUser,
    responses((status = 201, body = User), (status = 401, body = ErrorBody),
        (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub(super) async fn create(
    _: Identity,
    State(state): State<AppState>,
    Body(user): Body<NewUser>,
) -> Result<(StatusCode, Json<User>), ApiError> {
    let user = user.checked()?;
    let insert = sqlx::query_as(
        "INSERT INTO users (email, name) VALUES ($1, $2)
         ON CONFLICT (email) DO NOTHING RETURNING id, email, name, created_at",
    );
    let insert = insert
        .bind(&user.email)
        .bind(&user.name)
        .fetch_optional(state.database.pool());
    let row: Option<Row> = call(PEER, "INSERT users", insert).await?;
    let row = row.ok_or(ApiError::Conflict(
        "There is a user with this address already",
    ))?;
    forget(&state).await;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// Makes the next list come from the database.
pub(super) async fn forget(state: &AppState) {
    // If the cache fails, the list's lifetime bounds how long it stays.
    let _ = state.cache.delete(CACHE_KEY).await;
}

/// A user as the database has it: id, address, name, since when.
pub(super) type Row = (i64, String, String, OffsetDateTime);

impl From<Row> for User {
    fn from((id, email, name, created_at): Row) -> Self {
        Self {
            id,
            email,
            name,
            created_at,
        }
    }
}

impl NewUser {
    /// The user with a clean address and name, or what is wrong with them.
    pub(super) fn checked(self) -> Result<Self, ApiError> {
        let name = self.name.trim().to_owned();
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            let message = format!("The name must have 1 to {LONGEST_NAME} characters");
            return Err(ApiError::Invalid(message));
        }
        Ok(Self {
            email: clean_email(&self.email)?,
            name,
        })
    }
}

/// An address in lower case, if it has the form of one.
pub(super) fn clean_email(email: &str) -> Result<String, ApiError> {
    let email = email.trim().to_lowercase();
    let plausible = email.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !domain.is_empty()
            && !domain.starts_with('.')
            && !domain.ends_with('.')
            && !domain.contains('@')
    });
    let printable = !email
        .chars()
        .any(|character| character.is_whitespace() || character.is_control());
    if plausible && printable && email.len() <= LONGEST_EMAIL {
        return Ok(email);
    }
    Err(ApiError::Invalid(
        "The address must look like name@example.org".into(),
    ))
}

async fn all(state: &AppState) -> Result<Vec<User>, ApiError> {
    let select =
        sqlx::query_as("SELECT id, email, name, created_at FROM users ORDER BY id LIMIT 1000");
    let select = select.fetch_all(state.database.pool());
    let rows: Vec<Row> = call(PEER, "SELECT users", select).await?;
    Ok(rows.into_iter().map(User::from).collect())
}

fn answer(cache: &'static str, users: String) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert("x-cache", HeaderValue::from_static(cache));
    headers.insert("content-type", HeaderValue::from_static("application/json"));
    (headers, users).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_cleaned_or_refused() {
        assert_eq!(
            clean_email("  Ada@Example.org ").ok().as_deref(),
            Some("ada@example.org")
        );
        let long = format!("{}@example.org", "a".repeat(250));
        for wrong in [
            "",
            "ada",
            "@example.org",
            "ada@",
            "a@b@c",
            "a b@example.org",
            &long,
        ] {
            assert!(clean_email(wrong).is_err(), "{wrong}");
        }
    }
}
