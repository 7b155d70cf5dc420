//! The text of the canonical model, with keys in the order of the tables of [`crate::schema`].

use std::fmt::Write as _;

use serde_json::Value as Json;
use serde_yaml::{Mapping, Value as Yaml};

use crate::schema::{Field, Kind, Object, Omit, PROJECT, SERVICE};

/// Which keys of a model are written, and under which names.
#[derive(Clone, Copy)]
enum Keys {
    /// Those of the top of the reference's JSON, where extensions stay.
    Top,
    /// Those below it, under the names that the reference's JSON has, without extensions.
    Below,
    /// All of them as they stand in the model.
    Own,
}

impl Keys {
    fn name(self, field: &Field) -> Option<&'static str> {
        match self {
            Self::Top | Self::Below => field.json_name(),
            Self::Own => Some(field.name),
        }
    }

    fn keeps_extensions(self) -> bool {
        matches!(self, Self::Top | Self::Own)
    }

    /// The keys of what stands inside.
    fn inside(self) -> Self {
        match self {
            Self::Top | Self::Below => Self::Below,
            Self::Own => Self::Own,
        }
    }
}

/// JSON indented by two spaces, without the extensions below the top.
pub(super) fn json(model: &Json) -> String {
    written(model, &PROJECT, Keys::Top, Layout::Indented)
}

/// JSON indented by two spaces, of a model that was not interpolated: nothing is left out.
pub(super) fn raw_json(model: &Json) -> String {
    written(model, &PROJECT, Keys::Own, Layout::Indented)
}

/// The JSON of one service on one line, without its extensions.
pub(super) fn service_json(service: &Json) -> String {
    written(service, &SERVICE, Keys::Below, Layout::OneLine)
}

fn written(model: &Json, object: &'static Object, keys: Keys, layout: Layout) -> String {
    let mut text = String::new();
    write_json(
        model,
        Some(&Kind::Object(object)),
        keys,
        layout,
        0,
        &mut text,
    );
    text
}

/// Where JSON breaks its lines.
#[derive(Clone, Copy)]
enum Layout {
    Indented,
    OneLine,
}

impl Layout {
    fn break_line(self, indent: usize, text: &mut String) {
        if matches!(self, Self::Indented) {
            text.push('\n');
            text.extend(std::iter::repeat_n("  ", indent));
        }
    }

    fn colon(self) -> &'static str {
        match self {
            Self::Indented => ": ",
            Self::OneLine => ":",
        }
    }
}

/// The kind that holds for a value, where several may.
fn shape<'a>(value: &Json, kind: &'a Kind) -> &'a Kind {
    match kind {
        Kind::OneOf(kinds) => kinds
            .iter()
            .find(|kind| match (kind, value) {
                (Kind::Object(_) | Kind::Map(..), Json::Object(_))
                | (Kind::List(..), Json::Array(_)) => true,
                (Kind::Scalar(..) | Kind::Bounded(..), value) => {
                    !value.is_object() && !value.is_array()
                }
                _ => false,
            })
            .unwrap_or(kind),
        kind => kind,
    }
}

/// The entries of a mapping with the kinds of their values, known keys first.
fn entries<'a>(
    value: &'a serde_json::Map<String, Json>,
    kind: Option<&'a Kind>,
    keys: Keys,
) -> Vec<(&'a str, &'a Json, Option<&'a Kind>, Option<&'a Field>)> {
    match kind {
        Some(Kind::Object(object)) => {
            let known = object.fields.iter().filter_map(|field| {
                let name = keys.name(field)?;
                Some((name, value.get(field.name)?, Some(&field.kind), Some(field)))
            });
            let others = value
                .iter()
                .filter(|(key, _)| keys.keeps_extensions() && object.field(key).is_none())
                .map(|(key, value)| (key.as_str(), value, None, None));
            known.chain(others).collect()
        }
        Some(Kind::Map(item, _)) => value
            .iter()
            .map(|(key, value)| (key.as_str(), value, Some(*item), None))
            .collect(),
        _ => value
            .iter()
            .map(|(key, value)| (key.as_str(), value, None, None))
            .collect(),
    }
}

