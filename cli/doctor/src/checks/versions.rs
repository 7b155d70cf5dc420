//! Versions that the document names against the tags of the compose files' images.

use std::collections::BTreeMap;

use devkit_archdoc::{Environment, Version, normalised};
use devkit_compose::Project;

use crate::context::{Context, Page, service as service_of};
use crate::matching::{Product, only_product, product_of_image, product_of_name};
use crate::report::{Finding, Outcome};
use crate::rule;

/// Makers that give the images of a program the program's own version as their tag.
const OWN_TAGS: [&str; 10] = [
    "library",
    "bitnami",
    "bitnamilegacy",
    "apache",
    "prom",
    "hashicorp",
    "elastic",
    "eclipse",
    "postgis",
    "grafana",
];

/// Extensions and forks that count their versions by themselves.
const OWN_VERSIONS: [&str; 6] = [
    "postgis",
    "pgvector",
    "timescaledb",
    "timescale",
    "percona",
    "perconaserver",
];

pub(super) fn check(context: &Context<'_>, outcome: &mut Outcome) {
    for page in &context.pages {
        let mut told: BTreeMap<(String, String), Vec<&Version>> = BTreeMap::new();
        for version in &page.document.facts.versions {
            let readable = version.origin.diagram.is_none_or(|it| page.is_readable(it));
            if version.origin.confidence < 0.5 || !readable || is_instance(context, page, version) {
                continue;
            }
            if let Some(service) = runs_another_image(context, page, version) {
                outcome.decided(&rule::DIFFERENT_VERSION);
                let key = (service, version.version.clone());
                told.entry(key).or_default().push(version);
                continue;
            }
            let Some(running) = running(context, page, version) else {
                continue;
            };
            outcome.decided(&rule::DIFFERENT_VERSION);
            let said = numbers(&version.version);
            if running.iter().any(|it| agree(&said, &it.numbers)) {
                continue;
            }
            let first = &running[0];
            let key = (first.service.clone(), version.version.clone());
            told.entry(key).or_default().push(version);
        }
        for ((service, _), mut places) in told {
            places.sort_by_key(|place| place.origin.line);
            outcome.report(finding(context, &service, &places));
        }
    }
}

fn finding(context: &Context<'_>, service: &str, places: &[&Version]) -> Finding {
    let first = places[0];
    let image = context.service(service).and_then(|it| it.image.as_deref());
    let said = if first.image {
        format!("`{}:{}`", first.of, first.version)
    } else {
        format!("{} {}", first.of, first.version)
    };
    let others: Vec<String> = places[1..]
        .iter()
        .map(|place| place.origin.line.to_string())
        .collect();
    let others = match others.as_slice() {
        [] => String::new(),
        [line] => format!(" (line {line} as well)"),
        lines => format!(" (lines {} as well)", lines.join(", ")),
    };
    Finding::new(
        &rule::DIFFERENT_VERSION,
        service,
        format!(
            "The document says {said}, and `{service}` runs `{}`{others}",
            image.unwrap_or_default()
        ),
    )
    .in_document(first.origin.location())
    .in_compose(context.place(&format!("services.{service}.image")))
}

/// The service to which the document gives one image of a program, and which runs another image of
/// it: `bitnami/redis` for `redis`.
fn runs_another_image(context: &Context<'_>, page: &Page<'_>, version: &Version) -> Option<String> {
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
    (known && program.is_some() && program == product_of_image(image) && differs).then_some(key)
}

/// A service that runs the program of a claim, with the version of its image.
#[derive(Debug)]
struct Running {
    service: String,
    numbers: Vec<u32>,
}

/// The services that a claim is about; none where one of them has no definite version.
fn running(context: &Context<'_>, page: &Page<'_>, version: &Version) -> Option<Vec<Running>> {
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

fn projects<'a>(context: &Context<'a>, environment: Environment) -> Vec<&'a Project> {
    match environment {
        Environment::Any => std::iter::once(context.project())
            .chain(context.inputs.production)
            .collect(),
        named => context.projects_for(named),
    }
}

/// The program that a claim names, where the version is that program's own.
fn product(version: &Version) -> Option<&'static Product> {
    if version.image {
        return product_of_image(&version.of).filter(|product| is_own_tag(&version.of, product));
    }
    let product = product_of_name(&version.of).or_else(|| only_product(&version.of))?;
    let name = normalised(&version.of);
    // `pgAdmin 4` is a name.
    let whole = normalised(&format!("{}{}", version.of, version.version));
    let is_name = product.id == whole || product.names.contains(&whole.as_str());
    let is_apart = OWN_VERSIONS.iter().any(|apart| name.contains(apart));
    (!is_name && !is_apart).then_some(product)
}

/// Whether a claim is about the program of an image.
fn is_of(version: &Version, image: &str) -> bool {
    let same = version.image && plain_repository(&version.of) == plain_repository(image);
    same || product(version).is_some_and(|product| product_of_image(image) == Some(product))
}

/// The version that an image's tag gives to what a claim names.
fn version_of(image: &str, version: &Version) -> Option<Vec<u32>> {
    let tag = tag(image)?;
    let product = product(version);
    if product.is_some_and(|product| product.id == "postgresql")
        && let Some(inside) = behind_pg(tag)
    {
        return Some(inside);
    }
    let same = version.image && plain_repository(&version.of) == plain_repository(image);
    let means_it = same || product.is_some_and(|product| is_own_tag(image, product));
    Some(numbers(tag)).filter(|numbers| means_it && !numbers.is_empty())
}

/// The version of `PostgreSQL` in a tag such as `2.17-pg16`.
fn behind_pg(tag: &str) -> Option<Vec<u32>> {
    let mut parts = tag.split('-');
    let numbers = parts.find_map(|part| part.strip_prefix("pg").map(numbers))?;
    (!numbers.is_empty()).then_some(numbers)
}

