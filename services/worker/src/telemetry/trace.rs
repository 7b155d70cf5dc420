//! The place of a piece of work in its trace, as W3C Trace Context carries it between services.

use std::fmt::Display;
use std::future::Future;
use std::time::Instant;

use uuid::Uuid;

use super::milliseconds;

/// The header that carries the trace.
pub const TRACEPARENT: &str = "traceparent";
/// The header that carries, among others, the name of the service that calls.
pub const TRACESTATE: &str = "tracestate";
const STATE_KEY: &str = "devkit";

tokio::task_local! {
    static CURRENT: Span;
}

/// One piece of work within a trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    trace: u128,
    id: u64,
    parent: Option<u64>,
}

impl Span {
    /// Begins a new trace.
    pub fn root() -> Self {
        Self {
            trace: Uuid::new_v4().as_u128(),
            id: new_id(),
            parent: None,
        }
    }

    /// Goes on with the trace of a `traceparent` header, or begins one if it is missing or garbled.
    pub fn continued(traceparent: Option<&str>) -> Self {
        match traceparent.and_then(parse) {
            Some((trace, parent)) => Self {
                trace,
                id: new_id(),
                parent: Some(parent),
            },
            None => Self::root(),
        }
    }

    /// Begins a piece of work within this one.
    #[must_use]
    pub fn child(&self) -> Self {
        Self {
            trace: self.trace,
            id: new_id(),
            parent: Some(self.id),
        }
    }

    /// The span of the code that runs now.
    pub fn current() -> Option<Self> {
        CURRENT.try_with(Clone::clone).ok()
    }

    /// Runs `work` as this span: its log lines carry the span's ids.
    pub async fn scope<F: Future>(self, work: F) -> F::Output {
        CURRENT.scope(self, work).await
    }

    /// The trace, as in log lines.
    pub fn trace_id(&self) -> String {
        format!("{:032x}", self.trace)
    }

    /// The span, as in log lines.
    pub fn span_id(&self) -> String {
        format!("{:016x}", self.id)
    }

    /// The span that this one is part of, as in log lines.
    pub fn parent_id(&self) -> Option<String> {
        self.parent.map(|parent| format!("{parent:016x}"))
    }

    /// The value of the `traceparent` header for work that this span asks of others.
    pub fn traceparent(&self) -> String {
        format!("00-{:032x}-{:016x}-01", self.trace, self.id)
    }
}

/// The value of the `tracestate` header that names this service as the caller.
pub fn tracestate() -> String {
    format!("{STATE_KEY}={}", crate::NAME)
}

/// The service that a `tracestate` header names as the caller.
pub fn caller(tracestate: &str) -> Option<&str> {
    tracestate
        .split(',')
        .find_map(|member| match member.trim().split_once('=') {
            Some((STATE_KEY, name)) => Some(name),
            _ => None,
        })
}

/// Calls a peer as a span of its own, and logs the call with its outcome.
pub async fn call<T, E: Display>(
    peer: &'static str,
    operation: &str,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let span = Span::current().map_or_else(Span::root, |current| current.child());
    span.scope(async {
        let started = Instant::now();
        let outcome = work.await;
        let duration_ms = milliseconds(started.elapsed());
        match &outcome {
            Ok(_) => tracing::info!(peer, operation, duration_ms, "called"),
            Err(error) => {
                tracing::warn!(peer, operation, duration_ms, error = %error, "call failed");
            }
        }
        outcome
    })
    .await
}

fn new_id() -> u64 {
    // The lower half of a random UUID: never zero, for it carries the variant bits.
    Uuid::new_v4().as_u64_pair().1
}

fn parse(traceparent: &str) -> Option<(u128, u64)> {
    let mut parts = traceparent.trim().split('-');
    let (version, trace, parent) = (parts.next()?, parts.next()?, parts.next()?);
    if version.len() != 2 || version == "ff" || trace.len() != 32 || parent.len() != 16 {
        return None;
    }
    let trace = u128::from_str_radix(trace, 16).ok()?;
    let parent = u64::from_str_radix(parent, 16).ok()?;
    (trace != 0 && parent != 0).then_some((trace, parent))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REMOTE: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn a_trace_goes_on_across_services() {
        let span = Span::continued(Some(REMOTE));
        assert_eq!(span.trace_id(), "4bf92f3577b34da6a3ce929d0e0e4736");
        assert_eq!(span.parent_id().as_deref(), Some("00f067aa0ba902b7"));
        let next = Span::continued(Some(&span.child().traceparent()));
        assert_eq!(next.trace_id(), span.trace_id());
    }

    #[test]
    fn a_garbled_header_begins_a_new_trace() {
        for header in [
            "",
            "00-xyz",
            "00-0-0-01",
            &REMOTE[..40],
            &REMOTE.replace("4bf", "zzz"),
        ] {
            assert_eq!(
                Span::continued(Some(header)).parent_id(),
                None,
                "{header:?}"
            );
        }
    }

    #[test]
    fn the_caller_is_one_member_among_others() {
        assert_eq!(caller("vendor=1, devkit=frontend"), Some("frontend"));
        assert_eq!(caller("vendor=1"), None);
    }
}
