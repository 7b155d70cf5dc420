use std::collections::BTreeSet;
use std::path::Path;

use devkit_catalog::{
    ComponentKind, PortEntry, ResourceEntry, Section, VariableEntry, VolumeEntry,
};
use devkit_changeset::FileMode;
use devkit_diagnostic::Diagnostic;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::workspace::Workspace;

/// The file that says that devkit made the platform.
pub(crate) const PLATFORM: &str = ".devkit/platform.toml";
const COMPONENTS: &str = ".devkit/components";
const BASE: &str = ".devkit/base";

/// What devkit remembers about a platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlatformRecord {
    /// The version of this format; 1.
    pub schema: u32,
    /// The version of devkit that made it.
    pub devkit: String,
    /// The platform's name.
    pub name: String,
    /// The blueprint it was made from.
    pub blueprint: String,
    /// The files of the skeleton as they were generated.
    #[serde(default)]
    pub files: Vec<Generated>,
}

/// What devkit remembers about a component that it added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ComponentRecord {
    /// The version of this format; 1.
    pub schema: u32,
    /// The version of devkit that added it.
    pub devkit: String,
    /// The component's name.
    pub name: String,
    /// What sort of component it is.
    pub kind: ComponentKind,
    /// Its id in the catalog.
    pub template: String,
    /// The name in the document.
    pub title: String,
    /// The second line of its box in the document.
    pub technology: String,
    /// Where its blocks stand in the compose files.
    pub section: Section,
    /// Components that it needs.
    pub requires: Vec<String>,
    /// The keys of its services.
    pub services: Vec<String>,
    /// Its ports, with the host's ports as they were given.
    #[serde(default)]
    pub ports: Vec<PortEntry>,
    /// Its volumes and mounts.
    #[serde(default)]
    pub volumes: Vec<VolumeEntry>,
    /// Its keys of `config/.env.example`.
    #[serde(default)]
    pub environment: Vec<VariableEntry>,
    /// Its row of the resource table.
    #[serde(default)]
    pub resources: Option<ResourceEntry>,
    /// The files as they were generated.
    #[serde(default)]
    pub files: Vec<Generated>,
    /// The blocks of compose files as they were generated.
    #[serde(default)]
    pub blocks: Vec<Generated>,
}

/// A text as it was generated; it is kept under `.devkit/base/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generated {
    /// The file that it is, or is part of.
    pub path: String,
    /// SHA-256 of the text.
    pub sha256: String,
}

impl Generated {
    /// Remembers a text and keeps it as the base of later updates.
    pub(crate) fn keep(
        workspace: &mut Workspace,
        path: &str,
        content: &[u8],
    ) -> Result<Self, Diagnostic> {
        let sha256 = sha256(content);
        workspace.write(&format!("{BASE}/{sha256}"), content, FileMode::Regular)?;
        Ok(Self {
            path: path.to_owned(),
            sha256,
        })
    }
}

pub(crate) fn sha256(content: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(content)
        .iter()
        .fold(String::new(), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

pub(crate) fn platform(workspace: &mut Workspace) -> Result<Option<PlatformRecord>, Diagnostic> {
    read(workspace, PLATFORM)
}

pub(crate) fn write_platform(
    workspace: &mut Workspace,
    record: &PlatformRecord,
) -> Result<(), Diagnostic> {
    write(workspace, PLATFORM, record)
}

pub(crate) fn component(
    workspace: &mut Workspace,
    name: &str,
) -> Result<Option<ComponentRecord>, Diagnostic> {
    read(workspace, &path(name))
}

/// All components that devkit added, by name.
pub(crate) fn components(workspace: &mut Workspace) -> Result<Vec<ComponentRecord>, Diagnostic> {
    let mut records = Vec::new();
    for file in workspace.list(COMPONENTS) {
        if Path::new(&file)
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            records.extend(read(workspace, &format!("{COMPONENTS}/{file}"))?);
        }
    }
    Ok(records)
}

pub(crate) fn write_component(
    workspace: &mut Workspace,
    record: &ComponentRecord,
) -> Result<(), Diagnostic> {
    write(workspace, &path(&record.name), record)
}

/// Forgets a component, and the texts that no other one was made from.
pub(crate) fn forget(
    workspace: &mut Workspace,
    record: &ComponentRecord,
) -> Result<(), Diagnostic> {
    workspace.delete(&path(&record.name))?;
    let mut used = BTreeSet::new();
    for other in components(workspace)? {
        used.extend(
            other
                .files
                .into_iter()
                .chain(other.blocks)
                .map(|text| text.sha256),
        );
    }
    used.extend(
        platform(workspace)?
            .into_iter()
            .flat_map(|platform| platform.files)
            .map(|text| text.sha256),
    );
    for text in record.files.iter().chain(&record.blocks) {
        if !used.contains(&text.sha256) {
            workspace.delete(&format!("{BASE}/{}", text.sha256))?;
        }
    }
    Ok(())
}

fn path(name: &str) -> String {
    format!("{COMPONENTS}/{name}.toml")
}

fn read<T: DeserializeOwned>(
    workspace: &mut Workspace,
    path: &str,
) -> Result<Option<T>, Diagnostic> {
    let Some(text) = workspace.text(path)? else {
        return Ok(None);
    };
    toml::from_str(&text).map(Some).map_err(|error| {
        Diagnostic::error(format!(
            "devkit's record cannot be read: {}",
            error.message()
        ))
        .in_file(path)
        .with_help("bring the file back with `git checkout`")
    })
}

fn write<T: Serialize>(
    workspace: &mut Workspace,
    path: &str,
    record: &T,
) -> Result<(), Diagnostic> {
    let text = toml::to_string(record).map_err(|error| {
        Diagnostic::error(format!("devkit's record cannot be written: {error}")).in_file(path)
    })?;
    workspace.write(path, text, FileMode::Regular)
}
