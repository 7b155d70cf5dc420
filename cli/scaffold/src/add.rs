//! Adding one component to the files in memory.

use std::collections::BTreeMap;

use devkit_catalog::{
    Component, ComponentKind, PortEntry, RenderedComponent, ServiceName, VariableEntry, Variables,
    title_case,
};
use devkit_changeset::FileMode;
use devkit_compose::edit::ComposeFile;
use devkit_diagnostic::Diagnostic;

use crate::compose::{ComposePair, Part};
use crate::env_file;
use crate::environment::fill_in;
use crate::plan::{PublishedPort, Summary};
use crate::ports::Ports;
use crate::record::{self, ComponentRecord, Generated};
use crate::workspace::Workspace;

/// A component with everything that decides how it is rendered.
pub(crate) struct Addition<'a> {
    pub(crate) component: &'a Component,
    pub(crate) name: ServiceName,
    pub(crate) platform: String,
    pub(crate) backing: Vec<String>,
    /// The host's port that somebody asked for.
    pub(crate) port: Option<u16>,
    /// Whether the component is one of a kind, so that its own title is the name in the document.
    pub(crate) is_named_by_title: bool,
}

/// Adds a component to everything but the document.
pub(crate) fn add(
    workspace: &mut Workspace,
    ports: &mut Ports<'_>,
    addition: &Addition<'_>,
    secret: &mut dyn FnMut() -> String,
    summary: &mut Summary,
) -> Result<(), Diagnostic> {
    let manifest = addition.component.manifest();
    let name = addition.name.as_str();
    let mut compose = ComposePair::read(workspace)?;
    check_free(workspace, &compose, addition)?;
    check_requires(workspace, &compose, addition)?;
    let mut variables = Variables::new(name, &addition.platform, &addition.backing, None);
    let title = if addition.is_named_by_title {
        manifest.title.clone()
    } else {
        title_case(name)
    };
    let labels = Variables {
        title: title.clone(),
        ..variables.clone()
    };
    let assigned = assign_ports(addition, &labels, ports)?;
    variables.port = assigned.first().and_then(|port| port.external);
    let rendered = addition.component.render(&variables)?;
    let blocks = insert_blocks(workspace, &mut compose, addition, &rendered)?;
    compose.write(workspace)?;
    let services = services(addition, &compose, &rendered)?;
    let files = write_files(workspace, addition, &rendered)?;
    write_ports(workspace, &assigned)?;
    write_environment(workspace, &title, &manifest.environment, secret)?;
    for port in &assigned {
        summary.ports.push(PublishedPort {
            label: port.label.clone(),
            variable: port.variable.clone(),
            port: port.external.unwrap_or(port.internal),
            protocol: port.protocol.clone(),
        });
    }
    summary.services.extend(services.iter().cloned());
    record::write_component(
        workspace,
        &ComponentRecord {
            schema: 1,
            devkit: env!("CARGO_PKG_VERSION").to_owned(),
            name: name.to_owned(),
            kind: manifest.kind,
            template: manifest.id.clone(),
            title,
            technology: manifest.technology.clone(),
            section: manifest.section,
            requires: manifest.requires.clone(),
            services,
            ports: assigned,
            volumes: manifest.volumes.clone(),
            environment: manifest.environment.clone(),
            resources: manifest.resources.clone(),
            files,
            blocks,
        },
    )
}

/// Refuses a name that something in the platform has already.
fn check_free(
    workspace: &mut Workspace,
    compose: &ComposePair,
    addition: &Addition<'_>,
) -> Result<(), Diagnostic> {
    let name = addition.name.as_str();
    let kind = addition.component.manifest().kind;
    let taken = |what: &str| {
        let diagnostic =
            Diagnostic::error(format!("{what} already")).with_note("Nothing was changed");
        Err(match kind {
            ComponentKind::Service => diagnostic.with_help("choose another name"),
            _ => diagnostic,
        })
    };
    if compose.services().contains(&name) {
        return taken(&format!("The platform has a service `{name}`"));
    }
    if record::component(workspace, name)?.is_some() {
        return taken(&format!("The platform has a component `{name}`"));
    }
    let folder = format!("services/{name}");
    if kind == ComponentKind::Service && workspace.exists(&folder) {
        return taken(&format!("There is a folder `{folder}`"));
    }
    Ok(())
}

fn check_requires(
    workspace: &mut Workspace,
    compose: &ComposePair,
    addition: &Addition<'_>,
) -> Result<(), Diagnostic> {
    let manifest = addition.component.manifest();
    for required in &manifest.requires {
        let is_there = compose.services().contains(&required.as_str())
            || record::components(workspace)?
                .iter()
                .any(|record| record.template == *required);
        if !is_there {
            return Err(Diagnostic::error(format!(
                "{} needs `{required}`, which the platform does not have",
                manifest.title
            ))
            .with_note("Nothing was changed")
            .with_help(format!("type `devkit new backing {required}` first")));
        }
    }
    Ok(())
}

