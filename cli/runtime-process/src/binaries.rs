//! Finds programs, and says which packages have those that are missing.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use devkit_catalog::{Binary, Recipe};
use devkit_compose::Project;
use devkit_diagnostic::Diagnostic;

use crate::prepare::{Kind, NativeSettings, kind_of};

/// Finds programs as a shell would, and in the folders that packages keep from the search path.
#[derive(Debug, Clone)]
pub(crate) struct Finder {
    path: String,
}

/// A program that is not there, and who has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MissingBinary {
    /// The program.
    pub name: String,
    /// The services that need it.
    pub services: BTreeSet<String>,
    /// The Debian package, where it is known.
    pub debian: Option<String>,
    /// The Homebrew formula, where it is known.
    pub homebrew: Option<String>,
}

/// All programs that a project needs and that are not there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Missing {
    /// The programs, by name.
    pub binaries: Vec<MissingBinary>,
}

impl Finder {
    pub(crate) fn new(environment: &BTreeMap<String, String>) -> Self {
        let path = environment.get("PATH").cloned();
        Self {
            path: path.unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".to_owned()),
        }
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Where a recipe's program is.
    pub(crate) fn find(&self, binary: &Binary) -> Option<PathBuf> {
        binary
            .search
            .iter()
            .flat_map(|folder| expand(folder))
            .map(|folder| folder.join(&binary.name))
            .find(|path| is_program(path))
            .or_else(|| self.on_path(&binary.name))
    }

    /// Whether a command's first word can be run from a folder.
    pub(crate) fn is_there(&self, program: &str, folder: &Path) -> bool {
        if program.contains('/') {
            is_program(&folder.join(program))
        } else {
            self.on_path(program).is_some()
        }
    }

    fn on_path(&self, name: &str) -> Option<PathBuf> {
        let folders = self.path.split(':').map(Path::new);
        // Servers are often in a folder that only root has on the path.
        folders
            .chain(["/usr/sbin", "/usr/local/sbin", "/sbin"].map(Path::new))
            .map(|folder| folder.join(name))
            .find(|path| is_program(path))
    }
}

fn is_program(path: &Path) -> bool {
    path.metadata()
        .is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

/// The folders that a pattern with one `*` stands for, the highest version first.
fn expand(pattern: &str) -> Vec<PathBuf> {
    let Some((before, after)) = pattern.split_once('*') else {
        return vec![PathBuf::from(pattern)];
    };
    let Some((folder, prefix)) = before.rsplit_once('/') else {
        return Vec::new();
    };
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let version = name.strip_prefix(prefix)?.split('.').next()?.parse().ok()?;
            Some((version, PathBuf::from(format!("{folder}/{name}{after}"))))
        })
        .collect();
    versions.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    versions.into_iter().map(|(_, path)| path).collect()
}

impl Missing {
    /// Whether nothing is missing.
    pub fn is_empty(&self) -> bool {
        self.binaries.is_empty()
    }

    /// What the given services of a project need and this machine does not have.
    pub(crate) fn of(
        project: &Project,
        services: &BTreeSet<String>,
        recipes: &[Recipe],
        finder: &Finder,
    ) -> Self {
        let mut missing: BTreeMap<String, MissingBinary> = BTreeMap::new();
        let mut add = |name: &str, service: &str, debian: Option<&str>, homebrew: Option<&str>| {
            let entry = missing
                .entry(name.to_owned())
                .or_insert_with(|| MissingBinary {
                    name: name.to_owned(),
                    services: BTreeSet::new(),
                    debian: debian.map(ToOwned::to_owned),
                    homebrew: homebrew.map(ToOwned::to_owned),
                });
            entry.services.insert(service.to_owned());
        };
        for (name, service) in &project.services {
            if !services.contains(name) {
                continue;
            }
            match kind_of(project, recipes, name, service) {
                Ok(Kind::Backing(recipe)) => {
                    for binary in recipe.binary.iter().filter(|b| finder.find(b).is_none()) {
                        add(
                            &binary.name,
                            name,
                            Some(&binary.debian),
                            Some(&binary.homebrew),
                        );
                    }
                }
                Ok(Kind::Native(settings)) => {
                    for program in tools(&settings, finder) {
                        let (debian, homebrew) = packages(&program);
                        add(&program, name, debian, homebrew);
                    }
                }
                // Told by name when the service is tried.
                Err(_) => {}
            }
        }
        Self {
            binaries: missing.into_values().collect(),
        }
    }

