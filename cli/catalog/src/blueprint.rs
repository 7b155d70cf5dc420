use serde::Deserialize;

use crate::{ComponentKind, ServiceName};

/// A whole platform: which components it has, in which order.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blueprint {
    /// The version of this format; 1.
    pub schema: u32,
    /// The id, such as `starter`.
    pub id: String,
    /// The name that people read.
    pub title: String,
    /// What is in it, in one line.
    pub description: String,
    /// The components in the order in which they are added.
    #[serde(rename = "component", default)]
    pub components: Vec<BlueprintComponent>,
}

/// One component of a blueprint.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlueprintComponent {
    /// What sort of component it is.
    pub kind: ComponentKind,
    /// Its id in the catalog.
    pub id: String,
    /// The service's name.
    pub name: ServiceName,
    /// The folder of files that are laid over the component's own.
    #[serde(default)]
    pub overlay: Option<String>,
    /// The host's port.
    #[serde(default)]
    pub port: Option<u16>,
}