fn assign_ports(
    addition: &Addition<'_>,
    variables: &Variables,
    ports: &mut Ports<'_>,
) -> Result<Vec<PortEntry>, Diagnostic> {
    let component = addition.component;
    let mut asked = addition.port;
    let entries = &component.manifest().ports;
    if let (Some(port), true) = (asked, entries.is_empty()) {
        return Err(Diagnostic::error(format!(
            "{} publishes no port, so it cannot have port {port}",
            component.manifest().title
        )));
    }
    entries
        .iter()
        .map(|entry| {
            Ok(PortEntry {
                label: component.render_value(&entry.label, variables)?,
                variable: component.render_value(&entry.variable, variables)?,
                external: Some(match asked.take() {
                    Some(port) => ports.exactly(port)?,
                    None => ports.from(entry.external)?,
                }),
                ..entry.clone()
            })
        })
        .collect()
}

fn insert_blocks(
    workspace: &mut Workspace,
    compose: &mut ComposePair,
    addition: &Addition<'_>,
    rendered: &RenderedComponent,
) -> Result<Vec<Generated>, Diagnostic> {
    let manifest = addition.component.manifest();
    let mut blocks = Vec::new();
    let parts = [
        (Part::Production, &rendered.compose),
        (Part::Development, &rendered.development),
    ];
    for (part, block) in parts {
        let Some(block) = block.as_ref().filter(|block| !block.trim().is_empty()) else {
            continue;
        };
        let block = format!("{}\n", block.trim_matches('\n'));
        compose.insert(part, manifest.section, &block)?;
        let path = compose.path(part)?;
        blocks.push(Generated::keep(workspace, &path, block.as_bytes())?);
    }
    let part = match rendered.compose {
        Some(_) => Part::Production,
        None => Part::Development,
    };
    for volume in manifest.volumes.iter().filter(|volume| volume.is_named()) {
        compose.add_volume(part, &volume.name)?;
    }
    Ok(blocks)
}

/// The services that the blocks hold, the component's own first.
fn services(
    addition: &Addition<'_>,
    compose: &ComposePair,
    rendered: &RenderedComponent,
) -> Result<Vec<String>, Diagnostic> {
    let mut names = vec![addition.name.to_string()];
    for block in [&rendered.compose, &rendered.development]
        .into_iter()
        .flatten()
    {
        let plain = block.replace("<<: *", "# ");
        let file = ComposeFile::parse("the block", &format!("services:\n{plain}"))?;
        for name in file.service_names() {
            if compose.services().contains(&name) && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    Ok(names)
}

/// The component's own folder.
pub(crate) fn folder(kind: ComponentKind, name: &str) -> String {
    match kind {
        ComponentKind::Service => format!("services/{name}"),
        ComponentKind::Backing | ComponentKind::Tool => format!("config/{name}"),
    }
}

fn write_files(
    workspace: &mut Workspace,
    addition: &Addition<'_>,
    rendered: &RenderedComponent,
) -> Result<Vec<Generated>, Diagnostic> {
    let name = addition.name.as_str();
    let folder = folder(addition.component.manifest().kind, name);
    let mut generated = Vec::new();
    for file in &rendered.files {
        let path = format!("{folder}/{}", file.path);
        let mode = if file.is_executable() {
            FileMode::Executable
        } else {
            FileMode::Regular
        };
        workspace.create(&path, file.content.clone(), mode)?;
        generated.push(Generated::keep(workspace, &path, &file.content)?);
    }
    if let Some(page) = &rendered.docs {
        let path = page_path(name);
        workspace.create(&path, page.as_bytes(), FileMode::Regular)?;
        generated.push(Generated::keep(workspace, &path, page.as_bytes())?);
    }
    Ok(generated)
}

/// Where a component's page stands.
pub(crate) fn page_path(name: &str) -> String {
    format!("docs/services/{name}-service.md")
}

fn write_ports(workspace: &mut Workspace, ports: &[PortEntry]) -> Result<(), Diagnostic> {
    let env = workspace.text(".env")?.unwrap_or_default();
    let mut lines = String::new();
    for port in ports {
        if let (None, Some(external)) = (env_file::value(&env, &port.variable), port.external) {
            lines.extend([&port.variable, "=", &external.to_string(), "\n"]);
        }
    }
    if lines.is_empty() {
        return Ok(());
    }
    workspace.write(".env", env_file::append(&env, &lines), FileMode::Regular)
}

/// The lines of a component in `config/.env.example`.
pub(crate) fn environment_group(title: &str, entries: &[&VariableEntry]) -> String {
    let mut group = format!("\n# {title}\n");
    for entry in entries {
        group.extend([&entry.key, "=", &entry.value, "\n"]);
    }
    group
}

fn write_environment(
    workspace: &mut Workspace,
    title: &str,
    entries: &[VariableEntry],
    secret: &mut dyn FnMut() -> String,
) -> Result<(), Diagnostic> {
    let example = workspace.text("config/.env.example")?.unwrap_or_default();
    let missing = |text: &str| -> Vec<&VariableEntry> {
        entries
            .iter()
            .filter(|entry| env_file::value(text, &entry.key).is_none())
            .collect()
    };
    let new = missing(&example);
    if !new.is_empty() {
        let text = env_file::append(&example, &environment_group(title, &new));
        workspace.write("config/.env.example", text, FileMode::Regular)?;
    }
    let Some(current) = workspace.text("config/.env")? else {
        return Ok(());
    };
    let new = missing(&current);
    if new.is_empty() {
        return Ok(());
    }
    let known: BTreeMap<String, String> = env_file::assignments(&current)
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    let group = fill_in(&environment_group(title, &new), &known, secret);
    workspace.write(
        "config/.env",
        env_file::append(&current, &group),
        FileMode::Private,
    )
}
