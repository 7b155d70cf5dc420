use bollard::errors::Error;
use bollard::query_parameters::{
    InspectContainerOptions, RemoveContainerOptionsBuilder, RenameContainerOptionsBuilder,
    RestartContainerOptionsBuilder, StartContainerOptions, StopContainerOptionsBuilder,
    WaitContainerOptionsBuilder,
};
use devkit_compose::Project;
use devkit_diagnostic::Diagnostic;
use devkit_runtime::{HostPort, Result, RuntimeError, Target};
use futures::StreamExt;

use crate::DockerDriver;
use crate::error::{absent_is_fine, failed, message, status};

/// The exit code that stands for a container that is gone.
const GONE: i32 = 137;

impl DockerDriver {
    /// Starts a container; one that runs already is left alone.
    pub(crate) async fn start(&self, project: &Project, target: &Target) -> Result<()> {
        let reference = target.reference();
        let start = || {
            self.client
                .start_container(reference, None::<StartContainerOptions>)
        };
        let mut result = start().await;
        if result
            .as_ref()
            .is_err_and(|error| message(error).contains("is ambiguous"))
        {
            self.remove_double_networks(project).await?;
            result = start().await;
        }
        match result {
            Ok(()) => Ok(()),
            Err(error) if status(&error) == Some(304) => Ok(()),
            Err(error) if is_port_clash(message(&error)) => {
                Err(self.port_clash(target, &error).await)
            }
            Err(error) => Err(failed(&format!("Starting {}", target.name), &error)),
        }
    }

    /// The error of a port that is taken, with its holder; the container, whose networks the
    /// engine has half undone, is removed so that the next `up` makes it anew.
    async fn port_clash(&self, target: &Target, error: &Error) -> RuntimeError {
        let text = message(error);
        let port = port_in(text);
        let mut holder = None;
        if let Some(port) = port {
            let port = HostPort {
                address: None,
                port,
                protocol: "tcp".to_owned(),
            };
            holder = self.container_on_port(&port).await.ok().flatten();
        }
        let force = RemoveContainerOptionsBuilder::new().force(true).build();
        // When it cannot be removed, the next `up` starts it again; nothing is lost.
        let _ = self
            .client
            .remove_container(target.reference(), Some(force))
            .await;
        let what = port.map_or_else(
            || "A host port".to_owned(),
            |port| format!("The host port {port}"),
        );
        let whose = holder.map_or_else(
            || "another program".to_owned(),
            |holder| match holder.project {
                Some(project) => format!("docker {} of the project {project}", holder.name),
                None => format!("docker {}", holder.name),
            },
        );
        RuntimeError::environment(
            Diagnostic::error(format!("{what} of {} is taken by {whose}", target.service))
                .with_note(text.trim())
                .with_help("stop it, or change the port in .env"),
        )
    }

    /// Stops a container, waiting as long as its definition or the caller says.
    pub(crate) async fn stop(&self, target: &Target, timeout: Option<u64>) -> Result<()> {
        let mut options = StopContainerOptionsBuilder::new();
        if let Some(timeout) = timeout {
            options = options.t(i32::try_from(timeout).unwrap_or(i32::MAX));
        }
        let result = self
            .client
            .stop_container(target.reference(), Some(options.build()))
            .await;
        match absent_is_fine(result) {
            Err(error) if status(&error) == Some(304) => Ok(()),
            result => result.map_err(|error| failed(&format!("Stopping {}", target.name), &error)),
        }
    }

    /// Stops and starts a container.
    pub(crate) async fn restart(&self, target: &Target, timeout: Option<u64>) -> Result<()> {
        let mut options = RestartContainerOptionsBuilder::new();
        if let Some(timeout) = timeout {
            options = options.t(i32::try_from(timeout).unwrap_or(i32::MAX));
        }
        self.client
            .restart_container(target.reference(), Some(options.build()))
            .await
            .map_err(|error| failed(&format!("Restarting {}", target.name), &error))
    }

