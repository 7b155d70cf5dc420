//! What a model means without saying it: the default network, names, and dependencies by use.

use std::collections::BTreeMap;

use crate::session::Environment;
use crate::tree::{Map, Node, Value};

const NAMED_SECTIONS: [&str; 4] = ["networks", "volumes", "configs", "secrets"];

/// Completes a merged model.
pub(crate) fn normalize(model: &mut Node, project: &str, environment: &Environment) {
    let stand_in = Node::default();
    let Some(map) = model.as_map_mut() else {
        return;
    };
    let mut uses_default = false;
    if let Some(services) = map.get_mut("services").and_then(Node::as_map_mut) {
        for service in services.values_mut() {
            let place = service.key;
            if let Some(service) = service.as_map_mut() {
                uses_default |= join_default_network(service);
                implied_dependencies(service);
                finish_service(service, environment);
            }
            service.key = place;
        }
    }
    if uses_default {
        let networks = map
            .entry("networks".into())
            .or_insert_with(|| stand_in.at(Value::Map(BTreeMap::new())));
        if networks.is_null() {
            networks.value = Value::Map(BTreeMap::new());
        }
        if let Some(networks) = networks.as_map_mut() {
            networks.entry("default".into()).or_default();
        }
    }
    for section in NAMED_SECTIONS {
        if let Some(entries) = map.get_mut(section).and_then(Node::as_map_mut) {
            for (key, entry) in entries {
                name(section, key, entry, project);
            }
        }
    }
    map.insert("name".into(), stand_in.text_at(project));
}

fn name(section: &str, key: &str, entry: &mut Node, project: &str) {
    if entry.is_null() {
        entry.value = Value::Map(BTreeMap::new());
    }
    let external = entry.get("external").is_some_and(|external| {
        matches!(&external.value, Value::Bool(true))
            || external.as_text().and_then(crate::emit::boolean) == Some(true)
    });
    let default = if external {
        key.to_owned()
    } else {
        format!("{project}_{key}")
    };
    let text = entry.text_at(default);
    if let Some(map) = entry.as_map_mut()
        && map.get("name").is_none_or(|name| {
            // The empty name of a network stays what it is.
            name.is_null() || (name.as_text() == Some("") && section != "networks")
        })
    {
        map.insert("name".into(), text);
    }
}

/// Joins the default network where a service says nothing of networks.
fn join_default_network(service: &mut Map) -> bool {
    if service.contains_key("provider") || service.contains_key("network_mode") {
        return false;
    }
    let networks = service.entry("networks".into()).or_default();
    if networks.is_null() {
        networks.value = Value::Map(BTreeMap::new());
    }
    let Some(networks) = networks.as_map_mut() else {
        return false;
    };
    if networks.is_empty() {
        networks.insert("default".into(), Node::default());
    }
    networks.contains_key("default")
}

fn implied_dependencies(service: &mut Map) {
    let mut implied: Vec<(String, bool, Node)> = Vec::new();
    for link in service
        .get("links")
        .and_then(Node::as_list)
        .unwrap_or_default()
    {
        if let Some(text) = link.as_text() {
            let name = match text.split_once(':') {
                Some((name, alias)) if !alias.contains(':') => name,
                _ => text,
            };
            implied.push((name.to_owned(), true, link.clone()));
        }
    }
    for key in ["network_mode", "ipc", "pid", "uts", "cgroup"] {
        if let Some(node) = service.get(key)
            && let Some(name) = node
                .as_text()
                .and_then(|text| text.strip_prefix("service:"))
        {
            implied.push((name.to_owned(), true, node.clone()));
        }
    }
    for from in service
        .get("volumes_from")
        .and_then(Node::as_list)
        .unwrap_or_default()
    {
        if let Some(text) = from.as_text()
            && !text.starts_with("container:")
        {
            let name = text.split(':').next().unwrap_or(text);
            implied.push((name.to_owned(), false, from.clone()));
        }
    }
    if implied.is_empty() {
        return;
    }
    let depends_on = service.entry("depends_on".into()).or_default();
    if depends_on.is_null() {
        depends_on.value = Value::Map(BTreeMap::new());
    }
    let Some(map) = depends_on.as_map_mut() else {
        return;
    };
    for (name, restart, node) in implied {
        map.entry(name).or_insert_with(|| {
            let mut dependency = BTreeMap::from([
                ("condition".to_owned(), node.text_at("service_started")),
                ("required".to_owned(), node.at(Value::Bool(true))),
            ]);
            if restart {
                dependency.insert("restart".to_owned(), node.at(Value::Bool(true)));
            }
            node.at(Value::Map(dependency))
        });
    }
}

fn finish_service(service: &mut Map, environment: &Environment) {
    if let Some(policy) = service.get_mut("pull_policy")
        && policy.as_text() == Some("if_not_present")
    {
        *policy = policy.text_at("missing");
    }
    if let Some(args) = service
        .get_mut("build")
        .and_then(Node::as_map_mut)
        .and_then(|build| build.get_mut("args"))
        .and_then(Node::as_map_mut)
    {
        args.retain(|name, value| {
            if value.is_null() {
                match environment.get(name) {
                    Some(found) => *value = value.text_at(found.as_str()),
                    None => return false,
                }
            }
            true
        });
    }
}
