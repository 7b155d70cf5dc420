//! `extends`: a service that starts from another one, of the same file or of another.

use std::path::{Path as FilePath, PathBuf};

use super::{Context, Failed, Input, MAXIMUM_NESTING, Resets, join, parent, read};
use crate::canonical::canonical;
use crate::interpolate::interpolate;
use crate::merge::{enforce_unique, merge_service};
use crate::paths::resolve_paths;
use crate::session::Session;
use crate::suggest::closest;
use crate::tree::{Map, Node};
use crate::wording::way;

/// The services of one file, and which of them are finished.
struct Scope<'a> {
    services: Map,
    file: PathBuf,
    folder: PathBuf,
    resets: &'a Resets,
}

/// A service in a file, to find cycles.
type Visit = (PathBuf, String);

/// Replaces every service that extends another by what comes of it.
pub(super) fn extend(
    document: &mut Node,
    file: &FilePath,
    context: &Context<'_>,
    resets: &Resets,
    session: &mut Session,
) -> Result<(), Failed> {
    let Some(services) = document
        .as_map_mut()
        .and_then(|map| map.get_mut("services"))
    else {
        return Ok(());
    };
    let Some(map) = services.as_map_mut() else {
        return Ok(());
    };
    for (name, service) in &*map {
        // The reference looks for `extends` before anything else, so this is found here.
        if service.as_map().is_none() && !service.is_null() {
            let found = service.value.describe();
            let message = format!("services.{name} must be a mapping, not {found}");
            session.error(message, service.place);
        }
    }
    session.check()?;
    if !map.values().any(|service| service.get("extends").is_some()) {
        return Ok(());
    }
    let names: Vec<String> = map.keys().cloned().collect();
    let mut scope = Scope {
        services: std::mem::take(map),
        file: file.to_path_buf(),
        folder: context.folder.clone(),
        resets,
    };
    for name in names {
        resolve(&name, &mut scope, &mut Vec::new(), context, session);
    }
    *map = scope.services;
    session.check()
}

/// The service of a name, with what it extends merged in.
fn resolve(
    name: &str,
    scope: &mut Scope<'_>,
    visited: &mut Vec<Visit>,
    context: &Context<'_>,
    session: &mut Session,
) -> Option<Node> {
    let service = scope.services.get(name)?.clone();
    if service.is_null() {
        return None;
    }
    let Some(extends) = service.get("extends").cloned() else {
        return Some(service);
    };
    let Some(other) = extends.as_text().or_else(|| extends.text_of("service")) else {
        // Validation says what is wrong with it.
        return Some(service);
    };
    if let Some(file) = extends.get("file").filter(|file| !file.is_null())
        && file.as_text().is_none()
    {
        let found = file.value.describe();
        let message = format!("services.{name}.extends.file must be text, not {found}");
        session.error(message, file.place);
        return None;
    }
    let visit = (scope.file.clone(), name.to_owned());
    if visited.contains(&visit) || visited.len() > MAXIMUM_NESTING {
        let steps = visited.iter().map(|(_, name)| name.as_str());
        let steps: Vec<&str> = steps.chain([name]).collect();
        let what = if visited.contains(&visit) {
            "Services extend each other in a circle"
        } else {
            "Too many services extend each other"
        };
        session.error(format!("{what}: {}", way(&steps)), extends.place);
        return None;
    }
    visited.push(visit);
    let base = if let Some(file) = extends.text_of("file") {
        from_file(
            file, other, name, &extends, scope, visited, context, session,
        )
    } else if scope.services.contains_key(other) {
        resolve(other, scope, visited, context, session)
    } else {
        let known = scope.services.keys().map(String::as_str);
        missing(name, other, &extends, closest(other, known), session);
        return None;
    };
    visited.pop();
    let mut merged = match base {
        Some(mut base) => {
            scope.resets.apply_below("services", name, &mut base);
            merge_service(base, service, name, session)
        }
        None => service,
    };
    if let Some(map) = merged.as_map_mut() {
        map.remove("extends");
    }
    scope.services.insert(name.to_owned(), merged.clone());
    Some(merged)
}

#[expect(clippy::too_many_arguments, reason = "one step of the recursion above")]
fn from_file(
    file: &str,
    other: &str,
    name: &str,
    extends: &Node,
    scope: &Scope<'_>,
    visited: &mut Vec<Visit>,
    context: &Context<'_>,
    session: &mut Session,
) -> Option<Node> {
    let path = join(&scope.folder, file);
    let place = extends.get("file").map_or(extends.place, |file| file.place);
    if super::read_text(&path).is_err() {
        session.error(
            format!(
                "services.{name} extends a file that cannot be read: {}",
                path.display()
            ),
            place,
        );
        return None;
    }
    let input = Input {
        path: path.clone(),
        text: None,
    };
    let mut documents = read(&input, session).ok()?.into_iter();
    let mut document = documents.next()?;
    let resets = Resets::take(&mut document);
    if context.interpolate {
        interpolate(&mut document, context.environment, session);
        super::environment::inherit_listed(&mut document, context.environment);
    }
    let folder = parent(&path);
    let services = document
        .as_map_mut()
        .and_then(|map| map.get_mut("services"))
        .and_then(Node::as_map_mut);
    let Some(services) = services else {
        session.error(
            format!("{} has no services to extend", path.display()),
            place,
        );
        return None;
    };
    if !services.contains_key(other) {
        let near = closest(other, services.keys().map(String::as_str)).map(ToOwned::to_owned);
        missing(name, other, extends, near.as_deref(), session);
        return None;
    }
    let mut inner = Scope {
        services: std::mem::take(services),
        file: path,
        folder: folder.clone(),
        resets: &resets,
    };
    let base = resolve(other, &mut inner, visited, context, session)?;
    let mut model = in_project(&base, other);
    enforce_unique(&mut model);
    canonical(&mut model, session);
    resolve_paths(&mut model, &folder, context.home());
    model
        .as_map_mut()?
        .get_mut("services")?
        .as_map_mut()?
        .remove(other)
}

fn in_project(service: &Node, name: &str) -> Node {
    use crate::tree::Value;
    let services = service.at(Value::Map(Map::from([(name.to_owned(), service.clone())])));
    service.at(Value::Map(Map::from([("services".to_owned(), services)])))
}

fn missing(name: &str, other: &str, extends: &Node, near: Option<&str>, session: &mut Session) {
    let message = format!("services.{name} extends `{other}`, which does not exist");
    match near {
        Some(near) => {
            session.error_with_help(message, extends.place, format!("Did you mean `{near}`?"));
        }
        None => session.error(message, extends.place),
    }
}
