use devkit_diagnostic::{Diagnostic, SourceFile};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{ComponentKind, Section};

/// What `component.toml` says about a component.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of this format; 1.
    pub schema: u32,
    /// The id, equal to the folder's name.
    pub id: String,
    /// What sort of component it is.
    pub kind: ComponentKind,
    /// The name that people read.
    pub title: String,
    /// What it is for, in one line.
    pub description: String,
    /// The second line of its box in the diagram.
    pub technology: String,
    /// Where its blocks go in the compose files.
    pub section: Section,
    /// Ids of components that must be there.
    #[serde(default)]
    pub requires: Vec<String>,
    /// Its ports.
    #[serde(default)]
    pub ports: Vec<PortEntry>,
    /// Its volumes and mounts.
    #[serde(default)]
    pub volumes: Vec<VolumeEntry>,
    /// Keys that `config/.env.example` must have.
    #[serde(default)]
    pub environment: Vec<VariableEntry>,
    /// What the resource table says.
    #[serde(default)]
    pub resources: Option<ResourceEntry>,
    /// How to run it without containers; read by the process runtime.
    #[serde(default)]
    pub process: Option<toml::Table>,
}

/// A port: a row of the document's table and a variable of the root `.env`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortEntry {
    /// The name in the table.
    pub label: String,
    /// The variable that holds the host's port.
    pub variable: String,
    /// The port in the container.
    pub internal: u16,
    /// The host's port; the first free one where it is not said.
    #[serde(default)]
    pub external: Option<u16>,
    /// The protocol as the table shows it.
    pub protocol: String,
    /// Whether production publishes it.
    #[serde(default)]
    pub production: bool,
}

/// A named volume, or a bind mount where the name is a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VolumeEntry {
    /// The volume's name, or the host's path beginning with `.`.
    pub name: String,
    /// Where it is mounted.
    pub target: String,
    /// What is in it.
    pub description: String,
}

impl VolumeEntry {
    /// Whether it is a named volume, kept under the compose file's `volumes`.
    pub fn is_named(&self) -> bool {
        !self.name.contains('/')
    }
}

/// A key of `config/.env.example`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VariableEntry {
    /// The variable.
    pub key: String,
    /// Its value; `__generate__` becomes a secret, `${KEY}` another key's value.
    pub value: String,
}

/// A row of the resource table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResourceEntry {
    /// Processors.
    pub cpu: f64,
    /// Memory as the table shows it.
    pub memory: String,
    /// How it scales.
    pub scaling: String,
}

impl Manifest {
    /// Reads a `component.toml` of the folder `kind/id`.
    pub(crate) fn parse(
        path: &str,
        text: &str,
        kind: ComponentKind,
        id: &str,
    ) -> Result<Self, Diagnostic> {
        let manifest: Self = parse(path, text)?;
        let wrong = |what: String| Err(Diagnostic::error(what).in_file(path));
        if manifest.schema != 1 {
            return wrong(format!("schema {} is not known, only 1", manifest.schema));
        }
        if manifest.id != id || manifest.kind != kind {
            return wrong(format!(
                "the file says {} `{}`, the folder {kind} `{id}`",
                manifest.kind, manifest.id
            ));
        }
        Ok(manifest)
    }
}

/// Reads a TOML file into a type, with the place of what is wrong.
pub(crate) fn parse<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, Diagnostic> {
    toml::from_str(text).map_err(|error| {
        let source = SourceFile::new(path, text);
        let diagnostic = Diagnostic::error(error.message().trim().to_owned());
        match error.span() {
            Some(span) => diagnostic.at(&source, span, ""),
            None => diagnostic.in_file(path),
        }
    })
}
