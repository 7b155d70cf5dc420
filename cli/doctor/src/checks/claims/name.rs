//! Names that a service may have, and names of other things.

use devkit_archdoc::{Component, ComponentKind};

use super::outside::is_one_of;
use crate::checks::vocabulary::PARTS;
use crate::matching::{
    is_framework, product_of_name, product_of_technology, role_of_word, translated_words, words,
};

pub(super) fn named_like_a_service(component: &Component) -> bool {
    let name = program_before_a_dash(component.name.trim());
    let length = name.split_whitespace().count();
    length > 0
        && (length <= 5 || is_short_in_english(name))
        && name.chars().any(char::is_alphabetic)
        && !name.contains(['{', '}', '=', '<', '>', '$', '?', '!', '@', '*', '"', '`'])
        && !name.starts_with(['/', '•'])
        && !name.starts_with("- ")
        && !says_that_there_is_none(name)
        && !name.contains("://")
        && !name.contains(['─', '▶', '►', '→'])
        && !name.ends_with('/')
        && !name.to_lowercase().ends_with("s)")
        && !has_extension(name)
        && !name
            .split_whitespace()
            .any(|word| word.len() > 1 && word.starts_with('/'))
        && !is_a_sentence(name)
        && !is_code(name)
        && !is_a_level(name)
        && !is_a_setting(name)
        && !is_a_step(name)
        && !is_a_port(name)
        && (is_a_named_store(component) || !is_a_message(name))
        && !is_a_command(name)
        && !is_of_all(name)
        && (is_a_named_store(component) || !is_a_part(name))
}

/// The well-known program that a name begins with, where what it is for stands behind a dash:
/// `Kafka - barramento de eventos`; any other name as it is.
fn program_before_a_dash(name: &str) -> &str {
    name.split_once(" - ")
        .or_else(|| name.split_once(" – "))
        .map(|(program, _)| program)
        .filter(|program| product_of_name(program).is_some())
        .unwrap_or(name)
}

/// Whether a name is short once it is said in English: `Dịch vụ gợi ý sản phẩm` has three words.
fn is_short_in_english(name: &str) -> bool {
    const LONGEST: usize = 4;
    let said = words(name).len();
    !name.is_ascii()
        && !name.contains('(')
        && said <= LONGEST
        && translated_words(name).len() == said
}

/// Whether a text says what something does, and names nothing.
fn is_a_sentence(name: &str) -> bool {
    let last = name.split_whitespace().skip(1).last();
    let goes_on = last.is_some_and(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "on" | "at" | "in" | "to" | "for" | "of" | "with" | "en" | "em" | "sur" | "auf" | "na"
        )
    });
    goes_on || stands_on_something(name) || says_what_is_done(name)
}

/// `no DB` stands where others have one.
fn says_that_there_is_none(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default();
    matches!(first.to_lowercase().as_str(), "no" | "none" | "without")
}

/// Whether a name says on what something stands, as machines do: `gateway on the roof`.
fn stands_on_something(name: &str) -> bool {
    let (what, place) = name.split_once(" on ").unwrap_or_default();
    let is_machine = |word: &str| matches!(word.to_lowercase().as_str(), "docker" | "kubernetes");
    !what.is_empty()
        && !words(what)
            .iter()
            .any(|word| product_of_name(word).is_some())
        && !place.split_whitespace().any(is_machine)
}

/// Whether a word behind the first one says what something does.
fn says_what_is_done(name: &str) -> bool {
    name.split_whitespace().skip(1).any(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "can"
                | "is"
                | "are"
                | "was"
                | "will"
                | "must"
                | "should"
                | "has"
                | "have"
                | "not"
                | "running"
                | "listening"
                | "waits"
        )
    })
}

/// Whether a name is that of code which programs share: a folder, or a class or function.
fn is_code(name: &str) -> bool {
    let folders = [
        "packages/",
        "libs/",
        "lib/",
        "pkg/",
        "src/",
        "internal/",
        "crates/",
        "modules/",
        "shared/",
    ];
    folders.iter().any(|folder| name.starts_with(folder)) || is_an_identifier(name)
}

