//! What labels say: protocols, answers, environments, sizes.

use super::software::is_software;
use crate::facts::Environment;

/// Whether words name protocols and nothing else: `REST + WebSocket`.
pub(in crate::reader) fn is_of_protocols(text: &str) -> bool {
    let mut words = text.split(|it: char| !it.is_alphanumeric()).peekable();
    words.peek().is_some()
        && words
            .filter(|word| !word.is_empty())
            .all(|word| protocol(word).is_some() && !is_software(&word.to_lowercase()))
}

/// Whether a name is one word of several that begin with capitals, as classes are called:
/// `OrderService`.
pub(in crate::reader) fn is_camel_case(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
        && name.chars().all(char::is_alphanumeric)
        && name
            .chars()
            .zip(name.chars().skip(1))
            .any(|(one, next)| one.is_lowercase() && next.is_uppercase())
}

/// How many words the longest name has of those between plus signs:
/// `PostgreSQL 17 + Redis 7 + Elasticsearch 8` is no sentence.
pub(in crate::reader) fn longest_of_list(text: &str) -> usize {
    let names = text
        .split(" + ")
        .map(|name| name.split_whitespace().count());
    names.max().unwrap_or_default()
}

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

/// Whether words tell what is done rather than who does it: `Query Database`, `5. Start server`.
pub(in crate::reader) fn is_step(text: &str) -> bool {
    const DOES: [&str; 60] = [
        "add",
        "apply",
        "authenticate",
        "broadcast",
        "build",
        "call",
        "check",
        "click",
        "connect",
        "consume",
        "convert",
        "copy",
        "create",
        "delete",
        "deploy",
        "display",
        "download",
        "emit",
        "enter",
        "execute",
        "fetch",
        "forward",
        "generate",
        "get",
        "handle",
        "insert",
        "install",
        "load",
        "login",
        "notify",
        "open",
        "parse",
        "process",
        "publish",
        "pull",
        "push",
        "query",
        "read",
        "receive",
        "redirect",
        "render",
        "request",
        "respond",
        "return",
        "run",
        "save",
        "select",
        "send",
        "serve",
        "set",
        "show",
        "start",
        "stop",
        "store",
        "submit",
        "trigger",
        "update",
        "validate",
        "wait",
        "write",
    ];
    const ACTORS: [&str; 19] = [
        "service",
        "services",
        "api",
        "worker",
        "workers",
        "server",
        "balancer",
        "manager",
        "engine",
        "gateway",
        "handler",
        "processor",
        "broker",
        "runner",
        "collector",
        "exporter",
        "agent",
        "scheduler",
        "proxy",
    ];
    let tokens = super::name::tokens(text);
    let [first, rest @ ..] = tokens.as_slice() else {
        return false;
    };
    let numbered = first.chars().all(|it| it.is_ascii_digit()) && !rest.is_empty();
    let actor = rest.last().is_some_and(|it| ACTORS.contains(&it.as_str()));
    // `OpenTelemetry` opens nothing.
    let verb = text.split_whitespace().next().unwrap_or("").to_lowercase();
    let asked = !rest.is_empty() && !actor && DOES.contains(&verb.as_str());
    let told = rest.iter().any(|word| {
        let stem = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
        let stem = stem.as_deref().or_else(|| word.strip_suffix('s'));
        stem.is_some_and(|stem| DOES.contains(&stem))
    }) && !actor;
    numbered || asked || told
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
