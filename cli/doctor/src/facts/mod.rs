//! What the repository holds and what the machine is: gathered once, so that checks only compare.

mod environment;
mod folders;
mod machine;
mod repository;
mod sources;

pub use environment::{EnvFile, EnvLine};
pub(crate) use folders::{Folders, Found};
pub use machine::{Engine, Machine, Space, collect as collect_machine};
pub use repository::Repository;
pub(crate) use sources::words_in_sources;
