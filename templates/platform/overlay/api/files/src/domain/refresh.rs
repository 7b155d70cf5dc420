//! Refresh tokens: random, kept as hashes in Redis, good for one use.

use std::fmt::Write as _;
use std::time::Duration;

use redis::AsyncCommands;
use sha2::{Digest, Sha256};

use crate::cache::{Cache, PEER};
use crate::error::ApiError;
use crate::telemetry::call;

/// How long a refresh token is good for.
pub(super) const LIFETIME: Duration = Duration::from_hours(7 * 24);
/// Failed logins with one address that are answered within [`WINDOW`].
const ATTEMPTS: i64 = 10;
const WINDOW: Duration = Duration::from_mins(5);

/// A new refresh token for a user.
pub(super) async fn issue(cache: &Cache, user_id: i64) -> Result<String, ApiError> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(ApiError::internal)?;
    let token = hexadecimal(&random);
    let store = async {
        let mut connection = cache.connection().await?;
        connection
            .set_ex::<_, _, ()>(key(&token), user_id, LIFETIME.as_secs())
            .await
    };
    call(PEER, "SET refresh", store).await?;
    Ok(token)
}

/// Uses a refresh token up: the user whose it was, if it was good.
pub(super) async fn take(cache: &Cache, token: &str) -> Result<Option<i64>, ApiError> {
    let take = async { cache.connection().await?.get_del(key(token)).await };
    Ok(call(PEER, "GETDEL refresh", take).await?)
}

/// Refuses a login to an address that has had too many failed ones.
pub(super) async fn admit(cache: &Cache, email: &str) -> Result<(), ApiError> {
    let key = attempts(email);
    let read = async {
        let mut connection = cache.connection().await?;
        redis::pipe()
            .get(&key)
            .ttl(&key)
            .query_async::<(Option<i64>, i64)>(&mut connection)
            .await
    };
    let (failed, lifetime) = call(PEER, "GET attempts", read).await?;
    if failed.unwrap_or(0) >= ATTEMPTS {
        return Err(ApiError::TooMany {
            retry_after: lifetime.max(1).unsigned_abs(),
        });
    }
    Ok(())
}

/// Remembers a failed login.
pub(super) async fn count_failure(cache: &Cache, email: &str) -> Result<(), ApiError> {
    let key = attempts(email);
    let count = async {
        let mut connection = cache.connection().await?;
        let mut commands = redis::pipe();
        commands.atomic().incr(&key, 1).ignore();
        // The window begins with the first failure.
        commands
            .cmd("EXPIRE")
            .arg(&key)
            .arg(WINDOW.as_secs())
            .arg("NX")
            .ignore();
        commands.query_async::<()>(&mut connection).await
    };
    Ok(call(PEER, "INCR attempts", count).await?)
}

fn key(token: &str) -> String {
    format!("refresh:{}", hexadecimal(&Sha256::digest(token)))
}

fn attempts(email: &str) -> String {
    format!("attempts:{}", hexadecimal(&Sha256::digest(email)))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stored_key_does_not_show_the_token() {
        let stored = key("token");
        assert!(
            stored.starts_with("refresh:") && !stored.contains("token"),
            "{stored}"
        );
        assert_ne!(stored, key("other"));
    }
}
