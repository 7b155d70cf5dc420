//! Containers: from a service's definition to the engine's request, and through their life.

mod create;
mod files;
mod healthcheck;
mod host;
mod lifecycle;
mod mounts;
mod networks;
mod other;
mod ports;
