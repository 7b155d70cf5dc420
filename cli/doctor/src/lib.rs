//! Checks the machine, the configuration, the document and the running platform against each other.

pub mod matching;
pub mod output;
pub mod report;
pub mod rule;
