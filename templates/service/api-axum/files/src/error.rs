//! What goes wrong in a handler, as the answer that the caller gets.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::telemetry::trace::Span;

/// Why a request was not fulfilled.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The request itself is wrong; says how to right it.
    #[error("{0}")]
    Invalid(String),
    /// The caller did not prove who they are.
    #[error("{0}")]
    Unauthorized(&'static str),
    /// There is no such thing, or the caller may not know of it.
    #[error("There is no such {0}")]
    NotFound(&'static str),
    /// What is asked for contradicts what is there.
    #[error("{0}")]
    Conflict(&'static str),
    /// The caller asks too often.
    #[error("Too many attempts, try again later")]
    TooMany {
        /// When to come back, in seconds.
        retry_after: u64,
    },
    /// Another service is needed and does not answer.
    #[error("The service cannot reach {0}")]
    Unavailable(&'static str),
    /// A fault of this service; the log has the cause.
    #[error("The service failed")]
    Internal,
}

/// The body of every answer that is an error.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorBody {
    /// A stable word for programs.
    pub code: &'static str,
    /// A sentence for people.
    pub message: String,
    /// Finds the request's log lines.
    pub trace_id: Option<String>,
}

impl ApiError {
    /// Hides a fault from the caller and logs it.
    pub fn internal(error: impl std::fmt::Display) -> Self {
        tracing::error!(error = %error, "request failed");
        Self::Internal
    }

    fn parts(&self) -> (StatusCode, &'static str) {
        match self {
            Self::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            Self::Unauthorized(_) => (StatusCode::UNAUTHORIZED, "unauthorized"),
            Self::NotFound(_) => (StatusCode::NOT_FOUND, "not_found"),
            Self::Conflict(_) => (StatusCode::CONFLICT, "conflict"),
            Self::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "too_many"),
            Self::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, code) = self.parts();
        let trace_id = Span::current().map(|span| span.trace_id());
        let body = ErrorBody {
            code,
            message: self.to_string(),
            trace_id,
        };
        let mut response = (status, Json(body)).into_response();
        let headers = response.headers_mut();
        if let Self::TooMany { retry_after } = self {
            headers.insert("retry-after", retry_after.into());
        }
        if matches!(self, Self::Unauthorized(_)) {
            headers.insert(
                "www-authenticate",
                axum::http::HeaderValue::from_static("Bearer"),
            );
        }
        response
    }
}

#[cfg(feature = "postgres")]
impl From<sqlx::Error> for ApiError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => {
                Self::Unavailable(crate::database::PEER)
            }
            other => Self::internal(other),
        }
    }
}

#[cfg(feature = "redis")]
impl From<redis::RedisError> for ApiError {
    fn from(error: redis::RedisError) -> Self {
        if error.is_connection_refusal() || error.is_io_error() || error.is_timeout() {
            return Self::Unavailable(crate::cache::PEER);
        }
        Self::internal(error)
    }
}

#[cfg(feature = "rabbitmq")]
impl From<crate::queue::QueueError> for ApiError {
    fn from(_: crate::queue::QueueError) -> Self {
        Self::Unavailable(crate::queue::PEER)
    }
}
