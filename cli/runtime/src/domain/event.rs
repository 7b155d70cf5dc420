use std::time::{Duration, SystemTime};

use devkit_diagnostic::Diagnostic;
use tokio::sync::mpsc::UnboundedSender;

use super::{LogLine, ProbeOutcome, RuntimeError, Step, StepId};

/// Something that happens while a plan is executed.
#[derive(Debug, Clone)]
pub enum Event {
    /// A step begins.
    StepStarted(Step),
    /// A step is done.
    StepFinished {
        /// The step.
        step: Step,
        /// How long it took.
        elapsed: Duration,
    },
    /// A step failed.
    StepFailed {
        /// The step.
        step: Step,
        /// Why.
        error: RuntimeError,
    },
    /// A step was not tried because something that it needs failed.
    StepSkipped {
        /// The step.
        step: StepId,
        /// The service that it would have been for.
        service: Option<String>,
    },
    /// A pull or a build gets on.
    Progress(Progress),
    /// A line that a build wrote.
    BuildOutput {
        /// The service that is built.
        service: String,
        /// The line without its end.
        line: String,
    },
    /// The wait for a service to be ready begins.
    Waiting {
        /// The service.
        service: String,
    },
    /// A readiness test of one instance ended.
    Probed {
        /// The service.
        service: String,
        /// The number of the instance.
        number: u32,
        /// How it ended.
        outcome: ProbeOutcome,
    },
    /// All instances of a service are ready.
    Ready {
        /// The service.
        service: String,
        /// How that was decided.
        decided: Decided,
        /// How long the wait took.
        elapsed: Duration,
    },
    /// A service failed, or was given up because of another.
    ServiceFailed {
        /// The service.
        service: String,
        /// Why.
        error: RuntimeError,
    },
    /// A line that an instance wrote.
    Log(LogLine),
    /// Something worth saying that stops nothing.
    Warning(Diagnostic),
}

/// How far a pull or a build is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The service.
    pub service: String,
    /// The image, or whatever is fetched or built.
    pub subject: String,
    /// The part of it, such as a layer, that this is about.
    pub part: Option<String>,
    /// What is being done, such as `Downloading`, in the driver's words.
    pub message: String,
    /// How much is done, where it is known.
    pub current: Option<u64>,
    /// How much there is to do, where it is known.
    pub total: Option<u64>,
}

/// How it was decided that a service is ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decided {
    /// The engine's own record, newer than the start.
    EngineHealth,
    /// The service's health test, run by devkit.
    HealthTest,
    /// The health test, and an answer in the service's own protocol.
    Protocol,
    /// A port that accepts connections.
    Port(u16),
    /// Nothing could be asked: it runs.
    Running,
    /// It ended with exit code 0, as it should.
    Completed,
}

/// What a driver tells about instances while one watches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The instance's id.
    pub id: String,
    /// The instance's name.
    pub name: String,
    /// The service's key.
    pub service: String,
    /// The number of the instance.
    pub number: u32,
    /// When it happened.
    pub at: SystemTime,
    /// What happened.
    pub kind: ChangeKind,
}

/// What can happen to an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// It was made.
    Created,
    /// It was started.
    Started,
    /// It ended, with its exit code where that is known.
    Exited(Option<i32>),
    /// It is healthy now.
    Healthy,
    /// It is unhealthy now.
    Unhealthy,
    /// It was removed.
    Removed,
}

/// Where events go; clones lead to the same place.
#[derive(Debug, Clone, Default)]
pub struct Events {
    sender: Option<UnboundedSender<Event>>,
}

impl Events {
    /// Sends events to a channel.
    pub fn new(sender: UnboundedSender<Event>) -> Self {
        Self {
            sender: Some(sender),
        }
    }

    /// Drops all events.
    pub fn none() -> Self {
        Self::default()
    }

    /// Tells of an event; when nobody listens any more it is dropped.
    pub fn send(&self, event: Event) {
        if let Some(sender) = &self.sender {
            // A listener that has gone does not stop the work.
            let _ = sender.send(event);
        }
    }
}
