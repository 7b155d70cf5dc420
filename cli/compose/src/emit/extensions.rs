//! Keys that start with `x-` in mappings from names to texts, such as `labels`.
//!
//! The reference takes them for extensions there too, and then writes all of them as one text.

use crate::tree::{Map, Node, Value};

/// The name under which the reference writes them.
pub(super) const KEY: &str = "#extensions";

/// Whether an entry is one of them; lists of `name=text` have none.
pub(super) fn counts(key: &str, node: &Node) -> bool {
    key.starts_with("x-") && node.key != node.place
}

/// The text that stands for all of them, where there are any.
pub(super) fn collapsed(map: &Map) -> Option<String> {
    let found: Map = map
        .iter()
        .filter(|(key, node)| counts(key, node))
        .map(|(key, node)| (key.clone(), node.clone()))
        .collect();
    (!found.is_empty()).then(|| in_words(&Value::Map(found)))
}

/// A value as Go prints it.
fn in_words(value: &Value) -> String {
    match value {
        Value::Null => "<nil>".into(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|item| in_words(&item.value)).collect();
            format!("[{}]", items.join(" "))
        }
        Value::Map(map) => {
            let entries: Vec<String> = map
                .iter()
                .map(|(key, node)| format!("{key}:{}", in_words(&node.value)))
                .collect();
            format!("map[{}]", entries.join(" "))
        }
        scalar => Node {
            value: scalar.clone(),
            ..Node::default()
        }
        .scalar_text()
        .unwrap_or_default(),
    }
}
