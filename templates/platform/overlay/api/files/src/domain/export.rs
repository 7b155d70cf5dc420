//! Exports: asked for here, made by the worker, fetched here.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tokio::fs::File;
use tokio_util::io::ReaderStream;

use super::events::declare_exports;
use super::identity::Identity;
use super::jobs::{self, Job};
use crate::error::{ApiError, ErrorBody};
use crate::state::AppState;

/// The queue that the worker takes exports from.
pub(super) const QUEUE: &str = "exports";

/// Asks for an export of the users. The answer comes before the export is done.
#[utoipa::path(post, path = "/api/v1/export", security(("bearer" = [])),
    responses((status = 202, body = Job), (status = 401, body = ErrorBody),
        (status = 503, body = ErrorBody)))]
pub(super) async fn start(
    identity: Identity,
    State(state): State<AppState>,
) -> Result<(StatusCode, Json<Job>), ApiError> {
    let job = jobs::insert(&state, identity.user_id, "export").await?;
    let message = json!({ "type": "export", "jobId": job.id, "userId": identity.user_id });
    if let Err(error) = publish(&state, &message).await {
        jobs::fail(&state, job.id, "The export could not be queued").await?;
        return Err(error.into());
    }
    Ok((StatusCode::ACCEPTED, Json(job)))
}

async fn publish(
    state: &AppState,
    message: &serde_json::Value,
) -> Result<(), crate::queue::QueueError> {
    use crate::queue::QueueError;
    let payload = message.to_string();
    match state
        .queue
        .publish("", QUEUE, true, payload.as_bytes())
        .await
    {
        // The queue was deleted behind our back: made again, once.
        Err(QueueError::Refused) => {
            declare_exports(&state.queue.channel().await?).await?;
            state
                .queue
                .publish("", QUEUE, true, payload.as_bytes())
                .await
        }
        outcome => outcome,
    }
}

/// Fetches a completed export as CSV.
#[utoipa::path(get, path = "/api/v1/exports/{id}", security(("bearer" = [])),
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, content_type = "text/csv", body = String),
        (status = 401, body = ErrorBody), (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody)))]
pub(super) async fn download(
    identity: Identity,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let job = jobs::find(&state, identity.user_id, jobs::parse(&id)?).await?;
    if job.status != "completed" {
        return Err(ApiError::Conflict("The export is not completed"));
    }
    let path = state
        .domain
        .export_directory
        .join(format!("{}.csv", job.id));
    let file = File::open(&path).await.map_err(|error| {
        tracing::warn!(path = %path.display(), error = %error, "the file of an export is missing");
        ApiError::NotFound("file any more")
    })?;
    let disposition = format!("attachment; filename=\"users-{}.csv\"", job.id);
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, Body::from_stream(ReaderStream::new(file))).into_response())
}
