use std::fmt;
use std::str::FromStr;

use devkit_diagnostic::Diagnostic;
use serde::{Deserialize, Serialize};

/// Words that a service cannot be called: names of hosts, of devkit's own, and of the language.
const RESERVED: &[&str] = &[
    "all",
    "alloc",
    "as",
    "async",
    "await",
    "break",
    "const",
    "continue",
    "core",
    "crate",
    "default",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "fn",
    "for",
    "gateway",
    "host",
    "if",
    "impl",
    "in",
    "let",
    "localhost",
    "loop",
    "match",
    "mod",
    "move",
    "mut",
    "none",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "trait",
    "true",
    "type",
    "unsafe",
    "use",
    "where",
    "while",
];

/// A name that Docker Compose, DNS, and the languages of the templates all accept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ServiceName(String);

impl ServiceName {
    /// The name as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name that somebody may have meant: lower case, with hyphens.
    fn suggestion(text: &str) -> Option<Self> {
        let mut name = String::new();
        let mut lower = false;
        for character in text.chars() {
            if character.is_ascii_alphanumeric() {
                if character.is_ascii_uppercase() && lower {
                    name.push('-');
                }
                lower = character.is_ascii_lowercase();
                name.push(character.to_ascii_lowercase());
            } else {
                lower = false;
                if !name.ends_with('-') {
                    name.push('-');
                }
            }
        }
        let name = name
            .trim_matches('-')
            .trim_start_matches(|c: char| c.is_ascii_digit());
        let name = name.trim_matches('-');
        (problem(name).is_none()).then(|| Self(name.to_owned()))
    }
}

/// What is wrong with a name, if something is.
fn problem(text: &str) -> Option<&'static str> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if text.is_empty() {
        Some("it is empty")
    } else if text.len() > 63 {
        Some("it is longer than 63 characters")
    } else if !text.chars().all(plain) {
        Some("only lower case letters, digits and hyphens may be in it")
    } else if !text.starts_with(|c: char| c.is_ascii_lowercase()) {
        Some("it must begin with a letter")
    } else if text.ends_with('-') || text.contains("--") {
        Some("hyphens stand single, between letters or digits")
    } else if RESERVED.contains(&text) {
        Some("the word is reserved")
    } else {
        None
    }
}

impl FromStr for ServiceName {
    type Err = Diagnostic;

    fn from_str(text: &str) -> Result<Self, Diagnostic> {
        let Some(problem) = problem(text) else {
            return Ok(Self(text.to_owned()));
        };
        let shown: String = text.chars().take(80).filter(|c| !c.is_control()).collect();
        let diagnostic = Diagnostic::error(format!("`{shown}` is no valid name: {problem}"));
        Err(match Self::suggestion(text) {
            Some(name) => diagnostic.with_help(format!("use `{name}`")),
            None => diagnostic.with_help("use a name such as `billing-api`"),
        })
    }
}

impl TryFrom<String> for ServiceName {
    type Error = Diagnostic;

    fn try_from(text: String) -> Result<Self, Diagnostic> {
        text.parse()
    }
}

impl From<ServiceName> for String {
    fn from(name: ServiceName) -> Self {
        name.0
    }
}

impl fmt::Display for ServiceName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_names_are_taken() {
        for name in ["api", "billing-api", "a1", "redis-commander"] {
            assert_eq!(name.parse::<ServiceName>().unwrap().as_str(), name);
        }
    }

    #[test]
    fn bad_names_are_refused_with_what_may_have_been_meant() {
        for (name, help) in [
            ("Billing_API", "use `billing-api`"),
            ("billingApi", "use `billing-api`"),
            ("-api-", "use `api`"),
            ("1api", "use `api`"),
            ("a--b", "use `a-b`"),
            ("../etc", "use `etc`"),
            ("match", "use a name such as `billing-api`"),
            ("", "use a name such as `billing-api`"),
            ("日本", "use a name such as `billing-api`"),
        ] {
            let error = name.parse::<ServiceName>().unwrap_err();
            assert_eq!(error.help, [help], "{name}");
        }
        assert!("a".repeat(64).parse::<ServiceName>().is_err());
    }
}
