//! Mounts: `[source:]target[:options]`, where a source is a path or the name of a volume.

use std::collections::BTreeMap;

use crate::session::{Path, Session};
use crate::tree::{Node, Value};

const PROPAGATIONS: [&str; 6] = [
    "rprivate", "private", "rshared", "shared", "rslave", "slave",
];

/// The parts of a short mount.
#[derive(Debug, Default, PartialEq, Eq)]
struct Short {
    source: Option<String>,
    target: String,
    read_only: bool,
    no_copy: bool,
    selinux: Option<String>,
    propagation: Option<String>,
}

/// Makes a mapping of a short mount, and cleans the target of a long one.
pub(super) fn expand(mut node: Node, path: &Path, session: &mut Session) -> Node {
    if let Value::Text(text) = &node.value {
        if session.keeps_variables() && text.contains('$') {
            return node;
        }
        return match parse(text) {
            Ok(short) => long(&short, &node),
            Err(reason) => {
                let message = format!("{path}: `{text}` is no valid mount: {reason}");
                session.error_with_help(message, node.place, "Write `source:target[:options]`");
                node
            }
        };
    }
    if let Some(target) = node.as_map_mut().and_then(|map| map.get_mut("target"))
        && let Some(text) = target.as_text()
    {
        let cleaned = clean_path(text);
        *target = target.text_at(cleaned);
    }
    node
}

/// The target of a short mount, where it has one.
pub(crate) fn short_volume_target(text: &str) -> Option<String> {
    parse(text).ok().map(|short| short.target)
}

fn long(short: &Short, node: &Node) -> Node {
    let flag = || node.at(Value::Bool(true));
    let mut map = BTreeMap::from([("target".into(), node.text_at(clean_path(&short.target)))]);
    let mut options = BTreeMap::new();
    let bind = short.source.as_deref().is_some_and(is_path);
    if let Some(source) = &short.source {
        map.insert("source".into(), node.text_at(source.as_str()));
    }
    if short.read_only {
        map.insert("read_only".into(), flag());
    }
    if bind {
        options.insert("create_host_path".into(), flag());
    }
    let mut bind_options = BTreeMap::new();
    if let Some(selinux) = &short.selinux {
        bind_options.insert("selinux".to_owned(), node.text_at(selinux.as_str()));
    }
    if let Some(propagation) = &short.propagation {
        bind_options.insert("propagation".to_owned(), node.text_at(propagation.as_str()));
    }
    let mut volume_options = BTreeMap::new();
    if short.no_copy {
        volume_options.insert("nocopy".to_owned(), flag());
    }
    if bind {
        options.extend(bind_options);
        map.insert("bind".into(), node.at(Value::Map(options)));
        if !volume_options.is_empty() {
            map.insert("volume".into(), node.at(Value::Map(volume_options)));
        }
    } else {
        if node.as_text().is_none_or(|text| text.chars().count() > 2) {
            map.insert("volume".into(), node.at(Value::Map(volume_options)));
        }
        if !bind_options.is_empty() {
            map.insert("bind".into(), node.at(Value::Map(bind_options)));
        }
    }
    map.insert(
        "type".into(),
        node.text_at(if bind { "bind" } else { "volume" }),
    );
    node.at(Value::Map(map))
}

fn parse(text: &str) -> Result<Short, String> {
    if text.is_empty() {
        return Err("it is empty".into());
    }
    if text.chars().count() <= 2 {
        return Ok(Short {
            target: text.into(),
            ..Short::default()
        });
    }
    let fields = fields(text);
    if fields.iter().any(String::is_empty) {
        return Err("there is nothing between two colons".into());
    }
    match &fields[..] {
        [target] => Ok(Short {
            target: target.clone(),
            ..Short::default()
        }),
        [source, target] => Ok(Short {
            source: Some(source.clone()),
            target: target.clone(),
            ..Short::default()
        }),
        [source, target, options] => {
            let mut short = Short {
                source: Some(source.clone()),
                target: target.clone(),
                ..Short::default()
            };
            for option in options.split(',') {
                match option {
                    "ro" => short.read_only = true,
                    "rw" => short.read_only = false,
                    "nocopy" => short.no_copy = true,
                    "z" | "Z" => short.selinux = Some(option.into()),
                    _ if PROPAGATIONS.contains(&option) => {
                        short.propagation = Some(option.into());
                    }
                    // The engines of other platforms have options of their own.
                    _ => {}
                }
            }
            Ok(short)
        }
        _ => Err("it has too many colons".into()),
    }
}

/// The parts between colons, where the colon of a Windows drive is none.
fn fields(text: &str) -> Vec<String> {
    let mut fields = Vec::new();
    let mut field = String::new();
    for character in text.chars() {
        let drive = field.len() == 1 && field.starts_with(char::is_alphabetic);
        if character == ':' && !drive {
            fields.push(std::mem::take(&mut field));
        } else {
            field.push(character);
        }
    }
    fields.push(field);
    fields
}

/// Whether a source is a path rather than the name of a volume.
fn is_path(source: &str) -> bool {
    let mut characters = source.chars();
    match characters.next() {
        Some('.' | '/' | '~') => true,
        Some('\\') => source.starts_with(r"\\"),
        Some(first) => first.is_alphabetic() && characters.next() == Some(':'),
        None => false,
    }
}

/// A path without `.`, `..`, doubled and closing slashes, by its text alone.
pub(crate) fn clean_path(path: &str) -> String {
    if path.is_empty() {
        return ".".into();
    }
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if rooted => {}
            part => parts.push(part),
        }
    }
    match (rooted, parts.is_empty()) {
        (true, _) => format!("/{}", parts.join("/")),
        (false, true) => ".".into(),
        (false, false) => parts.join("/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_paths_or_names() {
        assert_eq!(fields(r"C:\data:/data:ro"), [r"C:\data", "/data", "ro"]);
        assert!(is_path("./a") && is_path("~/a") && is_path("C:/a") && is_path(r"\\.\pipe\x"));
        assert!(!is_path("data"));
    }

    #[test]
    fn broken_mounts_say_why() {
        assert!(parse(":/a").is_err());
        assert!(parse("data:/data:ro:more").is_err());
        assert!(parse("").is_err());
    }

    #[test]
    fn paths_are_cleaned() {
        assert_eq!(clean_path("/a//b/../c/"), "/a/c");
        assert_eq!(clean_path("a/../.."), "..");
        assert_eq!(clean_path("./"), ".");
        assert_eq!(clean_path("/../a"), "/a");
    }
}
