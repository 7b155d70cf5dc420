//! Turns every short form into the long one: one table of transforms by path.

mod defaults;
mod forms;
mod ports;
mod volumes;

use crate::merge;
use crate::session::{Path, Session};
use crate::tree::{Node, Value};

pub(crate) use defaults::set_defaults;
pub(crate) use volumes::{clean_path, short_volume_target};

type Transform = fn(Node, &Path, &mut Session) -> Node;

const TRANSFORMS: &[(&[&str], Transform)] = &[
    (&["include", "*"], forms::include),
    (&["configs", "*"], forms::external),
    (&["networks", "*"], forms::external),
    (&["networks", "*", "labels"], pairs),
    (&["secrets", "*"], forms::external),
    (&["configs", "*", "labels"], pairs),
    (&["secrets", "*", "labels"], pairs),
    (&["volumes", "*"], forms::external),
    (&["volumes", "*", "labels"], pairs),
    (&["services", "*", "annotations"], pairs),
    (&["services", "*", "build"], build),
    (
        &["services", "*", "build", "additional_contexts"],
        forms::named_contexts,
    ),
    (&["services", "*", "build", "args"], pairs),
    (&["services", "*", "build", "labels"], pairs),
    (
        &["services", "*", "build", "secrets", "*"],
        forms::reference,
    ),
    (&["services", "*", "build", "ssh"], forms::ssh),
    (&["services", "*", "configs", "*"], forms::reference),
    (&["services", "*", "depends_on"], forms::dependencies),
    (&["services", "*", "deploy", "labels"], pairs),
    (
        &[
            "services",
            "*",
            "deploy",
            "resources",
            "reservations",
            "devices",
            "*",
            "options",
        ],
        pairs,
    ),
    (&["services", "*", "devices", "*"], forms::device),
    (
        &[
            "services",
            "*",
            "develop",
            "watch",
            "*",
            "exec",
            "environment",
        ],
        pairs,
    ),
    (
        &["services", "*", "develop", "watch", "*", "ignore"],
        forms::list,
    ),
    (
        &["services", "*", "develop", "watch", "*", "include"],
        forms::list,
    ),
    (&["services", "*", "dns"], forms::name_servers),
    (&["services", "*", "dns_search"], forms::list),
    (&["services", "*", "env_file"], forms::env_files),
    (&["services", "*", "environment"], pairs),
    (&["services", "*", "extends"], forms::extends),
    (&["services", "*", "gpus"], forms::gpus),
    (&["services", "*", "gpus", "*", "options"], pairs),
    (
        &["services", "*", "healthcheck", "test"],
        forms::health_test,
    ),
    (&["services", "*", "label_file"], forms::list),
    (&["services", "*", "labels"], pairs),
    (&["services", "*", "models"], named),
    (&["services", "*", "networks"], named),
    (&["services", "*", "ports"], ports::expand),
    (&["services", "*", "post_start", "*", "environment"], pairs),
    (&["services", "*", "pre_stop", "*", "environment"], pairs),
    (&["services", "*", "provider", "options", "*"], forms::list),
    (&["services", "*", "secrets", "*"], forms::reference),
    (&["services", "*", "sysctls"], pairs),
    (&["services", "*", "tmpfs"], forms::list),
    (&["services", "*", "volumes", "*"], volumes::expand),
    (
        &["services", "*", "volumes", "*", "volume", "labels"],
        pairs,
    ),
];

/// Turns the short forms of a whole project into long ones.
pub(crate) fn canonical(project: &mut Node, session: &mut Session) {
    walk(project, &mut Path::default(), session);
}

fn walk(node: &mut Node, path: &mut Path, session: &mut Session) {
    if let Some((_, transform)) = TRANSFORMS.iter().find(|(pattern, _)| path.matches(pattern)) {
        *node = transform(std::mem::take(node), path, session);
    }
    match &mut node.value {
        Value::Map(map) => {
            for (key, item) in map {
                if key.starts_with("x-") {
                    continue;
                }
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

fn pairs(node: Node, _: &Path, _: &mut Session) -> Node {
    merge::pairs(node)
}

fn build(node: Node, _: &Path, _: &mut Session) -> Node {
    merge::build(node)
}

fn named(node: Node, _: &Path, _: &mut Session) -> Node {
    merge::named(node)
}
