//! The services that a documented version is about.

use devkit_archdoc::{Environment, Version, normalised};
use devkit_compose::Project;

use super::claim::{is_of, version_of};
use super::tag::plain_repository;
use crate::context::{Context, Page, service as service_of};
use crate::matching::product_of_image;

/// A service that runs the program of a claim, with the version of its image.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) service: String,
    pub(super) numbers: Vec<u32>,
}

/// The services that a claim is about; none where one of them has no definite version.
pub(super) fn running(
    context: &Context<'_>,
    page: &Page<'_>,
    version: &Version,
) -> Option<Vec<Running>> {
    let mut found = Vec::new();
    for project in projects(context, version.origin.environment) {
        for (key, service) in project.all_services() {
            let image = service.image.as_deref().filter(|_| service.build.is_none());
            let Some(image) = image.filter(|image| is_of(version, image)) else {
                continue;
            };
            found.push((key, image));
        }
    }
    let meant = version
        .service
        .as_deref()
        .and_then(|name| page.names.one(name));
    if let Some(meant) = meant.filter(|meant| found.iter().any(|(key, _)| key == meant)) {
        found.retain(|(key, _)| *key == meant);
    }
    let running: Option<Vec<Running>> = found
        .into_iter()
        .map(|(key, image)| {
            Some(Running {
                service: key.to_owned(),
                numbers: version_of(image, version)?,
            })
        })
        .collect();
    running.filter(|running| !running.is_empty())
}

/// The service to which the document gives one image of a program, and which runs another image of
/// it: `bitnami/redis` for `redis`.
pub(super) fn runs_another_image(
    context: &Context<'_>,
    page: &Page<'_>,
    version: &Version,
) -> Option<String> {
    let key = page.names.one(version.service.as_deref()?)?;
    let service = context.service(&key).filter(|it| it.build.is_none())?;
    let image = service.image.as_deref().filter(|_| version.image)?;
    let known = projects(context, version.origin.environment)
        .iter()
        .any(|project| service_of(project, &key).is_some());
    let program = product_of_image(&version.of);
    let last = |image: &str| plain_repository(image).rsplit('/').next().map(normalised);
    // A mirror has images of others under their names.
    let differs = last(&version.of) != last(image);
    // A drawing names images in short: `kafka:7.5` for `confluentinc/cp-kafka:7.5.0`.
    let is_short = version.origin.diagram.is_some() && !version.of.contains('/');
    (known && !is_short && program.is_some() && program == product_of_image(image) && differs)
        .then_some(key)
}

fn projects<'a>(context: &Context<'a>, environment: Environment) -> Vec<&'a Project> {
    match environment {
        Environment::Any => std::iter::once(context.project())
            .chain(context.inputs.production)
            .collect(),
        named => context.projects_for(named),
    }
}
