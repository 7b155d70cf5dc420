//! Who asks: taken from the access token of the request.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

use crate::error::ApiError;
use crate::state::AppState;

/// The user on whose behalf a request is made. A handler that takes it refuses everybody else.
pub(super) struct Identity {
    pub user_id: i64,
}

impl FromRequestParts<AppState> for Identity {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let header = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        let token = header
            .and_then(bearer)
            .ok_or(ApiError::Unauthorized("Log in first"))?;
        let user_id = state.domain.tokens.check(token);
        let user_id = user_id.ok_or(ApiError::Unauthorized(
            "The access token is not valid or has expired",
        ))?;
        Ok(Self { user_id })
    }
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
