//! Images: fetched with progress, or built from a context.

mod build;
mod buildx;
mod context;
mod credentials;
mod dockerfile;
mod ignore;
mod pull;

pub(crate) use pull::missing;
