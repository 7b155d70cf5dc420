use std::collections::{BTreeMap, BTreeSet, HashMap};

use bollard::query_parameters::{
    InspectContainerOptions, ListContainersOptions, ListContainersOptionsBuilder,
    ListNetworksOptions, ListVolumesOptions,
};
use devkit_compose::Project;
use devkit_runtime::{
    ImageDefaults, Instance, Observed, ObservedImage, Result, Target, image_name,
};
use futures::future::{join_all, try_join, try_join_all};

use crate::error::{failed, status};
use crate::{DockerDriver, instance, labels, network, volume};

impl DockerDriver {
    pub(crate) async fn snapshot(&self, project: &Project) -> Result<Observed> {
        let resources = try_join(
            self.project_networks(project),
            self.project_volumes(project),
        );
        let ((instances, images), (networks, volumes)) = try_join(
            async {
                let images = async { Ok(self.project_images(project).await) };
                try_join(self.containers(&project.name, None), images).await
            },
            resources,
        )
        .await?;
        Ok(Observed {
            instances,
            networks,
            volumes,
            images,
        })
    }

    /// The containers of a project, or of one of its services.
    pub(crate) async fn containers(
        &self,
        project: &str,
        service: Option<&str>,
    ) -> Result<Vec<Instance>> {
        let mut filter = vec![format!("{}={project}", labels::PROJECT)];
        filter.extend(service.map(|service| format!("{}={service}", labels::SERVICE)));
        let options = ListContainersOptionsBuilder::new()
            .all(true)
            .filters(&HashMap::from([("label", filter)]))
            .build();
        let summaries = self
            .client
            .list_containers(Some(options))
            .await
            .map_err(|error| failed("Listing containers", &error))?;
        let ids = summaries.into_iter().filter_map(|summary| summary.id);
        let found = try_join_all(ids.map(|id| async move { self.container(&id).await })).await?;
        let mut instances: Vec<Instance> = found.into_iter().flatten().collect();
        instances.sort_by(|one, other| {
            (&one.service, one.number, &one.name).cmp(&(&other.service, other.number, &other.name))
        });
        Ok(instances)
    }

    /// One container by id or name; nothing when it is gone.
    pub(crate) async fn container(&self, reference: &str) -> Result<Option<Instance>> {
        match self
            .client
            .inspect_container(reference, None::<InspectContainerOptions>)
            .await
        {
            Ok(container) => Ok(instance::read(container)),
            Err(error) if status(&error) == Some(404) => Ok(None),
            Err(error) => Err(failed(&format!("Inspecting {reference}"), &error)),
        }
    }

    pub(crate) async fn find(&self, target: &Target) -> Result<Option<Instance>> {
        self.container(target.reference()).await
    }

    async fn project_networks(
        &self,
        project: &Project,
    ) -> Result<Vec<devkit_runtime::ObservedNetwork>> {
        let declared: BTreeSet<&str> = project
            .networks
            .values()
            .map(|network| network.name.as_str())
            .collect();
        let listed = async {
            let listed = self.client.list_networks(None::<ListNetworksOptions>).await;
            listed.map_err(|error| failed("Listing networks", &error))
        };
        let (all, strangers) = try_join(listed, self.strangers()).await?;
        Ok(all
            .into_iter()
            .map(|found| network::read(found, &project.name))
            .filter(|found| found.key.is_some() || declared.contains(found.name.as_str()))
            .map(|mut network| {
                network.strangers = strangers.get(&network.name).cloned().unwrap_or_default();
                network
            })
            .collect())
    }

    /// The names of running containers that belong to no project, by the networks they are on.
    async fn strangers(&self) -> Result<HashMap<String, Vec<String>>> {
        let running = self.client.list_containers(None::<ListContainersOptions>);
        let running = running
            .await
            .map_err(|error| failed("Listing containers", &error))?;
        let mut strangers: HashMap<String, Vec<String>> = HashMap::new();
        for container in running {
            let labels = container.labels.unwrap_or_default();
            let names = container.names.unwrap_or_default();
            let (Some(name), None, None) = (
                names.first(),
                labels.get(labels::PROJECT),
                labels.get(labels::PROBE),
            ) else {
                continue;
            };
            let settings = container.network_settings.unwrap_or_default();
            for network in settings.networks.unwrap_or_default().into_keys() {
                let name = name.trim_start_matches('/').to_owned();
                strangers.entry(network).or_default().push(name);
            }
        }
        Ok(strangers)
    }

    async fn project_volumes(
        &self,
        project: &Project,
    ) -> Result<Vec<devkit_runtime::ObservedVolume>> {
        let declared: BTreeSet<&str> = project
            .volumes
            .values()
            .map(|volume| volume.name.as_str())
            .collect();
        let all = self
            .client
            .list_volumes(None::<ListVolumesOptions>)
            .await
            .map_err(|error| failed("Listing volumes", &error))?;
        Ok(all
            .volumes
            .unwrap_or_default()
            .into_iter()
            .map(|found| volume::read(found, &project.name))
            .filter(|found| found.key.is_some() || declared.contains(found.name.as_str()))
            .collect())
    }

    /// The images that the enabled services would run and that are there.
    async fn project_images(&self, project: &Project) -> BTreeMap<String, ObservedImage> {
        let names: BTreeMap<&str, String> = project
            .services
            .iter()
            .map(|(name, service)| (name.as_str(), image_name(project, name, service)))
            .collect();
        let unique: BTreeSet<&String> = names.values().collect();
        let found: HashMap<&String, ObservedImage> = join_all(
            unique
                .into_iter()
                .map(|name| async move { Some((name, self.image(name).await?)) }),
        )
        .await
        .into_iter()
        .flatten()
        .collect();
        names
            .iter()
            .filter_map(|(service, name)| Some(((*service).to_owned(), found.get(name)?.clone())))
            .collect()
    }

    /// An image that is there.
    async fn image(&self, name: &str) -> Option<ObservedImage> {
        let found = self.client.inspect_image(name).await.ok()?;
        let config = found.config.unwrap_or_default();
        Some(ObservedImage {
            id: found.id?,
            name: name.to_owned(),
            defaults: ImageDefaults {
                environment: config
                    .env
                    .unwrap_or_default()
                    .iter()
                    .map(|pair| instance::split(pair))
                    .collect(),
                entrypoint: config.entrypoint.unwrap_or_default(),
                command: config.cmd.unwrap_or_default(),
                user: config.user.unwrap_or_default(),
            },
        })
    }

    /// The id of an image that is there.
    pub(crate) async fn image_id(&self, name: &str) -> Option<String> {
        self.client.inspect_image(name).await.ok()?.id
    }
}
