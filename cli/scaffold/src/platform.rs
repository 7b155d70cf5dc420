use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use devkit_catalog::Catalog;

/// An existing platform, and what is known about the machine it is on.
pub struct Platform<'a> {
    /// The platform's folder.
    pub root: PathBuf,
    /// What can be added.
    pub catalog: &'a Catalog,
    /// The host's ports that the project's compose model publishes.
    pub published: BTreeSet<u16>,
    /// Whether something on this machine holds a port.
    pub is_port_taken: &'a dyn Fn(u16) -> bool,
}

impl<'a> Platform<'a> {
    /// A platform of which nothing else is known.
    pub fn new(root: impl AsRef<Path>, catalog: &'a Catalog) -> Self {
        Self {
            root: root.as_ref().to_owned(),
            catalog,
            published: BTreeSet::new(),
            is_port_taken: &|_| false,
        }
    }
}
