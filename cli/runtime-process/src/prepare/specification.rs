//! What is common to the specifications of all services.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use devkit_compose::Project;
use devkit_compose::model::{Mount, Service};
use devkit_runtime::{Fingerprint, HealthTest, InstanceMount, Result, Target, image_name};
use sha2::{Digest, Sha256};

use super::{Kind, Places, backing, native};
use crate::binaries::Finder;
use crate::layout::Layout;
use crate::protocol::{OpenDoor, Publication, Restart, Specification};

/// Everything that a specification is made from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request<'a> {
    pub(crate) project: &'a Project,
    pub(crate) layout: &'a Layout,
    pub(crate) finder: &'a Finder,
    /// The variables of the devkit process.
    pub(crate) inherited: &'a BTreeMap<String, String>,
    pub(crate) target: &'a Target,
    pub(crate) service: &'a Service,
    pub(crate) doors: &'a [OpenDoor],
    pub(crate) fingerprint: &'a Fingerprint,
    pub(crate) image: Option<&'a str>,
}

/// Says how an instance is to be run.
pub(crate) fn specify(request: Request<'_>, kind: &Kind, name: &str) -> Result<Specification> {
    let service = request.service;
    let mounts = mounts(request);
    let paths = mounts
        .iter()
        .map(|mount| (mount.target.clone(), mount.source.clone()))
        .collect();
    let places = Places::new(request.doors, paths);
    let base = Specification {
        id: id(name),
        name: name.to_owned(),
        service: request.target.service.clone(),
        number: request.target.number,
        one_off: false,
        hash: request.fingerprint.hash(request.image),
        fingerprint: request.fingerprint.clone(),
        image: request.image.map(ToOwned::to_owned),
        image_name: Some(image_name(
            request.project,
            &request.target.service,
            service,
        )),
        published: service
            .ports
            .iter()
            .filter(|port| port.protocol != "udp")
            .map(|port| Publication {
                address: port.host_ip.clone(),
                published: port.published.clone(),
                target: port.target,
                bound: None,
            })
            .collect(),
        restart: Restart::parse(&service.restart_policy()),
        health_test: health_test(service),
        mounts,
        ..Specification::default()
    };
    match kind {
        Kind::Backing(recipe) => backing::specify(request, recipe, &places, base),
        Kind::Native(settings) => Ok(native::specify(request, settings, &places, base)),
    }
}

/// The variables that the compose file gives; those without a value come from devkit's own.
pub(super) fn environment(request: Request<'_>) -> BTreeMap<String, String> {
    let given = request.service.environment.iter();
    given
        .filter_map(|(key, value)| {
            let value = value
                .clone()
                .or_else(|| request.inherited.get(key).cloned())?;
            Some((key.clone(), value))
        })
        .collect()
}

/// The grace before force, in milliseconds.
pub(super) fn grace(service: &Service) -> u64 {
    let grace = service
        .stop_grace_period
        .map_or(Duration::from_secs(10), |span| span.0);
    u64::try_from(grace.as_millis()).unwrap_or(u64::MAX)
}

/// Where a named volume may be: beside the platform, or where any user can get to.
pub(crate) fn volume_folders(layout: &Layout, key: &str) -> [PathBuf; 2] {
    [layout.data().join(key), layout.data_elsewhere().join(key)]
}

fn mounts(request: Request<'_>) -> Vec<InstanceMount> {
    let mounts = request.service.volumes.iter();
    mounts
        .filter_map(|mount| {
            Some(InstanceMount {
                kind: mount.kind.clone(),
                source: folder_of(request.layout, mount)?.display().to_string(),
                target: mount.target.trim_end_matches('/').to_owned(),
                read_only: mount.read_only,
            })
        })
        .collect()
}

fn folder_of(layout: &Layout, mount: &Mount) -> Option<PathBuf> {
    let source = mount.source.as_deref()?;
    match mount.kind.as_str() {
        "bind" => Some(PathBuf::from(source)),
        "volume" => Some(layout.data().join(source)),
        _ => None,
    }
}

fn health_test(service: &Service) -> Option<HealthTest> {
    let check = service
        .healthcheck
        .as_ref()
        .filter(|check| !check.disable)?;
    let is_test = check.test.first().is_some_and(|kind| kind != "NONE");
    is_test.then(|| HealthTest {
        command: check.test.clone(),
        timeout: check.timeout.map_or(Duration::from_secs(30), |span| span.0),
        interval: check
            .interval
            .map_or(Duration::from_secs(30), |span| span.0),
    })
}

fn id(name: &str) -> String {
    use std::fmt::Write as _;
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let digest = Sha256::new()
        .chain_update(name)
        .chain_update(now.as_nanos().to_le_bytes())
        .finalize();
    digest.iter().take(5).fold(String::new(), |mut id, byte| {
        // Writing to a string cannot fail.
        let _ = write!(id, "{byte:02x}");
        id
    })
}
