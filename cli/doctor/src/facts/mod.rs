//! What the repository holds and what the machine is: gathered once, so that checks only compare.

mod environment;
mod machine;
mod repository;

pub use environment::{EnvFile, EnvLine};
pub use machine::{Engine, Machine, Space, collect as collect_machine};
pub use repository::{Found, Repository};
