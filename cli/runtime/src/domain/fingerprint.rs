use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The version of the scheme, so that a change of it recreates once and is never misread.
const SCHEME: &str = "1";

/// What a service's definition was when an instance was made: one short digest for each key.
///
/// Two fingerprints tell which keys differ without keeping any value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint {
    keys: BTreeMap<String, String>,
}

impl Fingerprint {
    /// Adds a key such as `environment.LOG_LEVEL` with the text of its value.
    pub fn add(&mut self, key: impl Into<String>, value: &str) {
        let mut digest = hex(&Sha256::digest(value.as_bytes()));
        digest.truncate(12);
        self.keys.insert(key.into(), digest);
    }

    /// The hash that is kept with an instance: `1:<sha256>` over all keys and the image's id.
    pub fn hash(&self, image: Option<&str>) -> String {
        let mut hasher = Sha256::new();
        for (key, digest) in &self.keys {
            hasher.update(key.as_bytes());
            hasher.update([0]);
            hasher.update(digest.as_bytes());
            hasher.update([0]);
        }
        hasher.update(image.unwrap_or_default().as_bytes());
        format!("{SCHEME}:{}", hex(&hasher.finalize()))
    }

    /// The keys whose values differ, or which only one of the two has.
    pub fn changed(&self, other: &Self) -> Vec<String> {
        self.keys
            .keys()
            .chain(
                other
                    .keys
                    .keys()
                    .filter(|key| !self.keys.contains_key(*key)),
            )
            .filter(|key| self.keys.get(*key) != other.keys.get(*key))
            .cloned()
            .collect()
    }

    /// Whether nothing was recorded.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_changed_keys_only() {
        let mut before = Fingerprint::default();
        before.add("environment.LOG_LEVEL", "info");
        before.add("command", "[\"run\"]");
        let mut after = before.clone();
        after.add("environment.LOG_LEVEL", "debug");
        after.add("user", "1000");
        assert_eq!(before.changed(&after), ["environment.LOG_LEVEL", "user"]);
        assert_ne!(before.hash(None), after.hash(None));
        assert_ne!(before.hash(None), before.hash(Some("sha256:1")));
        assert!(before.hash(None).starts_with("1:"));
    }
}
