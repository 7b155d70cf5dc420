//! Takes messages until told to stop, then ends in order.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::timeout;

use crate::domain::Domain;
use crate::settings::Settings;
use crate::state::State;
use crate::{consumer, health};

/// How long messages that were taken may take to be finished; others return to the queue.
const FINISH: Duration = Duration::from_secs(20);
/// How long connections may take to close.
const CLOSE: Duration = Duration::from_secs(3);

/// Takes messages until SIGTERM or SIGINT.
pub async fn work(settings: Settings) -> io::Result<()> {
    let (mut terminate, mut interrupt) = (
        signal(SignalKind::terminate())?,
        signal(SignalKind::interrupt())?,
    );
    let listener = TcpListener::bind((settings.host.as_str(), settings.port)).await?;
    let state = State::new(&settings);
    let domain = Arc::new(Domain::new(&settings.domain, state.clone()));
    tracing::info!(address = %listener.local_addr()?, "working");

    let health = tokio::spawn(health::serve(listener, state.clone()));
    let connection = tokio::spawn(
        state
            .queue
            .clone()
            .maintain(state.lifecycle.finished.clone()),
    );
    let consumer = tokio::spawn(consumer::consume(state.clone(), domain));
    first(&mut terminate, &mut interrupt).await;

    tracing::info!("stopping");
    state.lifecycle.stopping.cancel();
    if timeout(FINISH, consumer).await.is_err() {
        tracing::warn!("messages were still worked on at the deadline, they return to the queue");
    }
    state.lifecycle.finished.cancel();
    let closing = async {
        // It ends as soon as it hears of the end.
        let _ = connection.await;
        state.close().await;
    };
    if timeout(CLOSE, closing).await.is_err() {
        tracing::warn!("connections were still open at the deadline");
    }
    health.abort();
    tracing::info!("stopped");
    Ok(())
}

async fn first(terminate: &mut Signal, interrupt: &mut Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
