//! Ties each request to its trace and logs it when its answer begins.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::telemetry::milliseconds;
use crate::telemetry::trace::{Span, TRACEPARENT, TRACESTATE, caller};

/// The answer's header that finds the request's log lines.
const TRACE_ID: &str = "x-trace-id";

/// Runs a request as a span, continuing the caller's trace. Health routes pass unseen.
pub(super) async fn trace(request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/health/") {
        return next.run(request).await;
    }
    let span = Span::continued(header(request.headers(), TRACEPARENT));
    let peer = header(request.headers(), TRACESTATE)
        .and_then(caller)
        .map(str::to_owned);
    let path = request.extensions().get::<MatchedPath>();
    let operation = format!(
        "{} {}",
        request.method(),
        path.map_or("*", MatchedPath::as_str)
    );
    let trace_id = HeaderValue::from_str(&span.trace_id());
    let work = async {
        let started = Instant::now();
        let mut response = next.run(request).await;
        let duration_ms = milliseconds(started.elapsed());
        let status = response.status().as_u16();
        if response.status().is_server_error() {
            tracing::error!(peer, operation, status, duration_ms, "answered");
        } else {
            tracing::info!(peer, operation, status, duration_ms, "answered");
        }
        if let Ok(trace_id) = trace_id {
            response.headers_mut().insert(TRACE_ID, trace_id);
        }
        response
    };
    span.scope(work).await
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
