//! Log lines that say to which trace they belong.

use std::time::Duration;

use serde_json::{Map, Value};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// One log line of a service.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// The key of the service whose instance wrote it.
    pub(super) service: String,
    /// When it was written.
    pub(super) at: OffsetDateTime,
    /// How long what it tells of took.
    pub(super) took: Duration,
    /// The trace, where it belongs to one.
    pub(super) trace: Option<String>,
    /// The piece of work that it is about.
    pub(super) span: Option<String>,
    /// The piece of work that this one is part of.
    pub(super) parent: Option<String>,
    /// Who is reached, or who asked.
    pub(super) peer: Option<String>,
    /// What is done.
    pub(super) operation: Option<String>,
    /// Whether its form has a place for peers, so that calls are logged where there are any.
    pub(super) tells_of_peers: bool,
}

impl Line {
    /// Reads a line that a service wrote; nothing where it is no JSON with a place for a trace.
    pub(super) fn read(service: &str, text: &str) -> Option<Self> {
        let fields: Map<String, Value> = serde_json::from_str(text.trim()).ok()?;
        let trace = first(&fields, &["trace_id", "traceId", "trace.id"])?;
        let word = |names: &[&str]| {
            let value = first(&fields, names)?.as_str()?;
            (!value.is_empty()).then(|| value.to_owned())
        };
        let at = word(&["timestamp", "time", "@timestamp"])
            .and_then(|text| OffsetDateTime::parse(&text, &Rfc3339).ok())?;
        let took = seconds(&fields, "duration_ms", 1000.0)
            .or_else(|| seconds(&fields, "duration_seconds", 1.0))
            .unwrap_or_default();
        Some(Self {
            service: service.to_owned(),
            at,
            took,
            trace: trace.as_str().map(str::to_owned),
            span: word(&["span_id", "spanId", "span.id"]),
            parent: word(&["parent_id", "parentId", "parent_span_id", "parent.id"]),
            peer: word(&["peer", "peer_service", "peer.service"]),
            operation: word(&["operation"]),
            tells_of_peers: first(&fields, &["peer", "peer_service", "peer.service"]).is_some(),
        })
    }

    /// When what it tells of began.
    pub(super) fn began(&self) -> OffsetDateTime {
        self.at - self.took
    }
}

fn first<'a>(fields: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Value> {
    names.iter().find_map(|name| fields.get(*name))
}

fn seconds(fields: &Map<String, Value>, name: &str, divisor: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(fields.get(name)?.as_f64()? / divisor).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_call_is_read() {
        let text = r#"{"timestamp":"2026-11-21T08:16:25.016Z","level":"INFO","service":"api","message":"called","trace_id":"be78","span_id":"a7","parent_id":"86","peer":"postgres","operation":"SELECT users","duration_ms":16.0}"#;
        let line = Line::read("api", text).unwrap();
        assert_eq!(line.trace.as_deref(), Some("be78"));
        assert_eq!(line.peer.as_deref(), Some("postgres"));
        assert_eq!(line.at - line.began(), time::Duration::milliseconds(16));
        assert!(line.tells_of_peers);
    }

    #[test]
    fn a_line_without_a_trace_still_shows_that_there_is_a_place_for_one() {
        let text = r#"{"timestamp":"2026-11-21T08:16:25Z","level":"INFO","service":"worker","message":"taking messages","trace_id":null,"peer":"rabbitmq"}"#;
        assert_eq!(Line::read("worker", text).unwrap().trace, None);
        for other in [
            "",
            "database system is ready to accept connections",
            r#"{"timestamp":"2026-11-21T08:16:25Z","message":"no trace"}"#,
        ] {
            assert_eq!(Line::read("worker", other), None, "{other}");
        }
    }
}
