use std::fmt::Write;

use devkit_compose::config::{self, Dollars};
use devkit_compose::{LoadOptions, Project};
use devkit_diagnostic::Diagnostic;
use devkit_ui::Table;

use crate::args::{ConfigArgs, ConfigFormat};
use crate::failure::{Exit, Failure, Outcome};
use crate::session::require_services;
use crate::settings::{Settings, production_only};

/// `devkit config`: prints the canonical model, or lists of what is in it.
pub(crate) fn run(settings: &Settings, args: &ConfigArgs) -> Outcome {
    if args.variables {
        let mut options = settings.load.clone();
        adjust(&mut options, args);
        let variables = config::variables(&options).map_err(|found| settings.relative(found))?;
        settings.ui.data(&variables_table(settings, &variables));
        return Ok(());
    }
    let project = load(settings, args)?;
    if !(args.services || args.volumes || args.networks) {
        require_services(&project, &args.only)?;
    }
    let printed = print(settings, args, &project);
    // The process ends here; taking a large model apart would only cost time.
    std::mem::forget(project);
    printed
}

fn print(settings: &Settings, args: &ConfigArgs, project: &Project) -> Outcome {
    if args.quiet {
        return Ok(());
    }
    let text = text(settings, project, args)?;
    match &args.output {
        None => settings.ui.data(&text),
        Some(file) => std::fs::write(settings.directory.join(file), text).map_err(|error| {
            let problem = format!("The configuration cannot be written: {error}");
            Failure::new(Exit::Failed, Diagnostic::error(problem).in_file(file))
        })?,
    }
    Ok(())
}

fn adjust(options: &mut LoadOptions, args: &ConfigArgs) {
    options.no_interpolate = args.no_interpolate;
    options.no_env_resolution = args.no_env_resolution || args.hash.is_some();
    // These lists are of the whole project, as in Docker Compose.
    if !(args.services || args.volumes || args.networks) {
        options.services.clone_from(&args.only);
        options.only_named = true;
    }
}

fn load(settings: &Settings, args: &ConfigArgs) -> Result<Project, Failure> {
    let project = settings.project_with(|options| adjust(options, args))?;
    if !args.production {
        return Ok(project);
    }
    settings.project_with(|options| {
        adjust(options, args);
        production_only(options, &project);
    })
}

fn text(settings: &Settings, project: &Project, args: &ConfigArgs) -> Result<String, Failure> {
    let lists = [
        (
            args.services,
            config::services as fn(&Project) -> Vec<String>,
        ),
        (args.volumes, config::volumes),
        (args.networks, config::networks),
        (args.images, config::images),
        (args.profiles, config::profiles),
        (args.environment, config::environment),
    ];
    if let Some((_, list)) = lists.iter().find(|(wanted, _)| *wanted) {
        return Ok(lines(list(project)));
    }
    if let Some(wanted) = &args.hash {
        return hashes(project, wanted);
    }
    let dollars = if args.no_interpolate {
        Dollars::Kept
    } else {
        Dollars::Doubled
    };
    match args.format {
        ConfigFormat::Json => {
            config::json(project, dollars).map_err(|error| settings.relative(error.into()).into())
        }
        ConfigFormat::Yaml => config::yaml(project, dollars).map_err(|error| {
            let problem = format!("The configuration cannot be written as YAML: {error}");
            Failure::new(Exit::Failed, Diagnostic::error(problem))
        }),
    }
}

fn lines(items: Vec<String>) -> String {
    items.into_iter().map(|item| item + "\n").collect()
}

fn hashes(project: &Project, wanted: &str) -> Result<String, Failure> {
    let names: Vec<String> = wanted
        .split(',')
        .map(|name| name.trim().to_owned())
        .collect();
    if wanted != "*" {
        require_services(project, &names)?;
    }
    let hashes = config::hashes(project);
    let chosen = hashes
        .into_iter()
        .filter(|(name, _)| wanted == "*" || names.contains(name));
    Ok(chosen.fold(String::new(), |mut text, (name, hash)| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{name} {hash}");
        text
    }))
}

fn variables_table(settings: &Settings, variables: &[config::Variable]) -> String {
    let mut table = Table::new(["NAME", "REQUIRED", "DEFAULT VALUE", "ALTERNATE VALUE"]);
    for variable in variables {
        table.row([
            variable.name.clone(),
            variable.required.to_string(),
            variable.default.clone(),
            variable.alternative.clone(),
        ]);
    }
    table.render(settings.ui.output_palette())
}
