/// Parts of a variable's name that mark its value as secret.
const SECRET_WORDS: [&str; 9] = [
    "PASS",
    "SECRET",
    "TOKEN",
    "KEY",
    "CREDENTIAL",
    "PRIVATE",
    "AUTH",
    "COOKIE",
    "SALT",
];

/// Whether a variable's value must not be shown: by its name, or because it is an address with a
/// password inside.
pub fn is_secret(name: &str, value: &str) -> bool {
    let name = name.to_ascii_uppercase();
    SECRET_WORDS.iter().any(|word| name.contains(word)) || has_password(value)
}

fn has_password(value: &str) -> bool {
    value.split_once("://").is_some_and(|(_, rest)| {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        authority
            .rsplit_once('@')
            .is_some_and(|(user, _)| user.contains(':'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_tell() {
        assert!(is_secret("POSTGRES_PASSWORD", "x"));
        assert!(is_secret("DATABASE_URL", "postgres://u:p@db:5432/x"));
        assert!(!is_secret("API_URL", "http://api:8000/a@b"));
        assert!(!is_secret("LOG_LEVEL", "debug"));
    }
}
