//! What the document says that services offer, against what the running ones say themselves.

mod endpoints;
mod openapi;
mod paths;
mod tables;
mod topics;

pub(super) use endpoints::check as endpoints;
pub(super) use tables::check as tables;
pub(super) use topics::{Binding, Routes, check as topics};

/// Whether so much of what the document names is missing that it is about something else.
fn is_foreign(missing: usize, compared: usize) -> bool {
    missing >= 4 && missing * 3 > compared * 2
}
