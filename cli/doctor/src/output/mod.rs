//! Writes a report as text that other programs read.

mod github;
mod json;
mod markdown;
mod sarif;

pub use github::github;
pub use json::{SCHEMA, json, rules_json};
pub use markdown::rule_table;
pub use sarif::sarif;
