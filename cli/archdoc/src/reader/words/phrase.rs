//! What labels say: protocols, answers, environments, sizes.

use crate::facts::Environment;

/// The protocol that a label names.
pub(in crate::reader) fn protocol(label: &str) -> Option<String> {
    const PROTOCOLS: [(&str, &str); 22] = [
        ("https", "HTTPS"),
        ("http", "HTTP"),
        ("grpc", "gRPC"),
        ("amqp", "AMQP"),
        ("mqtt", "MQTT"),
        ("websocket", "WebSocket"),
        ("websockets", "WebSocket"),
        ("ws", "WebSocket"),
        ("wss", "WebSocket"),
        ("tcp", "TCP"),
        ("udp", "UDP"),
        ("rest", "HTTP"),
        ("graphql", "HTTP"),
        ("sql", "SQL"),
        ("select", "SQL"),
        ("redis", "Redis"),
        ("resp", "Redis"),
        ("get", "HTTP"),
        ("post", "HTTP"),
        ("put", "HTTP"),
        ("delete", "HTTP"),
        ("smtp", "SMTP"),
    ];
    let upper_only = ["get", "post", "put", "delete", "select", "rest"];
    let words: Vec<&str> = label.split(|it: char| !it.is_alphanumeric()).collect();
    PROTOCOLS
        .iter()
        .find(|(word, _)| {
            words.iter().any(|it| {
                it.eq_ignore_ascii_case(word)
                    && (!upper_only.contains(word) || it.chars().all(char::is_uppercase))
            })
        })
        .map(|(_, name)| (*name).to_owned())
}

/// Whether a label tells of an answer rather than a request.
pub(in crate::reader) fn is_response(label: &str) -> bool {
    let lower = label.to_lowercase();
    let text = lower.trim_start_matches(|it: char| {
        it.is_ascii_digit() || matches!(it, '.' | ' ' | 'a'..='c') && lower.len() < 3
    });
    let text = text.trim_start_matches(['.', ')', ' ']);
    [
        "return",
        "response",
        "ack",
        "cache hit",
        "result",
        "200 ",
        "201 ",
        "409 ",
        "404 ",
    ]
    .iter()
    .any(|word| text.starts_with(word))
        || text.ends_with("response")
        || text.contains(" response")
        || text == "hit"
        || text == "ok"
}

/// Whether a word says that others run something, or that it is not there yet.
pub(in crate::reader) fn is_reservation(word: &str) -> bool {
    const BEGINNINGS: [&str; 10] = [
        "planned", "planif", "planej", "geplant", "futur", "extern", "option", "deprecat",
        "proposed", "third",
    ];
    let word = word.to_lowercase();
    BEGINNINGS
        .iter()
        .any(|beginning| word.starts_with(beginning))
}

/// The environment that words name.
pub(in crate::reader) fn environment(text: &str) -> Environment {
    let lower = text.to_lowercase();
    if lower.contains("non-production")
        || lower.contains("production-ready")
        || lower.contains("production-like")
    {
        return Environment::Any;
    }
    let named = [
        (
            Environment::Production,
            ["production", "(prod)", "prod only"],
        ),
        (Environment::Staging, ["staging", "(stage)", "stage only"]),
        (
            Environment::Development,
            ["development", "(dev)", "dev only"],
        ),
    ];
    let mut found = named
        .iter()
        .filter(|(_, words)| words.iter().any(|word| lower.contains(word)))
        .map(|(environment, _)| *environment);
    match (found.next(), found.next()) {
        (Some(one), None) => one,
        _ => Environment::Any,
    }
}

/// A memory size in bytes: `512MB`, `1Gi`, `2 GB`.
pub(in crate::reader) fn bytes(text: &str) -> Option<u64> {
    let text = text.trim();
    let end = text
        .find(|it: char| !it.is_ascii_digit() && it != '.')
        .unwrap_or(text.len());
    let number: f64 = text[..end].parse().ok()?;
    let unit = text[end..].trim().to_lowercase();
    let factor: u32 = match unit.chars().next()? {
        'b' => 0,
        'k' => 1,
        'm' => 2,
        'g' => 3,
        't' => 4,
        _ => return None,
    };
    let value = number * 1024_f64.powi(i32::try_from(factor).ok()?);
    // Sizes are far below 2^53, and never negative: the number has no sign.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Some(value as u64)
}
