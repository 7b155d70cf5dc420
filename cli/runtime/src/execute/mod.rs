//! Executes a plan: each step as soon as what it needs has happened, readiness included.

mod board;
mod executor;
mod failure;

pub use executor::{Execution, Report, execute};
