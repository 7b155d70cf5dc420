//! The labels by which Docker Compose and devkit know what is theirs.

use std::collections::HashMap;

use devkit_compose::Project;
use devkit_compose::model::{Condition, Service};
use devkit_runtime::{Fingerprint, Target};

pub(crate) const PROJECT: &str = "com.docker.compose.project";
pub(crate) const SERVICE: &str = "com.docker.compose.service";
pub(crate) const NUMBER: &str = "com.docker.compose.container-number";
pub(crate) const ONE_OFF: &str = "com.docker.compose.oneoff";
pub(crate) const NETWORK: &str = "com.docker.compose.network";
pub(crate) const VOLUME: &str = "com.docker.compose.volume";
pub(crate) const VERSION: &str = "com.docker.compose.version";
pub(crate) const HASH: &str = "dev.devkit.hash";
pub(crate) const KEYS: &str = "dev.devkit.keys";
pub(crate) const PROBE: &str = "dev.devkit.probe";
const CONFIG_HASH: &str = "com.docker.compose.config-hash";
const IMAGE: &str = "com.docker.compose.image";
const CONFIG_FILES: &str = "com.docker.compose.project.config_files";
const WORKING_DIR: &str = "com.docker.compose.project.working_dir";
const DEPENDS_ON: &str = "com.docker.compose.depends_on";

/// What stands in the version label: who made it, in a form that sorts as a version.
pub(crate) const MADE_BY: &str = concat!("devkit-", env!("CARGO_PKG_VERSION"));

/// The labels of a container; those of the user cannot hide devkit's.
pub(crate) fn of_container(
    project: &Project,
    service: &Service,
    target: &Target,
    image: &str,
    fingerprint: &Fingerprint,
) -> HashMap<String, String> {
    let hash = fingerprint.hash(Some(image));
    let files: Vec<String> = project
        .files
        .iter()
        .map(|file| file.display().to_string())
        .collect();
    let mut labels: HashMap<String, String> = service.labels.clone().into_iter().collect();
    let own = [
        (PROJECT, project.name.clone()),
        (SERVICE, target.service.clone()),
        (NUMBER, target.number.to_string()),
        (ONE_OFF, "False".to_owned()),
        (CONFIG_HASH, hash.trim_start_matches("1:").to_owned()),
        (IMAGE, image.to_owned()),
        (CONFIG_FILES, files.join(",")),
        (WORKING_DIR, project.working_dir.display().to_string()),
        (DEPENDS_ON, depends_on(service)),
        (VERSION, MADE_BY.to_owned()),
        (HASH, hash),
        (KEYS, serde_json::to_string(fingerprint).unwrap_or_default()),
    ];
    labels.extend(own.map(|(key, value)| (key.to_owned(), value)));
    labels
}

/// The labels of a network or volume, told apart by the label that holds its key.
pub(crate) fn of_resource(
    project: &str,
    label: &str,
    key: &str,
    user: impl IntoIterator<Item = (String, String)>,
) -> HashMap<String, String> {
    let mut labels: HashMap<String, String> = user.into_iter().collect();
    labels.insert(PROJECT.to_owned(), project.to_owned());
    labels.insert(label.to_owned(), key.to_owned());
    labels.insert(VERSION.to_owned(), MADE_BY.to_owned());
    labels
}

fn depends_on(service: &Service) -> String {
    let dependencies: Vec<String> = service
        .depends_on
        .iter()
        .map(|(name, dependency)| {
            let condition = match dependency.condition {
                Condition::ServiceStarted => "service_started",
                Condition::ServiceHealthy => "service_healthy",
                Condition::ServiceCompletedSuccessfully => "service_completed_successfully",
            };
            format!("{name}:{condition}:{}", dependency.restart)
        })
        .collect();
    dependencies.join(",")
}
