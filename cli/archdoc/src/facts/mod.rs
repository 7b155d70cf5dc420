//! What an architecture document claims, as plain data with places.

mod architecture;
mod component;
mod connection;
mod document;
mod flow;
mod markdown;
mod name;
mod network;
mod origin;
mod service;
mod version;
mod volume;
mod written;

pub use architecture::Architecture;
pub use component::{Component, ComponentKind, Role};
pub use connection::{Connection, ConnectionKind};
pub use document::{Alias, Dated, Decoding, Diagram, DiagramKind, Document, Metadata, Waiver};
pub use flow::{Flow, Step, StepKind};
pub use markdown::{CheckItem, Heading, Link, Region};
pub use name::normalised;
pub use network::{Exposure, Network, Port, PortSource, Tier, TierKind};
pub use origin::{Environment, Origin};
pub use service::{Column, Endpoint, EnvironmentVariable, Resource, Table, Topic};
pub use version::Version;
pub use volume::{Volume, VolumeKind};
