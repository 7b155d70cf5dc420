//! Finds the files, the variables, the profiles and the name of a project.

use std::path::{Path, PathBuf};

use devkit_diagnostic::Diagnostic;

use crate::LoadOptions;
use crate::canonical::clean_path;
use crate::pipeline::{Input, read_env_file};
use crate::session::{Environment, Failed, Session};
use crate::tree::Place;

const DEFAULT_FILES: [&str; 4] = [
    "compose.yaml",
    "compose.yml",
    "docker-compose.yml",
    "docker-compose.yaml",
];
const OVERRIDE_FILES: [&str; 4] = [
    "compose.override.yml",
    "compose.override.yaml",
    "docker-compose.override.yml",
    "docker-compose.override.yaml",
];

/// Where a project is and what it sees.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// The folder that relative paths are resolved against.
    pub folder: PathBuf,
    /// The files in order.
    pub inputs: Vec<Input>,
    /// The process's variables over those of env files.
    pub environment: Environment,
    /// The active profiles.
    pub profiles: Vec<String>,
}

/// Looks everything up.
pub(crate) fn discover(options: &LoadOptions, session: &mut Session) -> Result<Found, Failed> {
    let mut environment = options.environment.clone();
    let here = match &options.project_directory {
        Some(folder) => absolute(&options.working_dir, folder),
        None => options.working_dir.clone(),
    };
    // Files that are named have their variables beside them; others are found by variables.
    let beside = options.files.iter().find(|file| file.as_os_str() != "-");
    let first = match (&options.project_directory, beside) {
        (None, Some(file)) => parent(&absolute(&options.working_dir, file), &here),
        _ => here.clone(),
    };
    env_files(options, &first, &mut environment, session)?;
    let files = files(options, &here, &environment, session)?;
    let named = files.iter().find(|file| file.as_os_str() != "-");
    let folder = match (&options.project_directory, named) {
        (None, Some(file)) => parent(file, &here),
        _ => here,
    };
    if folder != first {
        env_files(options, &folder, &mut environment, session)?;
    }
    let inputs = files
        .into_iter()
        .map(|path| Input {
            text: (path.as_os_str() == "-")
                .then(|| options.standard_input.clone().unwrap_or_default()),
            path,
        })
        .collect();
    let profiles = if options.profiles.is_empty() {
        // The reference splits an empty text into one empty profile.
        let profiles = environment
            .get("COMPOSE_PROFILES")
            .map_or("", String::as_str);
        profiles
            .split(',')
            .map(|name| name.trim().to_owned())
            .collect()
    } else {
        options.profiles.clone()
    };
    Ok(Found {
        folder,
        inputs,
        environment,
        profiles,
    })
}

fn parent(file: &Path, otherwise: &Path) -> PathBuf {
    file.parent().unwrap_or(otherwise).to_path_buf()
}

fn absolute(folder: &Path, path: &Path) -> PathBuf {
    PathBuf::from(clean_path(&folder.join(path).to_string_lossy()))
}

/// Reads env files below what is set.
fn env_files(
    options: &LoadOptions,
    folder: &Path,
    environment: &mut Environment,
    session: &mut Session,
) -> Result<(), Failed> {
    let named: Vec<PathBuf> = if options.env_files.is_empty() {
        environment
            .get("COMPOSE_ENV_FILES")
            .map(|files| {
                files
                    .split(',')
                    .map(str::trim)
                    .filter(|file| !file.is_empty())
                    .map(PathBuf::from)
                    .collect()
            })
            .unwrap_or_default()
    } else {
        options.env_files.clone()
    };
    let disabled = match options.environment.get("COMPOSE_DISABLE_ENV_FILE") {
        None => false,
        Some(value) => match value.as_str() {
            "1" | "t" | "T" | "true" | "True" | "TRUE" => true,
            "0" | "f" | "F" | "false" | "False" | "FALSE" => false,
            other => {
                let message = format!("COMPOSE_DISABLE_ENV_FILE is `{other}`, which is no boolean");
                let help = "Set it to `true` or `false`, or not at all";
                session.errors([Diagnostic::error(message).with_help(help)]);
                return Err(Failed);
            }
        },
    };
    let files: Vec<PathBuf> = if !named.is_empty() {
        named
            .iter()
            .map(|file| absolute(&options.working_dir, file))
            .collect()
    } else if !disabled && folder.join(".env").is_file() {
        vec![folder.join(".env")]
    } else {
        Vec::new()
    };
    let mut read = Environment::new();
    for file in &files {
        if !file.exists() {
            session.errors([Diagnostic::error(format!(
                "The env file {} does not exist",
                file.display()
            ))
            .in_file(file)]);
            return Err(Failed);
        }
        let outside = |name: &str| environment.get(name).or_else(|| read.get(name)).cloned();
        let variables = read_env_file(file, Place::default(), &outside, session)?;
        read.extend(variables);
    }
    for (name, value) in read {
        environment.entry(name).or_insert(value);
    }
    Ok(())
}

fn files(
    options: &LoadOptions,
    here: &Path,
    environment: &Environment,
    session: &mut Session,
) -> Result<Vec<PathBuf>, Failed> {
    let resolve = |path: &Path| {
        if path.as_os_str() == "-" {
            path.to_path_buf()
        } else {
            absolute(&options.working_dir, path)
        }
    };
    if !options.files.is_empty() {
        return Ok(options.files.iter().map(|path| resolve(path)).collect());
    }
    if let Some(named) = environment
        .get("COMPOSE_FILE")
        .filter(|named| !named.is_empty())
    {
        let separator = environment
            .get("COMPOSE_PATH_SEPARATOR")
            .map_or(":", String::as_str);
        return Ok(named
            .split(separator)
            .map(|name| absolute(here, Path::new(name)))
            .collect());
    }
    default_files(here, session)
}

fn default_files(here: &Path, session: &mut Session) -> Result<Vec<PathBuf>, Failed> {
    let mut folder = here;
    loop {
        let present = |names: &[&str]| -> Vec<PathBuf> {
            names
                .iter()
                .map(|name| folder.join(name))
                .filter(|path| path.is_file())
                .collect()
        };
        let candidates = present(&DEFAULT_FILES);
        if let Some(first) = candidates.first() {
            if candidates.len() > 1 {
                session.warning(
                    format!(
                        "There are several compose files, {} is used",
                        first.display()
                    ),
                    Place::default(),
                );
            }
            let overrides = present(&OVERRIDE_FILES);
            return Ok(std::iter::once(first)
                .chain(overrides.first())
                .cloned()
                .collect());
        }
        let Some(parent) = folder.parent() else {
            let message = format!("There is no compose file in {} or above it", here.display());
            let help = "Make a platform with `devkit new platform NAME`, or name a file with `-f`";
            session.errors([Diagnostic::error(message).with_help(help)]);
            return Err(Failed);
        };
        folder = parent;
    }
}

/// A name as folders give it: lower case, without what names do not hold.
pub(crate) fn normalize_name(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .filter(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'))
        .collect::<String>()
        .trim_start_matches(['_', '-'])
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::normalize_name;

    #[test]
    fn folder_names_become_project_names() {
        assert_eq!(normalize_name("My App.v2"), "myappv2");
        assert_eq!(normalize_name("_-x_Y"), "x_y");
    }
}
