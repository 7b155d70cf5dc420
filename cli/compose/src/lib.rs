//! Reads compose files as Docker Compose does, and edits them without losing a byte.
//!
//! Reading is a pipeline of stages, one folder or file each: parse to a spanned tree, interpolate,
//! extend and include, merge, make canonical, validate, type. See [`load`].

pub mod config;
pub mod edit;
pub mod model;

mod assemble;
mod canonical;
mod check;
mod discover;
mod dotenv;
mod emit;
mod interpolate;
mod load;
mod merge;
mod normalize;
mod paths;
mod pipeline;
mod project_name;
mod schema;
mod session;
mod suggest;
mod survey;
mod tree;
mod validate;
mod wording;

pub use load::{LoadOptions, load};
pub use model::Project;
pub use pipeline::MAXIMUM_SIZE;
pub use survey::{Survey, survey};
