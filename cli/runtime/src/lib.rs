//! Observed state, plan, executor and readiness, for any driver.
//!
//! A [`Driver`] observes and performs single steps; everything that decides stands here, so that
//! containers and plain processes behave alike. Nothing in this crate prints: what happens is
//! told as [`Event`]s, what went wrong as [`RuntimeError`]s.

mod domain;
mod driver;

pub use domain::{
    Action, Address, Cancellation, Cause, Change, ChangeKind, Class, Decided, Event, Events,
    Fingerprint, Health, HealthStatus, HealthTest, Instance, InstanceLimits, InstanceMount,
    KeyChange, LogLine, LogOptions, Need, Observed, ObservedImage, ObservedNetwork, ObservedVolume,
    Output, OutputStream, Plan, ProbeOutcome, Progress, PublishedPort, Result, RuntimeError,
    RuntimeKind, ServiceFailure, State, Step, StepId, Target, Wanted,
};
pub use driver::{Driver, ExecControl, ExecOptions, ExecSession, HostPort, PortOwner, SubnetOwner};