/// Whether a name is written as variables and functions are: `serviceRegistry`.
fn is_an_identifier(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default();
    first.starts_with(char::is_lowercase)
        && first.contains(char::is_uppercase)
        && first.chars().all(char::is_alphanumeric)
        && product_of_name(first).is_none_or(|product| product.id != first.to_lowercase())
}

/// Whether a name is that of a level of the drawing: `ZONE: Data`.
fn is_a_level(name: &str) -> bool {
    name.split_once(':').is_some_and(|(before, _)| {
        let before = before.trim().to_lowercase();
        let is_counted = |it: char| it.is_ascii_digit() || it == ' ';
        matches!(
            before.trim_end_matches(is_counted),
            "zone"
                | "rule"
                | "layer"
                | "tier"
                | "stage"
                | "phase"
                | "step"
                | "level"
                | "group"
                | "queue"
                | "topic"
                | "exchange"
                | "table"
                | "bucket"
        )
    })
}

/// Whether a name is that of a step, which are counted or say what starts: `2. Load balancer`,
/// `Starts server`.
fn is_a_step(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default();
    let number = first.strip_suffix(['.', ')']).unwrap_or_default();
    let is_counted = !number.is_empty() && number.chars().all(|it| it.is_ascii_digit());
    let mut words = name.split_whitespace();
    is_counted || words.any(|word| word.eq_ignore_ascii_case("starts"))
}

/// Whether a name is a setting and its value: `depends_on: postgres`.
fn is_a_setting(name: &str) -> bool {
    let (setting, value) = name.split_once(": ").unwrap_or_default();
    let is_of_keys = |it: char| it.is_ascii_lowercase() || it == '_';
    setting.contains('_') && setting.chars().all(is_of_keys) && !value.is_empty()
}

/// Whether a name is that of a port: `Port 8000`.
fn is_a_port(name: &str) -> bool {
    let (first, rest) = name.split_once(' ').unwrap_or_default();
    first.eq_ignore_ascii_case("port") && rest.chars().all(|it| it.is_ascii_digit())
}

/// Whether a name is that of all programs of a kind: `.NET runtime services`.
fn is_of_all(name: &str) -> bool {
    name.split(" / ").any(is_of_all_of_a_kind) || begins_with_services(name)
}

/// Whether a name begins with the word for services in a language that says first what something is:
/// `Servicios maestros`.
fn begins_with_services(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default();
    matches!(
        first.to_lowercase().as_str(),
        "servicios" | "serviços" | "servicos" | "servizi" | "microservicios" | "microsserviços"
    )
}

fn is_of_all_of_a_kind(name: &str) -> bool {
    let all = words(name);
    let Some((last, others)) = all.split_last() else {
        return false;
    };
    let says_nothing = |word: &String| {
        is_framework(word)
            || role_of_word(word).is_some()
            || matches!(
                word.as_str(),
                "all"
                    | "application"
                    | "business"
                    | "core"
                    | "domain"
                    | "downstream"
                    | "internal"
                    | "other"
                    | "platform"
                    | "runtime"
                    | "your"
            )
    };
    let alone = others.is_empty() && matches!(last.as_str(), "service" | "microservice");
    alone
        || matches!(last.as_str(), "services" | "microservices") && others.iter().all(says_nothing)
}

/// Whether a part is drawn as a store or a broker, and named after its program or told to be it:
/// `Postgres Logs`, `Kafka Event Bus`, `Event Streaming (Kafka)`.
fn is_a_named_store(component: &Component) -> bool {
    let words = words(&component.name);
    let first = words.first().map(String::as_str);
    let said = component.technology.as_deref();
    let is_code = words
        .last()
        .is_some_and(|word| matches!(word.as_str(), "repository" | "repositories" | "adapter"));
    !is_code
        && matches!(
            component.kind,
            ComponentKind::Database | ComponentKind::Queue | ComponentKind::Cache
        )
        && (first.and_then(product_of_name).is_some()
            || said.and_then(product_of_technology).is_some())
}

