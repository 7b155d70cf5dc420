//! Writes a canonical tree as JSON by the tables of [`crate::schema`].

mod command_line;
mod extensions;
mod scalars;

use serde_json::{Map as JsonMap, Value as Json};

use crate::schema::{Field, Kind, LIMIT_TITLE, Object, Omit, Output, PROJECT};
use crate::session::{Path, Session};
use crate::tree::{Map, Node, Value};
use crate::validate::fitting;

pub(crate) use scalars::boolean;

/// The JSON of a whole project, with the extensions of its parts.
pub(crate) fn emit(project: &Node, session: &mut Session) -> Json {
    let empty = Map::new();
    let map = project.as_map().unwrap_or(&empty);
    object(map, &PROJECT, &mut Path::default(), session)
}

fn object(map: &Map, object: &'static Object, path: &mut Path, session: &mut Session) -> Json {
    let mut json = JsonMap::new();
    for field in object.fields {
        path.push(field.name);
        if let Some(value) = field_value(map.get(field.name), field, path, session) {
            json.insert(field.name.to_owned(), value);
        }
        path.pop();
    }
    for (key, node) in map {
        if key.starts_with("x-") || (!object.closed && object.field(key).is_none()) {
            json.insert(key.clone(), raw(node));
        }
    }
    Json::Object(json)
}

fn field_value(
    node: Option<&Node>,
    field: &'static Field,
    path: &mut Path,
    session: &mut Session,
) -> Option<Json> {
    let json = match node {
        Some(node) if !node.is_null() => Some(value(node, &field.kind, path, session)),
        _ => None,
    };
    match field.omit {
        Omit::Always => None,
        Omit::Absent => json,
        Omit::Zero => json.filter(|json| !is_zero(json) && !is_zero_unit(json, &field.kind)),
        Omit::NeverZero => Some(json.unwrap_or_else(|| zero(&field.kind))),
        Omit::NeverNull => Some(json.unwrap_or(Json::Null)),
        Omit::NeverObject => Some(json.unwrap_or_else(|| match field.kind {
            Kind::Object(kind) => object(&Map::new(), kind, path, session),
            _ => Json::Object(JsonMap::new()),
        })),
    }
}

/// What stands for a scalar that is not given, where one must stand.
fn zero(kind: &Kind) -> Json {
    match kind {
        Kind::Scalar(_, Output::Integer | Output::Unsigned | Output::Weight, _) => Json::from(0),
        Kind::Scalar(_, Output::Bytes, _) => Json::from("0"),
        _ => Json::from(""),
    }
}

fn is_zero(json: &Json) -> bool {
    match json {
        Json::Null => true,
        Json::Bool(value) => !value,
        Json::Number(number) => number.as_f64() == Some(0.0),
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(entries) => entries.is_empty(),
    }
}

/// Whether a value is a limit of zero, which the reference takes for one that is not given.
fn is_zero_limit(value: &Value, kinds: &[Kind]) -> bool {
    let zero = match value {
        Value::Integer(number) => *number == 0,
        Value::Text(text) => text.parse() == Ok(0),
        _ => false,
    };
    zero && kinds
        .iter()
        .any(|kind| matches!(kind, Kind::Object(object) if object.title == LIMIT_TITLE))
}

/// Whether a text says zero in a unit.
fn is_zero_unit(json: &Json, kind: &Kind) -> bool {
    matches!(
        (kind, json.as_str()),
        (Kind::Scalar(_, Output::Duration, _), Some("0s"))
            | (Kind::Scalar(_, Output::Bytes, _), Some("0"))
    )
}

fn value(node: &Node, kind: &'static Kind, path: &mut Path, session: &mut Session) -> Json {
    match (kind, &node.value) {
        (Kind::Scalar(_, output, _), _) => match scalars::convert(node, *output) {
            Ok(json) => json,
            Err(expected) => {
                let text = node.scalar_text().unwrap_or_default();
                session.error(format!("{path}: `{text}` is no {expected}"), node.place);
                Json::Null
            }
        },
        (Kind::Bounded(..), _) => match scalars::convert(node, Output::Integer) {
            Ok(json) => json,
            Err(expected) => {
                session.error(format!("{path} is no {expected}"), node.place);
                Json::Null
            }
        },
        (Kind::List(item, _), Value::List(items)) => {
            let mut list = Vec::with_capacity(items.len());
            for (index, node) in items.iter().enumerate() {
                path.push_index(index);
                list.push(value(node, item, path, session));
                path.pop();
            }
            Json::Array(list)
        }
        (Kind::Map(item, _), Value::Map(map)) => {
            let mut entries = JsonMap::new();
            if let (Kind::Scalar(..), Some(text)) = (item, extensions::collapsed(map)) {
                entries.insert(extensions::KEY.to_owned(), Json::from(text));
            }
            for (key, node) in map {
                if entries.contains_key(extensions::KEY) && extensions::counts(key, node) {
                    continue;
                }
                path.push(key);
                entries.insert(key.clone(), value(node, item, path, session));
                path.pop();
            }
            Json::Object(entries)
        }
        (Kind::Object(kind), Value::Map(map)) => object(map, kind, path, session),
        (Kind::OneOf(kinds), value_of) if is_zero_limit(value_of, kinds) => {
            Json::Object(JsonMap::new())
        }
        (Kind::OneOf(kinds), value_of) => match fitting(value_of, kinds) {
            Some(kind) => value(node, kind, path, session),
            None => raw(node),
        },
        _ => raw(node),
    }
}

/// A node as it was read, for extensions.
pub(crate) fn raw(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Integer(number) => i64::try_from(*number)
            .map(Json::from)
            .or_else(|_| u64::try_from(*number).map(Json::from))
            .unwrap_or(Json::Null),
        Value::Float(number) => scalars::float(*number),
        Value::Date(text) if text.len() <= 10 => Json::String(format!("{text}T00:00:00Z")),
        Value::Text(text) | Value::Date(text) => Json::String(text.clone()),
        Value::List(items) => Json::Array(items.iter().map(raw).collect()),
        Value::Map(map) => Json::Object(
            map.iter()
                .map(|(key, node)| (key.clone(), raw(node)))
                .collect(),
        ),
    }
}
