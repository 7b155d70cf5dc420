//! A small HTTP server that says whether the process lives, and whether it can do its work.

use std::collections::BTreeMap;
use std::future::Future;
use std::io;
use std::time::Duration;

use futures::future::{BoxFuture, FutureExt, join_all};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::queue;
use crate::state::State;

/// The port, unless `PORT` says otherwise.
pub const PORT: u16 = 8080;
/// A dependency that takes longer than this to answer counts as failed.
const TIMEOUT: Duration = Duration::from_millis(1500);
/// A client that takes longer than this is cut off.
const EXCHANGE: Duration = Duration::from_secs(5);
const LONGEST_REQUEST: usize = 8 * 1024;

/// Answers until it is aborted.
pub async fn serve(listener: TcpListener, state: State) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let state = state.clone();
                tokio::spawn(async move { timeout(EXCHANGE, exchange(stream, &state)).await });
            }
            Err(error) => {
                // Out of file descriptors, most likely: they come back.
                tracing::warn!(error = %error, "a health question was not heard");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn exchange(mut stream: TcpStream, state: &State) -> io::Result<()> {
    let head = read_head(&mut stream).await?;
    let path = head.split(' ').nth(1).unwrap_or_default();
    let (status, body) = answer(path, state).await;
    let body = body.to_string();
    let length = body.len();
    let response = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
         connection: close\r\n\r\n{body}"
    );
    stream.write_all(response.as_bytes()).await?;
    stream.shutdown().await
}

async fn read_head(stream: &mut TcpStream) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") && head.len() < LONGEST_REQUEST {
        if stream.read_buf(&mut head).await? == 0 {
            break;
        }
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}

async fn answer(path: &str, state: &State) -> (&'static str, Value) {
    match path {
        "/health/live" => ("200 OK", json!({ "status": "live" })),
        "/health/ready" => ready(state).await,
        _ => ("404 Not Found", json!({ "code": "not_found" })),
    }
}

async fn ready(state: &State) -> (&'static str, Value) {
    let dependencies: BTreeMap<_, _> = join_all(probes(state)).await.into_iter().collect();
    let all_well = dependencies.values().all(|answer| *answer == "ok");
    let (code, status) = if state.lifecycle.stopping.is_cancelled() {
        ("503 Service Unavailable", "stopping")
    } else if all_well && state.lifecycle.is_consuming() {
        ("200 OK", "ready")
    } else {
        ("503 Service Unavailable", "not ready")
    };
    (
        code,
        json!({ "status": status, "dependencies": dependencies }),
    )
}

type Answer = (&'static str, &'static str);

fn probes(state: &State) -> Vec<BoxFuture<'_, Answer>> {
    vec![
        probe(queue::PEER, state.queue.ping()).boxed(),
        #[cfg(feature = "postgres")]
        probe(crate::database::PEER, state.database.ping()).boxed(),
        #[cfg(feature = "redis")]
        probe(crate::cache::PEER, state.cache.ping()).boxed(),
    ]
}

async fn probe<E>(name: &'static str, ping: impl Future<Output = Result<(), E>>) -> Answer {
    match timeout(TIMEOUT, ping).await {
        Ok(Ok(())) => (name, "ok"),
        _ => (name, "failed"),
    }
}