    /// The Debian packages, each once.
    pub fn debian_packages(&self) -> Vec<String> {
        let known = self
            .binaries
            .iter()
            .filter_map(|binary| binary.debian.clone());
        known.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The command that installs what is missing, for the given machine.
    pub fn install_command(&self, machine: Machine) -> Vec<String> {
        let formulas = self
            .binaries
            .iter()
            .filter_map(|binary| binary.homebrew.clone());
        let (start, packages): (&[&str], BTreeSet<String>) = match machine {
            Machine::Debian => (
                &["apt-get", "install", "-y"],
                self.debian_packages().into_iter().collect(),
            ),
            Machine::Mac => (&["brew", "install"], formulas.collect()),
        };
        start
            .iter()
            .map(ToString::to_string)
            .chain(packages)
            .collect()
    }

    /// What to tell the user.
    pub fn diagnostic(&self, machine: Machine) -> Diagnostic {
        let names: Vec<_> = self
            .binaries
            .iter()
            .map(|binary| binary.name.as_str())
            .collect();
        let mut diagnostic =
            Diagnostic::error(format!("Programs are missing: {}", names.join(", ")));
        for binary in &self.binaries {
            let services: Vec<_> = binary.services.iter().map(String::as_str).collect();
            diagnostic = diagnostic.with_note(format!(
                "{} is needed by {}",
                binary.name,
                services.join(", ")
            ));
        }
        diagnostic
            .with_help(self.install_command(machine).join(" "))
            .with_help("or let devkit run it: devkit up --yes")
            .with_help("or start a Docker Engine: devkit up --runtime docker")
    }
}

/// What kind of machine packages are installed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Machine {
    /// Debian and those that descend from it.
    Debian,
    /// macOS with Homebrew.
    Mac,
}

impl Machine {
    /// The machine that this devkit was built for.
    pub fn this() -> Self {
        if cfg!(target_os = "macos") {
            Self::Mac
        } else {
            Self::Debian
        }
    }
}

/// Programs by plain name that a native service needs and that are not there.
fn tools(settings: &NativeSettings, finder: &Finder) -> Vec<String> {
    let build = settings.build.iter().filter_map(|build| build.first());
    build
        .chain(settings.command.first())
        .filter(|program| !program.contains('/'))
        .filter(|program| !finder.is_there(program, Path::new("/")))
        .cloned()
        .collect()
}

fn packages(program: &str) -> (Option<&'static str>, Option<&'static str>) {
    match program {
        "cargo" => (Some("cargo"), Some("rust")),
        "node" => (Some("nodejs"), Some("node")),
        "npm" | "npx" => (Some("npm"), Some("node")),
        "python3" => (Some("python3"), Some("python")),
        "go" => (Some("golang-go"), Some("go")),
        _ => (None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binary(name: &str, search: &str) -> Binary {
        Binary {
            name: name.into(),
            debian: "package".into(),
            search: vec![search.into()],
            ..Binary::default()
        }
    }

    #[test]
    fn the_highest_version_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        for version in ["9", "15", "17"] {
            let bin = folder.path().join(version).join("bin");
            std::fs::create_dir_all(&bin).unwrap();
            std::fs::write(bin.join("server"), "").unwrap();
            std::fs::set_permissions(bin.join("server"), std::fs::Permissions::from_mode(0o755))
                .unwrap();
        }
        let finder = Finder::new(&BTreeMap::new());
        let pattern = format!("{}/*/bin", folder.path().display());
        let found = finder.find(&binary("server", &pattern)).unwrap();
        assert_eq!(found, folder.path().join("17/bin/server"));
        assert_eq!(finder.find(&binary("no-such-server", &pattern)), None);
    }

    #[test]
    fn the_install_command_names_each_package_once() {
        let one = |name: &str, debian: &str| MissingBinary {
            name: name.into(),
            services: BTreeSet::from(["db".to_owned()]),
            debian: Some(debian.into()),
            homebrew: None,
        };
        let missing = Missing {
            binaries: vec![
                one("initdb", "postgresql"),
                one("psql", "postgresql"),
                one("redis-server", "redis-server"),
            ],
        };
        assert_eq!(
            missing.install_command(Machine::Debian).join(" "),
            "apt-get install -y postgresql redis-server"
        );
        let said = missing.diagnostic(Machine::Debian);
        assert!(said.help[0].contains("apt-get install"));
        assert!(said.message.contains("initdb"));
    }
}
