use std::process::Stdio;
use std::sync::Arc;

use async_trait::async_trait;
use devkit_diagnostic::Diagnostic;
use devkit_runtime::{
    ExecControl, ExecOptions, ExecSession, Output, OutputStream, Result, RuntimeError,
};
use futures::stream::{self, BoxStream, StreamExt};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};
use tokio::sync::Mutex;

use crate::protocol::Record;

/// Runs a command with the environment, folder and user of an instance.
///
/// Without a container there is no terminal of its own: the command writes to devkit's output.
pub(super) fn exec(record: &Record, options: &ExecOptions) -> Result<ExecSession> {
    let program = &record.specification.program;
    let [name, arguments @ ..] = options.command.as_slice() else {
        return Err(RuntimeError::usage(Diagnostic::error(
            "There is no command to run",
        )));
    };
    let mut command = Command::new(name);
    command
        .args(arguments)
        .current_dir(
            options
                .working_dir
                .as_deref()
                .map_or(program.directory.as_path(), AsRef::as_ref),
        )
        .env_clear()
        .envs(&program.environment)
        .envs(
            options
                .environment
                .iter()
                .filter_map(|pair| pair.split_once('=')),
        )
        .stdin(if options.stdin {
            Stdio::piped()
        } else {
            Stdio::null()
        })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(!options.detach);
    for port in &record.specification.ports {
        for variable in &port.variables {
            command.env(variable, port.private.to_string());
        }
    }
    if let Some(user) = &program.user {
        command.uid(user.uid).gid(user.gid);
    }
    let mut child = command.spawn().map_err(|error| {
        RuntimeError::failed(Diagnostic::error(format!("{name} cannot be run: {error}")))
    })?;
    let stdout = pieces(child.stdout.take(), OutputStream::Stdout);
    let stderr = pieces(child.stderr.take(), OutputStream::Stderr);
    let input = child.stdin.take().map(|stdin| Box::pin(stdin) as _);
    Ok(ExecSession {
        output: stream::select(stdout, stderr).boxed(),
        input,
        control: Box::new(Control(Arc::new(Mutex::new(child)))),
    })
}

fn pieces(
    source: Option<impl AsyncRead + Unpin + Send + 'static>,
    stream: OutputStream,
) -> BoxStream<'static, Result<Output>> {
    stream::unfold(source, move |source| async move {
        let mut source = source?;
        let mut bytes = vec![0_u8; 8192];
        match source.read(&mut bytes).await {
            Ok(length) if length > 0 => {
                bytes.truncate(length);
                Some((Ok(Output { stream, bytes }), Some(source)))
            }
            _ => None,
        }
    })
    .boxed()
}

struct Control(Arc<Mutex<Child>>);

#[async_trait]
impl ExecControl for Control {
    async fn resize(&self, _columns: u16, _rows: u16) -> Result<()> {
        Ok(())
    }

    async fn exit_code(&self) -> Result<i32> {
        use std::os::unix::process::ExitStatusExt;
        let status = self
            .0
            .lock()
            .await
            .wait()
            .await
            .map_err(|error| RuntimeError::failed(Diagnostic::error(error.to_string())))?;
        Ok(status
            .code()
            .or_else(|| status.signal().map(|signal| 128 + signal))
            .unwrap_or(1))
    }
}
