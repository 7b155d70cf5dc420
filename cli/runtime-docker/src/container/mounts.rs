use std::collections::BTreeSet;

use bollard::models::{
    Mount as EngineMount, MountBindOptions, MountImageOptions, MountTmpfsOptions, MountType,
    MountVolumeOptions,
};
use devkit_compose::Project;
use devkit_compose::model::{FileObject, FileReference, Mount, Service};
use devkit_diagnostic::Diagnostic;
use devkit_runtime::{Instance, Result, RuntimeError};
use serde_json::Value;

use super::other::bytes;

/// What a container mounts: `binds` make a missing folder of the host, `mounts` do not.
#[derive(Debug, Default)]
pub(super) struct Mounts {
    pub(super) binds: Vec<String>,
    pub(super) mounts: Vec<EngineMount>,
}

/// The mounts of a service, with the anonymous volumes of the container that it replaces.
pub(super) fn of(
    project: &Project,
    service: &Service,
    replaced: Option<&Instance>,
) -> Result<Mounts> {
    let mut all = Mounts::default();
    for mount in &service.volumes {
        add(project, mount, &mut all)?;
    }
    add_files(
        &service.secrets,
        &project.secrets,
        "/run/secrets/",
        &mut all,
    );
    add_files(&service.configs, &project.configs, "/", &mut all);
    keep_anonymous(service, replaced, &mut all);
    Ok(all)
}

fn add(project: &Project, mount: &Mount, all: &mut Mounts) -> Result<()> {
    let options = mount.other.get(&mount.kind);
    let option = |name: &str| options.and_then(|options| options.get(name));
    let is_set = |name: &str| option(name).and_then(Value::as_bool);
    let mut engine = EngineMount {
        target: Some(mount.target.clone()),
        source: mount.source.clone(),
        read_only: Some(mount.read_only),
        ..EngineMount::default()
    };
    match mount.kind.as_str() {
        "bind" => {
            let source = mount.source.clone().unwrap_or_default();
            let propagation = option("propagation").and_then(Value::as_str);
            let relabel = option("selinux").and_then(Value::as_str);
            if is_set("create_host_path") == Some(false) {
                engine.typ = Some(MountType::BIND);
                engine.bind_options = Some(MountBindOptions {
                    propagation: propagation.and_then(|text| text.parse().ok()),
                    ..MountBindOptions::default()
                });
            } else {
                let mode = if mount.read_only { "ro" } else { "rw" };
                let words: Vec<&str> = [Some(mode), relabel, propagation]
                    .into_iter()
                    .flatten()
                    .collect();
                all.binds
                    .push(format!("{source}:{}:{}", mount.target, words.join(",")));
                return Ok(());
            }
        }
        "volume" => {
            engine.typ = Some(MountType::VOLUME);
            engine.source = mount.source.as_ref().map(|key| {
                project
                    .volumes
                    .get(key)
                    .map_or_else(|| key.clone(), |volume| volume.name.clone())
            });
            engine.volume_options = Some(MountVolumeOptions {
                no_copy: is_set("nocopy"),
                subpath: option("subpath").and_then(Value::as_str).map(str::to_owned),
                ..MountVolumeOptions::default()
            });
        }
        "tmpfs" => {
            engine.typ = Some(MountType::TMPFS);
            engine.source = None;
            engine.tmpfs_options = Some(MountTmpfsOptions {
                size_bytes: option("size").and_then(bytes),
                mode: option("mode").and_then(super::other::whole),
                ..MountTmpfsOptions::default()
            });
        }
        "image" => {
            engine.typ = Some(MountType::IMAGE);
            engine.image_options = Some(MountImageOptions {
                subpath: option("subpath").and_then(Value::as_str).map(str::to_owned),
            });
        }
        kind => {
            return Err(RuntimeError::usage(Diagnostic::error(format!(
                "devkit cannot mount a {kind} at {}",
                mount.target
            ))));
        }
    }
    all.mounts.push(engine);
    Ok(())
}

/// Configs and secrets that are files of the host are mounted; others are copied in.
fn add_files(
    references: &[FileReference],
    objects: &std::collections::BTreeMap<String, FileObject>,
    folder: &str,
    all: &mut Mounts,
) {
    for reference in references {
        let file = objects
            .get(&reference.source)
            .and_then(|object| object.file.as_ref());
        if let Some(file) = file {
            all.mounts.push(EngineMount {
                typ: Some(MountType::BIND),
                source: Some(file.clone()),
                target: Some(super::files::target(reference, folder)),
                read_only: Some(true),
                ..EngineMount::default()
            });
        }
    }
}

/// Data in volumes without a name must survive a replacement, as it does with Compose.
fn keep_anonymous(service: &Service, replaced: Option<&Instance>, all: &mut Mounts) {
    let named: BTreeSet<&str> = service
        .volumes
        .iter()
        .filter(|mount| mount.source.is_some() || mount.kind != "volume")
        .map(|mount| mount.target.as_str())
        .chain(
            service
                .tmpfs
                .iter()
                .filter_map(|entry| entry.split(':').next()),
        )
        .collect();
    let Some(replaced) = replaced else { return };
    for mount in &replaced.mounts {
        let anonymous = mount.kind == "volume"
            && mount.source.len() == 64
            && mount.source.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !anonymous || named.contains(mount.target.as_str()) {
            continue;
        }
        all.mounts
            .retain(|other| other.target.as_ref() != Some(&mount.target));
        all.mounts.push(EngineMount {
            typ: Some(MountType::VOLUME),
            source: Some(mount.source.clone()),
            target: Some(mount.target.clone()),
            read_only: Some(mount.read_only),
            ..EngineMount::default()
        });
    }
}
