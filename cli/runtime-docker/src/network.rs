use std::collections::HashMap;

use bollard::models::{Ipam, IpamConfig, NetworkCreateRequest};
use bollard::query_parameters::ListNetworksOptionsBuilder;
use devkit_compose::Project;
use devkit_compose::model::Network;
use devkit_diagnostic::Diagnostic;
use devkit_runtime::{ObservedNetwork, Result, RuntimeError, SubnetOwner};

use crate::error::{absent_is_fine, failed, message};
use crate::{DockerDriver, labels};

/// Reads what the engine says of a network.
pub(crate) fn read(network: bollard::models::Network, project: &str) -> ObservedNetwork {
    let labels: std::collections::BTreeMap<String, String> =
        network.labels.unwrap_or_default().into_iter().collect();
    let ours = labels
        .get(labels::PROJECT)
        .is_some_and(|owner| owner == project);
    let pools = network
        .ipam
        .and_then(|ipam| ipam.config)
        .unwrap_or_default();
    ObservedNetwork {
        id: network.id.unwrap_or_default(),
        name: network.name.unwrap_or_default(),
        key: labels.get(labels::NETWORK).filter(|_| ours).cloned(),
        driver: network.driver.unwrap_or_default(),
        internal: network.internal.unwrap_or_default(),
        subnets: pools
            .iter()
            .filter_map(|pool| pool.subnet.clone())
            .collect(),
        gateways: pools.into_iter().filter_map(|pool| pool.gateway).collect(),
        labels,
        strangers: Vec::new(),
    }
}

impl DockerDriver {
    /// Makes a network unless it is there: older engines would make a second of the same name.
    pub(crate) async fn create_network(
        &self,
        project: &Project,
        key: &str,
        name: &str,
    ) -> Result<()> {
        if self.network_exists(name).await? {
            return Ok(());
        }
        let default = Network::default();
        let network = project.networks.get(key).unwrap_or(&default);
        let request = request(project, key, name, network);
        match self.client.create_network(request).await {
            Ok(created) => self.keep_one_network(name, &created.id).await,
            Err(error) if message(&error).contains("overlaps") => {
                Err(self.overlap(network, name).await)
            }
            Err(error) => Err(failed(&format!("Making the network {name}"), &error)),
        }
    }

    /// Takes the new network back when another of its name has come at the same time, as from a
    /// request of an `up` that was killed.
    async fn keep_one_network(&self, name: &str, created: &str) -> Result<()> {
        if self.networks_named(name).await?.len() > 1 {
            self.remove_network(name, created).await?;
        }
        Ok(())
    }

    /// Removes networks of the project that nothing is on and of whose name there is another one.
    pub(crate) async fn remove_double_networks(&self, project: &Project) -> Result<()> {
        for network in project
            .networks
            .values()
            .filter(|network| !network.external)
        {
            let all = self.networks_named(&network.name).await?;
            let mut left = all.len();
            for id in all.into_iter().filter_map(|network| network.id) {
                if left > 1 && self.network_users(&id).await.is_empty() {
                    self.remove_network(&network.name, &id).await?;
                    left -= 1;
                }
            }
        }
        Ok(())
    }

    async fn network_exists(&self, name: &str) -> Result<bool> {
        Ok(!self.networks_named(name).await?.is_empty())
    }

    async fn networks_named(&self, name: &str) -> Result<Vec<bollard::models::Network>> {
        let filters = HashMap::from([("name", vec![format!("^{name}$")])]);
        let options = ListNetworksOptionsBuilder::new().filters(&filters).build();
        let mut found = self
            .client
            .list_networks(Some(options))
            .await
            .map_err(|error| failed("Listing networks", &error))?;
        found.retain(|network| network.name.as_deref() == Some(name));
        Ok(found)
    }

