//! Asks the supervisor, and starts it where it does not run.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use devkit_diagnostic::Diagnostic;
use devkit_runtime::{Result, RuntimeError};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::UnixStream;
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::process::Command;

use crate::layout::Layout;
use crate::protocol::{Answer, Envelope, Failure, Request, Status, VERSION};
use crate::supervisor::SUPERVISOR_ARGUMENT;

/// How long a supervisor may take to answer for the first time: it may have to end leftovers.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long one that was killed may take to be gone.
const DEATH: Duration = Duration::from_secs(1);
/// How often it is looked whether one is gone.
const POLL: Duration = Duration::from_millis(20);

/// Asks one platform's supervisor.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    pub(crate) layout: Layout,
    /// The devkit binary.
    pub(crate) devkit: PathBuf,
}

/// An open conversation with the supervisor.
#[derive(Debug)]
pub(crate) struct Conversation {
    answers: Lines<BufReader<OwnedReadHalf>>,
    /// Kept open, for its end would end the conversation.
    _writer: OwnedWriteHalf,
}

impl Client {
    /// Everything that is known, without starting a supervisor where none is needed.
    pub(crate) async fn status(&self) -> Result<Status> {
        if let Ok(stream) = UnixStream::connect(self.layout.socket()).await {
            match self.ask_on(stream, Request::Status).await {
                Ok(Answer::Status(status)) => return Ok(status),
                // One that dies while it is asked has told nothing: what it left is read.
                Err(_) if self.is_gone().await => {}
                Err(error) => return Err(error),
                Ok(_) => {}
            }
        }
        let Some(status) = read(&self.layout.state())? else {
            return Ok(Status::default());
        };
        // What was running when the last supervisor went away has to be ended and noted first.
        if status
            .instances
            .iter()
            .any(crate::protocol::Record::is_active)
            && let Answer::Status(status) = self.ask(Request::Status).await?
        {
            return Ok(status);
        }
        Ok(status)
    }

    /// Asks the supervisor, which is started first where it does not run.
    pub(crate) async fn ask(&self, request: Request) -> Result<Answer> {
        let stream = self.connect().await?;
        self.ask_on(stream, request).await
    }

    /// Opens a conversation of several answers.
    pub(crate) async fn converse(&self, request: Request) -> Result<Conversation> {
        let stream = self.connect().await?;
        self.open(stream, request)
            .await
            .map_err(|error| lost(&error))
    }

    async fn ask_on(&self, stream: UnixStream, request: Request) -> Result<Answer> {
        let mut conversation = self
            .open(stream, request)
            .await
            .map_err(|error| lost(&error))?;
        conversation
            .next()
            .await?
            .ok_or_else(|| lost(&io::ErrorKind::UnexpectedEof.into()))
    }

    async fn open(&self, stream: UnixStream, request: Request) -> io::Result<Conversation> {
        let (reader, mut writer) = stream.into_split();
        let mut line = serde_json::to_vec(&Envelope {
            version: VERSION,
            request,
        })?;
        line.push(b'\n');
        writer.write_all(&line).await?;
        Ok(Conversation {
            answers: BufReader::new(reader).lines(),
            _writer: writer,
        })
    }

    async fn connect(&self) -> Result<UnixStream> {
        if let Ok(stream) = UnixStream::connect(self.layout.socket()).await {
            return Ok(stream);
        }
        tokio::time::timeout(PATIENCE, self.start())
            .await
            .unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
            .map_err(|error| {
                RuntimeError::failed(
                    Diagnostic::error(format!("The supervisor does not start: {error}"))
                        .in_file(self.layout.logs().join("supervisor.log")),
                )
            })
    }

    /// Whether no supervisor runs; one that dies is waited for.
    async fn is_gone(&self) -> bool {
        let is_free = || File::create(self.layout.alive()).is_ok_and(|it| it.try_lock().is_ok());
        let freed = async {
            while !is_free() {
                tokio::time::sleep(POLL).await;
            }
        };
        tokio::time::timeout(DEATH, freed).await.is_ok()
    }

    /// Starts the supervisor, one at a time for all who would.
    async fn start(&self) -> io::Result<UnixStream> {
        std::fs::create_dir_all(self.layout.logs())?;
        let path = self.layout.lock();
        let lock = tokio::task::spawn_blocking(move || {
            let lock = File::create(path)?;
            lock.lock()?;
            io::Result::Ok(lock)
        })
        .await
        .map_err(io::Error::other)??;
        loop {
            if let Ok(stream) = UnixStream::connect(self.layout.socket()).await {
                return Ok(stream);
            }
            // One that is about to leave does not listen any more, and still holds its lock.
            let leaving = File::create(self.layout.alive())?.try_lock().is_err();
            if !leaving {
                break;
            }
            tokio::time::sleep(POLL).await;
        }
        let log = File::create(self.layout.logs().join("supervisor.log"))?;
        let mut child = Command::new(&self.devkit)
            .arg0("devkit")
            .arg(SUPERVISOR_ARGUMENT)
            .arg(serde_json::to_string(&self.layout)?)
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()?;
        if let Some(stdout) = child.stdout.take() {
            let mut line = String::new();
            BufReader::new(stdout).read_line(&mut line).await?;
            if line.trim() != "ready" {
                let status = child.wait().await?;
                return Err(io::Error::other(format!("it ended with {status}")));
            }
        }
        drop(lock);
        UnixStream::connect(self.layout.socket()).await
    }
}

impl Conversation {
    /// The next answer; nothing when the supervisor has ended the conversation.
    pub(crate) async fn next(&mut self) -> Result<Option<Answer>> {
        let Some(line) = self
            .answers
            .next_line()
            .await
            .map_err(|error| lost(&error))?
        else {
            return Ok(None);
        };
        match serde_json::from_str(&line) {
            Ok(Answer::Failed(failure)) => Err(told(failure)),
            Ok(answer) => Ok(Some(answer)),
            Err(error) => Err(lost(&error.into())),
        }
    }
}

/// The status in a file, where there is one that can be read.
fn read(path: &Path) -> Result<Option<Status>> {
    match std::fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|error| {
            RuntimeError::failed(
                Diagnostic::error(format!(
                    "What is known of the processes cannot be read: {error}"
                ))
                .in_file(path),
            )
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(RuntimeError::failed(
            Diagnostic::error(error.to_string()).in_file(path),
        )),
    }
}

fn lost(error: &io::Error) -> RuntimeError {
    RuntimeError::failed(
        Diagnostic::error(format!("The supervisor does not answer: {error}"))
            .with_help("run the command again: what it left is found and ended"),
    )
}

fn told(failure: Failure) -> RuntimeError {
    let mut diagnostic = Diagnostic::error(failure.message);
    for note in failure.notes {
        diagnostic = diagnostic.with_note(note);
    }
    if failure.environment {
        RuntimeError::environment(diagnostic)
    } else {
        RuntimeError::failed(diagnostic)
    }
}

/// The binary that this process runs, under a name that holds when the file is replaced or
/// removed, such as by a new version while a platform is up.
pub(crate) fn own_binary() -> io::Result<PathBuf> {
    let running = PathBuf::from("/proc/self/exe");
    // Only Linux has it.
    match running.read_link() {
        Ok(_) => Ok(running),
        Err(_) => std::env::current_exe(),
    }
}
