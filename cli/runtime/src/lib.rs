//! Observed state, plan, executor and readiness, for any driver.
//!
//! A [`Driver`] observes and performs single steps; everything that decides stands here, so that
//! containers and plain processes behave alike. Nothing in this crate prints: what happens is
//! told as [`Event`]s, what went wrong as [`RuntimeError`]s.
//!
//! | command | function |
//! |---|---|
//! | `up`, `up --dry-run` | [`up`], [`dry_run`] |
//! | `down`, `rm` | [`down`], [`remove`] |
//! | `start`, `stop`, `restart` | [`start`], [`stop`], [`restart`] |
//! | `build`, `pull` | [`build`], [`pull`] |
//! | `ps` | [`observe`] |
//! | `logs` | [`logs`] |
//! | `port` | [`port`] |
//! | `exec` | [`Driver::exec`] on an instance of [`observe`] |
//!
//! All of them take a driver and a project. Those that do something take [`Events`] and a
//! [`Cancellation`], go on after the failure of a service with everything that does not need it,
//! and give a [`Report`] whose [`class`](Report::class) decides the exit code.

mod address;
mod domain;
mod driver;
mod execute;
mod holder;
mod operations;
mod plan;
mod ready;

pub use address::rewrite_addresses;
pub use domain::{
    Action, Address, Cancellation, Cause, Change, ChangeKind, Class, Decided, Event, Events,
    Fingerprint, Health, HealthStatus, HealthTest, ImageDefaults, Instance, InstanceLimits,
    InstanceMount, InstanceRights, KeyChange, LogLine, LogOptions, Need, Observed, ObservedImage,
    ObservedNetwork, ObservedVolume, Output, OutputStream, Plan, ProbeOutcome, Progress,
    PublishedPort, Result, RuntimeError, RuntimeKind, ServiceFailure, State, Step, StepId, Target,
    Wanted,
};
pub use driver::{
    Driver, ExecControl, ExecOptions, ExecSession, HostPort, Peer, PortOwner, Reach, SubnetOwner,
};
pub use execute::{Execution, Report, execute};
pub use operations::{
    ImageReport, LogSelection, PortQuestion, UpReport, build, down, dry_run, host_ports, logs,
    observe, overlapping, port, preflight, pull, remove, restart, start, stop, up,
};
pub use plan::{
    Definitions, DownOptions, PullPolicy, RemoveOptions, SignalOptions, UpOptions, image_name,
    is_secret, plan_down, plan_images, plan_remove, plan_restart, plan_start, plan_stop, plan_up,
};
pub use ready::{Protocol, answers};
