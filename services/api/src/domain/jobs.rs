//! Jobs: work that the worker does, and how far it is.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

use super::identity::Identity;
use crate::database::PEER;
use crate::error::{ApiError, ErrorBody};
use crate::state::AppState;
use crate::telemetry::call;

/// A job. The worker moves it from `queued` over `running` to `completed` or `failed`.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(super) struct Job {
    pub id: Uuid,
    /// What is done: `export`.
    pub kind: String,
    /// `queued`, `running`, `completed` or `failed`.
    pub status: String,
    /// How many rows the export has, once it is completed.
    pub row_count: Option<i64>,
    /// Why the job failed.
    pub error: Option<String>,
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339::option")]
    pub started_at: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub finished_at: Option<OffsetDateTime>,
}

type Row = (
    Uuid,
    String,
    String,
    Option<i64>,
    Option<String>,
    OffsetDateTime,
    Option<OffsetDateTime>,
    Option<OffsetDateTime>,
);

impl From<Row> for Job {
    fn from(row: Row) -> Self {
        let (id, kind, status, row_count, error, created_at, started_at, finished_at) = row;
        Self {
            id,
            kind,
            status,
            row_count,
            error,
            created_at,
            started_at,
            finished_at,
        }
    }
}

impl Job {
    /// Whether nothing will change any more.
    pub(super) fn has_ended(&self) -> bool {
        matches!(self.status.as_str(), "completed" | "failed")
    }
}

/// Shows a job of the caller.
#[utoipa::path(get, path = "/api/v1/jobs/{id}", security(("bearer" = [])),
    params(("id" = Uuid, Path)), responses((status = 200, body = Job),
        (status = 401, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub(super) async fn show(
    identity: Identity,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<Job>, ApiError> {
    find(&state, identity.user_id, parse(&id)?).await.map(Json)
}

/// The id in a path; what is no id names no job.
pub(super) fn parse(id: &str) -> Result<Uuid, ApiError> {
    id.parse().map_err(|_| ApiError::NotFound("job"))
}

/// A job of a user. The jobs of others do not exist for them.
pub(super) async fn find(state: &AppState, user_id: i64, id: Uuid) -> Result<Job, ApiError> {
    let select = sqlx::query_as(
        "SELECT id, kind, status, row_count, error, created_at, started_at, finished_at
         FROM jobs WHERE id = $1 AND user_id = $2",
    );
    let select = select
        .bind(id)
        .bind(user_id)
        .fetch_optional(state.database.pool());
    let row: Option<Row> = call(PEER, "SELECT jobs", select).await?;
    row.map(Job::from).ok_or(ApiError::NotFound("job"))
}

/// Stores a new job.
pub(super) async fn insert(state: &AppState, user_id: i64, kind: &str) -> Result<Job, ApiError> {
    let insert = sqlx::query_as(
        "INSERT INTO jobs (id, kind, user_id) VALUES ($1, $2, $3)
         RETURNING id, kind, status, row_count, error, created_at, started_at, finished_at",
    );
    let insert = insert.bind(Uuid::new_v4()).bind(kind).bind(user_id);
    let row: Row = call(PEER, "INSERT jobs", insert.fetch_one(state.database.pool())).await?;
    Ok(row.into())
}

/// Ends a job that could not be handed over.
pub(super) async fn fail(state: &AppState, id: Uuid, error: &str) -> Result<(), ApiError> {
    let update = sqlx::query(
        "UPDATE jobs SET status = 'failed', error = $2, finished_at = now()
         WHERE id = $1 AND status = 'queued'",
    );
    let update = update.bind(id).bind(error).execute(state.database.pool());
    call(PEER, "UPDATE jobs", update).await?;
    Ok(())
}
