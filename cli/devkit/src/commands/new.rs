use std::path::PathBuf;

use devkit_catalog::{Catalog, ComponentKind, ServiceName};
use devkit_diagnostic::Diagnostic;
use devkit_scaffold::{ComponentRequest, Plan, PlatformRequest, Summary};
use devkit_ui::Question;

use crate::args::{NewArgs, NewCommand, PlatformArgs, ServiceArgs};
use crate::failure::{Failure, Outcome};
use crate::platform;
use crate::settings::Settings;

/// `devkit new`: creates a platform, or adds a component to one.
pub(crate) fn run(settings: &Settings, args: &NewArgs) -> Outcome {
    match &args.what {
        NewCommand::Platform(wanted) => new_platform(settings, wanted, args.dry_run),
        NewCommand::Service(wanted) => new_service(settings, wanted, args.dry_run),
        NewCommand::Backing(wanted) => add(
            settings,
            ComponentKind::Backing,
            wanted.id.as_deref(),
            args.dry_run,
        ),
        NewCommand::Tool(wanted) => add(
            settings,
            ComponentKind::Tool,
            wanted.id.as_deref(),
            args.dry_run,
        ),
    }
}

fn new_platform(settings: &Settings, args: &PlatformArgs, dry_run: bool) -> Outcome {
    let catalog = Catalog::builtin();
    let name = name(
        settings,
        args.name.as_deref(),
        "Name of the platform",
        "devkit new platform NAME",
    )?;
    let folder = args
        .directory
        .clone()
        .unwrap_or_else(|| PathBuf::from(name.as_str()));
    let request = PlatformRequest {
        folder: settings.directory.join(&folder),
        name,
        blueprint: args.blueprint.clone(),
    };
    let plan = devkit_scaffold::new_platform(&catalog, &request)?;
    if finish(settings, &plan, dry_run)? {
        settings.ui.done(
            "created",
            &format!("platform {} in {}", plan.summary.name, folder.display()),
        );
        settings
            .ui
            .status(&format!("\nNext: cd {} && devkit up -d", folder.display()));
    }
    Ok(())
}

fn new_service(settings: &Settings, args: &ServiceArgs, dry_run: bool) -> Outcome {
    let catalog = Catalog::builtin();
    let name = name(
        settings,
        args.name.as_deref(),
        "Name of the service",
        "devkit new service NAME",
    )?;
    platform::refuse_taken(settings, &name)?;
    let template = choose(
        settings,
        &catalog,
        ComponentKind::Service,
        args.template.as_deref(),
    )?;
    let request = ComponentRequest {
        kind: ComponentKind::Service,
        template,
        name: Some(name),
        port: args.port,
    };
    add_component(settings, &catalog, &request, dry_run)
}

fn add(settings: &Settings, kind: ComponentKind, id: Option<&str>, dry_run: bool) -> Outcome {
    let catalog = Catalog::builtin();
    let template = choose(settings, &catalog, kind, id)?;
    let request = ComponentRequest {
        kind,
        template,
        name: None,
        port: None,
    };
    add_component(settings, &catalog, &request, dry_run)
}

fn add_component(
    settings: &Settings,
    catalog: &Catalog,
    request: &ComponentRequest,
    dry_run: bool,
) -> Outcome {
    let plan = platform::with_platform(settings, catalog, |platform| {
        devkit_scaffold::new_component(platform, request)
    })?;
    if finish(settings, &plan, dry_run)? {
        told(settings, &plan.summary, request);
    }
    Ok(())
}

fn told(settings: &Settings, summary: &Summary, request: &ComponentRequest) {
    settings.ui.done(
        "added",
        &format!("{} {}", kind_word(request.kind), summary.name),
    );
    for port in &summary.ports {
        let address = format!(
            "{} on http://localhost:{} ({})",
            port.label, port.port, port.variable
        );
        settings.ui.done("port", &address);
    }
    for note in &summary.notes {
        settings.ui.status(note);
    }
    settings
        .ui
        .status(&format!("\nNext: devkit up -d {}", summary.name));
}

/// Shows the diff, or writes everything and lists it; tells whether it was written.
pub(crate) fn finish(settings: &Settings, plan: &Plan, dry_run: bool) -> Result<bool, Failure> {
    if dry_run {
        settings.ui.data(&plan.changes.diff());
        return Ok(false);
    }
    // What was applied could be undone; from here on it stays.
    let _applied = plan.changes.apply().map_err(Diagnostic::from)?;
    if settings.verbose {
        for (path, _) in plan.changes.iter() {
            settings.ui.done("wrote", &path.display().to_string());
        }
    }
    Ok(true)
}

fn name(
    settings: &Settings,
    given: Option<&str>,
    text: &str,
    flag: &str,
) -> Result<ServiceName, Failure> {
    let parse = |text: &str| text.parse::<ServiceName>();
    if let Some(given) = given {
        return Ok(parse(given)?);
    }
    let answer = settings.ui.ask(Question { text, flag }, None, |answer| {
        parse(answer)
            .map(|_| ())
            .map_err(|diagnostic| diagnostic.message)
    })?;
    Ok(parse(&answer)?)
}

fn choose(
    settings: &Settings,
    catalog: &Catalog,
    kind: ComponentKind,
    given: Option<&str>,
) -> Result<String, Failure> {
    if let Some(given) = given {
        catalog.component(kind, given)?;
        return Ok(given.to_owned());
    }
    let ids = catalog.ids(kind);
    let flag = match kind {
        ComponentKind::Service => format!("--template ID, one of {}", ids.join(", ")),
        _ => format!("devkit new {} ID, one of {}", kind.as_str(), ids.join(", ")),
    };
    let text = match kind {
        ComponentKind::Service => "Template",
        ComponentKind::Backing => "Backing service",
        ComponentKind::Tool => "Tool",
    };
    let index = settings.ui.choose(Question { text, flag: &flag }, &ids)?;
    ids.get(index)
        .cloned()
        .ok_or_else(|| Failure::usage(Diagnostic::error("Nothing was chosen")))
}

/// What a component is called once it is part of a platform.
pub(crate) fn kind_word(kind: ComponentKind) -> &'static str {
    match kind {
        ComponentKind::Service => "service",
        ComponentKind::Backing => "backing service",
        ComponentKind::Tool => "tool",
    }
}
