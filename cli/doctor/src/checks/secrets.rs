//! Secrets that stand in compose files.

use super::environment::is_default;
use crate::context::Context;
use crate::report::{Finding, Outcome};
use crate::rule::{self, Level};

pub(super) fn check(context: &Context<'_>, outcome: &mut Outcome) {
    for project in [Some(context.project()), context.inputs.production]
        .into_iter()
        .flatten()
    {
        for (key, service) in project.all_services() {
            outcome.decided(&rule::INLINE_SECRET);
            for (name, value) in &service.environment {
                let Some(value) = value.as_deref() else {
                    continue;
                };
                if !holds_secret(name, value) {
                    continue;
                }
                let path = format!("services.{key}.environment.{name}");
                let Some(place) = project.locations.of(&path) else {
                    continue;
                };
                let line = context.inputs.repository.line(&place.file, place.line);
                if line.is_some_and(|line| line.contains(name.as_str()) && !line.contains('$')) {
                    outcome.report(
                        Finding::new(
                            &rule::INLINE_SECRET,
                            key,
                            format!(
                                "`{name}` of service `{key}` has its value in the compose file"
                            ),
                        )
                        .with_level(level(value))
                        .in_compose(Some(&place)),
                    );
                }
            }
        }
    }
}

/// The level of a value that stands in a compose file: one that everybody knows betrays nothing.
fn level(value: &str) -> Level {
    let secret = password(value).unwrap_or(value);
    if is_default(secret) {
        Level::Info
    } else {
        Level::Warning
    }
}

/// Whether a variable holds a secret, by its name or as a password in an address.
pub(super) fn holds_secret(name: &str, value: &str) -> bool {
    if value.is_empty() || value.starts_with("/run/secrets/") {
        return false;
    }
    is_secret_name(name) && !is_switch(value) || has_password(value)
}

/// Whether a variable's name says that its value is a secret.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let secret = [
        "PASSWORD",
        "PASSWD",
        "SECRET",
        "API_KEY",
        "APIKEY",
        "PRIVATE_KEY",
        "ACCESS_KEY",
        "_TOKEN",
        "DEFAULT_PASS",
    ]
    .iter()
    .any(|part| name.contains(part))
        || name.ends_with("_PASS")
        || name == "TOKEN";
    let about = [
        "_FILE",
        "_PATH",
        "_URL",
        "_EXPIRE",
        "_EXPIRES",
        "_EXPIRATION",
        "_TTL",
        "_LENGTH",
        "_NAME",
        "_MINUTES",
        "_DAYS",
        "_SECONDS",
        "_HOURS",
        "_HEADER",
        "_ISSUER",
        "_ALGORITHM",
        "_ID",
        "_LIFETIME",
        "_ENABLED",
        "_REQUIRED",
        "_ENCRYPTION",
        "_MIN",
    ]
    .iter()
    .any(|end| name.ends_with(end));
    secret
        && !about
        && !name.contains("EXPIRE")
        && !name.contains("ALLOW_EMPTY")
        && !name.contains("MAX_TOKEN")
}

fn is_switch(value: &str) -> bool {
    matches!(
        value.to_ascii_lowercase().as_str(),
        "true" | "false" | "yes" | "no" | "on" | "off" | "0" | "1" | "none" | "null"
    ) || value.parse::<u16>().is_ok() && value.len() < 4
}

fn has_password(value: &str) -> bool {
    password(value).is_some_and(|password| !password.is_empty())
}

/// The password in an address.
fn password(value: &str) -> Option<&str> {
    value
        .split_once("://")
        .and_then(|(_, rest)| rest.split(['/', '?']).next()?.rsplit_once('@'))
        .and_then(|(user_info, _)| user_info.split_once(':'))
        .map(|(_, password)| password)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_is_secret() {
        assert!(holds_secret("POSTGRES_PASSWORD", "hunter2"));
        assert!(holds_secret("DATABASE_URL", "postgres://u:p@db/x"));
        assert!(!holds_secret("DATABASE_URL", "postgres://db/x"));
        assert!(!holds_secret("JWT_SECRET_FILE", "/run/secrets/jwt"));
        assert!(!holds_secret("ACCESS_TOKEN_EXPIRE_MINUTES", "30"));
        assert!(!holds_secret("ALLOW_EMPTY_PASSWORD", "yes"));
        assert!(!holds_secret("SECRET_ROTATION", "true"));
    }
}
