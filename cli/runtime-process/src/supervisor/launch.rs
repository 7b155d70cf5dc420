//! Starts a program under its guard, and deals with its end.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use devkit_runtime::{OutputStream, State};
use futures::future::BoxFuture;
use nix::sys::signal::Signal;
use tokio::sync::Mutex as AsyncMutex;

use super::log::LogWriter;
use super::office::{Office, Running};
use super::ports::{choose_private, close_unserved, publish};
use crate::guard::{Guarded, GuardedEnd, Program};
use crate::host::folders;
use crate::host::process::{MARK, end_all, marked};
use crate::protocol::{Failure, Initialise, Record, What};

/// The first and the longest pause before a program is started again, as with containers.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);
/// A program that ran so long starts with the shortest pause again.
const STEADY: Duration = Duration::from_secs(10);

/// Starts an instance's program and watches over it.
///
/// Boxed, since the end of a program may start it again.
pub(super) fn launch<'a>(
    office: &'a Arc<Office>,
    id: &'a str,
) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(start(office, id))
}

async fn start(office: &Arc<Office>, id: &str) -> Result<(), Failure> {
    let Some(mut record) = office.record(id) else {
        return Err(Failure::new(format!("There is no instance {id}")));
    };
    let about = format!("{} cannot be started", record.specification.name);
    let failed = |error: std::io::Error| Failure {
        message: about.clone(),
        notes: vec![error.to_string()],
        environment: false,
    };
    choose_private(office, &mut record).map_err(failed)?;
    publish(office, &mut record)?;
    prepare(&record).map_err(failed)?;
    let log =
        LogWriter::open(&log_path(office, &record), record.started_at.is_none()).map_err(failed)?;
    if let Some(initialise) = record.specification.initialise.clone() {
        fill(office, &record, &initialise, &log).await?;
    }
    let program = with_ports(office, &record, &record.specification.program);
    let guarded = Guarded::start(&office.devkit, &program)
        .await
        .map_err(failed)?;
    record.state = State::Running;
    record.exit_code = None;
    record.started_at = Some(SystemTime::now());
    record.guard = Some(guarded.guard);
    record.process = Some(guarded.program);
    office.change(|books| {
        let control = Arc::new(AsyncMutex::new(guarded.control));
        books.running.insert(
            id.to_owned(),
            Running {
                control,
                stopping: false,
            },
        );
        if let Some(known) = books.record_mut(id) {
            let restarts = known.restarts;
            *known = record.clone();
            known.restarts = restarts;
        }
    });
    office.tell(&record, What::Started);
    let stdout = tokio::spawn(log.clone().pump(OutputStream::Stdout, guarded.stdout));
    let stderr = tokio::spawn(log.pump(OutputStream::Stderr, guarded.stderr));
    let office = Arc::clone(office);
    tokio::spawn(async move {
        let code = wait_for_end(&office, &record, guarded.end).await;
        // The pipes end with the last of the program's processes, all of which are gone now.
        let _ = stdout.await;
        let _ = stderr.await;
        after_end(&office, &record, code).await;
    });
    Ok(())
}

pub(super) fn log_path(office: &Office, record: &Record) -> PathBuf {
    let specification = &record.specification;
    office.layout.logs().join(format!(
        "{}-{}.log",
        specification.service, specification.number
    ))
}

async fn wait_for_end(office: &Office, record: &Record, end: GuardedEnd) -> i32 {
    if let Some(code) = end.wait().await {
        return code;
    }
    // The guard was killed: its program is an orphan of this process now, marked as it is.
    let mark = mark(office, &record.specification.id);
    let program = record.process;
    // The task cannot fail but by a panic, after which there is nothing more to do.
    let _ = tokio::task::spawn_blocking(move || {
        let mut left = marked(&mark);
        left.extend(program);
        end_all(&left, Signal::SIGTERM, Duration::from_secs(3));
    })
    .await;
    137
}

