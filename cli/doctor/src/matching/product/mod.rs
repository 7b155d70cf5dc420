//! Well-known programs, by their names and images.

mod applications;
mod list;
mod uses;

use std::collections::HashMap;
use std::sync::LazyLock;

use devkit_archdoc::{Role, normalised};

use self::applications::APPLICATIONS;
use self::list::PRODUCTS;
pub(super) use self::uses::{is_known_for, programs_for};
use super::words;

/// A well-known program that is run from its image.
#[derive(Debug, PartialEq, Eq)]
pub struct Product {
    /// Its name in the form in which names are compared.
    pub id: &'static str,
    /// Further names and last parts of image names, in the same form.
    pub names: &'static [&'static str],
    /// What it is for.
    pub role: Option<Role>,
}

const fn product(id: &'static str, names: &'static [&'static str], role: Option<Role>) -> Product {
    Product { id, names, role }
}

/// The product that a whole name is.
pub fn product_of_name(name: &str) -> Option<&'static Product> {
    let wanted = normalised(name);
    let trimmed = wanted.trim_end_matches(|character: char| character.is_ascii_digit());
    find(&wanted)
        .or_else(|| find(trimmed))
        .or_else(|| product_in_another_language(name))
}

/// The product that a text says a part is made with, with its version or an aside behind it:
/// `Apache Kafka 3.7 (Strimzi)`.
pub fn product_of_technology(text: &str) -> Option<&'static Product> {
    let is_version = |word: &str| {
        let digits = word.trim_start_matches('v');
        digits.starts_with(|it: char| it.is_ascii_digit())
    };
    let bare = text.split(['(', '·']).next().unwrap_or(text);
    let mut words: Vec<&str> = bare.split_whitespace().collect();
    while words.last().is_some_and(|word| is_version(word)) {
        words.pop();
    }
    product_of_name(text).or_else(|| product_of_name(&words.join(" ")))
}

/// The product that a name is once it is said in English: `MQTTブローカー`. Languages differ in
/// whether a kind stands before or behind what it is of.
fn product_in_another_language(name: &str) -> Option<&'static Product> {
    if name.is_ascii() {
        return None;
    }
    let mut words = words(name);
    find(&words.concat()).or_else(|| {
        words.reverse();
        find(&words.concat())
    })
}

/// The product that an image runs: `bitnami/postgresql:16` runs `PostgreSQL`.
pub fn product_of_image(image: &str) -> Option<&'static Product> {
    let repository = repository(image);
    let mut parts = repository.rsplit('/');
    let last = parts.next().unwrap_or(repository);
    let owner = parts.next().unwrap_or_default();
    find(&normalised(&format!("{owner}{last}")))
        .or_else(|| product_of_name(last))
        .or_else(|| part_of_a_product(owner, last))
}

/// The product of which an image of its makers runs one part: `langfuse/langfuse-worker`.
fn part_of_a_product(owner: &str, name: &str) -> Option<&'static Product> {
    let (stem, part) = name.rsplit_once('-')?;
    let is_part = matches!(
        part,
        "worker" | "web" | "webserver" | "server" | "scheduler" | "frontend" | "backend"
    );
    let product = product_of_name(stem).filter(|_| is_part)?;
    (product_of_name(owner) == Some(product)).then_some(product)
}

/// An image's name without tag and digest.
pub(super) fn repository(image: &str) -> &str {
    let image = image.split('@').next().unwrap_or(image);
    match image.rfind(':') {
        Some(at) if !image[at..].contains('/') => &image[..at],
        _ => image,
    }
}

fn find(name: &str) -> Option<&'static Product> {
    static BY_NAME: LazyLock<HashMap<&'static str, &'static Product>> = LazyLock::new(|| {
        let mut found = HashMap::new();
        for product in PRODUCTS.iter().chain(APPLICATIONS) {
            for name in std::iter::once(&product.id).chain(product.names) {
                found.entry(*name).or_insert(product);
            }
        }
        found
    });
    BY_NAME.get(name).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_and_names_give_the_same_product() {
        let image = |image| product_of_image(image).map(|product| product.id);
        assert_eq!(image("postgres:17"), Some("postgresql"));
        assert_eq!(
            image("ghcr.io:443/bitnami/postgresql@sha256:aa"),
            Some("postgresql")
        );
        assert_eq!(image("prom/node-exporter:v1"), Some("nodeexporter"));
        assert_eq!(image("registry.local:5000/shop/cart"), None);
        assert_eq!(image("langfuse/langfuse-worker:3"), Some("langfuse"));
        assert_eq!(image("shop/redis-worker"), None);
        assert_eq!(
            product_of_name("Redis Commander").map(|p| p.id),
            Some("rediscommander")
        );
        assert_eq!(
            product_of_name("PostgreSQL 17").map(|p| p.id),
            Some("postgresql")
        );
        let technology = |text| product_of_technology(text).map(|product| product.id);
        assert_eq!(technology("Apache Kafka 3.7 (Strimzi)"), Some("kafka"));
        assert_eq!(technology("Keycloak v24.0"), Some("keycloak"));
        assert_eq!(technology("MLflow · versioned"), Some("mlflow"));
        assert_eq!(technology("Java 21"), None);
        assert_eq!(
            product_of_name("MQTTブローカー").map(|p| p.id),
            product_of_name("MQTT broker").map(|p| p.id)
        );
    }
}
