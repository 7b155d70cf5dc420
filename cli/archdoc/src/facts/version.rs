use serde::{Deserialize, Serialize};

use super::Origin;

/// A version that the document names for a program, or an image with its tag.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// The program or image as written: `PostgreSQL`, `bitnami/redis`.
    pub of: String,
    /// The version or tag as written: `15.4`, `v2`, `16-alpine`.
    pub version: String,
    /// Whether it was written as an image with its tag: `postgres:16-alpine`.
    pub image: bool,
    /// The service that the row, box or list item is about, where one is named.
    pub service: Option<String>,
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
}
