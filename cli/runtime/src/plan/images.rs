use std::collections::{BTreeMap, BTreeSet};

use devkit_compose::Project;
use devkit_compose::model::Service;

use super::builder::Builder;
use super::definition::image_name;
use super::{PullPolicy, UpOptions};
use crate::{Action, Cause, Observed, Plan, StepId};

/// The builds and pulls that have to come before anything can be compared, since they may change
/// an image that is there: those that were asked for, or that a service's `pull_policy` wants.
pub fn plan_images(
    project: &Project,
    observed: &Observed,
    selection: &BTreeSet<String>,
    options: &UpOptions,
) -> Plan {
    let mut builder = Builder::default();
    let mut seen = BTreeSet::new();
    for (name, service) in selected(project, selection) {
        if !observed.images.contains_key(name) {
            continue;
        }
        let forced = if service.build.is_some() {
            options.build || service.pull_policy.as_deref() == Some("build")
        } else {
            options.pull == PullPolicy::Always || service.pull_policy.as_deref() == Some("always")
        };
        if forced && builder_of(project, name).is_none_or(|other| other == name) {
            let image = image_name(project, name, service);
            if seen.insert(image.clone()) {
                builder.step(fetch(name, service, image), Cause::Requested, Vec::new());
            }
        }
    }
    builder.plan
}

/// One step for each image that is missing, by the service that needs it.
pub(super) fn missing(
    project: &Project,
    observed: &Observed,
    selection: &BTreeSet<String>,
    policy: PullPolicy,
    builder: &mut Builder,
) -> BTreeMap<String, StepId> {
    let mut by_image: BTreeMap<String, StepId> = BTreeMap::new();
    let mut by_service = BTreeMap::new();
    for (name, service) in selected(project, selection) {
        if observed.images.contains_key(name) {
            continue;
        }
        let image = image_name(project, name, service);
        let step = *by_image.entry(image.clone()).or_insert_with(|| {
            let (name, service) = builder_of(project, name)
                .and_then(|other| project.services.get_key_value(other))
                .map_or((name, service), |(name, service)| (name.as_str(), service));
            let mut action = fetch(name, service, image);
            if let Action::Pull { service, image } = &action
                && (policy == PullPolicy::Never || never(project, service))
            {
                action = Action::RequireImage {
                    service: service.clone(),
                    image: image.clone(),
                };
            }
            builder.step(action, Cause::Missing, Vec::new())
        });
        by_service.insert(name.to_owned(), step);
    }
    by_service
}

fn never(project: &Project, service: &str) -> bool {
    project
        .services
        .get(service)
        .is_some_and(|service| service.pull_policy.as_deref() == Some("never"))
}

fn selected<'a>(
    project: &'a Project,
    selection: &'a BTreeSet<String>,
) -> impl Iterator<Item = (&'a str, &'a Service)> {
    project
        .services
        .iter()
        .filter(|(name, _)| selection.contains(*name))
        .map(|(name, service)| (name.as_str(), service))
}

/// The service that builds what another one runs.
fn builder_of<'a>(project: &'a Project, name: &str) -> Option<&'a str> {
    let image = image_name(project, name, project.services.get(name)?);
    project
        .services
        .iter()
        .find(|(other, service)| {
            service.build.is_some() && image_name(project, other, service) == image
        })
        .map(|(other, _)| other.as_str())
}

fn fetch(name: &str, service: &Service, image: String) -> Action {
    let service_name = name.to_owned();
    if service.build.is_some() {
        Action::Build {
            service: service_name,
        }
    } else {
        Action::Pull {
            service: service_name,
            image,
        }
    }
}
