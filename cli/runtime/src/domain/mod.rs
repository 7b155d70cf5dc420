//! The words that drivers, planner, executor and commands share.

mod cancellation;
mod error;
mod event;
mod fingerprint;
mod health;
mod instance;
mod log;
mod observed;
mod plan;

pub use cancellation::Cancellation;
pub use error::{Class, Result, RuntimeError, ServiceFailure};
pub use event::{Change, ChangeKind, Decided, Event, Events, Progress};
pub use fingerprint::Fingerprint;
pub use health::{Health, HealthStatus, HealthTest, ProbeOutcome};
pub use instance::{
    Address, Instance, InstanceLimits, InstanceMount, InstanceRights, PublishedPort, RuntimeKind,
    State, Target,
};
pub use log::{LogLine, LogOptions, Output, OutputStream};
pub use observed::{ImageDefaults, Observed, ObservedImage, ObservedNetwork, ObservedVolume};
pub use plan::{Action, Cause, KeyChange, Need, Plan, Step, StepId, Wanted};
