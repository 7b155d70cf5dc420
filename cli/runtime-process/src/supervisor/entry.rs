//! How the devkit binary becomes a supervisor or a guard.

use std::fs::File;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use devkit_runtime::State;
use tokio::net::UnixListener;
use tokio::signal::unix::{SignalKind, signal};

use super::office::Office;
use super::{lifecycle, ports, recover, server};
use crate::client::own_binary;
use crate::guard::{self, GUARD_ARGUMENT, adopt_orphans};
use crate::host::folders;
use crate::layout::Layout;

/// The hidden argument that makes the devkit binary a supervisor.
pub const SUPERVISOR_ARGUMENT: &str = "__supervise";

/// Becomes a supervisor or a guard when the arguments say so; nothing for any other command.
///
/// The arguments include the program's name. Call it before anything else.
pub fn hidden_main(arguments: &[String]) -> Option<ExitCode> {
    match arguments.get(1)?.as_str() {
        GUARD_ARGUMENT => Some(guard::main()),
        SUPERVISOR_ARGUMENT => Some(main(arguments.get(2..).unwrap_or_default())),
        _ => None,
    }
}

/// Runs as a supervisor; the one argument is the layout as JSON.
///
/// It writes one line to standard output as soon as it answers on its socket.
pub fn main(arguments: &[String]) -> ExitCode {
    let Some(layout) = arguments
        .first()
        .and_then(|text| serde_json::from_str(text).ok())
    else {
        return ExitCode::from(2);
    };
    match supervise(layout) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Standard error is the supervisor's log.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn supervise(layout: Layout) -> io::Result<()> {
    // It fails only where this process leads a session of its own already.
    let _ = nix::unistd::setsid();
    adopt_orphans();
    let devkit = own_binary()?;
    std::fs::create_dir_all(layout.logs())?;
    let alive = File::create(layout.alive())?;
    if alive.try_lock().is_err() {
        return Err(io::Error::other("another supervisor runs"));
    }
    let status = recover::recover(&layout);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        folders::make_own(&layout.sockets_of_user(), 0o711)?;
        folders::make_own(&layout.runtime(), 0o711)?;
        let socket = layout.socket();
        match std::fs::remove_file(&socket) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let listener = UnixListener::bind(&socket)?;
        let office = Office::new(layout, devkit, status);
        reopen_doors(&office);
        office.change(|_| ());
        let mut out = io::stdout();
        writeln!(out, "ready")?;
        out.flush()?;
        let terminate = signal(SignalKind::terminate())?;
        run(&office, listener, terminate).await;
        // The next supervisor makes its own; a socket that stays is only refused.
        let _ = std::fs::remove_file(socket);
        Ok(())
    })
}

fn reopen_doors(office: &Arc<Office>) {
    let doors: Vec<_> = office
        .books()
        .status
        .doors
        .iter()
        .map(|open| open.door.clone())
        .collect();
    if let Err(failure) = ports::open_doors(office, &doors) {
        // Standard error is the supervisor's log.
        let _ = writeln!(io::stderr(), "{}", failure.message);
    }
}

async fn run(
    office: &Arc<Office>,
    listener: UnixListener,
    mut terminate: tokio::signal::unix::Signal,
) {
    tokio::select! {
        () = server::serve(Arc::clone(office), listener) => {}
        _ = terminate.recv() => stop_everything(office).await,
        () = reap_orphans(office) => {}
    }
}

/// Orphans of guards that were killed end up here and must be reaped.
async fn reap_orphans(office: &Office) {
    loop {
        tokio::time::sleep(Duration::from_secs(2)).await;
        let guards: Vec<i32> = {
            let books = office.books();
            let records = books.status.instances.iter();
            records
                .filter_map(|record| record.guard)
                .map(|guard| guard.pid)
                .collect()
        };
        guard::reap(&guards);
    }
}

async fn stop_everything(office: &Arc<Office>) {
    let ids: Vec<String> = office
        .books()
        .status
        .instances
        .iter()
        .filter(|record| record.state != State::Exited)
        .map(|record| record.specification.id.clone())
        .collect();
    let stops = ids.iter().map(|id| lifecycle::stop(office, id, None));
    // What does not stop is told in the state, and ended by the next supervisor.
    let _ = futures::future::join_all(stops).await;
}
