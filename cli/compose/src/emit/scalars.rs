//! Scalars as the canonical form has them.

use serde_json::Value as Json;

use super::command_line::split;
use crate::model::{ByteSize, Span, go_float};
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
        Output::Whole => match &node.value {
            Value::Float(_) => Err("integer"),
            _ => integer(node).map(Json::from).ok_or("integer"),
        },
        Output::Unsigned => unsigned(node)
            .map(Json::from)
            .ok_or("whole number above zero"),
        Output::Weight => weight(node)
            .map(Json::from)
            .ok_or("weight such as 500, without quotes"),
        Output::TextOrInteger => match &node.value {
            Value::Float(_) => Err("text; put it in quotes"),
            _ => Ok(Json::String(node.scalar_text().unwrap_or_default())),
        },
        Output::Float => number(node)
            .filter(|number| number.is_finite())
            .map(single)
            .ok_or("number"),
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
            Value::Float(_) => Err("number of devices or `all`"),
            _ => integer(node)
                .map(Json::from)
                .ok_or("number of devices or `all`"),
        },
    }
}

/// The booleans that text may stand for.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "y" | "yes" | "on" => Some(true),
        "false" | "n" | "no" | "off" => Some(false),
        _ => None,
    }
}

fn integer(node: &Node) -> Option<i64> {
    match &node.value {
        Value::Integer(number) => i64::try_from(*number).ok(),
        Value::Float(number) => Some(truncated(*number)),
        Value::Text(text) => text.parse().ok(),
        _ => None,
    }
}

/// A number without its fraction; what is too large becomes what the reference's processor makes
/// of it.
#[expect(clippy::cast_possible_truncation, reason = "checked to fit")]
fn truncated(number: f64) -> i64 {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if (-LIMIT..LIMIT).contains(&number) {
        number as i64
    } else {
        i64::MIN
    }
}

fn unsigned(node: &Node) -> Option<u64> {
    match &node.value {
        Value::Float(number) if *number >= 0.0 => Some(truncated(*number).cast_unsigned()),
        _ => u64::try_from(integer(node)?).ok(),
    }
}

/// A weight has sixteen bits, and text is never taken for one.
fn weight(node: &Node) -> Option<u16> {
    const BITS: u64 = 0xFFFF;
    match &node.value {
        Value::Text(_) => None,
        _ => u16::try_from(unsigned(node)? & BITS).ok(),
    }
}

fn number(node: &Node) -> Option<f64> {
    match &node.value {
        #[expect(clippy::cast_precision_loss, reason = "single precision is asked for")]
        Value::Integer(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        Value::Text(text) => go_float(text),
        _ => None,
    }
}

/// A number, whole where it is whole.
pub(super) fn float(number: f64) -> Json {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be whole and small"
    )]
    if number.fract() == 0.0 && number.abs() < 9e18 {
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
        Value::Text(text) => ByteSize::parse(text).ok_or(EXPECTED)?.0.to_string(),
        // The reference accepts numbers with a fraction, and does not look at them.
        Value::Float(_) => "0".to_owned(),
        _ => integer(node).ok_or(EXPECTED)?.to_string(),
    };
    Ok(Json::String(text))
}

fn file_mode(node: &Node) -> Option<Json> {
    let mode = match &node.value {
        Value::Text(text) => i64::from_str_radix(text, 8).ok()?,
        Value::Float(_) => return None,
        _ => integer(node)?,
    };
    Some(Json::String(format!("0{mode:o}")))
}
