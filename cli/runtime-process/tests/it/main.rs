//! Real servers and real kills: what is left in `/proc` is what counts.
#![allow(clippy::unwrap_used)]

mod backing;
mod native;
mod platform;
