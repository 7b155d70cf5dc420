//! Reads architecture documents into facts, and draws facts into documents.
//!
//! A [`Document`] is what the diagrams, tables, lists and prose of a Markdown file claim, each
//! fact with its place and a confidence.

pub mod draw;
pub mod edit;
pub mod facts;

pub use facts::{
    Alias, Architecture, CheckItem, Column, Component, ComponentKind, Connection, ConnectionKind,
    Dated, Decoding, Diagram, DiagramKind, Document, Endpoint, Environment, EnvironmentVariable,
    Exposure, Flow, Heading, Link, Metadata, Network, Origin, Port, PortSource, Region, Resource,
    Role, Step, StepKind, Table, Tier, Topic, Volume, VolumeKind, Waiver, normalised,
};
