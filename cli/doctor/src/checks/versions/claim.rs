//! What a documented version is of, and what an image says of the same.

use devkit_archdoc::{Version, normalised};

use super::tag::{behind_pg, numbers, plain_repository, tag};
use crate::matching::{Product, only_product, product_of_image, product_of_name};

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

/// The program that a claim names, where the version is that program's own.
pub(super) fn product(version: &Version) -> Option<&'static Product> {
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
pub(super) fn is_of(version: &Version, image: &str) -> bool {
    let same = version.image && plain_repository(&version.of) == plain_repository(image);
    same || product(version).is_some_and(|product| product_of_image(image) == Some(product))
}

/// The version that an image's tag gives to what a claim names.
pub(super) fn version_of(image: &str, version: &Version) -> Option<Vec<u32>> {
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
}
