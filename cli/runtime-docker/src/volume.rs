use bollard::models::VolumeCreateRequest;
use bollard::query_parameters::RemoveVolumeOptions;
use devkit_compose::Project;
use devkit_compose::model::Volume;
use devkit_runtime::{ObservedVolume, Result};

use crate::error::{absent_is_fine, failed, status};
use crate::{DockerDriver, labels};

/// Reads what the engine says of a volume.
pub(crate) fn read(volume: bollard::models::Volume, project: &str) -> ObservedVolume {
    let labels: std::collections::BTreeMap<String, String> = volume.labels.into_iter().collect();
    let ours = labels
        .get(labels::PROJECT)
        .is_some_and(|owner| owner == project);
    ObservedVolume {
        name: volume.name,
        key: labels.get(labels::VOLUME).filter(|_| ours).cloned(),
        driver: volume.driver,
        path: Some(volume.mountpoint).filter(|path| !path.is_empty()),
        labels,
    }
}

impl DockerDriver {
    /// Makes a volume; the engine gives back one that is there.
    pub(crate) async fn create_volume(
        &self,
        project: &Project,
        key: &str,
        name: &str,
    ) -> Result<()> {
        let default = Volume::default();
        let volume = project.volumes.get(key).unwrap_or(&default);
        let request = VolumeCreateRequest {
            name: Some(name.to_owned()),
            driver: volume.driver.clone(),
            driver_opts: Some(volume.driver_opts.clone().into_iter().collect()),
            labels: Some(labels::of_resource(
                &project.name,
                labels::VOLUME,
                key,
                volume.labels.clone(),
            )),
            ..VolumeCreateRequest::default()
        };
        self.client
            .create_volume(request)
            .await
            .map(drop)
            .map_err(|error| failed(&format!("Making the volume {name}"), &error))
    }

    /// Removes a volume and its data, unless a container uses it.
    pub(crate) async fn remove_unused_volume(&self, name: &str) -> Result<()> {
        let removed = self
            .client
            .remove_volume(name, None::<RemoveVolumeOptions>)
            .await;
        match absent_is_fine(removed) {
            Err(error) if status(&error) == Some(409) => Ok(()),
            result => {
                result.map_err(|error| failed(&format!("Removing the volume {name}"), &error))
            }
        }
    }

    /// Removes a volume and its data.
    pub(crate) async fn remove_volume(&self, name: &str) -> Result<()> {
        absent_is_fine(
            self.client
                .remove_volume(name, None::<RemoveVolumeOptions>)
                .await,
        )
        .map_err(|error| failed(&format!("Removing the volume {name}"), &error))
    }
}
