use std::time::Duration;

use devkit_runtime::{Action, Decided, Event, Events, Progress as Transfer};
use devkit_ui::{Mode, Progress, TaskState, Ui};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinHandle;

/// Shows the events of one operation until it is over.
#[derive(Debug)]
pub(crate) struct Watcher {
    events: Events,
    task: JoinHandle<()>,
}

impl Watcher {
    /// Starts showing; must be called inside the runtime.
    pub(crate) fn start(ui: &Ui, verbose: bool) -> Self {
        let (sender, receiver) = unbounded_channel();
        let task = tokio::spawn(show_all(ui.clone(), verbose, receiver));
        Self {
            events: Events::new(sender),
            task,
        }
    }

    /// Where the operation sends its events.
    pub(crate) fn events(&self) -> Events {
        self.events.clone()
    }

    /// Waits until everything has been shown.
    pub(crate) async fn finish(self) {
        drop(self.events);
        // The task only ends early by a panic, which has been shown by then.
        let _ = self.task.await;
    }
}

async fn show_all(ui: Ui, verbose: bool, mut receiver: UnboundedReceiver<Event>) {
    let progress = ui.progress();
    while let Some(event) = receiver.recv().await {
        show(&ui, verbose, &progress, event);
    }
    progress.finish();
}

fn show(ui: &Ui, verbose: bool, progress: &Progress, event: Event) {
    match event {
        Event::StepStarted(step)
            if !verbose && is_brief(&step.action) && ui.mode() == Mode::Plain => {}
        Event::StepStarted(step) => {
            let text = if verbose {
                format!("{} ({})", doing(&step.action), step.cause)
            } else {
                doing(&step.action).to_owned()
            };
            progress.update(subject(&step.action), TaskState::Working, &text);
        }
        Event::StepFinished { step, .. }
            if !verbose && is_passing(&step.action) && ui.mode() == Mode::Plain => {}
        Event::StepFinished { step, .. } => {
            let cause = match &step.action {
                Action::Create {
                    replaces: Some(_), ..
                } => format!(" ({})", step.cause),
                _ => String::new(),
            };
            let state = if is_last(&step.action) {
                TaskState::Done
            } else {
                TaskState::Working
            };
            progress.update(
                subject(&step.action),
                state,
                &format!("{}{cause}", did(&step.action)),
            );
        }
        Event::StepFailed { step, error } => {
            progress.update(
                subject(&step.action),
                TaskState::Failed,
                &error.diagnostic.message,
            );
        }
        Event::StepSkipped {
            service: Some(service),
            ..
        } => {
            progress.update(&service, TaskState::Failed, "skipped");
        }
        Event::Progress(transfer) => progress.detail(&transfer.service, &transferred(&transfer)),
        Event::BuildOutput { service, line } => build_line(ui, verbose, progress, &service, &line),
        Event::Waiting { service } => {
            progress.update(&service, TaskState::Working, "waiting until it is ready");
        }
        Event::Probed {
            service, outcome, ..
        } if verbose && !outcome.passed => {
            progress.detail(
                &service,
                &format!("not ready yet: {}", outcome.output.trim()),
            );
        }
        Event::Ready {
            service,
            decided,
            elapsed,
        } => {
            progress.update(&service, TaskState::Done, &ready(decided, elapsed));
        }
        Event::ServiceFailed { service, error } => {
            progress.update(&service, TaskState::Failed, &error.diagnostic.message);
        }
        Event::Warning(diagnostic) => progress.suspend(|| ui.diagnostic(&diagnostic)),
        Event::StepSkipped { .. } | Event::Probed { .. } | Event::Log(_) => {}
    }
}

fn build_line(ui: &Ui, verbose: bool, progress: &Progress, service: &str, line: &str) {
    if verbose && ui.mode() == Mode::Plain {
        ui.status(&format!("  {service}: {line}"));
    } else {
        progress.detail(service, &format!("building: {line}"));
    }
}

fn subject(action: &Action) -> &str {
    action.service().unwrap_or_else(|| action.subject())
}

/// Whether a step is over before one has read that it begins.
fn is_brief(action: &Action) -> bool {
    !matches!(
        action,
        Action::Pull { .. } | Action::Build { .. } | Action::Stop { .. } | Action::Restart { .. }
    )
}

/// Whether the end of a step is told by the next one, which comes at once.
fn is_passing(action: &Action) -> bool {
    matches!(
        action,
        Action::RequireImage { .. }
            | Action::Create { replaces: None, .. }
            | Action::Start { .. }
            | Action::Rename { .. }
    )
}

/// Whether nothing more is expected of the subject in this operation.
fn is_last(action: &Action) -> bool {
    match action {
        Action::CreateNetwork { .. }
        | Action::RemoveNetwork { .. }
        | Action::CreateVolume { .. }
        | Action::RemoveVolume { .. }
        | Action::Remove { .. } => true,
        Action::RequireImage { .. }
        | Action::Pull { .. }
        | Action::Build { .. }
        | Action::Create { .. }
        | Action::Start { .. }
        | Action::Stop { .. }
        | Action::Restart { .. }
        | Action::Rename { .. } => false,
    }
}

fn doing(action: &Action) -> &'static str {
    match action {
        Action::CreateNetwork { .. } | Action::CreateVolume { .. } | Action::Create { .. } => {
            "creating"
        }
        Action::RemoveNetwork { .. } | Action::RemoveVolume { .. } | Action::Remove { .. } => {
            "removing"
        }
        Action::RequireImage { .. } => "looking for its image",
        Action::Pull { .. } => "pulling",
        Action::Build { .. } => "building",
        Action::Start { .. } => "starting",
        Action::Stop { .. } => "stopping",
        Action::Restart { .. } => "restarting",
        Action::Rename { .. } => "taking its place",
    }
}

fn did(action: &Action) -> &'static str {
    match action {
        Action::Create {
            replaces: Some(_), ..
        } => "recreated",
        Action::Create { .. } | Action::CreateNetwork { .. } | Action::CreateVolume { .. } => {
            "created"
        }
        Action::RemoveNetwork { .. } | Action::RemoveVolume { .. } | Action::Remove { .. } => {
            "removed"
        }
        Action::RequireImage { .. } => "found its image",
        Action::Pull { .. } => "pulled",
        Action::Build { .. } => "built",
        Action::Start { .. } => "started",
        Action::Stop { .. } => "stopped",
        Action::Restart { .. } => "restarted",
        Action::Rename { .. } => "in place",
    }
}

fn ready(decided: Decided, _elapsed: Duration) -> String {
    match decided {
        Decided::EngineHealth => "ready (healthy)".to_owned(),
        Decided::HealthTest => "ready (health test)".to_owned(),
        Decided::Protocol => "ready (answers)".to_owned(),
        Decided::Port(port) => format!("ready (port {port})"),
        Decided::Running => "running".to_owned(),
        Decided::Completed => "completed".to_owned(),
    }
}

fn transferred(transfer: &Transfer) -> String {
    match (transfer.current, transfer.total) {
        (Some(current), Some(total)) if total > 0 => {
            format!("{} {}%", transfer.message, current * 100 / total)
        }
        _ => transfer.message.clone(),
    }
}
