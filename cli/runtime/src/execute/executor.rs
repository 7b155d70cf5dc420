use std::time::{Duration, Instant};

use devkit_compose::Project;
use devkit_compose::model::Condition;
use devkit_diagnostic::Diagnostic;
use futures::StreamExt;
use futures::future::{BoxFuture, FutureExt};
use futures::stream::FuturesUnordered;

use super::board::{Board, Failed};
use super::failure::describe;
use crate::ready::{Readiness, service_is_ready};
use crate::{
    Cancellation, Class, Decided, Driver, Event, Events, Plan, Result, RuntimeError,
    ServiceFailure, Step, Wanted,
};

/// Everything that an execution works with.
#[derive(Debug, Clone, Copy)]
pub struct Execution<'a> {
    /// Performs the steps.
    pub driver: &'a dyn Driver,
    /// The project that the plan was made for.
    pub project: &'a Project,
    /// Where events go.
    pub events: &'a Events,
    /// Ends it early.
    pub cancellation: &'a Cancellation,
    /// Whether it is over once the steps are done, before everything is ready.
    pub no_wait: bool,
    /// How long to wait for readiness; as long as it takes where it is not said.
    pub wait_timeout: Option<Duration>,
}

/// How an execution ended.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The steps that were done.
    pub done: Vec<Step>,
    /// The services that are ready.
    pub ready: Vec<String>,
    /// The services that are not, and why.
    pub failures: Vec<ServiceFailure>,
    /// Failures of steps that are for no service.
    pub errors: Vec<RuntimeError>,
}

impl Report {
    /// Whether everything went well.
    pub fn succeeded(&self) -> bool {
        self.failures.is_empty() && self.errors.is_empty()
    }

    /// The kind of failure that decides the exit code; nothing when everything went well.
    pub fn class(&self) -> Option<Class> {
        let all = self
            .failures
            .iter()
            .map(|failure| failure.error.class)
            .chain(self.errors.iter().map(|error| error.class));
        let mut classes: Vec<Class> = all.collect();
        classes.sort_by_key(|class| match class {
            Class::Interrupted => 0,
            Class::Failed => 1,
            Class::Usage => 2,
            Class::Environment => 3,
        });
        classes.first().copied()
    }
}

enum Ended<'a> {
    Step {
        step: &'a Step,
        elapsed: Duration,
        result: Result<()>,
    },
    Ready {
        service: String,
        elapsed: Duration,
        result: Result<Decided>,
    },
}

/// Executes a plan. A failure stops only what needs the failed thing.
///
/// # Errors
/// Only an interruption; everything else is told by the report.
pub async fn execute(execution: Execution<'_>, plan: &Plan) -> Result<Report> {
    for warning in &plan.warnings {
        execution.events.send(Event::Warning(warning.clone()));
    }
    let mut board = Board::new(plan);
    let mut report = Report::default();
    let mut running: FuturesUnordered<BoxFuture<'_, Ended<'_>>> = FuturesUnordered::new();
    let started = Instant::now();
    loop {
        begin(execution, &mut board, &mut report, &running);
        if running.is_empty()
            || (execution.no_wait && board.steps_are_over() && !steps_run(&board, &report, plan))
        {
            break;
        }
        let timeout = time_left(execution, &board, started);
        tokio::select! {
            biased;
            () = execution.cancellation.cancelled() => return Err(RuntimeError::interrupted()),
            () = timeout => {
                give_up_waiting(execution, &mut board);
                break;
            }
            Some(ended) = running.next() => finish(execution, &mut board, &mut report, ended),
        }
    }
    report.ready = board.ready().map(str::to_owned).collect();
    report.failures = board
        .failed
        .iter()
        .map(|(service, failed)| describe(execution.project, service, failed))
        .collect();
    Ok(report)
}

/// Whether steps are still being performed.
fn steps_run(board: &Board<'_>, report: &Report, plan: &Plan) -> bool {
    let over = report.done.len() + board.failed_steps.len();
    over < plan.steps.len()
}

async fn time_left(execution: Execution<'_>, board: &Board<'_>, started: Instant) {
    match execution.wait_timeout {
        Some(timeout) if board.waiting().next().is_some() => {
            tokio::time::sleep(timeout.saturating_sub(started.elapsed())).await;
        }
        _ => std::future::pending().await,
    }
}

