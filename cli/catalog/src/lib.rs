//! The components that can be added to a platform, and their templates.
//!
//! A component is a folder with a `component.toml` and templates. The built-in ones are embedded
//! from `templates/`; a folder of the user's can add to them or replace them.

mod blueprint;
mod catalog;
mod component;
mod kind;
mod manifest;
mod name;
mod recipe;
mod render;
mod tree;

pub use blueprint::{Blueprint, BlueprintComponent};
pub use catalog::Catalog;
pub use component::{Component, RenderedComponent, RenderedFile};
pub use kind::{ComponentKind, Section};
pub use manifest::{Manifest, PortEntry, ResourceEntry, VariableEntry, VolumeEntry};
pub use name::ServiceName;
pub use recipe::{Binary, Recipe, RecipePort, RecipeProtocol};
pub use render::{Variables, render, title_case, upper_snake};
pub use tree::TemplateTree;