/// Whether the tags of an image are the versions of its program: Confluent's are not Kafka's.
fn is_own_tag(image: &str, product: &Product) -> bool {
    let repository = plain_repository(image);
    let mut parts = repository.rsplit('/');
    let last = normalised(parts.next().unwrap_or_default());
    let owner = parts.next().map(normalised);
    let apart = OWN_VERSIONS.contains(&last.as_str()) && last != "postgis";
    let by_its_makers = owner.as_deref().is_none_or(|owner| {
        OWN_TAGS.contains(&owner)
            || owner.starts_with(product.id)
            || product.id.starts_with(owner)
            || product.names.contains(&owner)
    });
    by_its_makers && !apart && !last.starts_with("cp")
}

/// The numbers that a version or tag begins with: `v7.2-alpine` is 7 and 2.
fn numbers(text: &str) -> Vec<u32> {
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let first = text.split(['-', '_']).next().unwrap_or_default();
    first
        .split('.')
        .map_while(|part| part.parse().ok())
        .take(3)
        .collect()
}

/// Whether two versions are the same as far as both are given.
fn agree(left: &[u32], right: &[u32]) -> bool {
    left.iter().zip(right).all(|(left, right)| left == right)
}

/// Whether a small whole number tells several of one program apart: `Kafka 1`, `Kafka 2`.
fn is_instance(context: &Context<'_>, page: &Page<'_>, version: &Version) -> bool {
    let bare =
        |it: &Version| -> Option<u32> { (!it.image).then(|| it.version.parse().ok()).flatten() };
    let Some(number) = bare(version).filter(|number| *number < 5) else {
        return false;
    };
    let of = product(version);
    let mut others = page.document.facts.versions.iter();
    let counted = others
        .any(|other| bare(other).is_some_and(|it| it < 5 && it != number) && product(other) == of);
    let several = context
        .project()
        .all_services()
        .filter(|(_, service)| {
            let image = service.image.as_deref();
            image.is_some_and(|image| of.is_some() && product_of_image(image) == of)
        })
        .count()
        > 1;
    number == 1 || counted || several
}

/// An image's name without tag, digest, and what a registry's default adds.
fn plain_repository(image: &str) -> &str {
    let image = image.split('@').next().unwrap_or(image);
    let image = match tag_start(image) {
        Some(at) => &image[..at],
        None => image,
    };
    let image = image.strip_prefix("docker.io/").unwrap_or(image);
    image.strip_prefix("library/").unwrap_or(image)
}

fn tag(image: &str) -> Option<&str> {
    let image = image.split('@').next().unwrap_or(image);
    tag_start(image).map(|at| &image[at + 1..])
}

fn tag_start(image: &str) -> Option<usize> {
    image.rfind(':').filter(|at| !image[*at..].contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(of: &str, version: &str, image: bool) -> Version {
        Version {
            of: of.to_owned(),
            version: version.to_owned(),
            image,
            service: None,
            origin: devkit_archdoc::Origin::default(),
        }
    }

    #[test]
    fn a_tag_is_the_version_of_its_makers_program() {
        let postgres = claim("PostgreSQL", "15", false);
        for (image, expected) in [
            ("postgres:17", Some(vec![17])),
            ("postgres:15.4-alpine", Some(vec![15, 4])),
            ("docker.io/library/postgres:16@sha256:aa", Some(vec![16])),
            ("public.ecr.aws/docker/library/postgres:16", Some(vec![16])),
            ("bitnami/postgresql:16", Some(vec![16])),
            ("postgis/postgis:15-3.3", Some(vec![15])),
            ("timescale/timescaledb:2.17-pg16", Some(vec![16])),
            ("pgvector/pgvector:pg17", Some(vec![17])),
            ("timescale/timescaledb:2.17", None),
            ("acme/postgres:3", None),
            ("postgres:latest", None),
            ("postgres", None),
        ] {
            assert!(is_of(&postgres, image), "{image}");
            assert_eq!(version_of(image, &postgres), expected, "{image}");
        }
        let kafka = claim("Apache Kafka", "3.5", false);
        assert_eq!(version_of("confluentinc/cp-kafka:7.5.0", &kafka), None);
        assert_eq!(version_of("wurstmeister/kafka:2.13-2.8.1", &kafka), None);
        assert_eq!(
            version_of("apache/kafka:4.0.0", &kafka),
            Some(vec![4, 0, 0])
        );
        let confluent = claim("confluentinc/cp-kafka", "7.4.0", true);
        let image = "confluentinc/cp-kafka:7.5.0";
        assert!(is_of(&confluent, image));
        assert_eq!(version_of(image, &confluent), Some(vec![7, 5, 0]));
    }

    #[test]
    fn names_with_numbers_and_languages_have_no_version() {
        assert_eq!(product(&claim("pgAdmin", "4", false)), None);
        assert_eq!(product(&claim("Node", "20", false)), None);
        assert_eq!(product(&claim("Rust", "1.75", false)), None);
        assert_eq!(product(&claim("PostGIS", "3.4", false)), None);
        assert_eq!(
            product(&claim("Redis Cache", "7", false)).map(|it| it.id),
            Some("redis")
        );
    }

    #[test]
    fn versions_are_compared_as_far_as_both_are_given() {
        assert!(agree(&numbers("15"), &numbers("15.4-alpine")));
        assert!(agree(&numbers("8.x"), &numbers("8.11.0")));
        assert!(!agree(&numbers("15"), &numbers("17")));
        assert!(!agree(&numbers("v7.2"), &numbers("7.4")));
    }
}
