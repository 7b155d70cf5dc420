//! Puts the stages together: files in, a typed project out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use devkit_diagnostic::Diagnostic;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::canonical::complete;
use crate::check::{Enabled, check};
use crate::discover::{Found, discover};
use crate::emit::{emit, raw};
use crate::model::Locations;
use crate::normalize::normalize;
use crate::pipeline::{Context, inherit, load_model, resolve_environment};
use crate::session::{Environment, Failed, Session};
use crate::tree::{Map, Node, Place, Value};
use crate::{LoadOptions, Project, project_name};

/// Loads a project.
pub(crate) fn assemble(options: &LoadOptions, session: &mut Session) -> Result<Project, Failed> {
    let Found {
        folder,
        inputs,
        mut environment,
        profiles,
    } = discover(options, session)?;
    let name = project_name::find(options, &inputs, &folder, &environment, session)?;
    environment.insert("COMPOSE_PROJECT_NAME".into(), name.clone());
    let context = Context {
        folder: folder.clone(),
        environment: &environment,
        interpolate: !options.no_interpolate,
        including: Vec::new(),
    };
    let mut model = load_model(&inputs, &context, session)?;
    if model.as_map().is_none_or(BTreeMap::is_empty) {
        let file = inputs
            .first()
            .map(|input| input.path.clone())
            .unwrap_or_default();
        session.errors([Diagnostic::error("The compose file is empty").in_file(file)]);
        return Err(Failed);
    }
    if !options.no_interpolate {
        complete(&mut model, session);
        session.check()?;
        inherit(&mut model, &environment);
    }
    normalize(&mut model, &name, &environment);
    let services = take_services(&mut model);
    let (mut enabled, mut disabled) = split(services, &profiles, &options.services);
    let sides = Enabled {
        services: &enabled,
        disabled: &disabled,
    };
    check(&model, &sides, session);
    session.check()?;
    if options.no_interpolate {
        // Profiles and files of variables take part when variables have their values.
        enabled.append(&mut disabled);
        put_services(&mut model, enabled);
        return Ok(uninterpolated(&model, name, folder, environment, session));
    }
    if options.only_named && !options.services.is_empty() {
        let wanted = with_needs(&options.services, &enabled);
        let others = enabled.extract_if(.., |name, _| !wanted.contains(name));
        disabled.extend(others);
    }
    resolve(&mut enabled, &environment, options, session)?;
    for service in disabled.values_mut() {
        // A missing env file of a service that does not run is nobody's trouble.
        let mut quiet = Session::default();
        let _ = resolve_environment(service, &environment, true, &mut quiet);
    }
    let used = used_resources(&enabled);
    let disabled: BTreeSet<String> = {
        let names = disabled.keys().cloned().collect();
        enabled.append(&mut disabled);
        names
    };
    put_services(&mut model, enabled);
    let mut document = emit(&model, session);
    let disabled = take_disabled(&mut document, &disabled);
    drop_unused(&mut document, &used);
    session.check()?;
    typed(
        Parts {
            name,
            folder,
            files: inputs.into_iter().map(|input| input.path).collect(),
            environment,
            profiles,
            document,
            model,
            disabled,
        },
        session,
    )
}

/// A project whose variables stand as they were written cannot be typed, only shown.
fn uninterpolated(
    model: &Node,
    name: String,
    folder: PathBuf,
    environment: Environment,
    session: &mut Session,
) -> Project {
    let document = raw(model);
    Project {
        name,
        working_dir: folder,
        environment,
        document,
        warnings: session.take_warnings(),
        ..Project::default()
    }
}

fn take_services(model: &mut Node) -> Map {
    let services = model.as_map_mut().and_then(|map| map.remove("services"));
    match services.map(|node| node.value) {
        Some(Value::Map(services)) => services,
        _ => Map::new(),
    }
}

fn put_services(model: &mut Node, services: Map) {
    let node = model.at(Value::Map(services));
    if let Some(map) = model.as_map_mut() {
        map.insert("services".into(), node);
    }
}

/// Takes the services that do not run out of a model.
fn take_disabled(document: &mut Json, names: &BTreeSet<String>) -> BTreeMap<String, Json> {
    let services = document.get_mut("services").and_then(Json::as_object_mut);
    let Some(services) = services else {
        return BTreeMap::new();
    };
    names
        .iter()
        .filter_map(|name| Some((name.clone(), services.remove(name)?)))
        .collect()
}

/// The named services and all that they need.
fn with_needs(named: &[String], services: &Map) -> BTreeSet<String> {
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    let mut open: Vec<String> = named.to_vec();
    while let Some(name) = open.pop() {
        let Some(service) = services.get(&name) else {
            continue;
        };
        if wanted.insert(name) {
            let needs = service.get("depends_on").and_then(Node::as_map);
            open.extend(needs.into_iter().flatten().map(|(name, _)| name.clone()));
        }
    }
    wanted
}

