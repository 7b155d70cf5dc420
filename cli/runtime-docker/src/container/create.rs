use std::collections::HashMap;
use std::time::{Duration, Instant};

use bollard::models::{ContainerCreateBody, NetworkConnectRequest, NetworkingConfig};
use bollard::query_parameters::{
    CreateContainerOptions, CreateContainerOptionsBuilder, RemoveContainerOptionsBuilder,
    UploadToContainerOptionsBuilder,
};
use devkit_compose::Project;
use devkit_compose::model::Service;
use devkit_diagnostic::Diagnostic;
use devkit_runtime::{Fingerprint, Instance, Result, RuntimeError, Target, image_name};

use tokio::time::sleep;

use super::other::text;
use super::{files, healthcheck, host, networks, ports};
use crate::error::{failed, message, status};
use crate::{DockerDriver, labels};

/// How long the engine may take to finish what an `up` that was killed has asked for.
const PATIENCE: Duration = Duration::from_secs(20);

impl DockerDriver {
    /// Makes a container with its networks and files, without starting it.
    pub(crate) async fn create(
        &self,
        project: &Project,
        target: &Target,
        name: &str,
        replaces: Option<&Target>,
        fingerprint: &Fingerprint,
    ) -> Result<()> {
        let service = definition(project, target)?;
        let image = image_name(project, &target.service, service);
        let Some(image_id) = self.image_id(&image).await else {
            return Err(super::super::image::missing(&target.service, &image));
        };
        let predecessor = match replaces {
            Some(old) => self.find(old).await?,
            None => None,
        };
        let parts = Parts {
            project,
            service,
            target,
            image,
            labels: labels::of_container(project, service, target, &image_id, fingerprint),
        };
        let body = self.body(&parts, predecessor.as_ref()).await?;
        let mut options = CreateContainerOptionsBuilder::new().name(name);
        if let Some(platform) = &service.platform {
            options = options.platform(platform);
        }
        let id = self.request(&parts, name, options.build(), body).await?;
        if let Err(error) = self.complete(&parts, &id, name).await {
            // Half a container must not be taken for a whole one next time.
            let force = RemoveContainerOptionsBuilder::new()
                .force(true)
                .v(true)
                .build();
            let _ = self.client.remove_container(&id, Some(force)).await;
            return Err(error);
        }
        Ok(())
    }

