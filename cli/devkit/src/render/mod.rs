//! Turns what the crates report into the words of the output layer.

mod addresses;
mod events;
mod facts;
mod logs;
mod plan;
mod report;
pub(crate) mod time;

pub(crate) use addresses::addresses;
pub(crate) use events::Watcher;
pub(crate) use facts::facts_text;
pub(crate) use logs::LogPrinter;
pub(crate) use plan::plan_text;
pub(crate) use report::{report_text, rules_text};
