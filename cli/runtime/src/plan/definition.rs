use std::collections::BTreeMap;

use devkit_compose::Project;
use devkit_compose::model::{FileObject, FileReference, Service};
use devkit_diagnostic::Diagnostic;
use serde_json::Value;

use crate::{Fingerprint, Result, RuntimeError, RuntimeKind};

/// Keys that change nothing about an instance that is there.
const LEFT_OUT: [&str; 10] = [
    "build",
    "configs",
    "depends_on",
    "develop",
    "image",
    "networks",
    "profiles",
    "pull_policy",
    "scale",
    "secrets",
];

/// The fingerprints of a project's services, taken together with the files that they name.
#[derive(Debug, Clone, Default)]
pub struct Definitions {
    fingerprints: BTreeMap<String, Fingerprint>,
    kind: Option<RuntimeKind>,
}

impl Definitions {
    /// Reads the contents of configs and secrets and takes the fingerprint of each service.
    ///
    /// # Errors
    /// A config or secret whose file cannot be read or whose variable is not set.
    pub fn read(project: &Project, kind: RuntimeKind) -> Result<Self> {
        let mut fingerprints = BTreeMap::new();
        for (name, service) in &project.services {
            fingerprints.insert(name.clone(), fingerprint(project, name, service, kind)?);
        }
        Ok(Self {
            fingerprints,
            kind: Some(kind),
        })
    }

    /// Whether one published port can lead to several instances, as a relay before them allows.
    pub(crate) fn relays_ports(&self) -> bool {
        self.kind == Some(RuntimeKind::Process)
    }

    /// The fingerprint of a service.
    pub fn of(&self, service: &str) -> Fingerprint {
        self.fingerprints.get(service).cloned().unwrap_or_default()
    }
}

/// The name of what a service runs: as the file says, or as Compose names what it builds.
pub fn image_name(project: &Project, name: &str, service: &Service) -> String {
    service
        .image
        .clone()
        .unwrap_or_else(|| format!("{}-{name}", project.name))
}

fn fingerprint(
    project: &Project,
    name: &str,
    service: &Service,
    kind: RuntimeKind,
) -> Result<Fingerprint> {
    let mut fingerprint = Fingerprint::default();
    let Ok(Value::Object(keys)) = serde_json::to_value(service) else {
        return Ok(fingerprint);
    };
    for (key, value) in keys {
        let own = key == "x-devkit" && kind == RuntimeKind::Process;
        if LEFT_OUT.contains(&key.as_str()) || (key.starts_with("x-") && !own) {
            continue;
        }
        add(&mut fingerprint, &key, value);
    }
    for (key, attachment) in &service.networks {
        let network = project
            .networks
            .get(key)
            .map_or(key, |network| &network.name);
        let attachment = serde_json::to_value(attachment).unwrap_or_default();
        fingerprint.add(
            format!("networks.{key}"),
            &format!("{network} {attachment}"),
        );
    }
    for mount in &service.volumes {
        if let Some(volume) = mount
            .source
            .as_ref()
            .and_then(|key| project.volumes.get(key))
        {
            fingerprint.add(format!("volumes.{}", mount.target), &volume.name);
        }
    }
    for (what, references, objects) in [
        ("secrets", &service.secrets, &project.secrets),
        ("configs", &service.configs, &project.configs),
    ] {
        for reference in references {
            let content = content(project, name, what, reference, objects)?;
            let reference_text = serde_json::to_string(reference).unwrap_or_default();
            fingerprint.add(
                format!("{what}.{}", reference.source),
                &format!("{reference_text}\n{content}"),
            );
        }
    }
    Ok(fingerprint)
}

/// Adds a key, one level deep, without what says nothing (null, false, empty).
fn add(fingerprint: &mut Fingerprint, key: &str, value: Value) {
    match value {
        Value::Null | Value::Bool(false) => {}
        Value::Array(items) if items.is_empty() => {}
        Value::Object(entries) => {
            for (entry, value) in entries {
                if (key == "deploy" && entry == "replicas") || says_nothing(&value) {
                    continue;
                }
                fingerprint.add(format!("{key}.{entry}"), &text(&value));
            }
        }
        value => fingerprint.add(key, &text(&value)),
    }
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Object(entries) => entries.values().all(says_nothing),
        Value::Array(items) => items.is_empty(),
        Value::Bool(set) => !set,
        // A variable that is named and not set differs from one that is not named.
        _ => false,
    }
}

/// The text of a value; `serde_json` keeps the keys of objects sorted.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

fn content(
    project: &Project,
    service: &str,
    what: &str,
    reference: &FileReference,
    objects: &BTreeMap<String, FileObject>,
) -> Result<String> {
    let key = &reference.source;
    let Some(object) = objects.get(key).filter(|object| !object.external) else {
        return Err(RuntimeError::usage(
            Diagnostic::error(format!(
                "Service {service} uses {what}.{key}, which is not declared here"
            ))
            .with_help(format!(
                "declare it under {what}: with file, environment or content"
            )),
        ));
    };
    if let Some(content) = &object.content {
        return Ok(content.clone());
    }
    if let Some(variable) = &object.environment {
        return project.environment.get(variable).cloned().ok_or_else(|| {
            RuntimeError::usage(
                Diagnostic::error(format!(
                    "{what}.{key} comes from the variable {variable}, which is not set"
                ))
                .with_help(format!("set {variable} in .env or in the shell")),
            )
        });
    }
    let path = object.file.clone().unwrap_or_default();
    match std::fs::read(&path) {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        // A folder is mounted as it stands; what is in it is not the definition's matter.
        Err(error) if error.kind() == std::io::ErrorKind::IsADirectory => Ok(String::new()),
        Err(error) => Err(RuntimeError::usage(
            Diagnostic::error(format!("The file of {what}.{key} cannot be read: {error}"))
                .in_file(path),
        )),
    }
}
