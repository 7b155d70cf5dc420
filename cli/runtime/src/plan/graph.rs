use std::collections::{BTreeMap, BTreeSet};

use devkit_compose::Project;
use devkit_compose::model::{Condition, Service};

/// The services that another one cannot do without, by any key that names one.
pub(crate) fn needed_services(service: &Service) -> BTreeSet<String> {
    let mut needed: BTreeSet<String> = service.depends_on.keys().cloned().collect();
    needed.extend(shared_services(service));
    needed
}

/// The services whose namespaces or mounts a service shares.
pub(crate) fn shared_services(service: &Service) -> BTreeSet<String> {
    let modes = [
        service.network_mode.as_deref(),
        service.other.get("ipc").and_then(|mode| mode.as_str()),
        service.other.get("pid").and_then(|mode| mode.as_str()),
    ];
    modes
        .into_iter()
        .flatten()
        .filter_map(|mode| mode.strip_prefix("service:"))
        .chain(
            service
                .volumes_from
                .iter()
                .filter(|from| !from.starts_with("container:"))
                .filter_map(|from| from.split(':').next()),
        )
        .map(str::to_owned)
        .collect()
}

/// The services with everything that they need, directly or not, as far as it is enabled.
pub(crate) fn closure(project: &Project, services: &[String]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open: Vec<String> = services.to_vec();
    while let Some(name) = open.pop() {
        if let Some(service) = project.services.get(&name)
            && found.insert(name)
        {
            open.extend(needed_services(service));
        }
    }
    found
}

/// Whether an enabled service waits for this one to end well.
pub(crate) fn is_one_shot(project: &Project, name: &str) -> bool {
    project.services.values().any(|service| {
        service.depends_on.get(name).is_some_and(|dependency| {
            dependency.condition == Condition::ServiceCompletedSuccessfully
        })
    })
}

/// For each service of any profile, those that need it directly.
pub(crate) fn dependants_first(project: &Project) -> BTreeMap<String, BTreeSet<String>> {
    let mut dependants: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, service) in project.all_services() {
        for needed in needed_services(service) {
            dependants
                .entry(needed)
                .or_default()
                .insert(name.to_owned());
        }
    }
    dependants
}
