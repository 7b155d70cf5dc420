//! The environment of services: what they name and inherit, and what their env files say.

use std::collections::BTreeMap;
use std::path::{Path as FilePath, PathBuf};

use devkit_diagnostic::{Diagnostic, SourceFile};

use super::{Failed, read_text};
use crate::dotenv;
use crate::session::{Environment, Session};
use crate::tree::{Node, Place, Value};

/// Gives variables that a service names without a value those of the project.
pub(crate) fn inherit(model: &mut Node, environment: &Environment) {
    for service in services(model) {
        if let Some(map) = service
            .as_map_mut()
            .and_then(|map| map.get_mut("environment"))
            .and_then(Node::as_map_mut)
        {
            inherit_map(map, environment);
        }
    }
}

fn inherit_map(map: &mut BTreeMap<String, Node>, environment: &Environment) {
    for (name, value) in map {
        if value.is_null()
            && let Some(found) = environment.get(name)
        {
            *value = value.text_at(found.as_str());
        }
    }
}

/// Gives variables that a service lists by name alone those of the file that lists them.
///
/// Only the list form sees the variables of an included project, as in the reference.
pub(super) fn inherit_listed(document: &mut Node, environment: &Environment) {
    for service in services(document) {
        let listed = service
            .as_map_mut()
            .and_then(|map| map.get_mut("environment"))
            .map(|node| &mut node.value);
        let Some(Value::List(items)) = listed else {
            continue;
        };
        for item in items {
            if let Some(name) = item.as_text()
                && let Some(value) = environment.get(name)
            {
                *item = item.text_at(format!("{name}={value}"));
            }
        }
    }
}

fn services(model: &mut Node) -> impl Iterator<Item = &mut Node> {
    model
        .as_map_mut()
        .and_then(|map| map.get_mut("services"))
        .and_then(Node::as_map_mut)
        .into_iter()
        .flat_map(BTreeMap::values_mut)
}

/// Reads the env and label files of a service into its environment and labels, and drops them.
pub(crate) fn resolve_environment(
    service: &mut Node,
    environment: &Environment,
    keep_files: bool,
    session: &mut Session,
) -> Result<(), Failed> {
    let Some(map) = service.as_map_mut() else {
        return Ok(());
    };
    let place = map
        .get("environment")
        .map(|node| node.place)
        .unwrap_or_default();
    if !keep_files {
        let env_files = map.remove("env_file");
        let own = match map.remove("environment").map(|node| node.value) {
            Some(Value::Map(own)) => own,
            _ => BTreeMap::new(),
        };
        let mut known: Environment = own
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), value.scalar_text()?)))
            .collect();
        let mut all: BTreeMap<String, Node> = BTreeMap::new();
        for file in env_files
            .as_ref()
            .and_then(Node::as_list)
            .unwrap_or_default()
        {
            for (name, value) in env_file(file, &known, environment, session)? {
                known.insert(name.clone(), value.clone());
                let mut node = file.text_at(value);
                node.key = file.place;
                all.insert(name, node);
            }
        }
        all.extend(own);
        if !all.is_empty() {
            let node = Node {
                value: Value::Map(all),
                place,
                key: place,
                ..Node::default()
            };
            map.insert("environment".into(), node);
        }
    }
    label_files(map, session)
}

fn env_file(
    file: &Node,
    known: &Environment,
    environment: &Environment,
    session: &mut Session,
) -> Result<Environment, Failed> {
    let Some(path) = file.text_of("path") else {
        return Ok(Environment::new());
    };
    let place = file.get("path").map_or(file.place, |path| path.place);
    let required = match file.get("required").map(|node| &node.value) {
        Some(Value::Bool(required)) => *required,
        Some(Value::Text(text)) => {
            let Some(required) = crate::emit::boolean(text) else {
                session.error(format!("`{text}` is no boolean"), place);
                return Err(Failed);
            };
            required
        }
        _ => true,
    };
    let path = PathBuf::from(path);
    if !path.exists() {
        if required {
            session.error_with_help(
                format!("The env file {} does not exist", path.display()),
                place,
                "Create it, or mark it `required: false`",
            );
            return Err(Failed);
        }
        return Ok(Environment::new());
    }
    let outside = |name: &str| known.get(name).or_else(|| environment.get(name)).cloned();
    match file.text_of("format") {
        None | Some("") => read_env_file(&path, place, &outside, session),
        Some("raw") => match read_text(&path) {
            Ok(text) => {
                let read = dotenv::parse_raw(&text, &outside);
                read.map_err(|error| broken(&path, text, error, session))
            }
            Err(reason) => {
                session.error(reason, place);
                Err(Failed)
            }
        },
        Some(other) => {
            session.error(format!("There is no env file format `{other}`"), place);
            Err(Failed)
        }
    }
}

fn label_files(map: &mut BTreeMap<String, Node>, session: &mut Session) -> Result<(), Failed> {
    let Some(files) = map.remove("label_file") else {
        return Ok(());
    };
    let mut labels: BTreeMap<String, Node> = BTreeMap::new();
    for file in files.as_list().unwrap_or_default() {
        let Some(path) = file.as_text() else {
            continue;
        };
        // A label sees those of the files before it, and nothing else.
        let outside = |name: &str| labels.get(name).and_then(Node::scalar_text);
        let read = read_env_file(FilePath::new(path), file.place, &outside, session)?;
        labels.extend(
            read.into_iter()
                .map(|(name, value)| (name, file.text_at(value))),
        );
    }
    let own = map.remove("labels").map(|node| node.value);
    if let Some(Value::Map(own)) = own {
        labels.extend(own);
    }
    map.insert("labels".into(), files.at(Value::Map(labels)));
    Ok(())
}

/// Reads an env file; `place` is where the compose file names it.
pub(crate) fn read_env_file(
    path: &FilePath,
    place: Place,
    outside: &dyn Fn(&str) -> Option<String>,
    session: &mut Session,
) -> Result<Environment, Failed> {
    let text = match read_text(path) {
        Ok(text) => text,
        Err(reason) => {
            session.error(reason, place);
            return Err(Failed);
        }
    };
    match dotenv::parse(&text, outside) {
        Ok((variables, missing)) => {
            for name in missing {
                session.variable_not_set(&name, place);
            }
            Ok(variables)
        }
        Err(error) => Err(broken(path, text, error, session)),
    }
}

/// Reports a line of a file of variables that cannot be read.
fn broken(
    path: &FilePath,
    text: String,
    error: dotenv::DotenvError,
    session: &mut Session,
) -> Failed {
    let source = SourceFile::new(path, text);
    session.errors([Diagnostic::error(error.message).at(&source, error.at..error.at, "")]);
    Failed
}
