//! Real servers and real kills: what is left in `/proc` is what counts.

mod backing;
mod native;
mod platform;
