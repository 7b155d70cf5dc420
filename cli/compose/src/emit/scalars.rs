//! Scalars as the canonical form has them.

use serde_json::Value as Json;

use super::command_line::split;
use crate::model::{ByteSize, Span};
use crate::schema::Output;
use crate::tree::{Node, Value};

/// Converts a scalar; the error says what it should have been.
pub(super) fn convert(node: &Node, output: Output) -> Result<Json, &'static str> {
    match output {
        Output::Text => Ok(Json::String(node.scalar_text().unwrap_or_default())),
        Output::NullableText => Ok(node.scalar_text().map_or(Json::Null, Json::String)),
        Output::Boolean => match &node.value {
            Value::Bool(value) => Some(*value),
            Value::Text(text) => boolean(text),
            _ => None,
        }
        .map(Json::Bool)
        .ok_or("boolean"),
        Output::Integer => integer(node).map(Json::from).ok_or("integer"),
        Output::Float => number(node).map(single).ok_or("number"),
        Output::Bytes => bytes(node),
        Output::Duration => node
            .as_text()
            .and_then(Span::parse)
            .map(|span| Json::String(span.go_text()))
            .ok_or("duration such as 1m30s"),
        Output::FileMode => file_mode(node).ok_or("octal mode such as 0440"),
        Output::Words => match &node.value {
            Value::Text(text) => split(text)
                .map(|words| Json::Array(words.into_iter().map(Json::String).collect()))
                .ok_or("valid command line: a quote or bracket is left open"),
            _ => Ok(Json::Null),
        },
        Output::DeviceCount => match &node.value {
            Value::Text(text) if text.eq_ignore_ascii_case("all") => Ok(Json::from(-1)),
            _ => integer(node)
                .map(Json::from)
                .ok_or("number of devices or `all`"),
        },
    }
}

/// The booleans of the reference.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "t" | "true" | "y" | "yes" | "on" => Some(true),
        "0" | "f" | "false" | "n" | "no" | "off" => Some(false),
        _ => None,
    }
}

fn integer(node: &Node) -> Option<i64> {
    match &node.value {
        Value::Integer(number) => i64::try_from(*number).ok(),
        #[expect(clippy::cast_possible_truncation, reason = "checked to be whole")]
        Value::Float(number) if number.fract() == 0.0 => Some(*number as i64),
        Value::Text(text) => {
            let text = text.replace('_', "");
            match text.strip_prefix("0x") {
                Some(hexadecimal) => i64::from_str_radix(hexadecimal, 16).ok(),
                None => text.parse().ok(),
            }
        }
        _ => None,
    }
}

fn number(node: &Node) -> Option<f64> {
    match &node.value {
        #[expect(clippy::cast_precision_loss, reason = "single precision is asked for")]
        Value::Integer(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        Value::Text(text) => text.parse().ok(),
        _ => None,
    }
}

/// A number, whole where it is whole.
pub(super) fn float(number: f64) -> Json {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be whole and small"
    )]
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return Json::from(number as i64);
    }
    Json::from(number)
}

/// A number of single precision with no more digits than it has.
#[expect(
    clippy::cast_possible_truncation,
    reason = "that is the precision of the model"
)]
fn single(number: f64) -> Json {
    float(format!("{}", number as f32).parse().unwrap_or(number))
}

fn bytes(node: &Node) -> Result<Json, &'static str> {
    const EXPECTED: &str = "size such as 512m";
    let text = match &node.value {
        Value::Text(text) => {
            if let Ok(number) = text.parse::<i64>() {
                number.to_string()
            } else {
                ByteSize::parse(text).ok_or(EXPECTED)?.0.to_string()
            }
        }
        _ => integer(node).ok_or(EXPECTED)?.to_string(),
    };
    Ok(Json::String(text))
}

fn file_mode(node: &Node) -> Option<Json> {
    let mode = match &node.value {
        Value::Text(text) => i64::from_str_radix(text.trim_start_matches("0o"), 8).ok()?,
        _ => integer(node)?,
    };
    Some(Json::String(format!("0{mode:o}")))
}
