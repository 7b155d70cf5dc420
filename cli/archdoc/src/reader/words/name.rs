//! The words of a name, and the form in which spellings are compared.

use super::software::{is_software, is_store};

/// Words that say no more than the software's name does.
const REDUNDANT: [&str; 4] = ["cluster", "server", "apache", "instance"];

/// Words that say no more of a store than its name does; `Keycloak DB` is no Keycloak.
const REDUNDANT_OF_STORES: [&str; 6] = ["database", "db", "cache", "broker", "queue", "store"];

/// The words of a name, in lower case.
pub(in crate::reader) fn tokens(name: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut token = String::new();
    let mut previous_lower = false;
    for character in name.chars() {
        if !character.is_alphanumeric() {
            previous_lower = false;
            if !token.is_empty() {
                tokens.push(std::mem::take(&mut token));
            }
            continue;
        }
        if character.is_uppercase() && previous_lower && !token.is_empty() {
            // `ProductService` is two words; `PostgreSQL`, `MongoDB` and `pgAdmin` are one.
            let rest: String = token.clone();
            if !matches!(
                rest.as_str(),
                "i" | "postgre"
                    | "mongo"
                    | "pg"
                    | "my"
                    | "maria"
                    | "rabbit"
                    | "click"
                    | "min"
                    | "git"
                    | "load"
            ) {
                tokens.push(std::mem::take(&mut token));
            }
        }
        previous_lower = character.is_lowercase();
        token.extend(character.to_lowercase());
    }
    if !token.is_empty() {
        tokens.push(token);
    }
    joined(tokens)
}

/// `FrontEnd` and `back-end` are one word each, however they are written.
fn joined(tokens: Vec<String>) -> Vec<String> {
    let is_end = |pair: &[String]| matches!(pair[0].as_str(), "front" | "back") && pair[1] == "end";
    if !tokens.windows(2).any(is_end) {
        return tokens;
    }
    let mut joined = Vec::<String>::with_capacity(tokens.len());
    for token in tokens {
        match joined.last_mut() {
            Some(last) if token == "end" && matches!(last.as_str(), "front" | "back") => {
                last.push_str("end");
            }
            _ => joined.push(token),
        }
    }
    joined
}

/// The form under which spellings of one name are gathered: `Postgres` is `PostgreSQL`.
pub(in crate::reader) fn canonical(name: &str) -> String {
    let words = without_version(telling_tokens(name));
    if let [word] = words.as_slice()
        && is_software(word)
    {
        return match word.as_str() {
            "postgres" => "postgresql".to_owned(),
            "mongo" => "mongodb".to_owned(),
            _ => word.clone(),
        };
    }
    let plain: String = tokens(name)
        .iter()
        .map(|word| {
            if word == "svc" {
                "service"
            } else {
                word.as_str()
            }
        })
        .collect();
    if plain.is_empty() {
        // A name in pictures or signs is still a name.
        return name.trim().to_lowercase();
    }
    if name.contains('/') {
        return name.trim().to_lowercase();
    }
    plain
}

/// The words of a name without those that say no more than the program does that it names.
fn telling_tokens(name: &str) -> Vec<String> {
    let mut tokens = tokens(name);
    tokens.retain(|word| !REDUNDANT.contains(&word.as_str()));
    let names_a_store = tokens.iter().any(|word| is_store(word));
    tokens.retain(|word| !names_a_store || !REDUNDANT_OF_STORES.contains(&word.as_str()));
    tokens
}

/// Whether a name is that of a program and says no more: `Redis Cache`, `Apache Kafka`.
pub(in crate::reader) fn is_plain_software(name: &str) -> bool {
    let mut words = telling_tokens(name).into_iter();
    let first = words.next();
    first.is_some_and(|first| is_software(&first)) && words.next().is_none()
}

/// The words of a program without its version: `PostgreSQL 16`, `postgres:16.4-alpine`.
fn without_version(words: Vec<String>) -> Vec<String> {
    let [program, rest @ ..] = words.as_slice() else {
        return words;
    };
    let number = |it: &String| it.parse::<u32>().ok();
    // `Redis 2` is one of several rather than a version of long ago.
    let is_version = rest.first().and_then(number).is_some_and(|it| it >= 5)
        || rest.len() > 1 && rest.iter().take(2).all(|it| number(it).is_some());
    let plain = rest
        .iter()
        .all(|it| number(it).is_some() || it == "alpine" || it == "management");
    if is_version && plain && is_software(program) {
        vec![program.clone()]
    } else {
        words
    }
}

pub(super) fn has(tokens: &[String], words: &[&str]) -> bool {
    tokens.iter().any(|token| words.contains(&token.as_str()))
}