    /// Removes a container; one that is gone, or going, is as good as removed.
    pub(crate) async fn remove(&self, target: &Target, volumes: bool) -> Result<()> {
        let options = RemoveContainerOptionsBuilder::new()
            .v(volumes)
            .force(true)
            .build();
        let result = self
            .client
            .remove_container(target.reference(), Some(options))
            .await;
        match absent_is_fine(result) {
            Err(error) if message(&error).contains("already in progress") => Ok(()),
            result => result.map_err(|error| failed(&format!("Removing {}", target.name), &error)),
        }
    }

    /// Removes a container with the volumes that nobody has given a name.
    pub(crate) async fn remove_with_volumes(
        &self,
        project: &Project,
        target: &Target,
    ) -> Result<()> {
        // The engine keeps those that were handed on from a container before it.
        let handed_on = self.nameless_volumes(project, target).await;
        self.remove(target, true).await?;
        for volume in handed_on {
            self.remove_unused_volume(&volume).await?;
        }
        Ok(())
    }

    /// The volumes of a container to which its service gives no source.
    async fn nameless_volumes(&self, project: &Project, target: &Target) -> Vec<String> {
        let Some(service) = project.services.get(&target.service) else {
            return Vec::new();
        };
        let inspected = self
            .client
            .inspect_container(target.reference(), None::<InspectContainerOptions>)
            .await;
        let mounts = inspected.ok().and_then(|container| container.mounts);
        let is_given = |place: Option<&str>| {
            let mut given = service.volumes.iter().filter(|it| it.source.is_some());
            given.any(|it| Some(it.target.trim_end_matches('/')) == place)
        };
        mounts
            .into_iter()
            .flatten()
            .filter(|mount| !is_given(mount.destination.as_deref()))
            .filter_map(|mount| mount.name)
            .filter(|name| is_made_up(name))
            .collect()
    }

    /// Gives a container another name.
    pub(crate) async fn rename(&self, target: &Target, name: &str) -> Result<()> {
        let options = RenameContainerOptionsBuilder::new().name(name).build();
        self.client
            .rename_container(target.reference(), options)
            .await
            .map_err(|error| failed(&format!("Renaming {} to {name}", target.name), &error))
    }

    /// Waits until a container does not run any more.
    pub(crate) async fn wait(&self, target: &Target) -> Result<i32> {
        let options = WaitContainerOptionsBuilder::new()
            .condition("not-running")
            .build();
        let mut answers = Box::pin(
            self.client
                .wait_container(target.reference(), Some(options)),
        );
        match answers.next().await {
            Some(Ok(answer)) => Ok(i32::try_from(answer.status_code).unwrap_or(GONE)),
            // The library gives an exit code that is not 0 as an error.
            Some(Err(Error::DockerContainerWaitError { code, .. })) => {
                Ok(i32::try_from(code).unwrap_or(GONE))
            }
            Some(Err(error)) if status(&error) == Some(404) => Ok(GONE),
            Some(Err(error)) => Err(failed(&format!("Waiting for {}", target.name), &error)),
            None => Ok(GONE),
        }
    }
}

fn is_port_clash(message: &str) -> bool {
    message.contains("port is already allocated") || message.contains("address already in use")
}

/// The port in `Bind for 0.0.0.0:8080 failed` or `listen tcp4 0.0.0.0:8080: bind`.
fn port_in(message: &str) -> Option<u16> {
    message
        .split_whitespace()
        .rev()
        .map(|word| word.trim_end_matches(':'))
        .find_map(|word| word.rsplit_once(':')?.1.parse().ok())
}

/// Whether a volume has a name that the engine made up: 64 hexadecimal digits.
fn is_made_up(name: &str) -> bool {
    name.len() == 64
        && name
            .chars()
            .all(|it| it.is_ascii_digit() || ('a'..='f').contains(&it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_stands_in_the_message() {
        let engine = "driver failed programming external connectivity on endpoint x (ab:1): Bind for 0.0.0.0:18080 failed: port is already allocated";
        assert_eq!(port_in(engine), Some(18080));
        let kernel = "Error starting userland proxy: listen tcp4 127.0.0.1:5432: bind: address already in use";
        assert_eq!(port_in(kernel), Some(5432));
        assert!(is_port_clash(engine) && is_port_clash(kernel));
    }
}
