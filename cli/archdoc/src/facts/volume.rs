use serde::{Deserialize, Serialize};

use super::Origin;

/// How data is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VolumeKind {
    /// A named volume.
    Named,
    /// A path of the host.
    Bind,
}

impl VolumeKind {
    /// A path of the host where it is one, or else a named volume.
    pub fn bind_if(is_path: bool) -> Self {
        if is_path { Self::Bind } else { Self::Named }
    }
}

/// A volume or bind mount that the document names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Volume {
    /// The volume's name, or the path of a bind mount.
    pub name: String,
    /// How data is kept.
    pub kind: VolumeKind,
    /// The component whose data it is, where that is said.
    pub of: Option<String>,
    /// The path inside the container, where that is said.
    pub target: Option<String>,
    /// What is said about it.
    pub description: Option<String>,
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
}
