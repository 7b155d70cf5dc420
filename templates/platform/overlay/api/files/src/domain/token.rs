//! Access tokens: signed, short-lived, checked without asking anybody.

use std::time::Duration;

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::environment::Secret;

/// How long an access token is good for.
pub(super) const LIFETIME: Duration = Duration::from_mins(30);

/// What an access token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claims {
    /// The user's id.
    pub sub: String,
    iss: String,
    iat: i64,
    exp: i64,
}

/// Issues and checks access tokens.
pub(super) struct Tokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

impl Tokens {
    pub(super) fn new(secret: &Secret) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[crate::NAME]);
        validation.set_required_spec_claims(&["exp", "iss", "sub"]);
        validation.leeway = 0;
        let secret = secret.reveal().as_bytes();
        Self {
            encoding: EncodingKey::from_secret(secret),
            decoding: DecodingKey::from_secret(secret),
            validation,
        }
    }

    /// A token for a user, good from now on.
    pub(super) fn issue(&self, user_id: i64) -> jsonwebtoken::errors::Result<String> {
        self.issue_at(user_id, OffsetDateTime::now_utc())
    }

    fn issue_at(&self, user_id: i64, now: OffsetDateTime) -> jsonwebtoken::errors::Result<String> {
        let claims = Claims {
            sub: user_id.to_string(),
            iss: crate::NAME.to_owned(),
            iat: now.unix_timestamp(),
            exp: (now + LIFETIME).unix_timestamp(),
        };
        encode(&Header::new(Algorithm::HS256), &claims, &self.encoding)
    }

    /// The user whose token this is, if it is genuine and not expired.
    pub(super) fn check(&self, token: &str) -> Option<i64> {
        let decoded = decode::<Claims>(token, &self.decoding, &self.validation).ok()?;
        decoded.claims.sub.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(secret: &str) -> Tokens {
        Tokens::new(&Secret::new(secret))
    }

    #[test]
    fn a_token_names_its_user_until_it_expires() {
        let tokens = tokens("a secret");
        let now = OffsetDateTime::now_utc();
        let check = |age: Duration| tokens.check(&tokens.issue_at(7, now - age).expect("a token"));
        assert_eq!(check(Duration::ZERO), Some(7));
        assert_eq!(check(Duration::from_mins(29)), Some(7));
        assert_eq!(check(Duration::from_secs(30 * 60 + 1)), None);
    }

    #[test]
    fn a_token_of_another_key_or_algorithm_is_refused() {
        let foreign = tokens("another secret").issue(7).expect("a token");
        assert_eq!(tokens("a secret").check(&foreign), None);
        let token = tokens("a secret").issue(7).expect("a token");
        let (_, rest) = token.split_once('.').expect("three parts");
        // {"alg":"none"}
        let unsigned = format!("eyJhbGciOiJub25lIn0.{rest}");
        for garbled in [unsigned.as_str(), "", "a.b.c", &token[..token.len() - 2]] {
            assert_eq!(tokens("a secret").check(garbled), None, "{garbled}");
        }
    }
}
