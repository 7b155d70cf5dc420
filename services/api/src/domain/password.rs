//! Passwords: bcrypt on threads of their own, for it is meant to be slow.

use std::sync::LazyLock;

use crate::environment::Secret;
use crate::error::ApiError;

/// bcrypt looks at no more bytes than these.
pub(super) const LONGEST: usize = 72;
pub(super) const SHORTEST: usize = 8;
#[cfg(not(test))]
const COST: u32 = 12;
#[cfg(test)]
const COST: u32 = 4;

/// Compared with when there is no user, so that the answer takes as long as with one.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| bcrypt::hash("nobody", COST).ok());

/// The hash to store for a password.
pub(super) async fn hash(password: Secret) -> Result<String, ApiError> {
    tokio::task::spawn_blocking(move || bcrypt::non_truncating_hash(password.reveal(), COST))
        .await
        .map_err(ApiError::internal)?
        .map_err(ApiError::internal)
}

/// Whether a password belongs to a hash; without a hash it never does.
pub(super) async fn verify(password: Secret, hash: Option<String>) -> Result<bool, ApiError> {
    let verify = move || {
        let known = hash.is_some();
        let hash = hash.or_else(|| NOBODY.clone()).unwrap_or_default();
        // A password too long to have been accepted matches nothing.
        known & bcrypt::non_truncating_verify(password.reveal(), &hash).unwrap_or(false)
    };
    tokio::task::spawn_blocking(verify)
        .await
        .map_err(ApiError::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_matches() {
        let hash = hash(Secret::new("correct horse")).await.expect("a hash");
        let matches = async |password: &str, hash: Option<&String>| {
            verify(Secret::new(password), hash.cloned())
                .await
                .expect("an answer")
        };
        assert!(matches("correct horse", Some(&hash)).await);
        assert!(!matches("correct", Some(&hash)).await);
        assert!(!matches("nobody", None).await, "there is no such user");
        assert!(!matches(&"x".repeat(100), Some(&hash)).await);
    }
}
