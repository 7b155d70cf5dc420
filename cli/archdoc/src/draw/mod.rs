//! Draws a description of a platform in the style of its architecture document.
//!
//! What is drawn can be read back: the reader finds the same names, ports, lines and volumes.

mod canvas;
mod configuration;
mod diagram;
mod parts;
mod platform;
mod router;

pub use diagram::diagram;
pub use parts::{external_access, ports, resources, storage, table, topology};
pub use platform::{
    Access, ConfigurationFile, Edge, Mount, Node, NodePort, Platform, PlatformNetwork, Resources,
    Section,
};

#[cfg(test)]
mod tests;
