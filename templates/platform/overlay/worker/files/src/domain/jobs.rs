//! The rows of the jobs. The table is the API's: its migrations make it.

use sqlx::PgPool;
use uuid::Uuid;

use crate::database::{Database, PEER};
use crate::telemetry::call;

/// How a job stands when its message is taken.
pub(super) enum Status {
    /// It is being worked on, here.
    Running,
    /// It ended before; the message came again.
    Ended,
}

/// The rows of the jobs.
pub(super) struct Jobs<'a> {
    pool: &'a PgPool,
}

impl<'a> Jobs<'a> {
    pub(super) fn new(database: &'a Database) -> Self {
        Self {
            pool: database.pool(),
        }
    }

    /// Marks a job as running, unless it ended before; nothing if there is no such job.
    pub(super) async fn begin(&self, id: Uuid) -> sqlx::Result<Option<Status>> {
        let update = sqlx::query_scalar(
            "UPDATE api.jobs
             SET status = CASE WHEN finished_at IS NULL THEN 'running' ELSE status END,
                 started_at = coalesce(started_at, now())
             WHERE id = $1 RETURNING finished_at IS NULL",
        );
        let update = update.bind(id).fetch_optional(self.pool);
        let running: Option<bool> = call(PEER, "UPDATE jobs", update).await?;
        Ok(running.map(|running| {
            if running {
                Status::Running
            } else {
                Status::Ended
            }
        }))
    }

    /// Marks a job as completed.
    pub(super) async fn complete(&self, id: Uuid, rows: i64) -> sqlx::Result<()> {
        let update = sqlx::query(
            "UPDATE api.jobs SET status = 'completed', row_count = $2, error = NULL,
             finished_at = now() WHERE id = $1 AND finished_at IS NULL",
        );
        let update = update.bind(id).bind(rows).execute(self.pool);
        call(PEER, "UPDATE jobs", update).await.map(drop)
    }

    /// Marks a job as failed.
    pub(super) async fn fail(&self, id: Uuid, error: &str) -> sqlx::Result<()> {
        let update = sqlx::query(
            "UPDATE api.jobs SET status = 'failed', error = $2, finished_at = now()
             WHERE id = $1 AND finished_at IS NULL",
        );
        let update = update.bind(id).bind(error).execute(self.pool);
        call(PEER, "UPDATE jobs", update).await.map(drop)
    }
}
