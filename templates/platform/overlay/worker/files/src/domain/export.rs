//! The file of an export: complete under its name, or not there at all.

use std::io;
use std::path::Path;

use futures::TryStreamExt;
use sqlx::PgPool;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio::fs;
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

use crate::database::PEER;
use crate::telemetry::call;

/// Rows are written in pieces of about this many bytes.
const PIECE: usize = 64 * 1024;

/// Why a file was not written.
#[derive(Debug, thiserror::Error)]
pub(super) enum ExportError {
    #[error("the users could not be read: {0}")]
    Database(#[from] sqlx::Error),
    #[error("the file could not be written: {0}")]
    File(#[from] io::Error),
    #[error("a row could not be written: {0}")]
    Row(#[from] csv::Error),
}

type Row = (i64, String, String, OffsetDateTime);

/// Writes all users into the file of a job and returns how many they are.
pub(super) async fn write(pool: &PgPool, folder: &Path, job_id: Uuid) -> Result<i64, ExportError> {
    fs::create_dir_all(folder).await?;
    let partial = folder.join(format!(".{job_id}.partial"));
    let written = call(PEER, "SELECT users", write_rows(pool, &partial)).await;
    if written.is_err() {
        // What is left of a failed attempt is of no use; the next one begins anew.
        let _ = fs::remove_file(&partial).await;
    }
    let rows = written?;
    fs::rename(&partial, folder.join(format!("{job_id}.csv"))).await?;
    Ok(rows)
}

async fn write_rows(pool: &PgPool, path: &Path) -> Result<i64, ExportError> {
    let mut file = fs::File::create(path).await?;
    let mut piece = csv::Writer::from_writer(Vec::new());
    piece.write_record(["id", "email", "name", "created_at"])?;
    let select = "SELECT id, email, name, created_at FROM api.users ORDER BY id";
    let mut users = sqlx::query_as::<_, Row>(select).fetch(pool);
    let mut rows = 0;
    while let Some(user) = users.try_next().await? {
        write_row(&mut piece, &user)?;
        rows += 1;
        if piece.get_ref().len() >= PIECE {
            file.write_all(&take(&mut piece)?).await?;
        }
    }
    file.write_all(&take(&mut piece)?).await?;
    file.sync_all().await?;
    Ok(rows)
}

fn write_row(piece: &mut csv::Writer<Vec<u8>>, (id, email, name, since): &Row) -> csv::Result<()> {
    let since = since.format(&Rfc3339).unwrap_or_default();
    piece.write_record([&id.to_string(), email, name, &since])
}

/// What was written so far; the writer goes on with an empty piece.
fn take(piece: &mut csv::Writer<Vec<u8>>) -> io::Result<Vec<u8>> {
    let full = std::mem::replace(piece, csv::Writer::from_writer(Vec::new()));
    full.into_inner().map_err(csv::IntoInnerError::into_error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_with_commas_quotes_and_lines_survives() {
        let mut piece = csv::Writer::from_writer(Vec::new());
        let name = "Lovelace, \"Ada\"\nCountess".to_owned();
        let row = (
            1,
            "ada@example.org".to_owned(),
            name,
            OffsetDateTime::UNIX_EPOCH,
        );
        write_row(&mut piece, &row).expect("a row");
        let text = String::from_utf8(take(&mut piece).expect("a piece")).expect("text");
        let expected =
            "1,ada@example.org,\"Lovelace, \"\"Ada\"\"\nCountess\",1970-01-01T00:00:00Z\n";
        assert_eq!(text, expected);
        assert!(take(&mut piece).expect("a piece").is_empty());
    }
}
