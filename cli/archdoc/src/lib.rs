//! Reads architecture documents into facts, and draws facts into documents.
//!
//! [`read`] takes the bytes of any Markdown file and answers with a [`Document`]: what its
//! diagrams, tables, lists and prose claim, each fact with its place and a confidence.
//! It never fails: what cannot be read is said in [`Document::diagnostics`].
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod decode;
pub mod draw;
pub mod edit;
pub mod facts;
mod reader;
mod signs;
pub mod vocabulary;

pub use facts::{
    Alias, Architecture, CheckItem, Column, Component, ComponentKind, Connection, ConnectionKind,
    Dated, Decoding, Diagram, DiagramKind, Document, Endpoint, Environment, EnvironmentVariable,
    Exposure, Flow, Heading, Link, Metadata, Network, Origin, Port, PortSource, Region, Resource,
    Role, Step, StepKind, Table, Tier, TierKind, Topic, Version, Volume, VolumeKind, Waiver,
    normalised,
};
pub use reader::read;
