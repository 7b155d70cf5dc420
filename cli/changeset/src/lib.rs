//! A set of file changes: shown as a diff, written all or none, undone.
//!
//! A [`ChangeSet`] is planned in memory. [`ChangeSet::apply`] writes all of it or nothing, also when
//! the process is killed half way: the journal that it leaves is taken back by [`recover`].

mod apply;
mod change;
mod check;
mod diff;
mod error;
mod journal;

pub use apply::{Applied, Recovery, recover};
pub use change::{Change, ChangeSet, FileMode};
pub use error::ChangeError;
