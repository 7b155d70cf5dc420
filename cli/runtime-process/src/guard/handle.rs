use std::io;
use std::os::unix::net::UnixStream as StdStream;
use std::path::Path;
use std::process::Stdio;

use std::os::fd::OwnedFd;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::UnixStream;
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::process::{Child, ChildStderr, ChildStdout, Command};

use super::main::exit_code;
use super::{GUARD_ARGUMENT, Order, Program, Report};
use crate::host::process::ProcessIdentity;

/// A program that runs under a guard.
#[derive(Debug)]
pub(crate) struct Guarded {
    /// The guard itself.
    pub(crate) guard: ProcessIdentity,
    /// The program.
    pub(crate) program: ProcessIdentity,
    /// What it writes.
    pub(crate) stdout: ChildStdout,
    /// What it complains of.
    pub(crate) stderr: ChildStderr,
    /// Tells the guard to stop it.
    pub(crate) control: GuardControl,
    /// Its end.
    pub(crate) end: GuardedEnd,
}

/// Tells a guard what to do.
#[derive(Debug)]
pub(crate) struct GuardControl(OwnedWriteHalf);

/// The end of a guarded program, to be waited for.
#[derive(Debug)]
pub(crate) struct GuardedEnd {
    child: Child,
    reports: Lines<BufReader<OwnedReadHalf>>,
}

impl Guarded {
    /// Starts a program under a guard, which is the devkit binary itself.
    pub(crate) async fn start(devkit: &Path, program: &Program) -> io::Result<Self> {
        let (ours, theirs) = StdStream::pair()?;
        ours.set_nonblocking(true)?;
        let mut child = Command::new(devkit)
            .arg0("devkit")
            .arg(GUARD_ARGUMENT)
            .stdin(Stdio::from(OwnedFd::from(theirs)))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()?;
        let gone = || io::Error::other("the guard ended before it began");
        let guard = child
            .id()
            .and_then(|pid| ProcessIdentity::of(pid.cast_signed()))
            .ok_or_else(gone)?;
        let (Some(stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(gone());
        };
        let (reader, writer) = UnixStream::from_std(ours)?.into_split();
        let mut control = GuardControl(writer);
        control.send(&Order::Run(program.clone())).await?;
        let mut reports = BufReader::new(reader).lines();
        let report = reports.next_line().await?.ok_or_else(gone)?;
        match serde_json::from_str(&report)? {
            Report::Started(program) => Ok(Self {
                guard,
                program,
                stdout,
                stderr,
                control,
                end: GuardedEnd { child, reports },
            }),
            Report::Failed(reason) => {
                // It ends by itself; waiting reaps it.
                let _ = child.wait().await;
                Err(io::Error::new(io::ErrorKind::NotFound, reason))
            }
            Report::Exited(_) => Err(gone()),
        }
    }
}

impl GuardControl {
    /// Asks the program to stop, and forces it after the grace in milliseconds.
    pub(crate) async fn stop(&mut self, grace: u64) -> io::Result<()> {
        self.send(&Order::Stop { grace }).await
    }

    async fn send(&mut self, order: &Order) -> io::Result<()> {
        let mut line = serde_json::to_vec(order)?;
        line.push(b'\n');
        self.0.write_all(&line).await
    }
}

impl GuardedEnd {
    /// Waits for the end; nothing when the guard died without telling the program's exit code.
    pub(crate) async fn wait(mut self) -> Option<i32> {
        let mut told = None;
        while let Ok(Some(line)) = self.reports.next_line().await {
            if let Ok(Report::Exited(code)) = serde_json::from_str(&line) {
                told = Some(code);
                break;
            }
        }
        let status = self.child.wait().await;
        told.or_else(|| status.ok().map(exit_code).filter(|code| *code < 128))
    }
}
