//! Reads compose files as Docker Compose does, and edits them without losing a byte.
//!
//! Reading is a pipeline of stages, one folder or file each: parse to a spanned tree, interpolate,
//! extend and include, merge, make canonical, validate, type. See [`load`].

pub mod edit;
pub mod model;

mod load;

pub use load::{LoadOptions, load};
pub use model::Project;
