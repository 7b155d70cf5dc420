//! Holds a tree against the tables of [`crate::schema`] and reports everything that does not fit.

use crate::schema::{Accepts, Kind, Names, Object, PROJECT};
use crate::session::{Path, Session};
use crate::suggest::closest;
use crate::tree::{Map, Node, Place, Value};

/// Reports everything in a compose file that the specification does not know.
pub(crate) fn validate(project: &Node, session: &mut Session) {
    let kind = Kind::Object(&PROJECT);
    check(project, &kind, &mut Path::default(), session);
}

fn check(node: &Node, kind: &Kind, path: &mut Path, session: &mut Session) {
    match kind {
        Kind::Scalar(accepts, _, words) => check_scalar(node, *accepts, words, path, session),
        Kind::Bounded(lowest, highest) => match &node.value {
            value if bounded(value, *lowest, *highest) => {}
            Value::Integer(_) | Value::Float(_) | Value::Text(_) => {
                let message = format!("{path} must lie between {lowest} and {highest}");
                session.error(message, node.place);
            }
            _ => mismatch(node, "an integer", path, session),
        },
        Kind::List(item, unique) => match &node.value {
            Value::List(items) => check_list(items, item, *unique, path, session),
            _ => mismatch(node, "a list", path, session),
        },
        Kind::Map(item, names) => match &node.value {
            Value::Map(map) => check_map(map, item, *names, path, session),
            _ => mismatch(node, "a mapping", path, session),
        },
        Kind::Object(object) => match &node.value {
            Value::Map(map) => check_object(node, map, object, path, session),
            Value::Null if object.nullable => {}
            _ => mismatch(node, "a mapping", path, session),
        },
        Kind::OneOf(kinds) => {
            if let Some(kind) = fitting(&node.value, kinds) {
                check(node, kind, path, session);
            } else {
                mismatch(node, &describe(kind), path, session);
            }
        }
    }
}

/// Whether a number, or text that says one, is whole and within bounds.
fn bounded(value: &Value, lowest: i64, highest: i64) -> bool {
    match value {
        Value::Integer(number) => (i128::from(lowest)..=i128::from(highest)).contains(number),
        #[expect(
            clippy::cast_precision_loss,
            reason = "bounds are small, or without meaning"
        )]
        Value::Float(number) => {
            number.fract() == 0.0 && *number >= lowest as f64 && *number <= highest as f64
        }
        Value::Text(text) => text
            .parse()
            .is_ok_and(|number: f64| bounded(&Value::Float(number), lowest, highest)),
        _ => false,
    }
}

/// The kind among several that a value's shape asks for.
pub(crate) fn fitting<'a>(value: &Value, kinds: &'a [Kind]) -> Option<&'a Kind> {
    kinds.iter().find(|kind| match kind {
        Kind::List(..) => matches!(value, Value::List(_)),
        Kind::Map(..) => matches!(value, Value::Map(_)),
        Kind::Object(object) => match value {
            Value::Map(_) => true,
            Value::Null => object.nullable,
            _ => false,
        },
        Kind::Scalar(accepts, ..) => accepted(value, *accepts),
        Kind::Bounded(..) => matches!(value, Value::Integer(_) | Value::Float(_) | Value::Text(_)),
        Kind::OneOf(kinds) => fitting(value, kinds).is_some(),
    })
}

fn accepted(value: &Value, accepts: Accepts) -> bool {
    match value {
        Value::Null => accepts.has(Accepts::NULL),
        Value::Bool(_) => accepts.has(Accepts::BOOLEAN),
        Value::Integer(_) => accepts.has(Accepts::INTEGER),
        Value::Float(number) => {
            accepts.has(Accepts::NUMBER) || (accepts.has(Accepts::INTEGER) && number.fract() == 0.0)
        }
        Value::Text(_) => accepts.has(Accepts::TEXT),
        Value::Date(_) | Value::List(_) | Value::Map(_) => false,
    }
}

fn describe(kind: &Kind) -> String {
    match kind {
        Kind::Scalar(accepts, ..) => accepts.describe(),
        Kind::Bounded(..) => "an integer".into(),
        Kind::List(..) => "a list".into(),
        Kind::Map(..) | Kind::Object(_) => "a mapping".into(),
        Kind::OneOf(kinds) => kinds.iter().map(describe).collect::<Vec<_>>().join(" or "),
    }
}

fn mismatch(node: &Node, expected: &str, path: &Path, session: &mut Session) {
    let found = node.value.describe();
    let top = if path.len() == 0 {
        String::from("The file")
    } else {
        path.to_string()
    };
    session.error(format!("{top} must be {expected}, not {found}"), node.place);
}

