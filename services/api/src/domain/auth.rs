//! Registering, logging in, and staying logged in.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::users::{NewUser, Row, User, clean_email, forget};
use super::{password, refresh as refresh_tokens, token};
use crate::database::PEER;
use crate::environment::Secret;
use crate::error::{ApiError, ErrorBody};
use crate::http::Body;
use crate::state::AppState;
use crate::telemetry::call;

const WRONG: ApiError = ApiError::Unauthorized("The address or the password is wrong");

/// What registering needs.
#[derive(Deserialize, ToSchema)]
pub(super) struct Registration {
    email: String,
    name: String,
    /// 8 to 72 bytes.
    password: String,
}

/// What logging in needs.
#[derive(Deserialize, ToSchema)]
pub(super) struct Login {
    email: String,
    password: String,
}

/// A refresh token.
#[derive(Deserialize, ToSchema)]
pub(super) struct RefreshToken {
    refresh_token: String,
}

/// What a user who is logged in holds.
#[derive(Serialize, ToSchema)]
pub(super) struct TokenPair {
    /// For the header `Authorization: Bearer`.
    access_token: String,
    /// Good for one `/refresh`.
    refresh_token: String,
    token_type: &'static str,
    /// How long the access token is good for, in seconds.
    expires_in: u64,
}

/// Registers a user.
#[utoipa::path(post, path = "/api/v1/auth/register", request_body = Registration,
    responses((status = 201, body = User), (status = 409, body = ErrorBody),
        (status = 422, body = ErrorBody)))]
pub(super) async fn register(
    State(state): State<AppState>,
    Body(registration): Body<Registration>,
) -> Result<(StatusCode, Json<User>), ApiError> {
    let Registration {
        email,
        name,
        password,
    } = registration;
    let user = NewUser { email, name }.checked()?;
    if !(password::SHORTEST..=password::LONGEST).contains(&password.len()) {
        let (shortest, longest) = (password::SHORTEST, password::LONGEST);
        let message = format!("The password must have {shortest} to {longest} bytes");
        return Err(ApiError::Invalid(message));
    }
    let hash = password::hash(Secret::new(password)).await?;
    // Whoever was added without a password takes over the row; nobody else's is touched.
    let insert = sqlx::query_as(
        "INSERT INTO users (email, name, password_hash) VALUES ($1, $2, $3)
         ON CONFLICT (email) DO UPDATE SET name = excluded.name, password_hash = excluded.password_hash
         WHERE users.password_hash IS NULL RETURNING id, email, name, created_at",
    );
    let insert = insert.bind(&user.email).bind(&user.name).bind(hash);
    let insert = insert.fetch_optional(state.database.pool());
    let row: Option<Row> = call(PEER, "INSERT users", insert).await?;
    let row = row.ok_or(ApiError::Conflict(
        "There is a user with this address already",
    ))?;
    forget(&state).await;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// Exchanges address and password for tokens.
#[utoipa::path(post, path = "/api/v1/auth/login", request_body = Login,
    responses((status = 200, body = TokenPair), (status = 401, body = ErrorBody),
        (status = 429, body = ErrorBody)))]
pub(super) async fn login(
    State(state): State<AppState>,
    Body(login): Body<Login>,
) -> Result<Json<TokenPair>, ApiError> {
    let email = clean_email(&login.email).map_err(|_| WRONG)?;
    refresh_tokens::admit(&state.cache, &email).await?;
    let select = sqlx::query_as("SELECT id, password_hash FROM users WHERE email = $1");
    let select = select.bind(&email).fetch_optional(state.database.pool());
    let user: Option<(i64, Option<String>)> = call(PEER, "SELECT users", select).await?;
    let (user_id, hash) = user.map_or((None, None), |(id, hash)| (Some(id), hash));
    let right = password::verify(Secret::new(login.password), hash).await?;
    let Some(user_id) = user_id.filter(|_| right) else {
        refresh_tokens::count_failure(&state.cache, &email).await?;
        return Err(WRONG);
    };
    tokens(&state, user_id).await
}

/// Exchanges a refresh token for new tokens; it is good for one use.
#[utoipa::path(post, path = "/api/v1/auth/refresh", request_body = RefreshToken,
    responses((status = 200, body = TokenPair), (status = 401, body = ErrorBody)))]
pub(super) async fn refresh(
    State(state): State<AppState>,
    Body(token): Body<RefreshToken>,
) -> Result<Json<TokenPair>, ApiError> {
    let user_id = refresh_tokens::take(&state.cache, &token.refresh_token).await?;
    let user_id = user_id.ok_or(ApiError::Unauthorized(
        "The refresh token is not valid or has expired",
    ))?;
    tokens(&state, user_id).await
}

/// Makes a refresh token useless.
#[utoipa::path(post, path = "/api/v1/auth/logout", request_body = RefreshToken,
    responses((status = 204)))]
pub(super) async fn logout(
    State(state): State<AppState>,
    Body(token): Body<RefreshToken>,
) -> Result<StatusCode, ApiError> {
    refresh_tokens::take(&state.cache, &token.refresh_token).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn tokens(state: &AppState, user_id: i64) -> Result<Json<TokenPair>, ApiError> {
    Ok(Json(TokenPair {
        access_token: state
            .domain
            .tokens
            .issue(user_id)
            .map_err(ApiError::internal)?,
        refresh_token: refresh_tokens::issue(&state.cache, user_id).await?,
        token_type: "Bearer",
        expires_in: token::LIFETIME.as_secs(),
    }))
}
