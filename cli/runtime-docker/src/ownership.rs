use bollard::query_parameters::ListContainersOptions;
use devkit_runtime::{HostPort, PortOwner, Result};

use crate::error::failed;
use crate::{DockerDriver, labels};

impl DockerDriver {
    /// The running container, of any project, that publishes a port of the host.
    pub(crate) async fn container_on_port(&self, port: &HostPort) -> Result<Option<PortOwner>> {
        let running = self
            .client
            .list_containers(None::<ListContainersOptions>)
            .await
            .map_err(|error| failed("Listing containers", &error))?;
        let holder = running.into_iter().find(|container| {
            container.ports.iter().flatten().any(|published| {
                let protocol = published
                    .typ
                    .map_or_else(String::new, |kind| kind.to_string());
                published.public_port == Some(port.port) && protocol == port.protocol
            })
        });
        Ok(holder.map(|container| {
            let labels = container.labels.unwrap_or_default();
            PortOwner {
                name: container
                    .names
                    .unwrap_or_default()
                    .first()
                    .map(|name| name.trim_start_matches('/').to_owned())
                    .or(container.id)
                    .unwrap_or_default(),
                project: labels.get(labels::PROJECT).cloned(),
                service: labels.get(labels::SERVICE).cloned(),
            }
        }))
    }
}
