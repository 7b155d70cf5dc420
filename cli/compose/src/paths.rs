//! Makes relative paths absolute: one list of the paths that are paths.

use std::path::Path as FilePath;

use crate::canonical::clean_path;
use crate::session::Path;
use crate::tree::{Node, Value};

/// What kind of path stands somewhere.
#[derive(Debug, Clone, Copy)]
enum Role {
    /// A file or folder of this machine; an empty one stays empty.
    Local,
    /// A file of this machine, where an empty one is the folder itself.
    File,
    /// A build context: a path, or an address.
    Context,
    /// The context of a build by name: a path, an address, an image or a service.
    NamedContext,
    /// A key as `id=path`.
    Key,
    /// A bind mount's source.
    Mount,
    /// A folder that a local volume is bound to.
    VolumeDevice,
    /// A path in `extends`.
    Extends,
}

const PATHS: &[(&[&str], Role)] = &[
    (&["configs", "*", "file"], Role::File),
    (&["include", "*", "project_directory"], Role::Local),
    (&["include", "*", "path"], Role::Local),
    (&["include", "*", "path", "*"], Role::Local),
    (&["include", "*", "env_file"], Role::Local),
    (&["include", "*", "env_file", "*"], Role::Local),
    (&["secrets", "*", "file"], Role::File),
    (
        &["services", "*", "build", "additional_contexts", "*"],
        Role::NamedContext,
    ),
    (&["services", "*", "build", "context"], Role::Context),
    (&["services", "*", "build", "ssh", "*"], Role::Key),
    (
        &["services", "*", "develop", "watch", "*", "path"],
        Role::Local,
    ),
    (&["services", "*", "env_file", "*", "path"], Role::Local),
    (&["services", "*", "extends", "file"], Role::Extends),
    (&["services", "*", "label_file", "*"], Role::Local),
    (&["services", "*", "volumes", "*"], Role::Mount),
    (&["volumes", "*"], Role::VolumeDevice),
];

/// Rebases all relative paths of a canonical tree on a folder.
pub(crate) fn resolve_paths(project: &mut Node, folder: &FilePath, home: Option<&str>) {
    walk(project, &mut Path::default(), &Base { folder, home });
}

struct Base<'a> {
    folder: &'a FilePath,
    home: Option<&'a str>,
}

impl Base<'_> {
    fn absolute(&self, path: &str) -> String {
        let path = match (path.strip_prefix('~'), self.home) {
            (Some(rest), Some(home)) => clean_path(&format!("{home}/{rest}")),
            _ => path.to_owned(),
        };
        if path.starts_with('/') || is_windows(&path) {
            return path;
        }
        clean_path(&self.folder.join(&path).to_string_lossy())
    }
}

fn is_windows(path: &str) -> bool {
    let bytes = path.as_bytes();
    path.starts_with(r"\\")
        || (bytes.len() >= 3
            && bytes[0].is_ascii_alphabetic()
            && bytes[1] == b':'
            && matches!(bytes[2], b'/' | b'\\'))
}

/// Whether a build context is fetched from elsewhere.
pub(crate) fn is_remote(context: &str) -> bool {
    [
        "https://",
        "http://",
        "git://",
        "ssh://",
        "github.com/",
        "git@",
    ]
    .iter()
    .any(|prefix| context.starts_with(prefix))
}

fn walk(node: &mut Node, path: &mut Path, base: &Base<'_>) {
    if let Some((_, role)) = PATHS.iter().find(|(pattern, _)| path.matches(pattern)) {
        resolve(node, *role, base);
    }
    match &mut node.value {
        Value::Map(map) => {
            for (key, item) in map {
                path.push(key);
                walk(item, path, base);
                path.pop();
            }
        }
        Value::List(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                path.push_index(index);
                walk(item, path, base);
                path.pop();
            }
        }
        _ => {}
    }
}

fn resolve(node: &mut Node, role: Role, base: &Base<'_>) {
    match role {
        Role::Mount => {
            if node.text_of("type") == Some("bind") {
                resolve_entry(node, "source", base);
            }
        }
        Role::VolumeDevice => {
            let local = matches!(node.text_of("driver"), None | Some("local" | ""));
            let bind = node.get("driver_opts").is_some_and(|options| {
                options
                    .text_of("o")
                    .is_some_and(|o| o.split(',').any(|word| word == "bind"))
            });
            if local
                && bind
                && let Some(options) = node.as_map_mut().and_then(|map| map.get_mut("driver_opts"))
            {
                resolve_entry(options, "device", base);
            }
        }
        Role::File => replace(node, |text| Some(base.absolute(text))),
        Role::Local | Role::Extends => {
            replace(node, |text| (!text.is_empty()).then(|| base.absolute(text)));
        }
        Role::Context => replace(node, |text| {
            (!text.is_empty() && !is_remote(text)).then(|| base.absolute(text))
        }),
        Role::Key => replace(node, |text| {
            let (id, path) = text.split_once('=')?;
            Some(format!("{id}={}", base.absolute(path)))
        }),
        Role::NamedContext => replace(node, |text| {
            let named = text.contains("://")
                || is_remote(text)
                || text.starts_with("service:")
                || text.starts_with("target:")
                || text == "default";
            (!named && !text.is_empty()).then(|| base.absolute(text))
        }),
    }
}

fn resolve_entry(node: &mut Node, key: &str, base: &Base<'_>) {
    if let Some(entry) = node.as_map_mut().and_then(|map| map.get_mut(key)) {
        replace(entry, |text| Some(base.absolute(text)));
    }
}

fn replace(node: &mut Node, change: impl Fn(&str) -> Option<String>) {
    if let Value::Text(text) = &mut node.value
        && let Some(changed) = change(text)
    {
        *text = changed;
    }
}
