use std::collections::BTreeMap;
use std::path::PathBuf;

use devkit_diagnostic::Diagnostics;

use crate::Project;
use crate::assemble;
use crate::session::{Failed, Session};

/// Everything that decides what a project is; the process environment is given, never read.
#[derive(Debug, Clone, Default)]
pub struct LoadOptions {
    /// Absolute folder from which relative files are found and default files are searched upwards.
    pub working_dir: PathBuf,
    /// `-f` in order; empty means `COMPOSE_FILE`, else the default files. `-` is standard input.
    pub files: Vec<PathBuf>,
    /// The text for `-f -`.
    pub standard_input: Option<String>,
    /// `-p`, before `COMPOSE_PROJECT_NAME`, the files' `name:` and the folder's name.
    pub project_name: Option<String>,
    /// `--project-directory`.
    pub project_directory: Option<PathBuf>,
    /// `--env-file` in order; empty means `COMPOSE_ENV_FILES`, else `.env`.
    pub env_files: Vec<PathBuf>,
    /// `--profile`, before `COMPOSE_PROFILES`; `*` enables all.
    pub profiles: Vec<String>,
    /// Services named on the command line: they and what they need are enabled in any profile.
    pub services: Vec<String>,
    /// Takes in the named services and what they need alone, where any are named.
    pub only_named: bool,
    /// The variables of the process.
    pub environment: BTreeMap<String, String>,
    /// Leaves `${...}` as it stands (`config --no-interpolate`).
    pub no_interpolate: bool,
    /// Leaves `env_file` unread (`config --no-env-resolution`).
    pub no_env_resolution: bool,
}

/// Loads the project that the options name, as `docker compose config` understands it.
///
/// # Errors
/// All diagnostics of all files that could be read, each with its place.
pub fn load(options: &LoadOptions) -> Result<Project, Diagnostics> {
    let mut session = Session::keeping_variables(options.no_interpolate);
    match assemble::assemble(options, &mut session) {
        Ok(project) => Ok(project),
        Err(Failed) => Err(session.into_diagnostics()),
    }
}
