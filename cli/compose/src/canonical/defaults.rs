//! Values that stand where a file says nothing: one table of defaults by path.

use super::forms::hosts;
use crate::session::{Path, Session};
use crate::tree::{Map, Node, Value};

type Default = fn(&mut Map, &Node);

/// Extra hosts are compared as they were written until everything is merged.
const HOSTS: &[&[&str]] = &[
    &["services", "*", "extra_hosts"],
    &["services", "*", "build", "extra_hosts"],
];

const DEFAULTS: &[(&[&str], Default)] = &[
    (&["services", "*", "build"], build),
    (
        &[
            "services",
            "*",
            "deploy",
            "resources",
            "reservations",
            "devices",
            "*",
        ],
        device,
    ),
    (&["services", "*", "gpus", "*"], device),
    (&["services", "*", "ports", "*"], port),
    (&["services", "*", "secrets", "*"], secret),
];

/// Sets what files left open.
pub(crate) fn set_defaults(project: &mut Node, session: &mut Session) {
    walk(project, &mut Path::default(), session);
}

fn walk(node: &mut Node, path: &mut Path, session: &mut Session) {
    if HOSTS.iter().any(|pattern| path.matches(pattern)) {
        *node = hosts(std::mem::take(node), path, session);
        return;
    }
    let stand_in = Node {
        place: node.place,
        key: node.key,
        ..Node::default()
    };
    match &mut node.value {
        Value::Map(map) => {
            if let Some((_, set)) = DEFAULTS.iter().find(|(pattern, _)| path.matches(pattern)) {
                set(map, &stand_in);
            }
            for (key, item) in map {
                path.push(key);
                walk(item, path, session);
                path.pop();
            }
        }
        Value::List(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                path.push_index(index);
                walk(item, path, session);
                path.pop();
            }
        }
        _ => {}
    }
}

fn build(map: &mut Map, node: &Node) {
    map.entry("context".into()).or_insert(node.text_at("."));
    if !map.contains_key("dockerfile_inline") {
        map.entry("dockerfile".into())
            .or_insert(node.text_at("Dockerfile"));
    }
}

fn device(map: &mut Map, node: &Node) {
    if !map.contains_key("device_ids") {
        map.entry("count".into()).or_insert(node.text_at("all"));
    }
}

fn port(map: &mut Map, node: &Node) {
    map.entry("protocol".into()).or_insert(node.text_at("tcp"));
    map.entry("mode".into()).or_insert(node.text_at("ingress"));
}

fn secret(map: &mut Map, node: &Node) {
    if let Some(source) = map.get("source").and_then(Node::as_text) {
        let target = format!("/run/secrets/{source}");
        map.entry("target".into()).or_insert(node.text_at(target));
    }
}
