use std::process::Stdio;

use devkit_diagnostic::Diagnostic;
use devkit_runtime::{Events, Result, RuntimeError};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::Command;

use super::build::{Order, Output, Recipe};
use crate::DockerDriver;

impl DockerDriver {
    /// Builds by `docker buildx`, the one thing for which the docker command line is used.
    pub(super) async fn build_with_buildx(
        &self,
        order: &Order<'_>,
        recipe: &Recipe,
        place: &str,
        thing: &str,
        events: &Events,
    ) -> Result<()> {
        if !self.has_buildx().await {
            return Err(RuntimeError::environment(
                Diagnostic::error(format!(
                    "The build of service {} needs BuildKit, which is not here",
                    order.name
                ))
                .with_note(format!("{place} uses {thing}"))
                .with_help("install the docker-buildx plugin, or do without it in the Dockerfile"),
            ));
        }
        let cannot = |error: std::io::Error| {
            RuntimeError::failed(Diagnostic::error(format!(
                "docker buildx cannot be run: {error}"
            )))
        };
        let mut child = self
            .command(order, recipe)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(cannot)?;
        if let Some(mut input) = child.stdin.take() {
            input
                .write_all(recipe.text.as_bytes())
                .await
                .map_err(cannot)?;
        }
        let mut output = Output::new(order.name, events);
        if let Some(errors) = child.stderr.take() {
            let mut lines = BufReader::new(errors).lines();
            while let Some(line) = lines.next_line().await.map_err(cannot)? {
                output.line(&line);
            }
        }
        let status = child.wait().await.map_err(cannot)?;
        if status.success() {
            return Ok(());
        }
        Err(output.failure(order.name, &format!("docker buildx ended with {status}")))
    }

    async fn has_buildx(&self) -> bool {
        Command::new("docker")
            .args(["buildx", "version"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .await
            .is_ok_and(|status| status.success())
    }

    fn command(&self, order: &Order<'_>, recipe: &Recipe) -> Command {
        let mut command = Command::new("docker");
        command.args([
            "--host",
            &self.address,
            "buildx",
            "build",
            "--load",
            "--progress",
            "plain",
        ]);
        command.args(["--tag", order.tag, "--file", "-"]);
        if let Some(target) = &order.build.target {
            command.args(["--target", target]);
        }
        if let Some(platform) = &order.service.platform {
            command.args(["--platform", platform]);
        }
        for (key, value) in &order.build.args {
            match value {
                Some(value) => command.args(["--build-arg", &format!("{key}={value}")]),
                None => command.args(["--build-arg", key]),
            };
        }
        for (key, value) in &order.labels {
            command.args(["--label", &format!("{key}={value}")]);
        }
        for (key, value) in contexts(order.build.other.get("additional_contexts")) {
            command.args(["--build-context", &format!("{key}={value}")]);
        }
        if order.build.other.get("no_cache").and_then(Value::as_bool) == Some(true) {
            command.arg("--no-cache");
        }
        command.arg(&recipe.context.folder);
        command
    }
}

fn contexts(value: Option<&Value>) -> Vec<(String, String)> {
    value
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
        .collect()
}