/// Whether a name is that of what programs hand on to each other: `order-events`,
/// `order.created`.
fn is_a_message(name: &str) -> bool {
    let is_dotted =
        name.contains('.') && !name.contains(|it: char| it.is_whitespace() || it.is_uppercase());
    // What has happened: `order_created`.
    let is_of_the_past = name.ends_with("ed") && name.contains('_');
    is_dotted
        || is_of_the_past
        || words(name).last().is_some_and(|word| {
            matches!(
                word.as_str(),
                "event"
                    | "events"
                    | "topic"
                    | "topics"
                    | "exchange"
                    | "dlq"
                    | "dlx"
                    | "logs"
                    | "traces"
            )
        })
}

/// Whether a name is a command or method that one program sends another: `XREADGROUP`.
fn is_a_command(name: &str) -> bool {
    matches!(
        name,
        "GET"
            | "POST"
            | "PUT"
            | "PATCH"
            | "DELETE"
            | "SET"
            | "SELECT"
            | "INSERT"
            | "UPDATE"
            | "UPSERT"
            | "PUBLISH"
            | "SUBSCRIBE"
            | "CONSUME"
            | "PRODUCE"
            | "LPUSH"
            | "RPUSH"
            | "LPOP"
            | "RPOP"
            | "BLPOP"
            | "BRPOP"
            | "BLMOVE"
            | "XADD"
            | "XREAD"
            | "XREADGROUP"
            | "XACK"
            | "ZADD"
            | "LISTEN"
            | "NOTIFY"
    )
}

/// Whether a name is that of a layer or module inside a program.
fn is_a_part(name: &str) -> bool {
    let words = words(name);
    let is_key = name.contains(['-', '_']) && name.to_lowercase() == name && !name.contains(' ');
    let is_file = words
        .last()
        .is_some_and(|word| matches!(word.as_str(), "file" | "files"));
    // `Service Objects` are objects, and a `Worker Pool` is workers.
    let ends_as_one = words
        .last()
        .is_some_and(|word| word != "pool" && is_one_of(word, PARTS));
    let is_one = words.iter().any(|word| is_one_of(word, PARTS));
    // `Object Storage` and `Schema Registry` are programs for objects and schemas.
    let does_something = words.len() > 1 && words.last().is_some_and(|word| is_doer(word));
    // What a server of pages does besides.
    let is_of_files = words.starts_with(&["static".to_owned(), "file".to_owned()]);
    is_file
        || is_of_files
        || !is_key && (ends_as_one || is_one && !is_worded(&words) && !does_something)
}

/// Whether a word is for a program that does something with what stands before it.
fn is_doer(word: &str) -> bool {
    matches!(
        word,
        "bus"
            | "storage"
            | "store"
            | "registry"
            | "generator"
            | "processor"
            | "producer"
            | "consumer"
            | "broker"
            | "gateway"
            | "scheduler"
            | "collector"
            | "queue"
            | "runner"
            | "renderer"
            | "scanner"
            | "api"
            | "dispatcher"
    )
}

fn has_extension(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && matches!(
                extension.to_ascii_lowercase().as_str(),
                "py" | "ts"
                    | "tsx"
                    | "jsx"
                    | "rs"
                    | "go"
                    | "java"
                    | "rb"
                    | "php"
                    | "yml"
                    | "yaml"
                    | "json"
                    | "toml"
                    | "env"
                    | "sh"
                    | "md"
                    | "sql"
                    | "html"
                    | "css"
                    | "txt"
                    | "csv"
                    | "conf"
                    | "db"
                    | "sqlite"
            )
    })
}

/// Whether a name says itself that it is a service.
pub(super) fn is_worded(name: &[String]) -> bool {
    name.iter().any(|word| {
        matches!(
            word.as_str(),
            "service" | "services" | "microservice" | "worker" | "server" | "db" | "database"
        )
    })
}
