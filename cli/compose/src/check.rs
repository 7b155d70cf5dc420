//! Holds the parts of a complete project against each other: references, cycles, contradictions.

mod cycles;
mod service;

use crate::session::Session;
use crate::suggest::closest;
use crate::tree::{Map, Node, Value};

/// Which services take part.
pub(crate) struct Enabled<'a> {
    /// The services that profiles enable.
    pub services: &'a Map,
    /// All others.
    pub disabled: &'a Map,
}

/// Reports every contradiction of a project.
pub(crate) fn check(project: &Node, enabled: &Enabled<'_>, session: &mut Session) {
    for (name, node) in enabled.services {
        service::check(name, node, project, session);
    }
    for (name, node) in enabled.services.iter().chain(enabled.disabled) {
        dependencies(name, node, enabled, session);
    }
    container_names(enabled, session);
    cycles::check(enabled, session);
    resources(project, session);
}

/// No two containers have the same name.
fn container_names(enabled: &Enabled<'_>, session: &mut Session) {
    let mut seen: std::collections::BTreeMap<&str, &str> = std::collections::BTreeMap::new();
    for (name, service) in enabled.services {
        let Some(node) = service.get("container_name") else {
            continue;
        };
        let Some(container) = node.as_text().filter(|text| !text.is_empty()) else {
            continue;
        };
        if let Some(other) = seen.insert(container, name) {
            session.error_with_help(
                format!("services.{name} and services.{other} are both named {container}"),
                node.place,
                "Give each its own `container_name`, or none",
            );
        }
    }
}

fn dependencies(name: &str, node: &Node, enabled: &Enabled<'_>, session: &mut Session) {
    let Some(dependencies) = node.get("depends_on").and_then(Node::as_map) else {
        return;
    };
    for (other, dependency) in dependencies {
        if enabled.services.contains_key(other) {
            continue;
        }
        if let Some(disabled) = enabled.disabled.get(other) {
            let required = dependency.get("required").map(|node| &node.value);
            if enabled.services.contains_key(name) && required != Some(&Value::Bool(false)) {
                let profiles: Vec<&str> = disabled
                    .get("profiles")
                    .and_then(Node::as_list)
                    .unwrap_or_default()
                    .iter()
                    .filter_map(Node::as_text)
                    .collect();
                session.error_with_help(
                    format!("services.{name} needs `{other}`, which no active profile enables"),
                    dependency.key,
                    format!("Add `--profile {}`", profiles.join("` or `--profile ")),
                );
            }
            continue;
        }
        let known = enabled.services.keys().chain(enabled.disabled.keys());
        undefined(
            &format!("services.{name}.depends_on"),
            "service",
            other,
            dependency,
            known.map(String::as_str),
            session,
        );
    }
}

fn undefined<'a>(
    path: &str,
    what: &str,
    name: &str,
    node: &Node,
    known: impl Iterator<Item = &'a str>,
    session: &mut Session,
) {
    let message = format!("{path} names the {what} `{name}`, which is not defined");
    match closest(name, known) {
        Some(near) => {
            session.error_with_help(message, node.key, format!("Did you mean `{near}`?"));
        }
        None => session.error(message, node.key),
    }
}

/// The entries of a section at the top of the project.
fn section<'a>(project: &'a Node, name: &str) -> Option<&'a Map> {
    project.get(name).and_then(Node::as_map)
}

fn is_external(node: &Node) -> bool {
    node.get("external")
        .is_some_and(|external| match &external.value {
            Value::Bool(external) => *external,
            Value::Text(text) => crate::emit::boolean(text) == Some(true),
            Value::Map(_) => true,
            _ => false,
        })
}

fn resources(project: &Node, session: &mut Session) {
    for (name, node) in section(project, "volumes").into_iter().flatten() {
        if !is_external(node) {
            continue;
        }
        for (key, value) in node.as_map().into_iter().flatten() {
            let empty = matches!(&value.value, Value::Map(map) if map.is_empty());
            if !["name", "external"].contains(&key.as_str())
                && !key.starts_with("x-")
                && !value.is_null()
                && !empty
            {
                session.error(
                    format!("volumes.{name} is external and cannot say `{key}`"),
                    value.key,
                );
            }
        }
    }
    for kind in ["secrets", "configs"] {
        for (name, node) in section(project, kind).into_iter().flatten() {
            let given: Vec<&str> = ["file", "environment", "content"]
                .into_iter()
                .filter(|key| node.get(key).is_some())
                .collect();
            if is_external(node) {
                continue;
            }
            if given.len() > 1 {
                session.error(
                    format!(
                        "{kind}.{name} says {} where one is enough",
                        given.join(" and ")
                    ),
                    node.key,
                );
            } else if kind == "secrets" && given.iter().any(|key| node.text_of(key) == Some("")) {
                session.error(
                    format!("{kind}.{name}.{} is empty", given.join(".")),
                    node.key,
                );
            } else if given.is_empty() {
                session.error(
                    format!("{kind}.{name} needs one of `file`, `environment` and `content`"),
                    node.key,
                );
            }
        }
    }
}
