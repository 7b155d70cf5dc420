use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use devkit_compose::Project;
use devkit_compose::edit::ComposeFile;
use devkit_diagnostic::Location;

use super::EnvFile;
use super::environment::is_env_name;

/// What the project's folder holds, as far as checks ask for it.
#[derive(Debug, Clone, Default)]
pub struct Repository {
    /// The project's folder.
    pub root: PathBuf,
    /// The env files that are there, or that an example promises.
    pub env_files: Vec<EnvFile>,
    /// The files of which lines are asked for, by absolute path.
    texts: BTreeMap<PathBuf, String>,
}

impl Repository {
    /// Looks at the folder of a project, and asks git what it tracks.
    pub fn collect(root: &Path, projects: &[&Project]) -> Self {
        let texts = projects
            .iter()
            .flat_map(|project| &project.files)
            .filter_map(|file| Some((file.clone(), std::fs::read_to_string(file).ok()?)))
            .collect();
        let tracked = tracked_env_files(root);
        let mut paths: BTreeSet<PathBuf> = tracked.clone();
        for folder in ["", "config", "docker", "env", "envs"] {
            paths.extend(env_files_in(root, folder));
        }
        let env_files = paths
            .iter()
            .map(|path| EnvFile::read(root, path, tracked.contains(path)))
            .collect();
        Self {
            root: root.to_path_buf(),
            env_files,
            texts,
        }
    }

    /// The sections between markers of the compose files, by the services that stand in them.
    pub fn sections(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (path, text) in &self.texts {
            let Ok(file) = ComposeFile::parse(path, text) else {
                continue;
            };
            for section in file.sections().unwrap_or_default() {
                for service in file.section_services(&section.name).unwrap_or_default() {
                    let sections = found.entry(service.to_owned()).or_default();
                    sections.insert(section.name.clone());
                }
            }
        }
        found
    }

    /// A line of a compose file, counted from 1.
    pub fn line(&self, file: &Path, line: usize) -> Option<&str> {
        let text = self.texts.get(file).or_else(|| {
            self.texts
                .iter()
                .find(|(path, _)| path.ends_with(file))
                .map(|(_, text)| text)
        })?;
        text.lines().nth(line.checked_sub(1)?)
    }

    /// Whether a compose file of the project has a text in it.
    pub fn compose_mentions(&self, project: &Project, path: &str) -> bool {
        let mut texts = project.files.iter().filter_map(|file| self.texts.get(file));
        texts.any(|text| has_path(text, path))
    }

    /// Whether any compose file has a text in it.
    pub fn mentions(&self, text: &str) -> bool {
        self.texts.values().any(|found| found.contains(text))
    }

    /// Where a compose file has a text in it, the first time.
    pub fn place_of(&self, text: &str) -> Option<Location> {
        self.texts.iter().find_map(|(file, found)| {
            let (index, line) = found
                .lines()
                .enumerate()
                .find(|(_, line)| line.contains(text))?;
            let column = line[..line.find(text)?].chars().count() + 1;
            Some(Location {
                file: file.clone(),
                line: index + 1,
                column,
            })
        })
    }

    /// The defaults that the compose files give to a variable: `${NAME:-default}`.
    pub fn defaults_of(&self, name: &str) -> BTreeSet<String> {
        self.texts
            .values()
            .flat_map(|text| {
                [format!("${{{name}:-"), format!("${{{name}-")]
                    .into_iter()
                    .flat_map(|opening| {
                        text.match_indices(&opening)
                            .map(|(at, opening)| &text[at + opening.len()..])
                            .filter_map(|rest| Some(rest[..rest.find('}')?].to_owned()))
                            .collect::<Vec<_>>()
                    })
            })
            .collect()
    }
}

fn env_files_in(root: &Path, folder: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(root.join(folder)) else {
        return Vec::new();
    };
    entries
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let name = EnvFile::of_example(&name).map_or(name.clone(), str::to_owned);
            is_env_name(&name).then(|| Path::new(folder).join(name))
        })
        .collect()
}

fn tracked_env_files(root: &Path) -> BTreeSet<PathBuf> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(["ls-files", "-z", "--", "*.env", ".env*", "**/.env*"])
        .output();
    let Ok(output) = output else {
        return BTreeSet::new();
    };
    String::from_utf8_lossy(&output.stdout)
        .split('\0')
        .map(PathBuf::from)
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| is_env_name(&name.to_string_lossy()))
        })
        .collect()
}

/// Whether a text has a path of the project in it, and not as the end of another one.
fn has_path(text: &str, path: &str) -> bool {
    text.match_indices(path).any(|(at, _)| {
        let before = text[..at].trim_end_matches("./");
        let whole =
            !before.ends_with(|it: char| it.is_alphanumeric() || matches!(it, '/' | '-' | '_'));
        let after = text[at + path.len()..].chars().next();
        whole && after.is_none_or(|it| !it.is_alphanumeric() && !matches!(it, '-' | '_'))
    })
}
