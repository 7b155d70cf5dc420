//! Values that stand where a file says nothing: one table of defaults by path.

use crate::session::Path;
use crate::tree::{Map, Node, Value};

type Default = fn(&mut Map, &Node);

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
pub(crate) fn set_defaults(project: &mut Node) {
    walk(project, &mut Path::default());
}

fn walk(node: &mut Node, path: &mut Path) {
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
                walk(item, path);
                path.pop();
            }
        }
        Value::List(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                path.push_index(index);
                walk(item, path);
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
