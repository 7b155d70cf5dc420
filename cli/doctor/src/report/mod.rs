//! What doctor reports, as data.

mod finding;
mod options;
mod outcome;
mod summary;
mod waivers;

pub use finding::{Edit, Finding, Fix};
pub use options::{Depth, FailOn, Options, Selection, UnknownRule};
pub use outcome::{Note, Outcome, RuleState, State};
pub use summary::{ItemSummary, Report, Summary};
