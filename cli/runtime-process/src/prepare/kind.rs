//! How a service can run without a container.

use std::path::PathBuf;

use devkit_catalog::{Catalog, ComponentKind, Recipe};
use devkit_compose::Project;
use devkit_compose::model::Service;
use devkit_diagnostic::Diagnostic;
use devkit_runtime::{Result, RuntimeError, image_name};
use serde::Deserialize;

/// How a service runs without a container.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// From ordinary binaries, as a component says.
    Backing(Box<Recipe>),
    /// By the command under `x-devkit`.
    Native(NativeSettings),
}

/// What stands under `x-devkit.process`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct NativeSettings {
    /// The folder to run in; the build context where it is not said.
    pub(crate) directory: Option<PathBuf>,
    /// What to run once before the start, and when sources have changed.
    pub(crate) build: Option<Vec<String>>,
    /// The command.
    pub(crate) command: Vec<String>,
    /// The health test, where the container's cannot be run.
    pub(crate) healthcheck: Option<Vec<String>>,
}

/// The recipes of all components that have one.
pub(crate) fn recipes(catalog: &Catalog) -> Result<Vec<Recipe>> {
    let mut recipes = Vec::new();
    for id in catalog.ids(ComponentKind::Backing) {
        let component = catalog
            .component(ComponentKind::Backing, &id)
            .map_err(RuntimeError::usage)?;
        if let Some(recipe) = component.recipe().map_err(RuntimeError::usage)? {
            recipes.push(recipe);
        }
    }
    Ok(recipes)
}

/// How a service runs without a container; refused by name where it cannot.
pub(crate) fn kind_of(
    project: &Project,
    recipes: &[Recipe],
    name: &str,
    service: &Service,
) -> Result<Kind> {
    if let Some(settings) = service.devkit().and_then(|devkit| devkit.get("process")) {
        let settings: NativeSettings =
            serde_json::from_value(settings.clone()).map_err(|error| {
                refused(
                    project,
                    name,
                    &format!("`x-devkit.process` is not understood: {error}"),
                )
            })?;
        if settings.command.is_empty() {
            return Err(refused(project, name, "`x-devkit.process` has no command"));
        }
        return Ok(Kind::Native(absolute(project, service, settings)));
    }
    let image = image_name(project, name, service);
    if let Some(recipe) = recipes.iter().find(|recipe| recipe.stands_for(&image)) {
        return Ok(Kind::Backing(Box::new(recipe.clone())));
    }
    let mut diagnostic = Diagnostic::error(format!("{name} cannot run without a container"))
        .with_note(format!("there is no recipe for the image {image}"));
    if let Some(location) = project.location(&format!("services.{name}")) {
        diagnostic = diagnostic.in_file(&location.file);
    }
    Err(RuntimeError::environment(
        diagnostic
            .with_help(format!(
                "say how to run it under services.{name}.x-devkit.process.command"
            ))
            .with_help("or start a Docker Engine and run it there: devkit up --runtime docker"),
    ))
}

fn absolute(project: &Project, service: &Service, mut settings: NativeSettings) -> NativeSettings {
    let context = service
        .build
        .as_ref()
        .map(|build| PathBuf::from(&build.context));
    let directory = settings.directory.take().or(context).unwrap_or_default();
    settings.directory = Some(project.working_dir.join(directory).components().collect());
    settings
}

fn refused(project: &Project, name: &str, message: &str) -> RuntimeError {
    let mut diagnostic = Diagnostic::error(format!("Service {name}: {message}"));
    if let Some(location) = project.location(&format!("services.{name}.x-devkit")) {
        diagnostic = diagnostic.in_file(&location.file);
    }
    RuntimeError::usage(diagnostic)
}
