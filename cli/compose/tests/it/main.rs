//! Loads the fixtures and holds them against the reference's answers.
#![allow(missing_docs, clippy::print_stderr)]

mod fixtures;
mod hostile;
mod lists;
mod mutations;