/// Begins every step and every wait that can begin now.
fn begin<'a>(
    execution: Execution<'a>,
    board: &mut Board<'a>,
    report: &mut Report,
    running: &FuturesUnordered<BoxFuture<'a, Ended<'a>>>,
) {
    loop {
        let (free, impossible) = board.next();
        for (step, failed) in &impossible {
            skip(execution, board, report, step, failed);
        }
        for step in free {
            warn_of_missing_dependencies(execution, board, step);
            running.push(perform(execution, step).boxed());
        }
        let started = board.newly_started();
        let nothing_new = started.is_empty() && impossible.is_empty();
        for (service, wanted) in started {
            running.push(wait(execution, service, wanted).boxed());
        }
        if nothing_new {
            return;
        }
    }
}

async fn perform<'a>(execution: Execution<'a>, step: &'a Step) -> Ended<'a> {
    let started = Instant::now();
    execution.events.send(Event::StepStarted(step.clone()));
    let result = execution
        .driver
        .perform(execution.project, &step.action, execution.events)
        .await;
    Ended::Step {
        step,
        elapsed: started.elapsed(),
        result,
    }
}

async fn wait(execution: Execution<'_>, service: String, wanted: Wanted) -> Ended<'_> {
    let started = Instant::now();
    execution.events.send(Event::Waiting {
        service: service.clone(),
    });
    let readiness = Readiness {
        driver: execution.driver,
        project: execution.project,
        events: execution.events,
    };
    let result = service_is_ready(readiness, &service, wanted).await;
    Ended::Ready {
        service,
        elapsed: started.elapsed(),
        result,
    }
}

fn finish(execution: Execution<'_>, board: &mut Board<'_>, report: &mut Report, ended: Ended<'_>) {
    match ended {
        Ended::Step {
            step,
            elapsed,
            result: Ok(()),
        } => {
            board.step_done(step.id);
            report.done.push(step.clone());
            execution.events.send(Event::StepFinished {
                step: step.clone(),
                elapsed,
            });
        }
        Ended::Step {
            step,
            result: Err(error),
            ..
        } => {
            execution.events.send(Event::StepFailed {
                step: step.clone(),
                error: error.clone(),
            });
            board.step_failed(step.id, error.clone());
            let failed = Failed {
                because_of: None,
                error: error.clone(),
            };
            match step.action.service() {
                Some(service) => fail(execution, board, service, failed),
                None => report.errors.push(error),
            }
        }
        Ended::Ready {
            service,
            elapsed,
            result: Ok(decided),
        } => {
            board.service_ready(&service);
            execution.events.send(Event::Ready {
                service,
                decided,
                elapsed,
            });
        }
        Ended::Ready {
            service,
            result: Err(error),
            ..
        } => {
            let failed = Failed {
                because_of: None,
                error,
            };
            fail(execution, board, &service, failed);
        }
    }
}

fn skip(
    execution: Execution<'_>,
    board: &mut Board<'_>,
    report: &mut Report,
    step: &Step,
    failed: &Failed,
) {
    execution.events.send(Event::StepSkipped {
        step: step.id,
        service: step.action.service().map(str::to_owned),
    });
    board.step_failed(step.id, failed.error.clone());
    match step.action.service() {
        Some(service) => fail(execution, board, service, failed.clone()),
        // What it needed has been told already; this only follows from it.
        None if failed.because_of.is_some() => {}
        None => report.errors.push(failed.error.clone()),
    }
}

fn fail(execution: Execution<'_>, board: &mut Board<'_>, service: &str, failed: Failed) {
    let error = describe(execution.project, service, &failed).error;
    if board.service_failed(service, failed) {
        execution.events.send(Event::ServiceFailed {
            service: service.to_owned(),
            error,
        });
    }
}

fn warn_of_missing_dependencies(execution: Execution<'_>, board: &Board<'_>, step: &Step) {
    for need in &step.needs {
        if let crate::Need::Service {
            service,
            required: false,
            condition,
        } = need
            && *condition != Condition::ServiceStarted
            && board.failed.contains_key(service)
        {
            let name = step.action.service().unwrap_or_default();
            execution
                .events
                .send(Event::Warning(Diagnostic::warning(format!(
                    "Service {name} goes on without {service}, which failed and is not required"
                ))));
        }
    }
}

fn give_up_waiting(execution: Execution<'_>, board: &mut Board<'_>) {
    let waiting: Vec<String> = board.waiting().map(str::to_owned).collect();
    for service in waiting {
        let failed = Failed {
            because_of: None,
            error: RuntimeError::failed(
                Diagnostic::error(format!("Service {service} was not ready in time"))
                    .with_help(format!("devkit logs {service}")),
            ),
        };
        fail(execution, board, &service, failed);
    }
}
