//! From a compose service to what is to be run: recipes, settings, places and specifications.

mod backing;
mod kind;
mod native;
mod places;
mod sources;
mod specification;

pub(crate) use kind::{Kind, NativeSettings, kind_of, recipes};
pub(crate) use places::{Places, wanted_doors};
pub(crate) use sources::fingerprint as source_fingerprint;
pub(crate) use specification::{Request, specify, volume_folders};
