//! The pair of compose files of a platform.

use devkit_catalog::Section;
use devkit_changeset::FileMode;
use devkit_compose::edit::{ComposeFile, TopLevel};
use devkit_diagnostic::Diagnostic;

use crate::workspace::Workspace;

const PRODUCTION: [&str; 4] = [
    "docker-compose.yml",
    "docker-compose.yaml",
    "compose.yaml",
    "compose.yml",
];
const DEVELOPMENT: [&str; 4] = [
    "docker-compose.development.yml",
    "docker-compose.development.yaml",
    "compose.development.yaml",
    "compose.development.yml",
];
const NETWORK: &str = "app-network";
const ANCHOR: &str = "default-env";

/// The production file and what development adds to it.
pub(crate) struct ComposePair {
    production: (String, ComposeFile),
    development: Option<(String, ComposeFile)>,
}

/// Which file of the pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Production,
    Development,
}

impl ComposePair {
    pub(crate) fn read(workspace: &mut Workspace) -> Result<Self, Diagnostic> {
        let Some(production) = first(workspace, &PRODUCTION)? else {
            return Err(
                Diagnostic::error("There is no docker-compose.yml in this folder")
                    .with_help("make a platform with `devkit new platform NAME`")
                    .with_help("or go to the platform's folder, or name it with `-C DIR`"),
            );
        };
        Ok(Self {
            production,
            development: first(workspace, &DEVELOPMENT)?,
        })
    }

    /// Writes what was edited.
    pub(crate) fn write(&self, workspace: &mut Workspace) -> Result<(), Diagnostic> {
        for (path, file) in self.files() {
            workspace.write(path, file.text(), FileMode::Regular)?;
        }
        Ok(())
    }

    /// The files with their paths, production first.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &ComposeFile)> {
        [Some(&self.production), self.development.as_ref()]
            .into_iter()
            .flatten()
            .map(|(path, file)| (path.as_str(), file))
    }

    /// Every service of both files, in their order, each once.
    pub(crate) fn services(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for name in self.files().flat_map(|(_, file)| file.service_names()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The services of a section in both files, in their order, each once.
    pub(crate) fn section_services(&self, section: Section) -> Vec<&str> {
        let mut names = Vec::new();
        for (_, file) in self.files() {
            for name in file.section_services(section.marker()).unwrap_or_default() {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }

    pub(crate) fn path(&self, part: Part) -> Result<String, Diagnostic> {
        self.part(part).map(|(path, _)| path.clone())
    }

    /// Puts a block into a section of one file, with the network it names.
    pub(crate) fn insert(
        &mut self,
        part: Part,
        section: Section,
        block: &str,
    ) -> Result<(), Diagnostic> {
        let (path, file) = self.part(part)?;
        if block.contains(&format!("*{ANCHOR}")) && !file.has_anchor(ANCHOR) {
            return Err(Diagnostic::error(format!("The file has no `&{ANCHOR}`, which the new service needs"))
                .in_file(path)
                .with_help(format!("put these lines above `services`: `x-env: &{ANCHOR}`, `  env_file:`, `    - path: ./config/.env`, `      required: false`")));
        }
        let edited = file.insert_services(section.marker(), block)?;
        let has_network = self
            .files()
            .any(|(_, file)| file.top_level_names(TopLevel::Networks).contains(&NETWORK));
        let edited = if block.contains(NETWORK) && !has_network {
            edited.insert_top_level(TopLevel::Networks, NETWORK)?
        } else {
            edited
        };
        self.replace(part, edited);
        Ok(())
    }

    /// Adds a named volume to one file, unless one of them has it.
    pub(crate) fn add_volume(&mut self, part: Part, name: &str) -> Result<(), Diagnostic> {
        let known = self
            .files()
            .any(|(_, file)| file.top_level_names(TopLevel::Volumes).contains(&name));
        if !known {
            let edited = self
                .part(part)?
                .1
                .insert_top_level(TopLevel::Volumes, name)?;
            self.replace(part, edited);
        }
        Ok(())
    }

    /// Takes a service away from both files.
    pub(crate) fn remove_service(&mut self, name: &str) -> Result<(), Diagnostic> {
        for part in [Part::Production, Part::Development] {
            let Ok((_, file)) = self.part(part) else {
                continue;
            };
            if file.service_names().contains(&name) {
                let edited = file.remove_service(name)?;
                self.replace(part, edited);
            }
        }
        Ok(())
    }

    /// Takes a named volume away from both files.
    pub(crate) fn remove_volume(&mut self, name: &str) -> Result<(), Diagnostic> {
        for part in [Part::Production, Part::Development] {
            let Ok((_, file)) = self.part(part) else {
                continue;
            };
            if file.top_level_names(TopLevel::Volumes).contains(&name) {
                let edited = file.remove_top_level(TopLevel::Volumes, name)?;
                self.replace(part, edited);
            }
        }
        Ok(())
    }

    /// Writes `services: {}` where a file has nothing but markers.
    pub(crate) fn settle(&mut self) -> Result<(), Diagnostic> {
        for part in [Part::Production, Part::Development] {
            if let Ok((_, file)) = self.part(part) {
                let settled = file.with_services_mapping()?;
                self.replace(part, settled);
            }
        }
        Ok(())
    }

    fn part(&self, part: Part) -> Result<&(String, ComposeFile), Diagnostic> {
        match part {
            Part::Production => Ok(&self.production),
            Part::Development => self.development.as_ref().ok_or_else(|| {
                Diagnostic::error("There is no docker-compose.development.yml in this folder")
                    .with_help("make one with `services: {}` and the sections' markers in it")
            }),
        }
    }

    fn replace(&mut self, part: Part, file: ComposeFile) {
        match part {
            Part::Production => self.production.1 = file,
            Part::Development => {
                if let Some(development) = &mut self.development {
                    development.1 = file;
                }
            }
        }
    }
}

fn first(
    workspace: &mut Workspace,
    names: &[&str],
) -> Result<Option<(String, ComposeFile)>, Diagnostic> {
    for name in names {
        if let Some(bytes) = workspace.read(name)? {
            let file = ComposeFile::from_bytes(name, bytes)?;
            return Ok(Some(((*name).to_owned(), file)));
        }
    }
    Ok(None)
}
