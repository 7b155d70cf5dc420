//! Keys of a service that the model keeps untyped, read as the engine needs them.

use std::collections::HashMap;

use devkit_compose::model::{ByteSize, Service};
use serde_json::Value;

/// A key that holds text, or a number written as one.
pub(super) fn text(service: &Service, key: &str) -> Option<String> {
    scalar(service.other.get(key)?)
}

/// A key that holds one text or a list of them.
pub(super) fn texts(service: &Service, key: &str) -> Vec<String> {
    match service.other.get(key) {
        Some(Value::Array(items)) => items.iter().filter_map(scalar).collect(),
        Some(value) => scalar(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// A key that holds names with texts, or a list of `name=text`.
pub(super) fn map(value: Option<&Value>) -> HashMap<String, String> {
    match value {
        Some(Value::Object(entries)) => entries
            .iter()
            .map(|(name, value)| (name.clone(), scalar(value).unwrap_or_default()))
            .collect(),
        Some(Value::Array(items)) => items
            .iter()
            .filter_map(scalar)
            .map(|item| {
                let (name, value) = item.split_once('=').unwrap_or((&item, ""));
                (name.to_owned(), value.to_owned())
            })
            .collect(),
        _ => HashMap::new(),
    }
}

/// A key that holds a whole number.
pub(super) fn number(service: &Service, key: &str) -> Option<i64> {
    whole(service.other.get(key)?)
}

/// A key that holds a size.
pub(super) fn size(service: &Service, key: &str) -> Option<i64> {
    bytes(service.other.get(key)?)
}

/// A key that holds yes or no.
pub(super) fn flag(service: &Service, key: &str) -> Option<bool> {
    service.other.get(key)?.as_bool()
}

/// A whole number, also one that is written as text.
pub(super) fn whole(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .or_else(|| value.as_str().and_then(|text| text.parse().ok()))
}

/// A size, written as a number or with a unit.
pub(super) fn bytes(value: &Value) -> Option<i64> {
    whole(value).or_else(|| {
        let ByteSize(bytes) = ByteSize::parse(value.as_str()?)?;
        i64::try_from(bytes).ok()
    })
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(set) => Some(set.to_string()),
        _ => None,
    }
}
