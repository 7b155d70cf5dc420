//! What `devkit config` prints: the canonical model as JSON or YAML, and the lists of its parts.

mod variables;
mod write;

use std::collections::BTreeSet;

use devkit_diagnostic::Diagnostic;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::Project;

pub use variables::{Variable, variables};

/// Whether dollar signs are doubled, so that the printed model can be read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dollars {
    /// `$$` for each `$`, as the reference prints an interpolated model.
    Doubled,
    /// As they are, for a model that was not interpolated.
    Kept,
}

impl Dollars {
    fn write(self, text: String) -> String {
        match self {
            Self::Doubled => text.replace('$', "$$"),
            Self::Kept => text,
        }
    }
}

/// The canonical model as JSON with the key order of the reference.
///
/// # Errors
/// When a build uses a key with its path, for which the reference has no JSON.
pub fn json(project: &Project, dollars: Dollars) -> Result<String, Diagnostic> {
    match (keys_with_paths(project), dollars) {
        (Some(error), _) => Err(error),
        (None, Dollars::Doubled) => Ok(dollars.write(write::json(&project.document))),
        (None, Dollars::Kept) => Ok(dollars.write(write::raw_json(&project.document))),
    }
}

fn keys_with_paths(project: &Project) -> Option<Diagnostic> {
    let service = project.services.iter().find_map(|(name, service)| {
        let keys = service.build.as_ref()?.other.get("ssh")?.as_array()?;
        let with_path = |key: &Json| key.as_str().is_some_and(|key| key.contains('='));
        keys.iter().any(with_path).then_some(name)
    })?;
    let path = format!("services.{service}.build.ssh");
    let message = format!("{path} names a key by its path, which has no form in JSON");
    let error = Diagnostic::error(message).with_help("Print it with `--format yaml`");
    Some(match project.location(&path) {
        Some(location) => error.in_file(location.file),
        None => error,
    })
}

/// The canonical model as YAML, with extensions and without empty parts.
///
/// # Errors
/// When a value cannot be written as YAML, which no loaded model has.
pub fn yaml(project: &Project, dollars: Dollars) -> Result<String, serde_yaml::Error> {
    Ok(dollars.write(write::yaml(&project.document)?))
}

/// The names of the enabled services, those that others need first.
pub fn services(project: &Project) -> Vec<String> {
    let mut ordered = Vec::with_capacity(project.services.len());
    let mut seen = BTreeSet::new();
    // Each service twice: when it is met, and when all that it needs has been listed.
    let mut open: Vec<(&String, bool)> = project
        .services
        .keys()
        .rev()
        .map(|name| (name, false))
        .collect();
    while let Some((name, listed)) = open.pop() {
        let Some(service) = project.services.get(name) else {
            continue;
        };
        if listed {
            ordered.push(name.clone());
        } else if seen.insert(name) {
            open.push((name, true));
            open.extend(service.depends_on.keys().rev().map(|name| (name, false)));
        }
    }
    ordered
}

/// The keys of the volumes that enabled services use.
pub fn volumes(project: &Project) -> Vec<String> {
    project.volumes.keys().cloned().collect()
}

/// The keys of the networks that enabled services use.
pub fn networks(project: &Project) -> Vec<String> {
    project.networks.keys().cloned().collect()
}

/// The images of the enabled services; what is built without a name is named after the project.
pub fn images(project: &Project) -> Vec<String> {
    project
        .services
        .iter()
        .filter(|(_, service)| !service.other.contains_key("provider"))
        .map(|(name, service)| {
            service
                .image
                .clone()
                .unwrap_or_else(|| format!("{}-{name}", project.name))
        })
        .collect()
}

/// All profiles that services name, sorted.
pub fn profiles(project: &Project) -> Vec<String> {
    let names: BTreeSet<&String> = project
        .all_services()
        .flat_map(|(_, service)| &service.profiles)
        .collect();
    names.into_iter().cloned().collect()
}

/// A hash of each enabled service, which changes when the service must be made anew: SHA-256 of
/// its JSON without what building, scaling and order need, as the reference's label
/// `com.docker.compose.config-hash` holds it. The reference does not read env files for it, so the
/// project is to be loaded with `no_env_resolution`.
pub fn hashes(project: &Project) -> Vec<(String, String)> {
    let services = project.document.get("services").and_then(Json::as_object);
    services
        .into_iter()
        .flatten()
        .map(|(name, service)| (name.clone(), hash(service.clone())))
        .collect()
}

fn hash(mut service: Json) -> String {
    if let Some(service) = service.as_object_mut() {
        for key in ["build", "pull_policy", "scale", "depends_on", "profiles"] {
            service.remove(key);
        }
        if let Some(deploy) = service.get_mut("deploy").and_then(Json::as_object_mut) {
            deploy.remove("replicas");
        }
        if let Some(files) = service.get_mut("env_file").and_then(Json::as_array_mut) {
            files.iter_mut().for_each(shorten_env_file);
        }
    }
    let mut text = write::service_json(&service);
    // What the reference hashes is escaped for HTML.
    for (character, escaped) in [
        ('<', "\\u003c"),
        ('>', "\\u003e"),
        ('&', "\\u0026"),
        ('\u{2028}', "\\u2028"),
        ('\u{2029}', "\\u2029"),
    ] {
        text = text.replace(character, escaped);
    }
    format!("{:x}", Sha256::digest(text.as_bytes()))
}

/// An env file that must be there is its path alone.
fn shorten_env_file(file: &mut Json) {
    if file.get("required") == Some(&Json::Bool(true))
        && let Some(path) = file.get("path").cloned()
    {
        *file = path;
    }
}

/// The variables that interpolation saw, as lines of `NAME=value`.
pub fn environment(project: &Project) -> Vec<String> {
    project
        .environment
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect()
}
