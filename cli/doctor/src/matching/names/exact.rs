//! Names that say outright which service is meant.

use devkit_archdoc::normalised;

use super::Names;
use crate::matching::{product_of_image, product_of_name, words};

impl Names {
    pub(super) fn exact(&self, name: &str) -> Option<Vec<String>> {
        self.by_key(name)
            .or_else(|| self.by_image(name))
            .or_else(|| self.by_named_product(name))
            .or_else(|| self.by_core(name))
    }

    /// By the image that a name is, such as `postgres:16-alpine`.
    fn by_image(&self, name: &str) -> Option<Vec<String>> {
        if !name.contains(':') || name.contains(char::is_whitespace) {
            return None;
        }
        let product = product_of_image(name)?;
        let running = self.filter(|identity| identity.product == Some(product));
        (!running.is_empty()).then_some(running)
    }

    /// By the names of services alone, whatever program a name is.
    pub(super) fn by_name(&self, name: &str) -> Option<Vec<String>> {
        self.by_key(name).or_else(|| self.by_core(name))
    }

    /// All services that run a program of which a name says that there are several.
    pub(super) fn all_of_many(&self, name: &str) -> Option<Vec<String>> {
        let words = words(name);
        let product = words.iter().find_map(|word| product_of_name(word))?;
        let running = self.filter(|identity| identity.product == Some(product));
        (words.iter().any(|word| is_of_many(word)) && !running.is_empty()).then_some(running)
    }

    pub(super) fn by_key(&self, name: &str) -> Option<Vec<String>> {
        let wanted = normalised(name);
        if let Some(service) = self.aliases.get(&wanted) {
            return Some(vec![service.clone()]);
        }
        let bare = normalised(name.split('(').next().unwrap_or(name));
        [&wanted, &bare].into_iter().find_map(|candidate| {
            let found = self.filter(|identity| identity.names.contains(candidate));
            (!candidate.is_empty() && !found.is_empty()).then_some(found)
        })
    }

    pub(super) fn by_named_product(&self, name: &str) -> Option<Vec<String>> {
        let product = product_of_name(name.split('(').next().unwrap_or(name))?;
        let named = self.filter(|identity| identity.named_product() == Some(product));
        (named.len() == 1).then_some(named)
    }

    fn by_core(&self, name: &str) -> Option<Vec<String>> {
        let core = self.core(name);
        let same = self.filter(|identity| identity.core == core);
        (!core.is_empty() && !same.is_empty()).then_some(same)
    }
}

/// Whether a word says that several instances are drawn as one.
fn is_of_many(word: &str) -> bool {
    matches!(
        word,
        "cluster" | "replica" | "replicas" | "replicaset" | "shards" | "sharded" | "nodes"
    )
}
