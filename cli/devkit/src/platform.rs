//! The platform that scaffolding commands change.

use std::net::{Ipv4Addr, TcpListener};

use devkit_catalog::{Catalog, ServiceName};
use devkit_compose::Project;
use devkit_compose::model::Port;
use devkit_diagnostic::Diagnostic;
use devkit_scaffold::{Plan, Platform};

use crate::failure::{Failure, Outcome};
use crate::settings::Settings;

/// Plans a change of the platform that the user stands in.
pub(crate) fn with_platform(
    settings: &Settings,
    catalog: &Catalog,
    plan: impl FnOnce(&Platform<'_>) -> Result<Plan, Diagnostic>,
) -> Result<Plan, Failure> {
    let project = load(settings)?;
    let published = project
        .all_services()
        .flat_map(|(_, service)| &service.ports)
        .filter_map(Port::published_port)
        .collect();
    let platform = Platform {
        published,
        is_port_taken: &is_port_taken,
        ..Platform::new(&project.working_dir, catalog)
    };
    Ok(plan(&platform)?)
}

/// Refuses a name that the platform has, before anything else is asked.
pub(crate) fn refuse_taken(settings: &Settings, name: &ServiceName) -> Outcome {
    let project = load(settings)?;
    if project
        .all_services()
        .all(|(taken, _)| taken != name.as_str())
    {
        return Ok(());
    }
    let mut problem = Diagnostic::error(format!("The platform has a service named {name} already"))
        .with_help("choose another name: devkit new service NAME");
    if let Some(place) = project.location(&format!("services.{name}")) {
        problem = problem.with_note(format!(
            "it stands in {}:{}",
            settings.shown(&place.file).display(),
            place.line
        ));
    }
    Err(Failure::usage(problem))
}

fn load(settings: &Settings) -> Result<Project, Failure> {
    settings.project_with(|options| options.profiles.push("*".to_owned()))
}

fn is_port_taken(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).is_err()
}
