use std::path::PathBuf;

use devkit_catalog::{ComponentKind, ServiceName};
use devkit_changeset::FileMode;
use devkit_diagnostic::Diagnostic;

use crate::add::{environment_group, folder};
use crate::compose::ComposePair;
use crate::env_file;
use crate::new::{finish, platform_name};
use crate::plan::{Plan, Summary};
use crate::platform::Platform;
use crate::record::{self, ComponentRecord, sha256};
use crate::workspace::Workspace;

/// Plans the removal of a component from everything it was added to.
///
/// Files that somebody changed since stay, and so does data in volumes.
///
/// # Errors
/// If there is none, it is of another kind, or something else needs it.
pub fn remove(
    platform: &Platform<'_>,
    kind: ComponentKind,
    name: &ServiceName,
) -> Result<Plan, Diagnostic> {
    let mut workspace = Workspace::new(&platform.root);
    let mut compose = ComposePair::read(&mut workspace)?;
    let record = find(&mut workspace, &compose, kind, name)?;
    let services = match &record {
        Some(record) => record.services.clone(),
        None => vec![name.to_string()],
    };
    check_unneeded(&mut workspace, &compose, name, &services)?;
    let mut summary = Summary {
        platform: platform_name(&mut workspace, platform)?,
        name: name.to_string(),
        ..Summary::default()
    };
    for service in services
        .iter()
        .filter(|name| compose.services().contains(&name.as_str()))
        .cloned()
        .collect::<Vec<_>>()
    {
        compose.remove_service(&service)?;
        summary.services.push(service);
    }
    if let Some(record) = record {
        remove_recorded(&mut workspace, &mut compose, &record, &mut summary)?;
        compose.write(&mut workspace)?;
    } else {
        compose.write(&mut workspace)?;
        let folder = folder(kind, name.as_str());
        if workspace.exists(&folder) {
            summary.kept.push(PathBuf::from(folder));
        }
    }
    finish(workspace, summary)
}

/// The component's record; none if devkit did not add it but the compose files have it.
fn find(
    workspace: &mut Workspace,
    compose: &ComposePair,
    kind: ComponentKind,
    name: &ServiceName,
) -> Result<Option<ComponentRecord>, Diagnostic> {
    match record::component(workspace, name.as_str())? {
        Some(record) if record.kind == kind => Ok(Some(record)),
        Some(record) => Err(
            Diagnostic::error(format!("`{name}` is a {}", record.kind.noun()))
                .with_help(format!("type `devkit remove {} {name}`", record.kind)),
        ),
        None if compose.services().contains(&name.as_str()) => Ok(None),
        None => {
            let known: Vec<String> = record::components(workspace)?
                .into_iter()
                .filter(|record| record.kind == kind)
                .map(|record| record.name)
                .collect();
            Err(
                Diagnostic::error(format!("The platform has no {kind} `{name}`")).with_help(
                    if known.is_empty() {
                        "it has none of that kind: see `devkit config --services` for what it has"
                            .to_owned()
                    } else {
                        format!("it has: {}", known.join(", "))
                    },
                ),
            )
        }
    }
}

fn check_unneeded(
    workspace: &mut Workspace,
    compose: &ComposePair,
    name: &ServiceName,
    services: &[String],
) -> Result<(), Diagnostic> {
    let mut needed_by: Vec<String> = Vec::new();
    for other in compose.services() {
        let needs = compose.files().any(|(_, file)| {
            file.dependencies(other)
                .iter()
                .any(|needed| services.iter().any(|name| name == needed))
        });
        if needs && !services.iter().any(|service| service == other) {
            needed_by.push(other.to_owned());
        }
    }
    for record in record::components(workspace)? {
        if record.requires.iter().any(|id| id == name.as_str()) && !needed_by.contains(&record.name)
        {
            needed_by.push(record.name);
        }
    }
    if needed_by.is_empty() {
        return Ok(());
    }
    let list = needed_by.join("`, `");
    Err(Diagnostic::error(format!("`{name}` is needed by `{list}`"))
        .with_note("Nothing was changed")
        .with_help(format!(
            "remove `{list}` first, or take `{name}` out of the `depends_on`"
        )))
}

fn remove_recorded(
    workspace: &mut Workspace,
    compose: &mut ComposePair,
    record: &ComponentRecord,
    summary: &mut Summary,
) -> Result<(), Diagnostic> {
    for file in &record.files {
        let is_untouched = workspace.read(&file.path)?.map(sha256).as_ref() == Some(&file.sha256);
        if is_untouched {
            workspace.delete(&file.path)?;
        } else if workspace.exists(&file.path) {
            summary.kept.push(PathBuf::from(&file.path));
        }
    }
    let others: Vec<ComponentRecord> = record::components(workspace)?
        .into_iter()
        .filter(|other| other.name != record.name)
        .collect();
    for volume in record.volumes.iter().filter(|volume| volume.is_named()) {
        let is_shared = others
            .iter()
            .any(|other| other.volumes.iter().any(|used| used.name == volume.name));
        if !is_shared {
            compose.remove_volume(&volume.name)?;
            summary.notes.push(format!(
                "the data in the volume `{}` stays until you delete it",
                volume.name
            ));
        }
    }
    remove_ports(workspace, record)?;
    remove_environment(workspace, record, &others)?;
    record::forget(workspace, record)
}

fn remove_ports(workspace: &mut Workspace, record: &ComponentRecord) -> Result<(), Diagnostic> {
    let Some(env) = workspace.text(".env")? else {
        return Ok(());
    };
    let keys: Vec<&str> = record
        .ports
        .iter()
        .map(|port| port.variable.as_str())
        .collect();
    workspace.write(
        ".env",
        env_file::without(&env, "", &keys),
        FileMode::Regular,
    )
}

/// Takes the keys that only this component has out of the example. `config/.env` keeps them: data
/// that stays in volumes was made with them.
fn remove_environment(
    workspace: &mut Workspace,
    record: &ComponentRecord,
    others: &[ComponentRecord],
) -> Result<(), Diagnostic> {
    let path = "config/.env.example";
    let Some(example) = workspace.text(path)? else {
        return Ok(());
    };
    let own: Vec<_> = record
        .environment
        .iter()
        .filter(|entry| {
            !others
                .iter()
                .any(|other| other.environment.iter().any(|used| used.key == entry.key))
        })
        .collect();
    if own.is_empty() {
        return Ok(());
    }
    let keys: Vec<&str> = own.iter().map(|entry| entry.key.as_str()).collect();
    let group = environment_group(&record.title, &own);
    workspace.write(
        path,
        env_file::without(&example, &group, &keys),
        FileMode::Regular,
    )
}
