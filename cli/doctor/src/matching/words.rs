//! The words of names, and what single words say.

use devkit_archdoc::vocabulary;

use unicode_normalization::UnicodeNormalization as _;

use super::languages::in_english;
use super::meaning::{is_filler, is_framework};

/// The lower-case words of a name: split at separators and at changes of case, with a
/// parenthesis left out.
pub fn words(name: &str) -> Vec<String> {
    let bare = name.split('(').next().unwrap_or(name);
    let bare = if bare.trim().is_empty() { name } else { bare };
    let bare = without_technology(bare);
    let bare = bare.replace("C#", "csharp").replace("C++", "cpp");
    let characters: Vec<char> = if bare.is_ascii() {
        bare.chars().collect()
    } else {
        bare.nfc().collect()
    };
    let mut words = Vec::new();
    let mut word = String::new();
    for (index, &character) in characters.iter().enumerate() {
        if !character.is_alphanumeric() {
            flush(&mut word, &mut words);
            continue;
        }
        let before = index.checked_sub(1).map(|at| characters[at]);
        let after = characters.get(index + 1);
        let boundary = character.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || (before.is_uppercase() && after.is_some_and(|next| next.is_lowercase()))
            });
        if boundary && splits(&word, &characters[index..]) {
            flush(&mut word, &mut words);
        }
        word.extend(character.to_lowercase());
    }
    flush(&mut word, &mut words);
    join_compounds(in_english(&without_glued_kinds(words)))
}

/// `ordersvc` is a name and what it is.
fn without_glued_kinds(words: Vec<String>) -> Vec<String> {
    const LEAST: usize = 3;
    if !words.iter().any(|word| word.ends_with("svc")) {
        return words;
    }
    let parts = words.into_iter().flat_map(|word| {
        let stem = word.strip_suffix("svc").filter(|stem| stem.len() >= LEAST);
        match stem {
            Some(stem) => vec![stem.to_owned(), "svc".to_owned()],
            None => vec![word],
        }
    });
    parts.collect()
}

/// A name without what it is written with behind a dash: `Web Client - Angular`.
fn without_technology(name: &str) -> &str {
    let is_technology = |text: &str| {
        text.split(|it: char| !it.is_alphanumeric())
            .any(|word| !word.is_empty() && vocabulary::is_technology(word))
    };
    match name.split_once(" - ") {
        Some((before, after)) if is_technology(after) && !before.trim().is_empty() => before,
        _ => name,
    }
}

/// Whether a change of case starts a word: not in names such as `PostgreSQL` and `GraphQL`.
fn splits(word: &str, rest: &[char]) -> bool {
    let tail: String = rest
        .iter()
        .take_while(|character| character.is_alphanumeric())
        .collect();
    word.chars().count() > 2 && !matches!(tail.as_str(), "SQL" | "QL" | "DB" | "MQ" | "API")
        || matches!(tail.as_str(), "API")
}

fn flush(word: &mut String, words: &mut Vec<String>) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

fn join_compounds(words: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        match (joined.last_mut(), word.as_str()) {
            (Some(last), "end") if matches!(last.as_str(), "front" | "back") => {
                last.push_str("end");
            }
            (Some(last), "cloud" | "boot") if last == "spring" => last.push_str(&word),
            (Some(last), "socket" | "sockets" | "hook" | "hooks") if last == "web" => {
                last.push_str(&word);
            }
            (Some(last), "mq" | "db" | "sql" | "js" | "io")
                if matches!(
                    last.as_str(),
                    "rabbit"
                        | "active"
                        | "mongo"
                        | "influx"
                        | "maria"
                        | "couch"
                        | "my"
                        | "next"
                        | "node"
                        | "min"
                        | "postgre"
                        | "clickhouse"
                ) =>
            {
                last.push_str(&word);
            }
            (_, "ws") => joined.push("websocket".to_owned()),
            // Keys have the short word, and drawings either.
            (_, "authentication" | "authorization" | "authorisation") => {
                joined.push("auth".to_owned());
            }
            (_, "configuration") => joined.push("config".to_owned()),
            _ => joined.push(word),
        }
    }
    joined
}

/// Whether a name is written as the keys of compose files are: `quota-manager`, `2. quota-manager`.
pub(crate) fn is_written_as_key(name: &str) -> bool {
    let numbered = name.split_once(". ");
    let is_number = |text: &str| text.chars().all(|it| it.is_ascii_digit());
    let name = numbered
        .filter(|(number, _)| is_number(number))
        .map_or(name, |(_, name)| name);
    let plain =
        |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || matches!(it, '-' | '_');
    name.contains(['-', '_']) && name.chars().all(plain)
}

/// The words of a name that say which service is meant: `log`, `collector` of `Log Collector Service`.
pub(crate) fn telling_words(name: &str) -> Vec<String> {
    let mut words = words(name);
    words.retain(|word| !is_filler(word));
    words
}

/// The words of a name that do not stand in it, since it is in another language than English.
pub(crate) fn translated_words(name: &str) -> Vec<String> {
    let written = name.to_lowercase();
    let mut words = words(name);
    words.retain(|word| !written.contains(word.as_str()) && !is_framework(word));
    words
}

#[cfg(test)]
mod tests {
    use super::{translated_words, words};

    #[test]
    fn names_split_at_separators_and_case() {
        assert_eq!(words("Redis Commander"), ["redis", "commander"]);
        assert_eq!(words("user_service-2"), ["user", "service", "2"]);
        assert_eq!(words("OrderProcessor"), ["order", "processor"]);
        assert_eq!(words("PostgreSQL (Primary)"), ["postgresql"]);
        assert_eq!(words("RabbitMQ"), ["rabbitmq"]);
        assert_eq!(words("Front-End"), ["frontend"]);
        assert_eq!(words("FastAPI Backend"), ["fast", "api", "backend"]);
        assert_eq!(words("pgAdmin"), ["pgadmin"]);
        assert_eq!(words("Binance WebSocket"), ["binance", "websocket"]);
        assert_eq!(words("ws-hub"), ["websocket", "hub"]);
        assert_eq!(words("Merger C#"), ["merger", "csharp"]);
        assert_eq!(words("Web Client - Angular"), ["web", "client"]);
        assert_eq!(words("MySQL - billing"), ["mysql", "billing"]);
    }

    #[test]
    fn translated_words_are_those_that_are_not_written() {
        assert_eq!(translated_words("API de Pedidos"), ["order"]);
        assert_eq!(translated_words("Order Service"), [""; 0]);
        assert_eq!(translated_words("Merger C#"), [""; 0]);
    }
}
