use std::time::Instant;

use bollard::exec::{CreateExecOptions, StartExecOptions, StartExecResults};
use devkit_runtime::{HealthTest, Instance, ProbeOutcome, Result};
use futures::StreamExt;
use tokio::time::timeout;

use crate::DockerDriver;

/// How much of what a test writes is kept.
const OUTPUT_LIMIT: usize = 4096;

impl DockerDriver {
    /// Runs a health test by exec, as the engine would.
    pub(crate) async fn probe(
        &self,
        instance: &Instance,
        test: &HealthTest,
    ) -> Result<ProbeOutcome> {
        let started = Instant::now();
        let result = timeout(test.timeout, self.run_probe(instance, test)).await;
        let (passed, output) = match result {
            Ok(Ok((code, output))) => (code == Some(0), output),
            Ok(Err(error)) => (false, error.to_string()),
            Err(_) => (false, format!("no answer within {:?}", test.timeout)),
        };
        Ok(ProbeOutcome {
            passed,
            output,
            elapsed: started.elapsed(),
        })
    }

    async fn run_probe(
        &self,
        instance: &Instance,
        test: &HealthTest,
    ) -> std::result::Result<(Option<i64>, String), bollard::errors::Error> {
        let options = CreateExecOptions {
            cmd: Some(command_line(test)),
            attach_stdout: Some(true),
            attach_stderr: Some(true),
            ..CreateExecOptions::default()
        };
        let exec = self.client.create_exec(&instance.id, options).await?.id;
        let session = self
            .client
            .start_exec(&exec, None::<StartExecOptions>)
            .await?;
        let mut written = Vec::new();
        if let StartExecResults::Attached { mut output, .. } = session {
            while let Some(piece) = output.next().await {
                let piece = piece?.into_bytes();
                let room = OUTPUT_LIMIT.saturating_sub(written.len());
                written.extend_from_slice(&piece[..piece.len().min(room)]);
            }
        }
        let code = self.client.inspect_exec(&exec).await?.exit_code;
        Ok((code, String::from_utf8_lossy(&written).trim().to_owned()))
    }
}

fn command_line(test: &HealthTest) -> Vec<String> {
    match test.command.split_first() {
        Some((kind, line)) if kind == "CMD-SHELL" => {
            let mut command = vec!["/bin/sh".to_owned(), "-c".to_owned()];
            command.extend(line.iter().cloned());
            command
        }
        Some((kind, command)) if kind == "CMD" => command.to_vec(),
        _ => test.command.clone(),
    }
}
