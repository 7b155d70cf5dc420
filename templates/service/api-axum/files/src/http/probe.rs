//! Asks one dependency whether it answers.

use std::future::Future;
use std::time::Duration;

use futures::future::BoxFuture;
use tokio::time::timeout;

/// A dependency that takes longer than this to answer counts as failed.
const TIMEOUT: Duration = Duration::from_millis(1500);

/// The name of a dependency with `ok` or `failed`.
pub(super) fn probe<'a, E>(
    name: &'static str,
    ping: impl Future<Output = Result<(), E>> + Send + 'a,
) -> BoxFuture<'a, (&'static str, &'static str)> {
    Box::pin(async move {
        match timeout(TIMEOUT, ping).await {
            Ok(Ok(())) => (name, "ok"),
            _ => (name, "failed"),
        }
    })
}
