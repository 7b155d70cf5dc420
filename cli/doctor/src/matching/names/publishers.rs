//! Who publishes the images that services run.

use std::collections::{BTreeMap, BTreeSet};

use devkit_compose::model::Service;

use crate::matching::product::repository;
use crate::matching::product_of_image;

/// Those who publish several of the images, and nothing that is well known.
pub(super) fn of_ones_own<'a>(services: impl Iterator<Item = &'a Service>) -> BTreeSet<&'a str> {
    const LEAST: usize = 3;
    /// Who packs the programs of others.
    const PACKERS: [&str; 4] = ["linuxserver", "bitnami", "hotio", "library"];
    let mut counts = BTreeMap::<&str, usize>::new();
    let mut known = BTreeSet::new();
    for image in services.filter_map(|service| service.image.as_deref()) {
        let Some(owner) = publisher(image) else {
            continue;
        };
        *counts.entry(owner).or_default() += 1;
        if product_of_image(image).is_some() || owner.split('/').any(|it| PACKERS.contains(&it)) {
            known.insert(owner);
        }
    }
    counts.retain(|owner, count| *count >= LEAST && !known.contains(owner));
    counts.into_keys().collect()
}

/// Whether a service runs an image of a publisher.
pub(super) fn publishes(owner: &str, service: &Service) -> bool {
    service.image.as_deref().and_then(publisher) == Some(owner)
}

/// Who publishes an image, with the registry: `ghcr.io/shop` of `ghcr.io/shop/orders:1`.
fn publisher(image: &str) -> Option<&str> {
    repository(image).rsplit_once('/').map(|(owner, _)| owner)
}
