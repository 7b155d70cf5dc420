//! Backing services that run from ordinary binaries.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use devkit_catalog::Recipe;
use devkit_diagnostic::Diagnostic;
use devkit_runtime::{Result, RuntimeError};

use super::Places;
use super::specification::{Request, environment, grace};
use crate::guard::Program;
use crate::host::folders::can_traverse;
use crate::host::user::{SystemUser, is_root, named};
use crate::protocol::{Folder, Initialise, PrivatePort, Specification};

/// Variables of devkit's own environment that a backing service sees.
const INHERITED: [&str; 5] = ["HOME", "LANG", "LC_ALL", "TZ", "TMPDIR"];

/// Completes the specification of a service that runs by a recipe.
pub(super) fn specify(
    request: Request<'_>,
    recipe: &Recipe,
    places: &Places,
    mut base: Specification,
) -> Result<Specification> {
    let user = user_of(recipe, &base.service)?;
    let data = data_folder(request, recipe, user.as_ref(), &base);
    let runtime = request.layout.runtime().join(&base.id);
    let scripts = runtime.join("bin");
    let mut variables = variables(request, recipe, places, &scripts)?;
    variables.insert("DEVKIT_DATA".to_owned(), data.display().to_string());
    variables.insert("DEVKIT_RUNTIME".to_owned(), runtime.display().to_string());
    variables.insert("PGDATA".to_owned(), data.display().to_string());
    let service = request.service;
    let entrypoint = scripts.join("docker-entrypoint.sh");
    let mut command = service
        .entrypoint
        .clone()
        .unwrap_or_else(|| vec![entrypoint.display().to_string()]);
    command.extend(
        service
            .command
            .clone()
            .unwrap_or_else(|| recipe.command.clone()),
    );
    let program = Program {
        command: command
            .iter()
            .map(|word| places.rewrite(request.project, word))
            .collect(),
        directory: runtime.clone(),
        environment: variables,
        user: user.clone(),
        stop_signal: service
            .stop_signal
            .clone()
            .unwrap_or_else(|| recipe.stop_signal.clone()),
        grace: grace(service),
    };
    base.files.insert(entrypoint, script(&recipe.entrypoint));
    if let Some(text) = &recipe.initialise {
        let path = scripts.join("initialise.sh");
        base.files.insert(path.clone(), script(text));
        base.initialise = Some(Initialise {
            program: Program {
                command: vec![path.display().to_string()],
                ..program.clone()
            },
            data: data.clone(),
            files: initial_files(&base, recipe),
        });
    }
    base.folders = vec![
        Folder {
            path: data,
            mode: 0o700,
            owner: user.clone(),
        },
        Folder {
            path: runtime,
            mode: 0o700,
            owner: user,
        },
        Folder {
            path: scripts,
            mode: 0o755,
            owner: None,
        },
    ];
    base.ports = recipe
        .port
        .iter()
        .map(|port| PrivatePort {
            target: port.target,
            variables: vec![format!("DEVKIT_PORT_{}", upper(&port.name))],
            private: 0,
        })
        .collect();
    base.program = program;
    Ok(base)
}

fn user_of(recipe: &Recipe, service: &str) -> Result<Option<SystemUser>> {
    if !is_root() {
        return Ok(None);
    }
    let user = recipe.user.as_deref().and_then(named);
    if user.is_none() && recipe.never_root {
        let name = recipe.user.as_deref().unwrap_or("a plain user");
        return Err(RuntimeError::environment(
            Diagnostic::error(format!(
                "{service} must not run as root, and there is no user {name}"
            ))
            .with_help(format!(
                "apt-get install -y {}",
                recipe.debian_packages().join(" ")
            ))
            .with_help("or run devkit as a plain user"),
        ));
    }
    Ok(user)
}

/// The data folder: the mount's, or one of the instance's own; elsewhere when the program's user
/// could not get to it.
fn data_folder(
    request: Request<'_>,
    recipe: &Recipe,
    user: Option<&SystemUser>,
    base: &Specification,
) -> PathBuf {
    let mount = base.mounts.iter().find_map(|mount| {
        if let Some(below) = below(&recipe.data, &mount.target) {
            return Some((mount, below));
        }
        below(&mount.target, &recipe.data).map(|_| (mount, ""))
    });
    let (near, name) = if let Some((mount, below)) = mount {
        let folder = PathBuf::from(&mount.source);
        if mount.kind == "bind" {
            return folder.join(below);
        }
        let name = folder
            .file_name()
            .map(PathBuf::from)
            .unwrap_or_default()
            .join(below);
        (folder.join(below), name)
    } else {
        let name = PathBuf::from(format!("{}-{}.anonymous", base.service, base.number));
        (request.layout.data().join(&name), name)
    };
    match user {
        Some(user) if !can_traverse(&near, user) => request.layout.data_elsewhere().join(name),
        _ => near,
    }
}

/// What is left of a path below a folder.
fn below<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    let rest = path.strip_prefix(folder)?;
    if rest.is_empty() {
        Some("")
    } else {
        rest.strip_prefix('/')
    }
}

fn variables(
    request: Request<'_>,
    recipe: &Recipe,
    places: &Places,
    scripts: &Path,
) -> Result<BTreeMap<String, String>> {
    let mut variables: BTreeMap<String, String> = INHERITED
        .iter()
        .filter_map(|key| Some(((*key).to_owned(), request.inherited.get(*key)?.clone())))
        .collect();
    variables.extend(places.rewrite_all(request.project, &environment(request)));
    let mut path = vec![scripts.display().to_string()];
    for binary in &recipe.binary {
        let found = request.finder.find(binary).ok_or_else(|| {
            RuntimeError::environment(
                Diagnostic::error(format!("{} is not installed", binary.name))
                    .with_help(format!("apt-get install -y {}", binary.debian)),
            )
        })?;
        if let Some(folder) = found.parent() {
            let folder = folder.display().to_string();
            if !path.contains(&folder) {
                path.push(folder);
            }
        }
        variables.insert(
            format!("DEVKIT_BINARY_{}", upper(&binary.name)),
            found.display().to_string(),
        );
    }
    path.push(request.finder.path().to_owned());
    variables.insert("PATH".to_owned(), path.join(":"));
    Ok(variables)
}

fn initial_files(base: &Specification, recipe: &Recipe) -> Vec<PathBuf> {
    let Some(from) = &recipe.initialise_from else {
        return Vec::new();
    };
    let mut files = Vec::new();
    for mount in &base.mounts {
        match below(&mount.target, from) {
            Some("") => {
                let entries = std::fs::read_dir(&mount.source)
                    .into_iter()
                    .flatten()
                    .flatten();
                files.extend(
                    entries
                        .map(|entry| entry.path())
                        .filter(|path| path.is_file()),
                );
            }
            Some(_) => files.push(PathBuf::from(&mount.source)),
            None => {}
        }
    }
    files.sort_by_key(|path| path.file_name().map(ToOwned::to_owned));
    files
}

fn script(text: &str) -> String {
    format!("#!/bin/sh\nset -eu\n{}\n", text.trim())
}

fn upper(name: &str) -> String {
    name.to_ascii_uppercase().replace('-', "_")
}