/// Parts services by profiles; those that are named are enabled with what they need.
fn split(services: Map, profiles: &[String], named: &[String]) -> (Map, Map) {
    let wanted = with_needs(named, &services);
    services.into_iter().partition(|(name, service)| {
        let own = service
            .get("profiles")
            .and_then(Node::as_list)
            .unwrap_or_default();
        own.is_empty()
            || wanted.contains(name)
            || profiles.iter().any(|profile| {
                profile == "*" || own.iter().any(|own| own.as_text() == Some(profile))
            })
    })
}

fn resolve(
    services: &mut Map,
    environment: &Environment,
    options: &LoadOptions,
    session: &mut Session,
) -> Result<(), Failed> {
    let mut failed = false;
    for service in services.values_mut() {
        let result = resolve_environment(service, environment, options.no_env_resolution, session);
        failed |= result.is_err();
    }
    if failed { Err(Failed) } else { session.check() }
}

/// The networks, volumes, secrets, configs and models that services use, by section.
fn used_resources(services: &Map) -> BTreeMap<&'static str, BTreeSet<String>> {
    let mut used: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
    let mut note = |section: &'static str, name: &str| {
        let names = used.entry(section).or_default();
        if !names.contains(name) {
            names.insert(name.to_owned());
        }
    };
    for service in services.values() {
        for section in ["networks", "models"] {
            for name in service
                .get(section)
                .and_then(Node::as_map)
                .into_iter()
                .flatten()
            {
                note(section, name.0);
            }
        }
        for mount in service
            .get("volumes")
            .and_then(Node::as_list)
            .unwrap_or_default()
        {
            if mount.text_of("type") == Some("volume")
                && let Some(source) = mount.text_of("source")
            {
                note("volumes", source);
            }
        }
        let build = service.get("build").and_then(|build| build.get("secrets"));
        let references = [
            ("secrets", service.get("secrets")),
            ("configs", service.get("configs")),
            ("secrets", build),
        ];
        for (section, list) in references {
            for entry in list.and_then(Node::as_list).unwrap_or_default() {
                if let Some(source) = entry.text_of("source") {
                    note(section, source);
                }
            }
        }
    }
    used
}

/// Drops what no enabled service uses.
fn drop_unused(document: &mut Json, used: &BTreeMap<&'static str, BTreeSet<String>>) {
    let Some(map) = document.as_object_mut() else {
        return;
    };
    for section in ["networks", "volumes", "secrets", "configs", "models"] {
        let Some(entries) = map.get_mut(section).and_then(Json::as_object_mut) else {
            continue;
        };
        let used = used.get(section);
        entries.retain(|name, _| used.is_some_and(|used| used.contains(name)));
        if entries.is_empty() {
            map.remove(section);
        }
    }
}

struct Parts {
    name: String,
    folder: PathBuf,
    files: Vec<PathBuf>,
    environment: Environment,
    profiles: Vec<String>,
    document: Json,
    model: Node,
    disabled: BTreeMap<String, Json>,
}

fn typed(parts: Parts, session: &mut Session) -> Result<Project, Failed> {
    let document = &parts.document;
    let mut disabled_services = BTreeMap::new();
    for (name, json) in &parts.disabled {
        disabled_services.insert(name.clone(), one(json, name, session)?);
    }
    Ok(Project {
        services: section(document, "services", session)?,
        disabled_services,
        networks: section(document, "networks", session)?,
        volumes: section(document, "volumes", session)?,
        secrets: section(document, "secrets", session)?,
        configs: section(document, "configs", session)?,
        name: parts.name,
        working_dir: parts.folder,
        files: parts.files,
        profiles: parts
            .profiles
            .into_iter()
            .filter(|name| !name.is_empty())
            .collect(),
        environment: parts.environment,
        warnings: session.take_warnings(),
        locations: Locations::new(parts.model, session.take_sources()),
        document: parts.document,
    })
}

fn section<T: DeserializeOwned>(
    document: &Json,
    name: &str,
    session: &mut Session,
) -> Result<BTreeMap<String, T>, Failed> {
    let mut entries = BTreeMap::new();
    for (key, json) in document
        .get(name)
        .and_then(Json::as_object)
        .into_iter()
        .flatten()
    {
        entries.insert(key.clone(), one(json, &format!("{name}.{key}"), session)?);
    }
    Ok(entries)
}

fn one<T: DeserializeOwned>(json: &Json, path: &str, session: &mut Session) -> Result<T, Failed> {
    T::deserialize(json).map_err(|error| {
        session.error(format!("{path}: {error}"), Place::default());
        Failed
    })
}
