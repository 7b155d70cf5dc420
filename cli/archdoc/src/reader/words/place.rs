//! Names of files, of layers, and of one of several equal parts.

use super::client::is_person;
use super::name::{has, tokens};

/// Whether a name is that of one of several equal parts: `Replica 2`, `Shard 1`, `Primary`.
pub(in crate::reader) fn is_instance(name: &str) -> bool {
    const PARTS: [&str; 12] = [
        "primary",
        "replica",
        "replicas",
        "master",
        "slave",
        "shard",
        "writer",
        "reader",
        "standby",
        "leader",
        "follower",
        "partition",
    ];
    let tokens = tokens(name);
    // `Reader` alone is a person as likely as an instance.
    let person = is_person(&tokens);
    has(&tokens, &PARTS)
        && !person
        && tokens
            .iter()
            .all(|it| PARTS.contains(&it.as_str()) || it.chars().all(|it| it.is_ascii_digit()))
}

/// Whether a name is the path of a file or folder.
pub(in crate::reader) fn is_path(name: &str) -> bool {
    let name = name.trim();
    !name.contains(' ')
        && !name.contains("//")
        && (name.starts_with("./")
            || name.starts_with("../")
            || name.starts_with("~/")
            || name.starts_with('/')
            || name.ends_with('/')
            || name.contains('/')
                && name
                    .rsplit('/')
                    .next()
                    .is_some_and(|last| last.contains('.'))
            || [".yaml", ".yml", ".env", ".tf", ".json", ".toml", ".sh"]
                .iter()
                .any(|end| name.ends_with(end)))
}

/// Whether the title of a frame is that of a layer, a tier or a zone.
pub(in crate::reader) fn is_tier(title: &str) -> bool {
    let title = title.split(['(', ':']).next().unwrap_or(title);
    let tokens = tokens(title);
    tokens
        .last()
        .is_some_and(|it| matches!(it.as_str(), "layer" | "tier" | "zone" | "dmz"))
        && !has(&tokens, &["availability", "dns", "hosted"])
}
