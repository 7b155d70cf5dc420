use async_trait::async_trait;
use bollard::Docker;
use bollard::container::LogOutput;
use bollard::exec::{CreateExecOptions, ResizeExecOptions, StartExecOptions, StartExecResults};
use devkit_diagnostic::Diagnostic;
use devkit_runtime::{
    ExecControl, ExecOptions, ExecSession, Instance, Output, OutputStream, Result, RuntimeError,
};
use futures::StreamExt;

use crate::DockerDriver;
use crate::error::failed;

impl DockerDriver {
    /// Runs a command in a container.
    pub(crate) async fn run_command(
        &self,
        instance: &Instance,
        options: &ExecOptions,
    ) -> Result<ExecSession> {
        if !instance.is_running() {
            return Err(RuntimeError::failed(
                Diagnostic::error(format!("{} does not run", instance.name))
                    .with_help(format!("devkit up {}", instance.service)),
            ));
        }
        let doing = format!("Running a command in {}", instance.name);
        let config = CreateExecOptions {
            attach_stdin: Some(options.stdin && !options.detach),
            attach_stdout: Some(!options.detach),
            attach_stderr: Some(!options.detach),
            tty: Some(options.tty),
            env: Some(options.environment.clone()),
            cmd: Some(options.command.clone()),
            privileged: Some(options.privileged),
            user: options.user.clone(),
            working_dir: options.working_dir.clone(),
            ..CreateExecOptions::default()
        };
        let id = self
            .client
            .create_exec(&instance.id, config)
            .await
            .map_err(|error| failed(&doing, &error))?
            .id;
        let start = StartExecOptions {
            detach: options.detach,
            tty: options.tty,
            output_capacity: None,
        };
        let started = self
            .client
            .start_exec(&id, Some(start))
            .await
            .map_err(|error| failed(&doing, &error))?;
        let control = DockerExec {
            client: self.client.clone(),
            id,
            detached: options.detach,
        };
        if let Some((columns, rows)) = options.size.filter(|_| options.tty && !options.detach) {
            // A terminal of another size is no reason to stop.
            let _ = control.resize(columns, rows).await;
        }
        let (output, input) = match started {
            StartExecResults::Attached { output, input } => {
                let output = output
                    .map(|piece| match piece {
                        Ok(piece) => Ok(read(piece)),
                        Err(error) => Err(failed("Reading a command's output", &error)),
                    })
                    .boxed();
                (output, options.stdin.then_some(input))
            }
            StartExecResults::Detached => (futures::stream::empty().boxed(), None),
        };
        Ok(ExecSession {
            output,
            input,
            control: Box::new(control),
        })
    }
}

fn read(piece: LogOutput) -> Output {
    let stream = match piece {
        LogOutput::StdErr { .. } => OutputStream::Stderr,
        _ => OutputStream::Stdout,
    };
    Output {
        stream,
        bytes: piece.into_bytes().to_vec(),
    }
}

struct DockerExec {
    client: Docker,
    id: String,
    detached: bool,
}

#[async_trait]
impl ExecControl for DockerExec {
    async fn resize(&self, columns: u16, rows: u16) -> Result<()> {
        let options = ResizeExecOptions {
            width: columns,
            height: rows,
        };
        self.client
            .resize_exec(&self.id, options)
            .await
            .map_err(|error| failed("Telling the size of the terminal", &error))
    }

    async fn exit_code(&self) -> Result<i32> {
        if self.detached {
            return Ok(0);
        }
        let state = self
            .client
            .inspect_exec(&self.id)
            .await
            .map_err(|error| failed("Asking for the exit code", &error))?;
        Ok(state
            .exit_code
            .and_then(|code| i32::try_from(code).ok())
            .unwrap_or(0))
    }
}
