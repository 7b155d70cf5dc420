//! Numbers that tell several of one program apart.

use std::collections::{BTreeMap, BTreeSet};

use devkit_archdoc::Version;

use super::claim::product;
use crate::context::{Context, Page};
use crate::matching::product_of_image;

/// The small whole numbers behind the names of programs, which may tell several of one apart:
/// `Kafka 1`, `Kafka 2`.
#[derive(Debug, Default)]
pub(super) struct Counted {
    drawn: BTreeMap<&'static str, BTreeSet<u32>>,
    /// How many services run each program.
    services: BTreeMap<&'static str, usize>,
}

impl Counted {
    pub(super) fn of(context: &Context<'_>, page: &Page<'_>) -> Self {
        let mut counted = Self::default();
        for version in &page.document.facts.versions {
            if let (Some(number), Some(product)) = (small(version), product(version)) {
                counted.drawn.entry(product.id).or_default().insert(number);
            }
        }
        for (_, service) in context.project().all_services() {
            if let Some(product) = service.image.as_deref().and_then(product_of_image) {
                *counted.services.entry(product.id).or_default() += 1;
            }
        }
        counted
    }

    pub(super) fn is_instance(&self, version: &Version) -> bool {
        let Some((number, product)) = small(version).zip(product(version)) else {
            return false;
        };
        let several = |count: Option<usize>| count.is_some_and(|count| count > 1);
        number == 1
            || several(self.drawn.get(product.id).map(BTreeSet::len))
            || several(self.services.get(product.id).copied())
    }
}

/// The number that a version is, where it is a small one.
fn small(version: &Version) -> Option<u32> {
    let number = version.version.parse().ok()?;
    (!version.image && number < 5).then_some(number)
}
