//! What the crate does for its users: documents in, facts out, and back.

#![allow(clippy::unwrap_used)] // a test may fail by panicking

mod bare;
mod documents;
mod drawings;
mod ends;
mod expected;
mod hostile;
mod layers;
mod nodes;
mod ports;
mod roundtrip;
mod shop;
mod signs;
mod support;
mod trees;
mod words;