    async fn overlap(&self, network: &Network, name: &str) -> RuntimeError {
        let wanted: Vec<&str> = network
            .ipam
            .config
            .iter()
            .filter_map(|pool| pool.subnet.as_deref())
            .collect();
        let owners = self.subnet_owners().await.unwrap_or_default();
        let owner = owners.into_iter().find(|owner| {
            wanted
                .iter()
                .any(|subnet| devkit_runtime::overlapping(subnet, &owner.subnet))
        });
        let whose = owner.map_or_else(
            || "another network or route of this machine".to_owned(),
            |owner| format!("the network {}", owner.network),
        );
        RuntimeError::environment(
            Diagnostic::error(format!(
                "The subnet {} of the network {name} is taken by {whose}",
                wanted.join(", ")
            ))
            .with_help("give another subnet in the compose file, or remove that network"),
        )
    }

    pub(crate) async fn subnet_owners(&self) -> Result<Vec<SubnetOwner>> {
        let all = self
            .client
            .list_networks(None::<bollard::query_parameters::ListNetworksOptions>)
            .await
            .map_err(|error| failed("Listing networks", &error))?;
        let mut owners = Vec::new();
        for network in all {
            let project = network
                .labels
                .as_ref()
                .and_then(|labels| labels.get(labels::PROJECT).cloned());
            let found = read(network, "");
            owners.extend(found.subnets.into_iter().map(|subnet| SubnetOwner {
                network: found.name.clone(),
                project: project.clone(),
                subnet,
            }));
        }
        Ok(owners)
    }

    /// Removes a network by id; one that is in use by strangers is named with them.
    pub(crate) async fn remove_network(&self, name: &str, id: &str) -> Result<()> {
        match absent_is_fine(self.client.remove_network(id).await) {
            Ok(()) => Ok(()),
            Err(error) if message(&error).contains("active endpoints") => {
                let users = self.network_users(id).await;
                Err(RuntimeError::failed(
                    Diagnostic::error(format!(
                        "The network {name} cannot be removed: {} is on it",
                        if users.is_empty() {
                            "something".to_owned()
                        } else {
                            users.join(", ")
                        }
                    ))
                    .with_help(format!("docker network disconnect {name} CONTAINER")),
                ))
            }
            Err(error) => Err(failed(&format!("Removing the network {name}"), &error)),
        }
    }

    async fn network_users(&self, id: &str) -> Vec<String> {
        let network = self
            .client
            .inspect_network(id, None::<bollard::query_parameters::InspectNetworkOptions>)
            .await;
        network
            .ok()
            .and_then(|network| network.containers)
            .unwrap_or_default()
            .into_values()
            .filter_map(|container| container.name)
            .collect()
    }
}

fn request(project: &Project, key: &str, name: &str, network: &Network) -> NetworkCreateRequest {
    let pools: Vec<IpamConfig> = network
        .ipam
        .config
        .iter()
        .map(|pool| IpamConfig {
            subnet: pool.subnet.clone(),
            ip_range: pool.ip_range.clone(),
            gateway: pool.gateway.clone(),
            auxiliary_addresses: (!pool.aux_addresses.is_empty())
                .then(|| pool.aux_addresses.clone().into_iter().collect()),
        })
        .collect();
    let has_ipam = !pools.is_empty() || network.ipam.driver.is_some();
    NetworkCreateRequest {
        name: name.to_owned(),
        driver: Some(
            network
                .driver
                .clone()
                .unwrap_or_else(|| "bridge".to_owned()),
        ),
        internal: Some(network.internal),
        attachable: Some(network.attachable),
        enable_ipv6: Some(network.enable_ipv6.unwrap_or_default()),
        ipam: has_ipam.then(|| Ipam {
            driver: network.ipam.driver.clone(),
            config: Some(pools),
            ..Ipam::default()
        }),
        options: Some(network.driver_opts.clone().into_iter().collect()),
        labels: Some(labels::of_resource(
            &project.name,
            labels::NETWORK,
            key,
            network.labels.clone(),
        )),
        ..NetworkCreateRequest::default()
    }
}
