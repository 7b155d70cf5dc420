use std::collections::BTreeMap;
use std::path::PathBuf;

use devkit_diagnostic::{Diagnostics, Location};
use serde_json::Value;

use super::{FileObject, Locations, Network, Service, Volume};

/// The loaded, merged and typed compose model of one project.
#[derive(Debug, Clone, Default)]
pub struct Project {
    /// The project's name, valid and lower case.
    pub name: String,
    /// Absolute folder that relative paths are resolved against.
    pub working_dir: PathBuf,
    /// Absolute paths of the files that were loaded, in order (without includes).
    pub files: Vec<PathBuf>,
    /// The services that the active profiles enable, by key.
    pub services: BTreeMap<String, Service>,
    /// The services that no active profile enables.
    pub disabled_services: BTreeMap<String, Service>,
    /// Networks that services use, by key.
    pub networks: BTreeMap<String, Network>,
    /// Volumes by key.
    pub volumes: BTreeMap<String, Volume>,
    /// Secrets by key.
    pub secrets: BTreeMap<String, FileObject>,
    /// Configs by key.
    pub configs: BTreeMap<String, FileObject>,
    /// The profiles that are active.
    pub profiles: Vec<String>,
    /// The environment that interpolation saw: process variables over env files.
    pub environment: BTreeMap<String, String>,
    /// The canonical model with the `x-` extensions of services and other parts; what
    /// `docker compose config` prints is written from it.
    pub document: Value,
    /// Where each path of the model was last set.
    pub locations: Locations,
    /// What is worth saying though the project is valid (variables that are not set, obsolete keys).
    pub warnings: Diagnostics,
}

impl Project {
    /// Where a path of the model was set, or the nearest path above it that has a place.
    pub fn location(&self, path: &str) -> Option<Location> {
        let mut path = path;
        loop {
            if let Some(location) = self.locations.of(path) {
                return Some(location);
            }
            path = &path[..path.rfind(['.', '['])?];
        }
    }

    /// All services, enabled or not, by key.
    pub fn all_services(&self) -> impl Iterator<Item = (&str, &Service)> {
        self.services
            .iter()
            .chain(&self.disabled_services)
            .map(|(name, service)| (name.as_str(), service))
    }
}
