//! What the command line and the environment mean together; the only place that reads either.

use std::collections::BTreeMap;
use std::env;
use std::io::IsTerminal;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use devkit_compose::{LoadOptions, Project, Survey};
use devkit_diagnostic::{Diagnostic, Diagnostics};
use devkit_ui::{ColorChoice, Mode, Terminal, Ui};

use crate::args::{ColorWhen, GlobalArgs, ProgressChoice};
use crate::failure::Failure;

/// Everything that commands know of where and how they run.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) ui: Ui,
    /// Absolute folder that the command works in.
    pub(crate) directory: PathBuf,
    /// The variables of the process.
    pub(crate) environment: BTreeMap<String, String>,
    /// How the project is loaded, before what single commands add.
    pub(crate) load: LoadOptions,
    /// Whether the user wants to see more.
    pub(crate) verbose: bool,
}

impl Settings {
    /// Resolves the global options.
    pub(crate) fn resolve(global: GlobalArgs) -> Result<Self, (Ui, Failure)> {
        let environment: BTreeMap<String, String> = env::vars_os()
            .filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        let ui = output(&global, &environment);
        let directory = match working_directory(global.directory.as_deref()) {
            Ok(directory) => directory,
            Err(diagnostic) => return Err((ui, Failure::usage(diagnostic))),
        };
        let load = LoadOptions {
            working_dir: directory.clone(),
            standard_input: None,
            files: global.files,
            project_name: global.project_name,
            project_directory: global.project_directory,
            env_files: global.env_files,
            profiles: global.profiles,
            environment: environment.clone(),
            ..LoadOptions::default()
        };
        Ok(Self {
            ui,
            directory,
            environment,
            load,
            verbose: global.verbose,
        })
    }

    /// Loads the project and shows its warnings.
    pub(crate) fn project(&self) -> Result<Project, Failure> {
        self.project_with(|_| {})
    }

    /// Loads the project with what a command adds to the options.
    pub(crate) fn project_with(
        &self,
        adjust: impl FnOnce(&mut LoadOptions),
    ) -> Result<Project, Failure> {
        let mut options = self.load.clone();
        adjust(&mut options);
        read_standard_input(&mut options)?;
        let project = devkit_compose::load(&options).map_err(|found| self.relative(found))?;
        let warnings = self.relative(project.warnings.clone());
        self.ui.diagnostics(&warnings);
        Ok(project)
    }

    /// Reads the project as far as it can be read, with what a command adds to the options.
    pub(crate) fn survey_with(
        &self,
        adjust: impl FnOnce(&mut LoadOptions),
    ) -> Result<Survey, Failure> {
        let mut options = self.load.clone();
        adjust(&mut options);
        read_standard_input(&mut options)?;
        Ok(devkit_compose::survey(&options).map_err(|found| self.relative(found))?)
    }

    /// The diagnostics with their files named from where the user stands.
    pub(crate) fn relative(&self, diagnostics: Diagnostics) -> Diagnostics {
        diagnostics
            .into_iter()
            .map(|mut diagnostic| {
                if let Some(file) = &diagnostic.file {
                    diagnostic.file = Some(self.shown(file));
                }
                for label in &mut diagnostic.labels {
                    label.source = label.source.with_path(self.shown(label.source.path()));
                }
                diagnostic
            })
            .collect()
    }

    /// A path as the user would write it: from where the user stands, unless that is longer.
    pub(crate) fn shown(&self, path: &Path) -> PathBuf {
        match pathdiff::diff_paths(path, &self.directory) {
            Some(relative) if relative.as_os_str().is_empty() => PathBuf::from("."),
            Some(relative) if relative.as_os_str().len() < path.as_os_str().len() => relative,
            _ => path.to_owned(),
        }
    }
}

/// The options for the production file alone: the first of the files that would be read.
pub(crate) fn production_only(options: &mut LoadOptions, project: &Project) {
    options.files = project.files.first().cloned().into_iter().collect();
}

fn read_standard_input(options: &mut LoadOptions) -> Result<(), Failure> {
    if !options.files.iter().any(|file| file.as_os_str() == "-") {
        return Ok(());
    }
    // One byte more than is accepted tells that there is too much.
    let input = std::io::stdin().take(devkit_compose::MAXIMUM_SIZE + 1);
    let text = std::io::read_to_string(input).map_err(|error| {
        Failure::usage(Diagnostic::error(format!(
            "Standard input cannot be read: {error}"
        )))
    })?;
    options.standard_input = Some(text);
    Ok(())
}

fn working_directory(wanted: Option<&Path>) -> Result<PathBuf, Diagnostic> {
    let current = env::current_dir().map_err(|error| {
        Diagnostic::error(format!("The current folder cannot be read: {error}"))
            .with_help("change to a folder that exists: cd ~")
    })?;
    let Some(wanted) = wanted else {
        return Ok(current);
    };
    current.join(wanted).canonicalize().map_err(|error| {
        Diagnostic::error(format!("No folder {}: {error}", wanted.display()))
            .with_help("give a folder that exists: devkit -C DIR")
    })
}

fn output(global: &GlobalArgs, environment: &BTreeMap<String, String>) -> Ui {
    let set = |name: &str| environment.get(name).is_some_and(|value| !value.is_empty());
    let error = std::io::stderr().is_terminal();
    let terminal = Terminal {
        input: std::io::stdin().is_terminal(),
        output: std::io::stdout().is_terminal(),
        error,
        automation: environment
            .get("CI")
            .is_some_and(|value| value != "false" && !value.is_empty()),
        no_color: set("NO_COLOR") || environment.get("TERM").is_some_and(|term| term == "dumb"),
        columns: columns(environment, error),
    };
    let mode = match global.progress {
        ProgressChoice::Auto => None,
        ProgressChoice::Tty => Some(Mode::Tty),
        ProgressChoice::Plain => Some(Mode::Plain),
        ProgressChoice::Json => Some(Mode::Json),
        ProgressChoice::Quiet => Some(Mode::Quiet),
    };
    let color = match global.color {
        ColorWhen::Auto => ColorChoice::Auto,
        ColorWhen::Always => ColorChoice::Always,
        ColorWhen::Never => ColorChoice::Never,
    };
    Ui::new(mode, color, terminal)
}

fn columns(environment: &BTreeMap<String, String>, terminal: bool) -> Option<u16> {
    let given = environment
        .get("COLUMNS")
        .and_then(|columns| columns.parse().ok());
    given.or_else(|| {
        if terminal {
            devkit_ui::terminal_columns()
        } else {
            None
        }
    })
}
