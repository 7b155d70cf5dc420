use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use nix::sys::wait::{WaitPidFlag, waitpid};
use nix::unistd::Pid;

use crate::host::process::{descendants, zombies_of};

/// Makes this process the parent of every orphan below it, and ties its life to its parent's.
pub(crate) fn adopt_orphans() {
    #[cfg(target_os = "linux")]
    {
        // Without either, process groups and the control stream still end what is known.
        let _ = nix::sys::prctl::set_child_subreaper(true);
    }
}

/// Asks the kernel for a signal when the parent dies.
pub(crate) fn die_with_parent() {
    #[cfg(target_os = "linux")]
    {
        // The control stream's end says the same a moment later.
        let _ = nix::sys::prctl::set_pdeathsig(Signal::SIGTERM);
    }
}

/// Reaps adopted processes that have ended, but for those that somebody else waits for.
pub(crate) fn reap(except: &[i32]) {
    for pid in zombies_of(own_pid()) {
        if !except.contains(&pid) {
            // Somebody else may have reaped it already.
            let _ = waitpid(Pid::from_raw(pid), Some(WaitPidFlag::WNOHANG));
        }
    }
}

/// Ends all that is left below this process: the signal, until the time is over, then by force.
pub(crate) async fn end_leftovers(signal: Signal, patience: Duration, except: &[i32]) {
    let until = Instant::now() + patience;
    let mut asked = BTreeSet::new();
    loop {
        reap(except);
        let left: Vec<_> = descendants(&[own_pid()])
            .into_iter()
            .filter(|process| process.is_alive())
            .collect();
        if left.is_empty() {
            return;
        }
        let force = Instant::now() >= until;
        for process in left {
            if force {
                process.signal(Signal::SIGKILL);
            } else if asked.insert(process) {
                process.signal(signal);
            }
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

pub(crate) fn own_pid() -> i32 {
    Pid::this().as_raw()
}
