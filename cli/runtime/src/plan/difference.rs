use std::collections::BTreeSet;

use devkit_compose::Project;
use devkit_compose::model::Service;
use serde_json::Value;

use super::secret::is_secret;
use crate::{Cause, Fingerprint, Instance, KeyChange, ObservedImage};

/// Why an instance is not what the files say now; nothing when it is.
pub(super) fn cause_to_recreate(
    project: &Project,
    service: &Service,
    fingerprint: &Fingerprint,
    image: Option<&ObservedImage>,
    instance: &Instance,
) -> Option<Cause> {
    let Some(image) = image else {
        return Some(Cause::ImageChanged);
    };
    if let Some(hash) = &instance.hash {
        if *hash == fingerprint.hash(Some(&image.id)) {
            return None;
        }
        let kept = instance.fingerprint.clone().unwrap_or_default();
        let keys = kept.changed(fingerprint);
        if keys.is_empty() || kept.is_empty() {
            return Some(Cause::ImageChanged);
        }
        let changes = keys
            .into_iter()
            .map(|key| describe(service, instance, key))
            .collect();
        return Some(Cause::Changed(changes));
    }
    if instance.image.as_ref().is_some_and(|id| *id != image.id) {
        return Some(Cause::ImageChanged);
    }
    let keys = visible_differences(project, service, instance);
    if keys.is_empty() {
        return None;
    }
    let changes = keys
        .into_iter()
        .map(|key| describe(service, instance, key))
        .collect();
    Some(Cause::Changed(changes))
}

/// Compares what can be seen of an instance that devkit has not made.
fn visible_differences(project: &Project, service: &Service, instance: &Instance) -> Vec<String> {
    let mut keys = Vec::new();
    for (name, value) in &service.environment {
        if let Some(value) = value
            && instance.environment.get(name) != Some(value)
        {
            keys.push(format!("environment.{name}"));
        }
    }
    if let Some(command) = &service.command
        && *command != instance.command
    {
        keys.push("command".into());
    }
    let wanted: BTreeSet<(u16, u16)> = service
        .ports
        .iter()
        .filter_map(|port| Some((port.target, port.published_port()?)))
        .collect();
    let there: BTreeSet<(u16, u16)> = instance
        .ports
        .iter()
        .filter_map(|port| Some((port.target, port.host_port?)))
        .collect();
    if instance.is_running() && !wanted.is_subset(&there) {
        keys.push("ports".into());
    }
    for mount in &service.volumes {
        let source = mount.source.as_ref().map(|source| {
            project
                .volumes
                .get(source)
                .map_or(source, |volume| &volume.name)
        });
        let found = instance.mounts.iter().any(|existing| {
            existing.target == mount.target
                && source.is_none_or(|source| *source == existing.source)
        });
        if !found && mount.kind != "tmpfs" {
            keys.push(format!("volumes.{}", mount.target));
        }
    }
    for key in service.networks.keys() {
        let name = project
            .networks
            .get(key)
            .map_or(key, |network| &network.name);
        if !instance.networks.contains_key(name) {
            keys.push(format!("networks.{key}"));
        }
    }
    keys
}

fn describe(service: &Service, instance: &Instance, key: String) -> KeyChange {
    let (from, to) = if let Some(name) = key.strip_prefix("environment.") {
        let from = instance.environment.get(name).cloned();
        let to = service.environment.get(name).cloned().flatten();
        let secret = [&from, &to]
            .into_iter()
            .flatten()
            .any(|value| is_secret(name, value));
        if secret { (None, None) } else { (from, to) }
    } else {
        (None, scalar(service, &key))
    };
    KeyChange { key, from, to }
}

/// The new value of a top-level key that is short enough to be told.
fn scalar(service: &Service, key: &str) -> Option<String> {
    let service = serde_json::to_value(service).ok()?;
    match service.get(key)? {
        Value::String(text) => Some(text.clone()),
        value @ (Value::Number(_) | Value::Bool(_)) => Some(value.to_string()),
        _ => None,
    }
}