fn item_kind(kind: Option<&Kind>) -> Option<&Kind> {
    match kind {
        Some(Kind::List(item, _)) => Some(item),
        _ => None,
    }
}

fn write_json(
    value: &Json,
    kind: Option<&Kind>,
    keys: Keys,
    layout: Layout,
    indent: usize,
    text: &mut String,
) {
    let kind = kind.map(|kind| shape(value, kind));
    let mut first = true;
    let mut next = |text: &mut String| {
        if !std::mem::take(&mut first) {
            text.push(',');
        }
        layout.break_line(indent + 1, text);
    };
    match value {
        Json::Object(map) => {
            let entries = entries(map, kind, keys);
            if entries.is_empty() {
                text.push_str("{}");
                return;
            }
            text.push('{');
            for (key, value, kind, _) in entries {
                next(text);
                let _ = write!(text, "{}{}", Json::from(key), layout.colon());
                write_json(value, kind, keys.inside(), layout, indent + 1, text);
            }
            layout.break_line(indent, text);
            text.push('}');
        }
        Json::Array(items) if !items.is_empty() => {
            text.push('[');
            for item in items {
                next(text);
                write_json(
                    item,
                    item_kind(kind),
                    keys.inside(),
                    layout,
                    indent + 1,
                    text,
                );
            }
            layout.break_line(indent, text);
            text.push(']');
        }
        // Where the reference knows no type, an empty list is nothing to it.
        Json::Array(_) if kind.is_none() || matches!(keys, Keys::Own) => text.push_str("null"),
        other => {
            let _ = write!(text, "{other}");
        }
    }
}

/// YAML with the keys of the top in the order that people expect.
pub(super) fn yaml(model: &Json) -> Result<String, serde_yaml::Error> {
    const FIRST: [&str; 2] = ["name", "services"];
    let kind = Kind::Object(&PROJECT);
    let Yaml::Mapping(mut converted) = to_yaml(model, Some(&kind)) else {
        return serde_yaml::to_string(model);
    };
    let mut ordered = Mapping::new();
    for key in FIRST {
        if let Some(value) = converted.remove(key) {
            ordered.insert(key.into(), value);
        }
    }
    ordered.extend(converted);
    serde_yaml::to_string(&ordered)
}

fn to_yaml(value: &Json, kind: Option<&Kind>) -> Yaml {
    let kind = kind.map(|kind| shape(value, kind));
    match value {
        Json::Object(map) => {
            let mut mapping = Mapping::new();
            for (key, value, kind, field) in entries(map, kind, Keys::Own) {
                if field.is_some_and(|field| says_nothing(value, field)) {
                    continue;
                }
                mapping.insert(yaml_text(key), to_yaml(value, kind));
            }
            Yaml::Mapping(mapping)
        }
        Json::Array(items) => Yaml::Sequence(
            items
                .iter()
                .map(|item| to_yaml(item, item_kind(kind)))
                .collect(),
        ),
        Json::String(text) => yaml_text(text),
        Json::Null => Yaml::Null,
        Json::Bool(value) => Yaml::Bool(*value),
        Json::Number(_) => serde_yaml::to_value(value).unwrap_or(Yaml::Null),
    }
}

/// Whether a part that JSON always shows is left out of YAML.
fn says_nothing(value: &Json, field: &Field) -> bool {
    match (value, field.omit, &field.kind) {
        (Json::Null, Omit::NeverNull, _) => true,
        (Json::Object(map), Omit::NeverObject, Kind::Object(object)) => {
            map.is_empty() || only_nulls(map, object)
        }
        _ => false,
    }
}

fn only_nulls(map: &serde_json::Map<String, Json>, object: &Object) -> bool {
    map.iter()
        .all(|(key, value)| value.is_null() && object.field(key).is_some())
}

fn yaml_text(text: &str) -> Yaml {
    Yaml::String(text.to_owned())
}
