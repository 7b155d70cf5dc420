use std::collections::BTreeMap;

use devkit_compose::Project;
use devkit_compose::model::{FileObject, FileReference, Service};
use devkit_diagnostic::Diagnostic;
use devkit_runtime::{Result, RuntimeError};
use serde_json::Value;

/// An archive of the configs and secrets that are no files of the host; nothing when there are none.
pub(super) fn archive(project: &Project, service: &Service) -> Result<Option<Vec<u8>>> {
    let mut archive = tar::Builder::new(Vec::new());
    let secrets = entries(&service.secrets, &project.secrets, "/run/secrets/", project);
    let configs = entries(&service.configs, &project.configs, "/", project);
    let mut any = false;
    for (reference, path, content) in secrets.chain(configs) {
        any = true;
        append(&mut archive, reference, &path, content.as_bytes()).map_err(|error| {
            RuntimeError::failed(Diagnostic::error(format!(
                "The file {path} cannot be prepared: {error}"
            )))
        })?;
    }
    if !any {
        return Ok(None);
    }
    archive
        .into_inner()
        .map(Some)
        .map_err(|error| RuntimeError::failed(Diagnostic::error(error.to_string())))
}

/// The path of a config or secret inside the container.
pub(super) fn target(reference: &FileReference, folder: &str) -> String {
    let target = reference.target.as_ref().unwrap_or(&reference.source);
    if target.starts_with('/') {
        target.clone()
    } else {
        format!("{folder}{target}")
    }
}

fn entries<'a>(
    references: &'a [FileReference],
    objects: &'a BTreeMap<String, FileObject>,
    folder: &'a str,
    project: &'a Project,
) -> impl Iterator<Item = (&'a FileReference, String, &'a String)> {
    references.iter().filter_map(move |reference| {
        let object = objects.get(&reference.source)?;
        let content = object.content.as_ref().or_else(|| {
            let variable = object.environment.as_ref()?;
            project.environment.get(variable)
        })?;
        Some((reference, target(reference, folder), content))
    })
}

fn append(
    archive: &mut tar::Builder<Vec<u8>>,
    reference: &FileReference,
    path: &str,
    content: &[u8],
) -> std::io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(content.len() as u64);
    header.set_mode(mode(reference.mode.as_ref()).unwrap_or(0o444));
    header.set_uid(id(reference.uid.as_deref()));
    header.set_gid(id(reference.gid.as_deref()));
    header.set_cksum();
    archive.append_data(&mut header, path.trim_start_matches('/'), content)
}

fn id(text: Option<&str>) -> u64 {
    text.and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// Permissions: octal text in canonical files, a number where somebody wrote one.
fn mode(value: Option<&Value>) -> Option<u32> {
    match value? {
        Value::String(text) => u32::from_str_radix(text.trim_start_matches("0o"), 8).ok(),
        value => value.as_u64().and_then(|mode| u32::try_from(mode).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_configs_become_an_archive_with_their_permissions() {
        let mut project = Project::default();
        project.configs.insert(
            "greeting".into(),
            FileObject {
                content: Some("hello".into()),
                ..FileObject::default()
            },
        );
        let service = Service {
            configs: vec![FileReference {
                source: "greeting".into(),
                target: Some("/etc/greeting".into()),
                mode: Some("0440".into()),
                ..FileReference::default()
            }],
            ..Service::default()
        };
        let bytes = archive(&project, &service)
            .expect("an archive")
            .expect("a file");
        let mut archive = tar::Archive::new(bytes.as_slice());
        let entry = archive
            .entries()
            .expect("entries")
            .next()
            .expect("one")
            .expect("readable");
        assert_eq!(
            entry.path().expect("a path").to_string_lossy(),
            "etc/greeting"
        );
        assert_eq!(entry.header().mode().expect("a mode"), 0o440);
        assert_eq!(
            super::archive(&project, &Service::default()).expect("nothing"),
            None
        );
    }
}
