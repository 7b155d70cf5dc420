//! What the supervisor knows, kept in a file at every change.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use devkit_runtime::State;
use tokio::sync::{Mutex as AsyncMutex, broadcast, watch};

use super::relay::Relay;
use crate::guard::GuardControl;
use crate::host::folders::write_private;
use crate::host::process::ProcessIdentity;
use crate::layout::Layout;
use crate::protocol::{Happening, Record, Status, What};

/// The supervisor's shared state.
#[derive(Debug)]
pub(crate) struct Office {
    pub(crate) layout: Layout,
    pub(crate) devkit: PathBuf,
    books: Mutex<Books>,
    changed: watch::Sender<u64>,
    happenings: broadcast::Sender<Happening>,
}

/// What is behind the lock.
#[derive(Debug, Default)]
pub(crate) struct Books {
    pub(crate) status: Status,
    pub(crate) running: BTreeMap<String, Running>,
    pub(crate) relays: Vec<Relay>,
    operations: BTreeMap<String, Arc<AsyncMutex<()>>>,
    /// Private ports that instances have chosen, whether they run yet or not.
    reserved: BTreeMap<String, Vec<u16>>,
}

/// What belongs to a running program only.
#[derive(Debug)]
pub(crate) struct Running {
    pub(crate) control: Arc<AsyncMutex<GuardControl>>,
    /// Whether it was asked to stop, so that no policy starts it again.
    pub(crate) stopping: bool,
}

impl Office {
    pub(crate) fn new(layout: Layout, devkit: PathBuf, mut status: Status) -> Arc<Self> {
        status.supervisor = ProcessIdentity::of(std::process::id().cast_signed());
        Arc::new(Self {
            layout,
            devkit,
            books: Mutex::new(Books {
                status,
                ..Books::default()
            }),
            changed: watch::Sender::new(0),
            happenings: broadcast::Sender::new(256),
        })
    }

    /// The books; a panic elsewhere leaves them readable.
    pub(crate) fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the books, keeps them in the file, and wakes whoever waits for a change.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut Books) -> T) -> T {
        let (result, text) = {
            let mut books = self.books();
            let result = change(&mut books);
            (result, serde_json::to_vec_pretty(&books.status))
        };
        if let Ok(text) = text {
            // A full disk must not end the programs; the next change tries again.
            let _ = write_private(&self.layout.state(), &text);
        }
        self.changed.send_modify(|count| *count += 1);
        result
    }

    /// A record by id or name.
    pub(crate) fn record(&self, reference: &str) -> Option<Record> {
        self.books().record(reference).cloned()
    }

    /// Waits until a look at the books gives something.
    pub(crate) async fn until<T>(&self, mut look: impl FnMut(&Books) -> Option<T>) -> T {
        let mut changes = self.changed.subscribe();
        loop {
            changes.mark_unchanged();
            if let Some(found) = look(&self.books()) {
                return found;
            }
            // The sender lives as long as `self`, so this cannot fail.
            let _ = changes.changed().await;
        }
    }

    /// The lock that puts operations on one instance in a row.
    pub(crate) fn operations_on(&self, id: &str) -> Arc<AsyncMutex<()>> {
        Arc::clone(self.books().operations.entry(id.to_owned()).or_default())
    }

    pub(crate) fn tell(&self, record: &Record, what: What) {
        let specification = &record.specification;
        // Nobody need listen.
        let _ = self.happenings.send(Happening {
            id: specification.id.clone(),
            name: specification.name.clone(),
            service: specification.service.clone(),
            number: specification.number,
            at: SystemTime::now(),
            what,
        });
    }

    pub(crate) fn listen(&self) -> broadcast::Receiver<Happening> {
        self.happenings.subscribe()
    }

    /// Whether anything runs or will run by itself.
    pub(crate) fn is_busy(&self) -> bool {
        let books = self.books();
        !books.running.is_empty() || books.status.instances.iter().any(Record::is_active)
    }
}

impl Books {
    pub(crate) fn record(&self, reference: &str) -> Option<&Record> {
        self.status.instances.iter().find(|record| {
            record.specification.id == reference || record.specification.name == reference
        })
    }

    pub(crate) fn record_mut(&mut self, id: &str) -> Option<&mut Record> {
        self.status
            .instances
            .iter_mut()
            .find(|record| record.specification.id == id)
    }

    pub(crate) fn forget(&mut self, id: &str) {
        self.status
            .instances
            .retain(|record| record.specification.id != id);
        self.operations.remove(id);
        self.reserved.remove(id);
    }

    pub(crate) fn reserve(&mut self, id: &str, ports: Vec<u16>) {
        self.reserved.insert(id.to_owned(), ports);
    }

    pub(crate) fn reserved_by_others<'a>(&'a self, id: &'a str) -> impl Iterator<Item = u16> + 'a {
        let others = self.reserved.iter().filter(move |(other, _)| *other != id);
        others.flat_map(|(_, ports)| ports.iter().copied())
    }

    /// The loopback ports that serve a service's port now.
    pub(crate) fn backends(&self, service: &str, target: u16) -> Vec<u16> {
        self.status
            .instances
            .iter()
            .filter(|record| {
                record.specification.service == service
                    && !record.specification.one_off
                    && record.state == State::Running
            })
            .filter_map(|record| record.private_port(target))
            .collect()
    }

    /// Whether an instance of the service runs or is about to.
    pub(crate) fn is_served(&self, service: &str) -> bool {
        self.status
            .instances
            .iter()
            .any(|record| record.specification.service == service && record.is_active())
    }
}
