//! Processes as `/proc` shows them: identity beyond the id, descendants, and marked leftovers.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde::{Deserialize, Serialize};

/// The variable that every process of an instance inherits.
pub(crate) const MARK: &str = "DEVKIT_INSTANCE";

/// A process that cannot be confused with a later one of the same id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct ProcessIdentity {
    /// The process id.
    pub(crate) pid: i32,
    /// When it started, in the kernel's ticks since boot.
    pub(crate) started: u64,
}

/// The fields of `/proc/<pid>/stat` that matter here.
struct Stat {
    parent: i32,
    state: char,
    started: u64,
}

impl ProcessIdentity {
    /// The process that has the id now.
    pub(crate) fn of(pid: i32) -> Option<Self> {
        let stat = stat(pid)?;
        Some(Self {
            pid,
            started: stat.started,
        })
    }

    /// Whether this very process still runs; a zombie does not.
    pub(crate) fn is_alive(self) -> bool {
        stat(self.pid).is_some_and(|stat| stat.started == self.started && stat.state != 'Z')
    }

    /// Sends a signal, when this very process is still there.
    pub(crate) fn signal(self, signal: Signal) {
        if self.is_alive() {
            // It may have ended in between, which is what a signal is mostly for.
            let _ = kill(Pid::from_raw(self.pid), signal);
        }
    }
}

fn stat(pid: i32) -> Option<Stat> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name is in parentheses and may contain anything, so the fields start after the last one.
    let fields: Vec<&str> = text[text.rfind(')')? + 1..].split_whitespace().collect();
    Some(Stat {
        state: fields.first()?.chars().next()?,
        parent: fields.get(1)?.parse().ok()?,
        started: fields.get(19)?.parse().ok()?,
    })
}

fn all() -> impl Iterator<Item = i32> {
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

/// Every process below the given ones, the given ones left out.
pub(crate) fn descendants(roots: &[i32]) -> BTreeSet<ProcessIdentity> {
    let mut children: BTreeMap<i32, Vec<ProcessIdentity>> = BTreeMap::new();
    for pid in all() {
        if let Some(stat) = stat(pid) {
            children
                .entry(stat.parent)
                .or_default()
                .push(ProcessIdentity {
                    pid,
                    started: stat.started,
                });
        }
    }
    let mut found = BTreeSet::new();
    let mut open: Vec<i32> = roots.to_vec();
    while let Some(parent) = open.pop() {
        for child in children.get(&parent).into_iter().flatten() {
            if found.insert(*child) {
                open.push(child.pid);
            }
        }
    }
    found
}

/// Direct children that have ended and wait to be reaped.
pub(crate) fn zombies_of(parent: i32) -> Vec<i32> {
    all()
        .filter(|pid| stat(*pid).is_some_and(|stat| stat.parent == parent && stat.state == 'Z'))
        .collect()
}

/// Every process whose environment carries a mark that begins with the given text.
pub(crate) fn marked(prefix: &str) -> BTreeSet<ProcessIdentity> {
    let wanted = format!("{MARK}={prefix}");
    all()
        .filter(|pid| {
            fs::read(format!("/proc/{pid}/environ")).is_ok_and(|environment| {
                environment
                    .split(|byte| *byte == 0)
                    .any(|variable| variable.starts_with(wanted.as_bytes()))
            })
        })
        .filter_map(ProcessIdentity::of)
        .collect()
}

/// Ends processes and all below them: a signal, some patience, then by force.
pub(crate) fn end_all(roots: &BTreeSet<ProcessIdentity>, signal: Signal, patience: Duration) {
    let mut known = roots.clone();
    let pids: Vec<i32> = alive(&known).iter().map(|process| process.pid).collect();
    known.extend(descendants(&pids));
    for process in &known {
        process.signal(signal);
    }
    if wait_for_end(&known, patience) {
        return;
    }
    let until = Instant::now() + Duration::from_secs(5);
    while Instant::now() < until {
        let left = alive(&known);
        if left.is_empty() {
            return;
        }
        let pids: Vec<i32> = left.iter().map(|process| process.pid).collect();
        known.extend(descendants(&pids));
        for process in alive(&known) {
            process.signal(Signal::SIGKILL);
        }
        wait_for_end(&known, Duration::from_millis(100));
    }
}

fn alive(processes: &BTreeSet<ProcessIdentity>) -> Vec<ProcessIdentity> {
    processes.iter().copied().filter(|p| p.is_alive()).collect()
}

fn wait_for_end(processes: &BTreeSet<ProcessIdentity>, patience: Duration) -> bool {
    let until = Instant::now() + patience;
    loop {
        if alive(processes).is_empty() {
            return true;
        }
        if Instant::now() >= until {
            return false;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn an_identity_outlives_its_process_only_as_a_record() {
        let mut child = std::process::Command::new("sleep")
            .arg("60")
            .spawn()
            .unwrap();
        let identity = ProcessIdentity::of(child.id().cast_signed()).unwrap();
        assert!(identity.is_alive());
        let other = ProcessIdentity {
            started: identity.started + 1,
            ..identity
        };
        assert!(!other.is_alive());
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!identity.is_alive());
    }

    #[test]
    fn marked_processes_are_found_and_ended_with_all_below_them() {
        let mark = format!("test-{}", std::process::id());
        let mut child = std::process::Command::new("sh")
            .args(["-c", "sleep 60 & sleep 60"])
            .env(MARK, &mark)
            .spawn()
            .unwrap();
        let reaper = std::thread::spawn(move || child.wait());
        // The shell and both of its children.
        while marked(&mark).len() < 3 {
            std::thread::yield_now();
        }
        end_all(&marked(&mark), Signal::SIGTERM, Duration::from_millis(200));
        reaper.join().unwrap().unwrap();
        assert!(marked(&mark).is_empty());
    }
}
