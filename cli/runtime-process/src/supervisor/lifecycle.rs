//! The life of an instance: made, started, stopped, removed.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use devkit_runtime::State;

use super::office::Office;
use super::{launch, ports};
use crate::protocol::{Failure, Record, Specification, What};

/// How much longer than its grace the end of a program may take before that is a failure.
const SLACK: Duration = Duration::from_secs(15);

pub(super) fn create(office: &Office, specification: Specification) -> Result<(), Failure> {
    if office.record(&specification.name).is_some() {
        return Err(Failure::new(format!(
            "{} exists already",
            specification.name
        )));
    }
    let record = Record {
        specification,
        state: State::Created,
        exit_code: None,
        created_at: SystemTime::now(),
        started_at: None,
        finished_at: None,
        restarts: 0,
        guard: None,
        process: None,
    };
    office.tell(&record, What::Created);
    office.change(|books| books.status.instances.push(record));
    Ok(())
}

pub(super) async fn start(office: &Arc<Office>, reference: &str) -> Result<(), Failure> {
    let id = known(office, reference)?.specification.id;
    let operations = office.operations_on(&id);
    let _turn = operations.lock().await;
    let record = known(office, &id)?;
    if record.is_active() {
        return Ok(());
    }
    office.change(|books| {
        if let Some(record) = books.record_mut(&id) {
            record.restarts = 0;
        }
    });
    let started = launch::launch(office, &id).await;
    if started.is_err() {
        ports::close_unserved(office);
    }
    started
}

pub(super) async fn stop(
    office: &Arc<Office>,
    reference: &str,
    grace: Option<u64>,
) -> Result<(), Failure> {
    let id = known(office, reference)?.specification.id;
    let operations = office.operations_on(&id);
    let _turn = operations.lock().await;
    let record = known(office, &id)?;
    let grace = grace.unwrap_or(record.specification.program.grace);
    let control = office.change(|books| {
        let control = books.running.get_mut(&id).map(|running| {
            running.stopping = true;
            Arc::clone(&running.control)
        });
        if control.is_none()
            && let Some(record) = books.record_mut(&id)
            && record.state == State::Restarting
        {
            record.state = State::Exited;
        }
        control
    });
    if let Some(control) = control {
        // A guard that is gone has ended its program, which the wait below sees.
        let _ = control.lock().await.stop(grace).await;
    }
    let ended = office.until(|books| match books.record(&id) {
        Some(record) if record.is_active() => None,
        _ => Some(()),
    });
    let patience = Duration::from_millis(grace) + SLACK;
    if tokio::time::timeout(patience, ended).await.is_err() {
        return Err(Failure::new(format!(
            "{} does not end",
            record.specification.name
        )));
    }
    ports::close_unserved(office);
    Ok(())
}

pub(super) async fn remove(office: &Arc<Office>, reference: &str) -> Result<(), Failure> {
    let Some(record) = office.record(reference) else {
        return Ok(());
    };
    stop(office, &record.specification.id, None).await?;
    office.change(|books| books.forget(&record.specification.id));
    office.tell(&record, What::Removed);
    let folder = office.layout.runtime().join(&record.specification.id);
    // What the program kept there is generated at each start.
    let _ = std::fs::remove_dir_all(folder);
    Ok(())
}

pub(super) fn rename(office: &Office, reference: &str, name: &str) -> Result<(), Failure> {
    let id = known(office, reference)?.specification.id;
    office.change(|books| {
        if let Some(record) = books.record_mut(&id) {
            name.clone_into(&mut record.specification.name);
        }
    });
    Ok(())
}

pub(super) async fn wait(office: &Office, reference: &str) -> Result<i32, Failure> {
    let id = known(office, reference)?.specification.id;
    Ok(office
        .until(|books| match books.record(&id) {
            Some(record) if record.state == State::Running => None,
            Some(record) => Some(record.exit_code.unwrap_or(0)),
            None => Some(0),
        })
        .await)
}

fn known(office: &Office, reference: &str) -> Result<Record, Failure> {
    office
        .record(reference)
        .ok_or_else(|| Failure::new(format!("There is no instance {reference}")))
}
