//! Writes each event as one line of JSON on standard output.

use std::fmt::Debug;
use std::io::Write;

use serde::Serialize;
use serde_json::{Map, Value};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

use super::trace::Span;

/// The layer that writes the lines.
pub(super) struct Lines;

#[derive(Serialize)]
struct Line<'a> {
    timestamp: String,
    level: &'static str,
    service: &'static str,
    message: String,
    trace_id: Option<String>,
    span_id: Option<String>,
    parent_id: Option<String>,
    peer: Option<Value>,
    operation: Option<Value>,
    #[serde(flatten)]
    fields: &'a Map<String, Value>,
}

impl<S: Subscriber> Layer<S> for Lines {
    fn on_event(&self, event: &Event<'_>, _context: Context<'_, S>) {
        let line = render(event, Span::current().as_ref());
        // A closed standard output leaves nowhere to complain.
        let _ = std::io::stdout().lock().write_all(line.as_bytes());
    }
}

fn render(event: &Event<'_>, span: Option<&Span>) -> String {
    let mut fields = Fields::default();
    event.record(&mut fields);
    let peer = fields.others.remove("peer");
    let operation = fields.others.remove("operation");
    let line = Line {
        timestamp: OffsetDateTime::now_utc()
            .format(&Rfc3339)
            .unwrap_or_default(),
        level: event.metadata().level().as_str(),
        service: crate::NAME,
        message: fields.message,
        trace_id: span.map(Span::trace_id),
        span_id: span.map(Span::span_id),
        parent_id: span.and_then(Span::parent_id),
        peer,
        operation,
        fields: &fields.others,
    };
    let mut text = serde_json::to_string(&line).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Default)]
struct Fields {
    message: String,
    others: Map<String, Value>,
}

impl Fields {
    fn keep(&mut self, field: &Field, value: Value) {
        self.others.insert(field.name().to_owned(), value);
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let text = format!("{value:?}");
        if field.name() == "message" {
            self.message = text;
        } else {
            self.keep(field, text.into());
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.keep(field, value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.keep(field, value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.keep(field, value.into());
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.keep(field, value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.keep(field, value.into());
    }
}
