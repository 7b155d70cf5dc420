//! Puts the stages together: files in, a typed project out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use devkit_diagnostic::{Diagnostic, Location};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::check::{Enabled, check};
use crate::discover::{Found, discover};
use crate::emit::{emit, raw, without_extensions};
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
    resolve(&mut enabled, &environment, options, session)?;
    for service in disabled.values_mut() {
        // A missing env file of a service that does not run is nobody's trouble.
        let mut quiet = Session::default();
        let _ = resolve_environment(service, &environment, true, &mut quiet);
    }
    if options.no_interpolate {
        return Ok(uninterpolated(
            &model,
            &enabled,
            name,
            folder,
            environment,
            session,
        ));
    }
    let full_model = with_services(&model, &enabled, &disabled);
    let all = emit(&full_model, session);
    drop_unused(&mut model, &enabled);
    let document = emit(&with_services(&model, &enabled, &BTreeMap::new()), session);
    session.check()?;
    typed(
        Parts {
            name,
            folder,
            files: inputs.into_iter().map(|input| input.path).collect(),
            environment,
            profiles,
            document,
            all,
            locations: locations(&full_model, session),
            disabled: disabled.into_keys().collect(),
        },
        session,
    )
}

/// A project whose variables stand as they were written cannot be typed, only shown.
fn uninterpolated(
    model: &Node,
    enabled: &Map,
    name: String,
    folder: PathBuf,
    environment: Environment,
    session: &mut Session,
) -> Project {
    let document = raw(&with_services(model, enabled, &BTreeMap::new()));
    Project {
        name,
        working_dir: folder,
        environment,
        canonical: document.clone(),
        declared: document.clone(),
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

fn with_services(model: &Node, enabled: &Map, disabled: &Map) -> Node {
    let mut model = model.clone();
    let services: Map = enabled
        .iter()
        .chain(disabled)
        .map(|(name, node)| (name.clone(), node.clone()))
        .collect();
    let node = model.at(Value::Map(services));
    if let Some(map) = model.as_map_mut() {
        map.insert("services".into(), node);
    }
    model
}

/// Parts services by profiles; those that are named are enabled with what they need.
fn split(services: Map, profiles: &[String], named: &[String]) -> (Map, Map) {
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

/// Drops networks, volumes, secrets, configs and models that no enabled service uses.
fn drop_unused(model: &mut Node, services: &Map) {
    let mut used: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut note = |section: &'static str, name: &str| {
        used.entry(section).or_default().insert(name.to_owned());
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
    let Some(map) = model.as_map_mut() else {
        return;
    };
    for section in ["networks", "volumes", "secrets", "configs", "models"] {
        if let Some(entries) = map.get_mut(section).and_then(Node::as_map_mut) {
            let used = used.get(section);
            entries.retain(|name, _| used.is_some_and(|used| used.contains(name)));
        }
    }
}

fn locations(model: &Node, session: &Session) -> BTreeMap<String, Location> {
    let mut found = BTreeMap::new();
    locate(model, &mut String::new(), session, &mut found);
    found
}

fn locate(
    node: &Node,
    path: &mut String,
    session: &Session,
    found: &mut BTreeMap<String, Location>,
) {
    let length = path.len();
    let mut visit = |place: Place, node: &Node, path: &mut String| {
        if let Some(location) = session.location(place) {
            found.insert(path.clone(), location);
        }
        locate(node, path, session, found);
        path.truncate(length);
    };
    match &node.value {
        Value::Map(map) => {
            for (key, item) in map {
                if length > 0 {
                    path.push('.');
                }
                path.push_str(key);
                visit(item.key, item, path);
            }
        }
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push_str(&format!("[{index}]"));
                visit(item.place, item, path);
            }
        }
        _ => {}
    }
}

struct Parts {
    name: String,
    folder: PathBuf,
    files: Vec<PathBuf>,
    environment: Environment,
    profiles: Vec<String>,
    document: Json,
    all: Json,
    locations: BTreeMap<String, Location>,
    disabled: BTreeSet<String>,
}

fn typed(parts: Parts, session: &mut Session) -> Result<Project, Failed> {
    let document = &parts.document;
    let mut disabled_services = BTreeMap::new();
    for name in &parts.disabled {
        if let Some(json) = parts.all.get("services").and_then(|all| all.get(name)) {
            disabled_services.insert(name.clone(), one(json, name, session)?);
        }
    }
    Ok(Project {
        services: section(document, "services", session)?,
        disabled_services,
        networks: section(document, "networks", session)?,
        volumes: section(document, "volumes", session)?,
        secrets: section(document, "secrets", session)?,
        configs: section(document, "configs", session)?,
        canonical: without_extensions(document),
        name: parts.name,
        working_dir: parts.folder,
        files: parts.files,
        profiles: parts.profiles,
        environment: parts.environment,
        locations: parts.locations,
        warnings: session.take_warnings(),
        document: parts.document,
        declared: parts.all,
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
