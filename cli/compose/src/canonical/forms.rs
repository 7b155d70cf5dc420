//! The short forms that need a line or two each.

use std::collections::BTreeMap;

use crate::merge;
use crate::session::{Path, Session};
use crate::tree::{Node, Value};

/// A scalar as a list with one entry.
pub(super) fn list(node: Node, _: &Path, _: &mut Session) -> Node {
    match &node.value {
        Value::List(_) | Value::Null => node,
        _ => node.at(Value::List(vec![node.clone()])),
    }
}

/// Name servers as a list, where empty ones count for nothing.
pub(super) fn name_servers(node: Node, path: &Path, session: &mut Session) -> Node {
    let mut node = list(node, path, session);
    if let Value::List(items) = &mut node.value {
        items.retain(|item| !item.is_null() && item.as_text() != Some(""));
    }
    node
}

/// Contexts by name; each needs its place.
pub(super) fn named_contexts(node: Node, path: &Path, session: &mut Session) -> Node {
    let node = merge::pairs(node);
    for (name, context) in node.as_map().into_iter().flatten() {
        if context.as_text().is_none() && !name.starts_with("x-") {
            session.error_with_help(
                format!("{path}: the context `{name}` needs its place as text"),
                context.place,
                "Write `name=path`",
            );
        }
    }
    node
}

/// `external: {name: x}` as `external: true` and `name: x`.
pub(super) fn external(mut node: Node, path: &Path, session: &mut Session) -> Node {
    let Some(map) = node.as_map_mut() else {
        return node;
    };
    let Some(external) = map.get("external") else {
        return node;
    };
    if external.as_map().is_none() {
        return node;
    }
    let name = external.get("name").cloned();
    let replaced = external.at(Value::Bool(true));
    if let Some(name) = name {
        match map.get("name") {
            Some(own) if own != &name => {
                let message = format!("{path}: `name` and `external.name` say different things");
                session.error(message, name.place);
            }
            _ => {
                map.insert("name".into(), name);
            }
        }
    }
    map.insert("external".into(), replaced);
    node
}

/// A path alone as an include.
pub(super) fn include(node: Node, _: &Path, _: &mut Session) -> Node {
    single(node, "path")
}

/// A name alone as a reference to a service.
pub(super) fn extends(node: Node, _: &Path, _: &mut Session) -> Node {
    single(node, "service")
}

/// A name alone as a reference to a secret or config.
pub(super) fn reference(node: Node, _: &Path, _: &mut Session) -> Node {
    single(node, "source")
}

fn single(node: Node, key: &str) -> Node {
    match &node.value {
        Value::Text(_) => node.at(Value::Map(BTreeMap::from([(key.into(), node.clone())]))),
        _ => node,
    }
}

/// Names of services, or conditions without `required`.
pub(super) fn dependencies(node: Node, _: &Path, _: &mut Session) -> Node {
    let mut node = merge::dependencies(node);
    if let Some(map) = node.as_map_mut() {
        for dependency in map.values_mut() {
            let required = dependency.at(Value::Bool(true));
            if let Some(map) = dependency.as_map_mut() {
                map.entry("required".into()).or_insert(required);
            }
        }
    }
    node
}

/// One path, several, or mappings.
pub(super) fn env_files(node: Node, path: &Path, session: &mut Session) -> Node {
    let node = list(node, path, session);
    let Some(items) = node.as_list() else {
        return node;
    };
    let items = items
        .iter()
        .map(|item| {
            let mut item = single(item.clone(), "path");
            let required = item.at(Value::Bool(true));
            if let Some(map) = item.as_map_mut() {
                map.entry("required".into()).or_insert(required);
            }
            item
        })
        .collect();
    node.at(Value::List(items))
}

/// `source`, `source:target` or `source:target:permissions`.
pub(super) fn device(node: Node, path: &Path, session: &mut Session) -> Node {
    let Value::Text(text) = &node.value else {
        return node;
    };
    let parts: Vec<&str> = text.split(':').collect();
    let (source, target, permissions) = match parts[..] {
        [source] | [source, ""] => (source, source, "rwm"),
        [source, target] => (source, target, "rwm"),
        [source, "", permissions] => (source, source, permissions),
        [source, target, permissions] => (source, target, permissions),
        _ => {
            session.error(format!("{path}: `{text}` is no valid device"), node.place);
            return node;
        }
    };
    node.at(Value::Map(BTreeMap::from([
        ("source".into(), node.text_at(source)),
        ("target".into(), node.text_at(target)),
        ("permissions".into(), node.text_at(permissions)),
    ])))
}

/// `all` as one request for all devices.
pub(super) fn gpus(node: Node, _: &Path, _: &mut Session) -> Node {
    match &node.value {
        Value::Text(text) if text == "all" => {
            let request = BTreeMap::from([("count".into(), node.text_at("all"))]);
            node.at(Value::List(vec![node.at(Value::Map(request))]))
        }
        _ => node,
    }
}

/// A command line as `CMD-SHELL`.
pub(super) fn health_test(node: Node, _: &Path, _: &mut Session) -> Node {
    match &node.value {
        Value::Text(_) => node.at(Value::List(vec![node.text_at("CMD-SHELL"), node.clone()])),
        _ => node,
    }
}

/// Keys by id as sorted lines of `id=path`.
pub(super) fn ssh(node: Node, path: &Path, session: &mut Session) -> Node {
    let mut lines: Vec<String> = match &node.value {
        Value::Map(map) => map
            .iter()
            .map(|(id, path)| match path.scalar_text() {
                Some(path) if !path.is_empty() => format!("{id}={path}"),
                _ => id.clone(),
            })
            .collect(),
        Value::List(items) => {
            for item in items {
                if item
                    .as_text()
                    .is_none_or(|text| !text.contains('=') && text != "default")
                {
                    session.error_with_help(
                        format!("{path}: only the key `default` goes without its path"),
                        item.place,
                        "Write `id=path`, or `default`",
                    );
                }
            }
            items.iter().filter_map(Node::scalar_text).collect()
        }
        _ => return node,
    };
    lines.sort();
    node.at(Value::List(
        lines.into_iter().map(|line| node.text_at(line)).collect(),
    ))
}

/// Hosts as sorted lines of `name=address`.
pub(super) fn hosts(node: Node, path: &Path, session: &mut Session) -> Node {
    let mut lines = Vec::new();
    for line in merge::host_lines(&node) {
        let Some(text) = line.as_text() else {
            return node;
        };
        let parts = text.split_once('=').or_else(|| text.split_once(':'));
        let named = |(name, _): &(&str, &str)| !name.is_empty() && !name.contains(':');
        let Some((name, addresses)) = parts.filter(named) else {
            session.error(
                format!("{path}: `{text}` is no host with an address"),
                line.place,
            );
            continue;
        };
        for address in addresses.split(',') {
            let address = address
                .strip_prefix('[')
                .and_then(|address| address.strip_suffix(']'))
                .unwrap_or(address);
            lines.push(line.text_at(format!("{name}={address}")));
        }
    }
    lines.sort_by(|left, right| left.as_text().cmp(&right.as_text()));
    node.at(Value::List(lines))
}