/// Notes the end, and starts the program again where its policy says so.
async fn after_end(office: &Arc<Office>, record: &Record, code: i32) {
    let id = record.specification.id.as_str();
    let ran = record
        .started_at
        .and_then(|at| at.elapsed().ok())
        .unwrap_or_default();
    let again = office.change(|books| {
        let stopping = books
            .running
            .remove(id)
            .is_none_or(|running| running.stopping);
        let known = books.record_mut(id)?;
        known.exit_code = Some(code);
        known.finished_at = Some(SystemTime::now());
        known.guard = None;
        known.process = None;
        let restarts = known.restarts;
        if !stopping && known.specification.restart.applies(code, restarts) {
            known.state = State::Restarting;
            known.restarts += 1;
            Some(restarts)
        } else {
            known.state = State::Exited;
            None
        }
    });
    office.tell(record, What::Exited(code));
    let Some(restarts) = again else {
        close_unserved(office);
        return;
    };
    let restarts = if ran > STEADY { 0 } else { restarts.min(16) };
    let pause = FIRST_PAUSE.saturating_mul(1 << restarts).min(LONGEST_PAUSE);
    let until = Instant::now() + pause;
    let cancelled = office.until(|books| {
        books
            .record(id)
            .is_none_or(|record| record.state != State::Restarting)
            .then_some(())
    });
    if tokio::time::timeout_at(until.into(), cancelled)
        .await
        .is_ok()
    {
        return;
    }
    if let Err(failure) = launch(office, id).await {
        if let Ok(log) = LogWriter::open(&log_path(office, record), false) {
            let notes = failure.notes.join("; ");
            let told = format!("devkit: {}: {notes}", failure.message);
            log.line(OutputStream::Stderr, told.trim_end_matches(": "));
        }
        office.change(|books| {
            if let Some(record) = books.record_mut(id) {
                record.state = State::Exited;
            }
        });
        close_unserved(office);
    }
}

fn prepare(record: &Record) -> std::io::Result<()> {
    for folder in &record.specification.folders {
        folders::make(&folder.path, folder.mode, folder.owner.as_ref())?;
    }
    for (path, text) in &record.specification.files {
        std::fs::write(path, text)?;
        folders::make_executable(path)?;
    }
    Ok(())
}

/// Fills an empty data folder: in a fresh one beside it, which takes its place when it is whole.
async fn fill(
    office: &Office,
    record: &Record,
    initialise: &Initialise,
    log: &LogWriter,
) -> Result<(), Failure> {
    let about = format!("{} cannot set up its data", record.specification.name);
    let failed = |error: std::io::Error| Failure {
        message: about.clone(),
        notes: vec![error.to_string()],
        environment: false,
    };
    if !is_empty(&initialise.data).map_err(failed)? {
        return Ok(());
    }
    let owner = initialise.program.user.as_ref();
    let fresh = initialise.data.with_extension("initialising");
    let scripts = office
        .layout
        .runtime()
        .join(&record.specification.id)
        .join("initialise");
    for folder in [&fresh, &scripts] {
        if folder.exists() {
            std::fs::remove_dir_all(folder).map_err(failed)?;
        }
        folders::make(folder, 0o700, owner).map_err(failed)?;
    }
    for file in &initialise.files {
        folders::copy_for(file, &scripts, owner).map_err(failed)?;
    }
    let mut program = with_ports(office, record, &initialise.program);
    let mut tell = |name: &str, path: &Path| {
        program
            .environment
            .insert(name.to_owned(), path.display().to_string());
    };
    tell("DEVKIT_DATA", &fresh);
    tell("PGDATA", &fresh);
    tell("DEVKIT_INITIALISE", &scripts);
    let guarded = Guarded::start(&office.devkit, &program)
        .await
        .map_err(failed)?;
    let stdout = tokio::spawn(log.clone().pump(OutputStream::Stdout, guarded.stdout));
    let stderr = tokio::spawn(log.clone().pump(OutputStream::Stderr, guarded.stderr));
    let control = guarded.control;
    let code = guarded.end.wait().await;
    drop(control);
    // Both end with the program.
    let _ = stdout.await;
    let _ = stderr.await;
    if code != Some(0) {
        return Err(Failure {
            message: about,
            notes: last_lines(&log_path(office, record)),
            environment: false,
        });
    }
    std::fs::remove_dir_all(&initialise.data)
        .and_then(|()| std::fs::rename(&fresh, &initialise.data))
        .map_err(failed)
}

fn is_empty(folder: &Path) -> std::io::Result<bool> {
    Ok(std::fs::read_dir(folder)?.next().is_none())
}

fn last_lines(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let lines: Vec<_> = text.lines().filter_map(super::parse_line).collect();
    lines
        .iter()
        .rev()
        .take(8)
        .rev()
        .map(|entry| entry.text.clone())
        .collect()
}

fn mark(office: &Office, id: &str) -> String {
    format!("{}/{id}", office.layout.key)
}

/// The program with its ports and its mark in the environment.
fn with_ports(office: &Office, record: &Record, program: &Program) -> Program {
    let mut program = program.clone();
    for port in &record.specification.ports {
        for variable in &port.variables {
            program
                .environment
                .insert(variable.clone(), port.private.to_string());
        }
    }
    program
        .environment
        .insert(MARK.to_owned(), mark(office, &record.specification.id));
    program
}
