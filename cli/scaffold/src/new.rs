use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use devkit_catalog::{Catalog, ComponentKind, ServiceName, Variables};
use devkit_changeset::FileMode;
use devkit_diagnostic::Diagnostic;

use crate::add::{Addition, add};
use crate::compose::ComposePair;
use crate::document;
use crate::env_file;
use crate::environment::{Data, make_missing, secret};
use crate::plan::{Plan, Summary};
use crate::platform::Platform;
use crate::ports::Ports;
use crate::record::{self, Generated, PlatformRecord};
use crate::workspace::Workspace;

/// A whole platform to make.
#[derive(Debug, Clone)]
pub struct PlatformRequest {
    /// The folder to make it in; it must be empty or not there.
    pub folder: PathBuf,
    /// The platform's name.
    pub name: ServiceName,
    /// The blueprint's id, such as `starter`.
    pub blueprint: String,
}

/// A component to add to a platform.
#[derive(Debug, Clone)]
pub struct ComponentRequest {
    /// What sort of component.
    pub kind: ComponentKind,
    /// Its id in the catalog.
    pub template: String,
    /// The service's name; the id where it is not said.
    pub name: Option<ServiceName>,
    /// The host's port; the lowest free one where it is not said.
    pub port: Option<u16>,
}

/// Plans a whole platform.
///
/// # Errors
/// If the folder is not empty, or there is no such blueprint.
pub fn new_platform(catalog: &Catalog, request: &PlatformRequest) -> Result<Plan, Diagnostic> {
    check_empty(&request.folder)?;
    let name = request.name.as_str();
    let blueprint = catalog.blueprint(&request.blueprint)?;
    let backing: Vec<String> = blueprint
        .components
        .iter()
        .filter(|entry| entry.kind == ComponentKind::Backing)
        .map(|entry| entry.id.clone())
        .collect();
    let mut workspace = Workspace::new(&request.folder);
    let mut files = Vec::new();
    for file in catalog.platform_files(&Variables::new(name, name, &backing, None))? {
        let mode = if file.is_executable() {
            FileMode::Executable
        } else {
            FileMode::Regular
        };
        workspace.create(&file.path, file.content.clone(), mode)?;
        files.push(Generated::keep(&mut workspace, &file.path, &file.content)?);
    }
    let mut summary = Summary {
        platform: name.to_owned(),
        name: name.to_owned(),
        ..Summary::default()
    };
    // The files of a new platform do not depend on what the machine is busy with: `up` says that.
    let mut ports = Ports::new(&BTreeSet::new(), "", &|_| false);
    for entry in &blueprint.components {
        let component = catalog.blueprint_component(entry)?;
        let addition = Addition {
            component: &component,
            name: entry.name.clone(),
            platform: name.to_owned(),
            backing: backing.clone(),
            port: entry.port,
            is_named_by_title: entry.overlay.is_some() || entry.kind != ComponentKind::Service,
        };
        add(
            &mut workspace,
            &mut ports,
            &addition,
            &mut secret,
            &mut summary,
        )?;
    }
    let record = PlatformRecord {
        schema: 1,
        devkit: env!("CARGO_PKG_VERSION").to_owned(),
        name: name.to_owned(),
        blueprint: blueprint.id,
        files,
    };
    record::write_platform(&mut workspace, &record)?;
    make_missing(&mut workspace, Data::Absent, &mut secret)?;
    finish(workspace, summary)
}

/// Plans a service, a backing service or a tool.
///
/// # Errors
/// If it is there already, something it needs is not, or a file cannot be edited safely.
pub fn new_component(
    platform: &Platform<'_>,
    request: &ComponentRequest,
) -> Result<Plan, Diagnostic> {
    let component = platform
        .catalog
        .component(request.kind, &request.template)?;
    let name = match &request.name {
        Some(name) => name.clone(),
        None => request.template.parse()?,
    };
    let mut workspace = Workspace::new(&platform.root);
    let platform_name = platform_name(&mut workspace, platform)?;
    let env = workspace.text(".env")?.unwrap_or_default();
    let mut ports = Ports::new(&platform.published, &env, platform.is_port_taken);
    let mut summary = Summary {
        platform: platform_name.clone(),
        name: name.to_string(),
        ..Summary::default()
    };
    let addition = Addition {
        component: &component,
        backing: present_backing(&mut workspace, platform.catalog)?,
        is_named_by_title: request.kind != ComponentKind::Service
            && name.as_str() == request.template,
        name,
        platform: platform_name,
        port: request.port,
    };
    add(
        &mut workspace,
        &mut ports,
        &addition,
        &mut secret,
        &mut summary,
    )?;
    finish(workspace, summary)
}

/// Brings the document up to date and makes the plan.
pub(crate) fn finish(mut workspace: Workspace, mut summary: Summary) -> Result<Plan, Diagnostic> {
    let mut compose = ComposePair::read(&mut workspace)?;
    compose.settle()?;
    compose.write(&mut workspace)?;
    document::write_regions(&mut workspace, &compose, &mut summary)?;
    Ok(Plan {
        changes: workspace.into_changes()?,
        summary,
    })
}

fn check_empty(folder: &PathBuf) -> Result<(), Diagnostic> {
    let refuse = |message: &str| {
        Err(Diagnostic::error(message)
            .in_file(folder)
            .with_note("Nothing was changed")
            .with_help("choose another name, or another folder with `-C DIR`"))
    };
    match fs::read_dir(folder) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => refuse("The folder is not empty"),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(_) => refuse("The folder cannot be used"),
    }
}

/// The platform's name: of the record, the project name of `.env`, or the folder's.
pub(crate) fn platform_name(
    workspace: &mut Workspace,
    platform: &Platform<'_>,
) -> Result<String, Diagnostic> {
    if let Some(record) = record::platform(workspace)? {
        return Ok(record.name);
    }
    let env = workspace.text(".env")?.unwrap_or_default();
    let folder = platform
        .root
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    Ok(env_file::value(&env, "COMPOSE_PROJECT_NAME")
        .map(str::to_owned)
        .or(folder)
        .unwrap_or_else(|| "platform".to_owned()))
}

/// The backing services that the platform has, made by devkit or not.
fn present_backing(
    workspace: &mut Workspace,
    catalog: &Catalog,
) -> Result<Vec<String>, Diagnostic> {
    let compose = ComposePair::read(workspace)?;
    let services = compose.services();
    let records = record::components(workspace)?;
    Ok(catalog
        .ids(ComponentKind::Backing)
        .into_iter()
        .filter(|id| {
            services.contains(&id.as_str()) || records.iter().any(|record| record.template == *id)
        })
        .collect())
}
