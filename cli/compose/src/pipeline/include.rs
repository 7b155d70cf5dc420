//! `include`: other projects whose services, networks and so on become part of this one.

use std::path::{Path as FilePath, PathBuf};

use super::{Context, Failed, Input, MAXIMUM_NESTING, join, load_model, parent};
use crate::session::{Environment, Session};
use crate::tree::{Node, Value};
use crate::wording::way;

const SECTIONS: [&str; 6] = [
    "services", "volumes", "networks", "secrets", "configs", "models",
];

/// Brings in everything that a document includes.
pub(super) fn include(
    document: &mut Node,
    file: &FilePath,
    context: &Context<'_>,
    session: &mut Session,
) -> Result<(), Failed> {
    let Some(map) = document.as_map_mut() else {
        return Ok(());
    };
    let Some(includes) = map.remove("include") else {
        return Ok(());
    };
    if includes.is_null() {
        return Ok(());
    }
    let Value::List(entries) = &includes.value else {
        let found = includes.value.describe();
        session.error(
            format!("include must be a list, not {found}"),
            includes.place,
        );
        return Err(Failed);
    };
    for entry in entries {
        if entry.is_null() {
            continue;
        }
        let imported = load(entry, file, context, session)?;
        import(imported, document, session);
        session.check()?;
    }
    Ok(())
}

fn texts(node: Option<&Node>) -> Vec<(String, Node)> {
    match node.map(|node| (&node.value, node)) {
        Some((Value::Text(text), node)) => vec![(text.clone(), node.clone())],
        Some((Value::List(items), _)) => items
            .iter()
            .filter_map(|item| Some((item.as_text()?.to_owned(), item.clone())))
            .collect(),
        _ => Vec::new(),
    }
}

/// What says where something is, is text or a list of texts.
fn check_texts(entry: &Node, session: &mut Session) -> Result<(), Failed> {
    for (key, lists) in [
        ("path", true),
        ("env_file", true),
        ("project_directory", false),
    ] {
        let Some(node) = entry.get(key) else {
            continue;
        };
        let valid = match &node.value {
            Value::Null | Value::Text(_) => true,
            Value::List(items) => lists && items.iter().all(|item| item.as_text().is_some()),
            _ => false,
        };
        if !valid {
            let found = node.value.describe();
            session.error(
                format!("include.{key} must be text, not {found}"),
                node.place,
            );
        }
    }
    session.check()
}

fn load(
    entry: &Node,
    file: &FilePath,
    context: &Context<'_>,
    session: &mut Session,
) -> Result<Node, Failed> {
    let paths = match &entry.value {
        Value::Text(_) => texts(Some(entry)),
        Value::Map(_) => texts(entry.get("path")),
        other => {
            let found = other.describe();
            session.error(
                format!("include takes text or mappings, not {found}"),
                entry.place,
            );
            return Err(Failed);
        }
    };
    check_texts(entry, session)?;
    let Some((first, _)) = paths.first() else {
        // An include without a path brings in nothing.
        return Ok(entry.at(Value::Null));
    };
    let main = join(&context.folder, first);
    let folder = match entry.text_of("project_directory") {
        Some(folder) => join(&context.folder, folder),
        None => parent(&main),
    };
    let mut including = context.including.clone();
    including.push(file.to_path_buf());
    if including.contains(&main) || including.len() > MAXIMUM_NESTING {
        let chain: Vec<String> = including
            .iter()
            .chain([&main])
            .map(|path| path.display().to_string())
            .collect();
        let what = if including.contains(&main) {
            "Files include each other in a circle"
        } else {
            "Too many files include each other"
        };
        session.error(format!("{what}: {}", way(&chain)), entry.place);
        return Err(Failed);
    }
    let inputs: Vec<Input> = paths
        .iter()
        .map(|(path, _)| Input {
            path: join(&context.folder, path),
            text: None,
        })
        .collect();
    for (input, (_, node)) in inputs.iter().zip(&paths) {
        if !input.path.is_file() {
            session.error(
                format!("There is no file {}", input.path.display()),
                node.place,
            );
        }
    }
    session.check()?;
    let environment = environment(entry, &folder, context, session)?;
    let context = Context {
        folder,
        environment: &environment,
        interpolate: context.interpolate,
        including,
    };
    load_model(&inputs, &context, session)
}

/// The variables of an included project: its own env files below what is set already.
fn environment(
    entry: &Node,
    folder: &FilePath,
    context: &Context<'_>,
    session: &mut Session,
) -> Result<Environment, Failed> {
    let given = texts(entry.get("env_file"));
    let files: Vec<(PathBuf, Node)> = if given.is_empty() {
        let default = folder.join(".env");
        if default.is_file() {
            vec![(default, entry.clone())]
        } else {
            Vec::new()
        }
    } else {
        given
            .into_iter()
            .filter(|(path, _)| path != "/dev/null")
            .map(|(path, node)| (join(&context.folder, &path), node))
            .collect()
    };
    let mut environment = context.environment.clone();
    let mut read = Environment::new();
    for (path, node) in files {
        let outside = |name: &str| context.environment.get(name).cloned();
        let variables = super::read_env_file(&path, node.place, &outside, session)?;
        read.extend(variables);
    }
    for (name, value) in read {
        environment.entry(name).or_insert(value);
    }
    Ok(environment)
}

/// Adds what an included project defines; what both define must be equal.
fn import(imported: Node, document: &mut Node, session: &mut Session) {
    let Value::Map(mut sections) = imported.value else {
        return;
    };
    let Some(target) = document.as_map_mut() else {
        return;
    };
    for section in SECTIONS {
        let Some(from) = sections.remove(section) else {
            continue;
        };
        let empty = from.at(Value::Map(std::collections::BTreeMap::new()));
        let Value::Map(entries) = from.value else {
            continue;
        };
        let to = target
            .entry(section.to_owned())
            .or_insert_with(|| empty.clone());
        if to.is_null() {
            *to = empty;
        }
        let Some(to) = to.as_map_mut() else {
            continue;
        };
        for (name, entry) in entries {
            match to.remove(&name) {
                None => {
                    to.insert(name, entry);
                }
                Some(own) if own == entry => {
                    to.insert(name, own);
                }
                Some(own) => {
                    session.error_with_help(
                        format!("{section}.{name} is defined here and in an included file"),
                        own.key,
                        "Override it in a file of its own, such as compose.override.yaml",
                    );
                    to.insert(name, own);
                }
            }
        }
    }
}