fn check_scalar(
    node: &Node,
    accepts: Accepts,
    words: &'static [&'static str],
    path: &Path,
    session: &mut Session,
) {
    if !accepted(&node.value, accepts) {
        let found = node.value.describe();
        let message = format!("{path} must be {}, not {found}", accepts.describe());
        let quotable = accepts.has(Accepts::TEXT)
            && !matches!(node.value, Value::List(_) | Value::Map(_) | Value::Null);
        if quotable {
            session.error_with_help(message, node.place, "Put the value in quotes");
        } else {
            session.error(message, node.place);
        }
        return;
    }
    if let Value::Text(text) = &node.value
        && !words.is_empty()
        && !words.contains(&text.as_str())
    {
        let message = format!("{path} must be one of {}, not {text}", words.join(", "));
        match closest(text, words.iter().copied()) {
            Some(word) => {
                session.error_with_help(message, node.place, format!("Did you mean `{word}`?"));
            }
            None => session.error(message, node.place),
        }
    }
}

fn check_list(items: &[Node], kind: &Kind, unique: bool, path: &mut Path, session: &mut Session) {
    for (index, item) in items.iter().enumerate() {
        path.push_index(index);
        check(item, kind, path, session);
        path.pop();
    }
    if !unique {
        return;
    }
    let mut seen = std::collections::BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        let Some(text) = item.scalar_text() else {
            if items.len() < 200 && items[..index].iter().any(|other| repeats(item, other)) {
                session.error(format!("{path} holds the same entry twice"), item.place);
            }
            continue;
        };
        let earlier: Option<&Node> = seen.insert(text.clone(), item);
        if earlier.is_some_and(|earlier| repeats(item, earlier)) {
            session.error(format!("{path} holds `{text}` twice"), item.place);
        }
    }
}

/// Whether an entry says what an earlier one does. To the reference a number repeats the text that
/// says the same, while text does not repeat a number.
fn repeats(later: &Node, earlier: &Node) -> bool {
    match (&later.value, &earlier.value) {
        (Value::Integer(number), Value::Text(text)) => *text == number.to_string(),
        (Value::List(later), Value::List(earlier)) => {
            later.len() == earlier.len()
                && later
                    .iter()
                    .zip(earlier)
                    .all(|(later, earlier)| repeats(later, earlier))
        }
        (Value::Map(later), Value::Map(earlier)) => {
            later.len() == earlier.len()
                && later
                    .iter()
                    .zip(earlier)
                    .all(|((key, later), (other, earlier))| key == other && repeats(later, earlier))
        }
        (later, earlier) => later == earlier,
    }
}

fn check_map(map: &Map, kind: &Kind, names: Names, path: &mut Path, session: &mut Session) {
    for (name, item) in map {
        let valid = match names {
            Names::Any => true,
            Names::NotEmpty => !name.is_empty(),
            Names::Resource | Names::ResourceOrIgnored => {
                !name.is_empty()
                    && name
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
            }
            Names::LowerOrIgnored => {
                !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase())
            }
        };
        if valid {
            path.push(name);
            check(item, kind, path, session);
            path.pop();
        } else if names == Names::ResourceOrIgnored {
            if !matches!(item.value, Value::Map(_) | Value::Null) {
                mismatch(item, "a mapping", path, session);
            }
        } else if names == Names::NotEmpty {
            session.error(format!("A key in {path} is empty"), item.key);
        } else if names == Names::Resource {
            session.error_with_help(
                format!("`{name}` is no valid name in {path}"),
                item.key,
                "Use letters, digits, `.`, `_` and `-`",
            );
        }
    }
}

fn check_object(
    node: &Node,
    map: &Map,
    object: &'static Object,
    path: &mut Path,
    session: &mut Session,
) {
    for (name, item) in map {
        if session.has_enough_errors() {
            return;
        }
        if let Some(field) = object.field(name) {
            path.push(name);
            check(item, &field.kind, path, session);
            path.pop();
        } else if object.closed && !(object.extensions && name.starts_with("x-")) {
            unknown(name, item.key, object, path, session);
        }
    }
    for required in object.required {
        if !map.contains_key(*required) {
            let place = if path.len() == 0 {
                Place::default()
            } else {
                node.place
            };
            session.error(format!("{path} needs the key `{required}`"), place);
        }
    }
}

fn unknown(name: &str, place: Place, object: &'static Object, path: &Path, session: &mut Session) {
    let message = if path.len() == 0 {
        format!("Unknown key `{name}` at the top of the file")
    } else {
        format!("Unknown key `{name}` in {path}")
    };
    match closest(name, object.fields.iter().map(|field| field.name)) {
        Some(known) => session.error_with_help(message, place, format!("Did you mean `{known}`?")),
        None => session.error_with_help(
            message,
            place,
            format!(
                "A {} knows: {}",
                object.title,
                object
                    .fields
                    .iter()
                    .map(|field| field.name)
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        ),
    }
}
