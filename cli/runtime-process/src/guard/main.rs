use std::os::fd::AsFd;
use std::os::unix::net::UnixStream as StdStream;
use std::process::{ExitCode, ExitStatus, Stdio};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::UnixStream;
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::process::{Child, Command};
use tokio::signal::unix::{SignalKind, signal};

use super::contain::{adopt_orphans, die_with_parent, end_leftovers, reap};
use super::{Order, Program, Report};
use crate::host::process::ProcessIdentity;

/// How long what a program left behind may take to end by itself.
const LEFTOVERS: Duration = Duration::from_secs(2);
/// How long a program may take to stop when whoever started it is gone.
const ABANDONED: Duration = Duration::from_secs(5);
/// How long a program's file may stay open for writing somewhere before that is an error.
const BUSY: Duration = Duration::from_secs(2);

/// Runs as a guard: the program to run comes over standard input, which is a socket.
pub(crate) fn main() -> ExitCode {
    adopt_orphans();
    die_with_parent();
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    else {
        return ExitCode::FAILURE;
    };
    let code = runtime.block_on(async {
        match control() {
            Ok(stream) => guard(stream).await,
            Err(_) => 1,
        }
    });
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}

fn control() -> std::io::Result<UnixStream> {
    let stream = StdStream::from(std::io::stdin().as_fd().try_clone_to_owned()?);
    stream.set_nonblocking(true)?;
    UnixStream::from_std(stream)
}

async fn guard(stream: UnixStream) -> i32 {
    let (reader, mut writer) = stream.into_split();
    let mut orders = BufReader::new(reader).lines();
    let Some(Order::Run(program)) = next(&mut orders).await else {
        return 1;
    };
    let stop_signal = program.stop_signal.parse().unwrap_or(Signal::SIGTERM);
    let mut child = match start(&program).await {
        Ok(child) => child,
        Err(error) => {
            let name = program.command.first().map_or("", String::as_str);
            tell(&mut writer, &Report::Failed(format!("{name}: {error}"))).await;
            return 127;
        }
    };
    // The id is there until the child has been waited for.
    let pid = child.id().unwrap_or_default().cast_signed();
    if let Some(identity) = ProcessIdentity::of(pid) {
        tell(&mut writer, &Report::Started(identity)).await;
    }
    let code = watch(&mut child, pid, &mut orders, stop_signal, program.grace).await;
    end_leftovers(stop_signal, LEFTOVERS, &[]).await;
    tell(&mut writer, &Report::Exited(code)).await;
    code
}

/// Waits for the child's end, and brings it about when told to or when abandoned.
async fn watch(
    child: &mut Child,
    pid: i32,
    orders: &mut Lines<BufReader<OwnedReadHalf>>,
    stop_signal: Signal,
    grace: u64,
) -> i32 {
    let (Ok(mut terminate), Ok(mut children)) =
        (signal(SignalKind::terminate()), signal(SignalKind::child()))
    else {
        return child.wait().await.map_or(1, exit_code);
    };
    let parent = nix::unistd::getppid();
    let patience = loop {
        tokio::select! {
            status = child.wait() => return status.map_or(1, exit_code),
            order = next(orders) => match order {
                Some(Order::Stop { grace }) => break Duration::from_millis(grace),
                Some(Order::Run(_)) => {}
                None => break ABANDONED.min(Duration::from_millis(grace)),
            },
            // The death of the parent's thread is none of the parent, so the parent is looked for.
            _ = terminate.recv() => if nix::unistd::getppid() != parent {
                break ABANDONED.min(Duration::from_millis(grace));
            },
            _ = children.recv() => reap(&[pid]),
        }
    };
    // The child has not been waited for, so the id is still its own.
    let _ = kill(Pid::from_raw(pid), stop_signal);
    let end = tokio::time::sleep(patience);
    tokio::pin!(end);
    loop {
        tokio::select! {
            status = child.wait() => return status.map_or(1, exit_code),
            // A second, shorter grace overtakes the first.
            Some(Order::Stop { grace }) = next(orders) => {
                end.as_mut().reset(tokio::time::Instant::now() + Duration::from_millis(grace));
            }
            () = &mut end => break,
        }
    }
    end_leftovers(Signal::SIGKILL, Duration::ZERO, &[pid]).await;
    child.wait().await.map_or(137, exit_code)
}

/// Starts the program. A script that was just written is "busy" for as long as any other process
/// that was forked meanwhile has not yet let go of the open file, so that is waited for.
async fn start(program: &Program) -> std::io::Result<Child> {
    let until = tokio::time::Instant::now() + BUSY;
    loop {
        match command(program).spawn() {
            Err(error)
                if error.kind() == std::io::ErrorKind::ExecutableFileBusy
                    && tokio::time::Instant::now() < until =>
            {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            started => return started,
        }
    }
}

fn command(program: &Program) -> Command {
    let mut command = Command::new(program.command.first().map_or("", String::as_str));
    command
        .args(program.command.iter().skip(1))
        .current_dir(&program.directory)
        .env_clear()
        .envs(&program.environment)
        .stdin(Stdio::null())
        .process_group(0);
    if let Some(user) = &program.user {
        command.uid(user.uid).gid(user.gid);
    }
    command
}

async fn next(orders: &mut Lines<BufReader<OwnedReadHalf>>) -> Option<Order> {
    let line = orders.next_line().await.ok().flatten()?;
    serde_json::from_str(&line).ok()
}

async fn tell(writer: &mut OwnedWriteHalf, report: &Report) {
    if let Ok(mut line) = serde_json::to_vec(report) {
        line.push(b'\n');
        // Whoever is gone need not be told.
        let _ = writer.write_all(&line).await;
    }
}

/// The exit code as shells say it: 128 and the signal's number for a death by signal.
pub(super) fn exit_code(status: ExitStatus) -> i32 {
    use std::os::unix::process::ExitStatusExt;
    status
        .code()
        .or_else(|| status.signal().map(|signal| 128 + signal))
        .unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_death_by_signal_has_the_code_that_shells_give() {
        use std::os::unix::process::ExitStatusExt;
        assert_eq!(exit_code(ExitStatus::from_raw(9)), 137);
        assert_eq!(exit_code(ExitStatus::from_raw(3 << 8)), 3);
    }

    #[tokio::test]
    async fn a_script_that_is_still_open_for_writing_is_waited_for() {
        use std::io::Write;
        use std::os::unix::fs::OpenOptionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("script.sh");
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o755)
            .open(&path)
            .unwrap();
        file.write_all(b"#!/bin/sh\nexit 7\n").unwrap();
        let program = Program {
            command: vec![path.display().to_string()],
            directory: folder.path().to_owned(),
            environment: std::collections::BTreeMap::new(),
            user: None,
            stop_signal: "SIGTERM".to_owned(),
            grace: 0,
        };
        // The file is let go of after the first try.
        let (child, ()) = tokio::join!(start(&program), async { drop(file) });
        assert_eq!(child.unwrap().wait().await.unwrap().code(), Some(7));
    }
}
