//! Follows the logs of all services while flows are replayed.

use std::collections::BTreeSet;
use std::time::Duration;

use devkit_runtime::{Driver, LogLine, LogOptions, Observed};
use futures::StreamExt as _;
use futures::stream::{BoxStream, SelectAll};
use tokio::time::{Instant, timeout_at};

use super::line::Line;

/// How many lines from before show what a service's lines look like.
const PAST: usize = 200;

/// The lines that services write.
pub(super) struct Collector {
    streams: SelectAll<BoxStream<'static, devkit_runtime::Result<LogLine>>>,
    lines: Vec<Line>,
    tracing: BTreeSet<String>,
    telling_of_peers: BTreeSet<String>,
    unread: Vec<String>,
}

impl std::fmt::Debug for Collector {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Collector")
            .field("lines", &self.lines.len())
            .field("tracing", &self.tracing)
            .finish_non_exhaustive()
    }
}

impl Collector {
    /// Begins to follow all instances that run.
    pub(super) async fn open(driver: &dyn Driver, observed: &Observed) -> Self {
        let options = LogOptions {
            follow: true,
            tail: Some(PAST),
            ..LogOptions::default()
        };
        let mut collector = Self {
            streams: SelectAll::new(),
            lines: Vec::new(),
            tracing: BTreeSet::new(),
            telling_of_peers: BTreeSet::new(),
            unread: Vec::new(),
        };
        for instance in observed.instances.iter().filter(|it| it.is_running()) {
            match driver.logs(instance, &options).await {
                Ok(stream) => collector.streams.push(stream),
                Err(_) => collector.unread.push(instance.service.clone()),
            }
        }
        collector
    }

    /// Reads on until the lines of a trace are enough, until none has come for a while, or until
    /// the limit; answers whether they are enough.
    pub(super) async fn until(
        &mut self,
        trace: &str,
        quiet: Duration,
        limit: Duration,
        enough: impl Fn(&[&Line]) -> bool,
    ) -> bool {
        let end = Instant::now() + limit;
        let mut pause = Instant::now() + quiet;
        loop {
            if enough(&self.of(trace)) {
                return true;
            }
            match timeout_at(pause.min(end), self.streams.next()).await {
                Ok(Some(Ok(line))) => {
                    if self.keep(&line).as_deref() == Some(trace) {
                        pause = Instant::now() + quiet;
                    }
                }
                // One log that cannot be read further says nothing of the others.
                Ok(Some(Err(_))) => {}
                Ok(None) | Err(_) => return enough(&self.of(trace)),
            }
        }
    }

    /// The lines of a trace so far.
    pub(super) fn of(&self, trace: &str) -> Vec<&Line> {
        self.lines
            .iter()
            .filter(|line| line.trace.as_deref() == Some(trace))
            .collect()
    }

    /// Whether a service's lines have a place for a trace.
    pub(super) fn traces(&self, service: &str) -> bool {
        self.tracing.contains(service)
    }

    /// Whether a service's lines have a place for the peers that it calls.
    pub(super) fn tells_of_peers(&self, service: &str) -> bool {
        self.telling_of_peers.contains(service)
    }

    /// Whether the log of a service cannot be read.
    pub(super) fn is_unread(&self, service: &str) -> bool {
        self.unread.iter().any(|unread| unread == service)
    }

    /// Keeps a line; answers the trace that it belongs to.
    fn keep(&mut self, line: &LogLine) -> Option<String> {
        let line = Line::read(&line.service, &line.text)?;
        self.tracing.insert(line.service.clone());
        if line.tells_of_peers {
            self.telling_of_peers.insert(line.service.clone());
        }
        let trace = line.trace.clone()?;
        self.lines.push(line);
        Some(trace)
    }
}
