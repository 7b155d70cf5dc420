//! What this worker does: writes exports of the users as CSV.

mod export;
mod jobs;

use std::path::PathBuf;

use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::consumer::Failure;
use crate::environment::{Environment, Noted};
use crate::state::State;
use jobs::{Jobs, Status};

/// The queue that messages are taken from. The API declares it as well.
pub const QUEUE: &str = "exports";
/// The exchange on which the API listens for changes of jobs.
const CHANGES: &str = "jobs";

/// Settings of the worker's own part.
#[derive(Debug, Clone)]
pub struct Settings {
    export_directory: PathBuf,
}

impl Settings {
    pub(crate) fn read(
        environment: &mut Environment<impl Fn(&str) -> Option<String>>,
    ) -> Result<Self, Noted> {
        let export_directory = environment.optional(
            "EXPORT_DIRECTORY",
            "a folder",
            PathBuf::from("../../tmp/exports"),
        );
        Ok(Self {
            export_directory: export_directory?,
        })
    }
}

/// The worker's own part.
pub struct Domain {
    state: State,
    export_directory: PathBuf,
}

/// A message of the API.
#[derive(Debug, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
enum Message {
    Export { job_id: Uuid },
}

/// A job whose message is worked off.
pub struct Done {
    job_id: Uuid,
}

impl Domain {
    /// Prepares the part.
    pub fn new(settings: &Settings, state: State) -> Self {
        Self {
            state,
            export_directory: settings.export_directory.clone(),
        }
    }

    /// Makes the export that a message asks for. It may arrive more than once: an export that is
    /// completed stays as it is.
    pub async fn handle(&self, message: &[u8]) -> Result<Done, Failure> {
        let job_id = parse(message)?;
        let jobs = Jobs::new(&self.state.database);
        match jobs.begin(job_id).await.map_err(retry)? {
            None => return Err(Failure::Reject(format!("there is no job {job_id}"))),
            Some(Status::Ended) => return Ok(Done { job_id }),
            Some(Status::Running) => {}
        }
        self.announce(job_id, "running").await;
        let pool = self.state.database.pool();
        let rows = export::write(pool, &self.export_directory, job_id)
            .await
            .map_err(retry)?;
        jobs.complete(job_id, rows).await.map_err(retry)?;
        tracing::info!(job_id = %job_id, rows, "exported");
        Ok(Done { job_id })
    }

    /// Tells the API, after the broker was told, that a job is completed.
    pub async fn acknowledged(&self, done: Done) {
        self.announce(done.job_id, "completed").await;
    }

    /// Marks the job of a message that will not be tried again as failed.
    pub async fn given_up(&self, message: &[u8], failure: &Failure) {
        let Ok(job_id) = parse(message) else { return };
        let failed = Jobs::new(&self.state.database)
            .fail(job_id, &failure.to_string())
            .await;
        if failed.is_ok() {
            self.announce(job_id, "failed").await;
        }
    }

    /// Tells every replica of the API. One that does not hear it finds the change by itself later.
    async fn announce(&self, job_id: Uuid, status: &str) {
        let message = json!({ "jobId": job_id, "status": status }).to_string();
        let _ = self
            .state
            .queue
            .publish(CHANGES, "", false, message.as_bytes())
            .await;
    }
}

fn parse(message: &[u8]) -> Result<Uuid, Failure> {
    let message = serde_json::from_slice(message)
        .map_err(|error| Failure::Reject(format!("not a message of the API: {error}")))?;
    let Message::Export { job_id } = message;
    Ok(job_id)
}

fn retry(error: impl std::fmt::Display) -> Failure {
    Failure::Retry(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_messages_of_the_api_are_taken() {
        let id = Uuid::new_v4();
        let message = json!({ "type": "export", "jobId": id, "userId": 1 }).to_string();
        assert_eq!(parse(message.as_bytes()).ok(), Some(id));
        for other in [
            "",
            "{}",
            r#"{"type":"import"}"#,
            r#"{"type":"export","jobId":"7"}"#,
        ] {
            assert!(
                matches!(parse(other.as_bytes()), Err(Failure::Reject(_))),
                "{other}"
            );
        }
    }
}
