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
    (&["secrets", "*"], forms::external),
    (&["volumes", "*"], forms::external),
    (&["services", "*", "build"], build),
    (
        &["services", "*", "build", "additional_contexts"],
        forms::named_contexts,
    ),
    (
        &["services", "*", "build", "secrets", "*"],
        forms::reference,
    ),
    (&["services", "*", "build", "ssh"], forms::ssh),
    (&["services", "*", "configs", "*"], forms::reference),
    (&["services", "*", "depends_on"], forms::dependencies),
    (&["services", "*", "devices", "*"], forms::device),
    (&["services", "*", "dns"], forms::name_servers),
    (&["services", "*", "env_file"], forms::env_files),
    (&["services", "*", "extends"], forms::extends),
    (&["services", "*", "gpus"], forms::gpus),
    (&["services", "*", "label_file"], forms::list),
    (&["services", "*", "models"], named),
    (&["services", "*", "networks"], named),
    (&["services", "*", "ports"], ports::expand),
    (&["services", "*", "secrets", "*"], forms::reference),
    (&["services", "*", "volumes", "*"], volumes::expand),
];

/// What stays as it was written while files are merged, and is made long when all are.
const LAST_TRANSFORMS: &[(&[&str], Transform)] = &[
    (&["networks", "*", "labels"], pairs),
    (&["configs", "*", "labels"], pairs),
    (&["secrets", "*", "labels"], pairs),
    (&["volumes", "*", "labels"], pairs),
    (&["services", "*", "annotations"], pairs),
    (&["services", "*", "build", "args"], pairs),
    (&["services", "*", "build", "labels"], pairs),
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
    (&["services", "*", "dns_search"], forms::list),
    (&["services", "*", "environment"], pairs),
    (&["services", "*", "gpus", "*", "options"], pairs),
    (
        &["services", "*", "healthcheck", "test"],
        forms::health_test,
    ),
    (&["services", "*", "labels"], pairs),
    (&["services", "*", "post_start", "*", "environment"], pairs),
    (&["services", "*", "pre_stop", "*", "environment"], pairs),
    (&["services", "*", "provider", "options", "*"], forms::list),
    (&["services", "*", "sysctls"], pairs),
    (&["services", "*", "tmpfs"], forms::list),
    (
        &["services", "*", "volumes", "*", "volume", "labels"],
        pairs,
    ),
    (&["services", "*", "extra_hosts"], forms::hosts),
    (&["services", "*", "build", "extra_hosts"], forms::hosts),
];

/// Turns the short forms of a whole project into long ones.
pub(crate) fn canonical(project: &mut Node, session: &mut Session) {
    walk(project, TRANSFORMS, &mut Path::default(), session);
}

/// Turns what is left of short forms into long ones, once all files are merged.
pub(crate) fn complete(project: &mut Node, session: &mut Session) {
    walk(project, LAST_TRANSFORMS, &mut Path::default(), session);
}

fn walk(
    node: &mut Node,
    transforms: &[(&[&str], Transform)],
    path: &mut Path,
    session: &mut Session,
) {
    if let Some((_, transform)) = transforms.iter().find(|(pattern, _)| path.matches(pattern)) {
        *node = transform(std::mem::take(node), path, session);
    }
    match &mut node.value {
        Value::Map(map) => {
            for (key, item) in map {
                if path.is_extension(key) {
                    continue;
                }
                path.push(key);
                walk(item, transforms, path, session);
                path.pop();
            }
        }
        Value::List(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                path.push_index(index);
                walk(item, transforms, path, session);
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
