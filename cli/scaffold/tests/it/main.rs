//! What a user of scaffolding can see: files that appear, refusals, and files that go away.
#![allow(clippy::unwrap_used)]

mod adopted;
mod components;
mod environment;
mod root;
mod support;
