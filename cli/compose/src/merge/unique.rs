//! Entries of lists that say the same thing twice: the later one takes the place of the earlier.

use std::collections::HashMap;

use crate::canonical::short_volume_target;
use crate::session::Path;
use crate::tree::{Node, Value};

/// What makes an entry of a list the same as another one.
#[derive(Debug, Clone, Copy)]
enum Key {
    /// The text before `=`.
    BeforeEquals,
    /// The whole text.
    Text,
    /// The target of a mount.
    MountTarget,
    /// The target of a device.
    DeviceTarget,
    /// The target of a secret or config, in a folder.
    ReferenceTarget(&'static str),
    /// Address, ports and protocol.
    Port,
    /// The path of an env file.
    EnvFile,
}

const KEYS: &[(&[&str], Key)] = &[
    (&["networks", "*", "labels"], Key::BeforeEquals),
    (&["networks", "*", "ipam", "options"], Key::BeforeEquals),
    (&["services", "*", "annotations"], Key::BeforeEquals),
    (&["services", "*", "build", "args"], Key::BeforeEquals),
    (
        &["services", "*", "build", "additional_contexts"],
        Key::BeforeEquals,
    ),
    (&["services", "*", "build", "platform"], Key::BeforeEquals),
    (&["services", "*", "build", "tags"], Key::BeforeEquals),
    (&["services", "*", "build", "labels"], Key::BeforeEquals),
    (&["services", "*", "cap_add"], Key::BeforeEquals),
    (&["services", "*", "cap_drop"], Key::BeforeEquals),
    (&["services", "*", "devices"], Key::DeviceTarget),
    (&["services", "*", "configs"], Key::ReferenceTarget("")),
    (&["services", "*", "deploy", "labels"], Key::BeforeEquals),
    (&["services", "*", "dns"], Key::BeforeEquals),
    (&["services", "*", "dns_opt"], Key::BeforeEquals),
    (&["services", "*", "dns_search"], Key::BeforeEquals),
    (&["services", "*", "environment"], Key::BeforeEquals),
    (&["services", "*", "env_file"], Key::EnvFile),
    (&["services", "*", "expose"], Key::Text),
    (&["services", "*", "labels"], Key::BeforeEquals),
    (&["services", "*", "label_file"], Key::Text),
    (&["services", "*", "links"], Key::BeforeEquals),
    (
        &["services", "*", "networks", "*", "aliases"],
        Key::BeforeEquals,
    ),
    (
        &["services", "*", "networks", "*", "link_local_ips"],
        Key::BeforeEquals,
    ),
    (&["services", "*", "ports"], Key::Port),
    (&["services", "*", "profiles"], Key::BeforeEquals),
    (
        &["services", "*", "secrets"],
        Key::ReferenceTarget("/run/secrets"),
    ),
    (&["services", "*", "sysctls"], Key::BeforeEquals),
    (&["services", "*", "tmpfs"], Key::BeforeEquals),
    (&["services", "*", "volumes"], Key::MountTarget),
];

/// Removes from all lists what a later entry defines anew.
pub(crate) fn enforce_unique(project: &mut Node) {
    walk(project, &mut Path::default());
}

fn walk(node: &mut Node, path: &mut Path) {
    match &mut node.value {
        Value::Map(map) => {
            for (key, item) in map {
                if path.is_extension(key) {
                    continue;
                }
                path.push(key);
                walk(item, path);
                path.pop();
            }
        }
        Value::List(items) if items.len() > 1 => {
            if let Some((_, key)) = KEYS.iter().find(|(pattern, _)| path.matches(pattern)) {
                deduplicate(items, *key);
            }
        }
        _ => {}
    }
}

fn deduplicate(items: &mut Vec<Node>, key: Key) {
    let mut positions: HashMap<String, usize> = HashMap::new();
    let mut kept: Vec<Node> = Vec::with_capacity(items.len());
    for item in items.drain(..) {
        match identity(&item, key) {
            Some(identity) => {
                if let Some(position) = positions.get(&identity) {
                    kept[*position] = item;
                } else {
                    positions.insert(identity, kept.len());
                    kept.push(item);
                }
            }
            None => kept.push(item),
        }
    }
    *items = kept;
}

fn identity(item: &Node, key: Key) -> Option<String> {
    let text = item.scalar_text();
    match key {
        Key::BeforeEquals => {
            let text = text?;
            Some(
                text.split_once('=')
                    .map_or(text.as_str(), |(name, _)| name)
                    .to_owned(),
            )
        }
        Key::Text => text,
        Key::MountTarget => match text {
            Some(text) => short_volume_target(&text),
            None => item.text_of("target").map(ToOwned::to_owned),
        },
        Key::DeviceTarget => match text {
            Some(text) => text
                .split(':')
                .nth(1)
                .or(Some(text.as_str()))
                .map(ToOwned::to_owned),
            None => item
                .text_of("target")
                .or_else(|| item.text_of("source"))
                .map(ToOwned::to_owned),
        },
        Key::ReferenceTarget(folder) => match text {
            Some(text) => Some(format!("{folder}/{text}")),
            None => match item.text_of("target") {
                Some(target) => Some(target.to_owned()),
                None => Some(format!("{folder}/{}", item.text_of("source")?)),
            },
        },
        Key::Port if text.is_some() => text,
        Key::Port => {
            let part = |name: &str| item.get(name).and_then(Node::scalar_text);
            // A published port that is written as a number is another one than the same as text.
            let number = matches!(
                item.get("published").map(|published| &published.value),
                Some(Value::Integer(_))
            );
            Some(format!(
                "{}:{}{}:{}/{}",
                part("host_ip").unwrap_or_else(|| "0.0.0.0".into()),
                if number { "#" } else { "" },
                part("published").unwrap_or_default(),
                part("target")?,
                part("protocol").unwrap_or_else(|| "tcp".into())
            ))
        }
        Key::EnvFile => match text {
            Some(text) => Some(text),
            None => item.text_of("path").map(ToOwned::to_owned),
        },
    }
}
