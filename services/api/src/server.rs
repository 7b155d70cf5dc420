//! Serves requests until told to stop, then ends in order.

use std::future::Future;
use std::io;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::settings::Settings;
use crate::state::{AppState, Lifecycle};
use crate::{domain, http};

/// How long the instance says "not ready" before it takes no more requests.
const NOTICE: Duration = Duration::from_millis(250);
/// How long requests that run may take to end.
const DRAIN: Duration = Duration::from_secs(8);
/// How long background work and connections may take to end.
const CLOSE: Duration = Duration::from_secs(3);

/// Serves requests until SIGTERM or SIGINT.
pub async fn serve(settings: Settings) -> io::Result<()> {
    let mut stop = StopSignal::new()?;
    let listener = TcpListener::bind((settings.host.as_str(), settings.port)).await?;
    let state = AppState::new(&settings);
    let lifecycle = state.lifecycle.clone();
    let mut background = JoinSet::new();
    #[cfg(feature = "rabbitmq")]
    background.spawn(state.queue.clone().maintain(lifecycle.stopped.clone()));
    domain::start(&state, &mut background);
    tracing::info!(address = %listener.local_addr()?, "serving");

    let announce = lifecycle.clone();
    tokio::spawn(async move {
        stop.received().await;
        end(&announce).await;
    });
    let server = axum::serve(listener, http::router(state.clone()))
        .with_graceful_shutdown(lifecycle.stopped.clone().cancelled_owned());
    let finished = within_drain(lifecycle.stopped.clone(), async move { server.await }).await?;
    if !finished {
        tracing::warn!("requests were still running at the deadline");
    }
    let closing = async {
        while background.join_next().await.is_some() {}
        state.close().await;
    };
    if timeout(CLOSE, closing).await.is_err() {
        tracing::warn!("connections were still open at the deadline");
    }
    tracing::info!("stopped");
    Ok(())
}

async fn end(lifecycle: &Lifecycle) {
    tracing::info!("stopping");
    lifecycle.begin_stop();
    sleep(NOTICE).await;
    lifecycle.stopped.cancel();
}

/// Whether the server ended by itself before the deadline, which begins when it is told to stop.
async fn within_drain(
    stopped: CancellationToken,
    server: impl Future<Output = io::Result<()>>,
) -> io::Result<bool> {
    tokio::select! {
        outcome = server => outcome.map(|()| true),
        () = async { stopped.cancelled().await; sleep(DRAIN).await } => Ok(false),
    }
}

struct StopSignal {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

impl StopSignal {
    fn new() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn received(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