    /// Asks for the container; what a killed `up` has left under its name is removed first.
    async fn request(
        &self,
        parts: &Parts<'_>,
        name: &str,
        options: CreateContainerOptions,
        body: ContainerCreateBody,
    ) -> Result<String> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let request = self
                .client
                .create_container(Some(options.clone()), body.clone());
            let error = match request.await {
                Ok(created) => return Ok(created.id),
                Err(error) => error,
            };
            if status(&error) != Some(409) {
                return Err(failed(&format!("Making {name}"), &error));
            }
            match self.container(name).await? {
                Some(holder) if parts.owns(&holder) && !holder.is_running() => {
                    self.remove(&holder.target(), false).await?;
                }
                // The engine is still making it; it cannot be seen before it is made.
                None if Instant::now() < deadline => sleep(Duration::from_millis(100)).await,
                holder => return Err(name_taken(name, holder.as_ref(), &error)),
            }
        }
    }

    async fn body(
        &self,
        parts: &Parts<'_>,
        replaced: Option<&Instance>,
    ) -> Result<ContainerCreateBody> {
        let service = parts.service;
        let attachments = networks::of(parts.project, service, &parts.target.service);
        let several = self.capabilities.several_networks_at_create();
        let endpoints: HashMap<_, _> = attachments
            .iter()
            .take(if several { usize::MAX } else { 1 })
            .cloned()
            .collect();
        let first = attachments.first().map(|(name, _)| name.clone());
        let namespaces = self.namespaces(parts.project, service).await?;
        Ok(ContainerCreateBody {
            hostname: service.hostname.clone(),
            domainname: text(service, "domainname"),
            user: service.user.clone(),
            tty: Some(service.tty),
            open_stdin: Some(service.stdin_open),
            exposed_ports: Some(ports::exposed(service)),
            env: Some(environment(service)),
            cmd: service.command.clone(),
            entrypoint: service.entrypoint.clone().map(|entrypoint| {
                // An empty list would keep the image's; an empty word takes it away.
                if entrypoint.is_empty() {
                    vec![String::new()]
                } else {
                    entrypoint
                }
            }),
            healthcheck: service
                .healthcheck
                .as_ref()
                .map(|check| healthcheck::config(check, &self.capabilities)),
            image: Some(parts.image.clone()),
            working_dir: service.working_dir.clone(),
            labels: Some(parts.labels.clone()),
            stop_signal: service.stop_signal.clone(),
            stop_timeout: service
                .stop_grace_period
                .and_then(|period| i64::try_from(period.0.as_secs()).ok()),
            host_config: Some(host::config(
                parts.project,
                service,
                first,
                namespaces,
                replaced,
            )?),
            networking_config: (!endpoints.is_empty()).then_some(NetworkingConfig {
                endpoints_config: Some(endpoints),
            }),
            ..ContainerCreateBody::default()
        })
    }

    /// Joins the other networks and brings the files in.
    async fn complete(&self, parts: &Parts<'_>, id: &str, name: &str) -> Result<()> {
        if !self.capabilities.several_networks_at_create() {
            let attachments = networks::of(parts.project, parts.service, &parts.target.service);
            for (network, endpoint) in attachments.into_iter().skip(1) {
                let request = NetworkConnectRequest {
                    container: id.to_owned(),
                    endpoint_config: Some(endpoint),
                };
                self.client
                    .connect_network(&network, request)
                    .await
                    .map_err(|error| failed(&format!("Joining {name} to {network}"), &error))?;
            }
        }
        if let Some(archive) = files::archive(parts.project, parts.service)? {
            let options = UploadToContainerOptionsBuilder::new().path("/").build();
            self.client
                .upload_to_container(id, Some(options), bollard::body_full(archive.into()))
                .await
                .map_err(|error| failed(&format!("Copying files into {name}"), &error))?;
        }
        Ok(())
    }

    /// The containers whose namespaces and mounts are shared, by their ids.
    async fn namespaces(&self, project: &Project, service: &Service) -> Result<host::Namespaces> {
        let network = service.network_mode.clone();
        let mut namespaces = host::Namespaces {
            network: self.resolve(project, network).await?,
            ipc: self.resolve(project, text(service, "ipc")).await?,
            pid: self.resolve(project, text(service, "pid")).await?,
            volumes_from: Vec::new(),
        };
        for from in &service.volumes_from {
            let mount = if let Some(container) = from.strip_prefix("container:") {
                container.to_owned()
            } else {
                let (name, mode) = from.split_once(':').unwrap_or((from, "rw"));
                format!("{}:{mode}", self.first_container(project, name).await?)
            };
            namespaces.volumes_from.push(mount);
        }
        Ok(namespaces)
    }

    async fn resolve(&self, project: &Project, mode: Option<String>) -> Result<Option<String>> {
        match mode
            .as_deref()
            .and_then(|mode| mode.strip_prefix("service:"))
        {
            Some(name) => {
                let id = self.first_container(project, name).await?;
                Ok(Some(format!("container:{id}")))
            }
            None => Ok(mode),
        }
    }

    async fn first_container(&self, project: &Project, service: &str) -> Result<String> {
        let containers = self.containers(&project.name, Some(service)).await?;
        containers
            .into_iter()
            .find(|container| !container.one_off)
            .map(|container| container.id)
            .ok_or_else(|| {
                RuntimeError::failed(Diagnostic::error(format!(
                    "Service {service}, whose namespace or mounts are shared, has no container"
                )))
            })
    }
}

fn name_taken(
    name: &str,
    holder: Option<&Instance>,
    error: &bollard::errors::Error,
) -> RuntimeError {
    let whose = holder
        .and_then(|holder| holder.labels.get(labels::PROJECT))
        .map_or_else(
            || "a container that no project owns".to_owned(),
            |project| format!("a container of the project {project}"),
        );
    if message(error).contains("already in use") {
        return RuntimeError::failed(
            Diagnostic::error(format!("The container name {name} is taken by {whose}"))
                .with_help(format!("docker rm -f {name}")),
        );
    }
    failed(&format!("Making {name}"), error)
}

/// What a container is made of.
struct Parts<'a> {
    project: &'a Project,
    service: &'a Service,
    target: &'a Target,
    image: String,
    labels: HashMap<String, String>,
}

impl Parts<'_> {
    fn owns(&self, holder: &Instance) -> bool {
        holder.service == self.target.service
            && holder.labels.get(labels::PROJECT) == Some(&self.project.name)
    }
}

fn definition<'a>(project: &'a Project, target: &Target) -> Result<&'a Service> {
    project.services.get(&target.service).ok_or_else(|| {
        RuntimeError::failed(Diagnostic::error(format!(
            "There is no service {} to make {} from",
            target.service, target.name
        )))
    })
}

/// Variables as the engine takes them; a name alone takes the image's variable away.
fn environment(service: &Service) -> Vec<String> {
    service
        .environment
        .iter()
        .map(|(name, value)| match value {
            Some(value) => format!("{name}={value}"),
            None => name.clone(),
        })
        .collect()
}
