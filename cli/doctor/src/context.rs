use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use devkit_archdoc::{
    Component, ComponentKind, Connection, Diagram, Document, Environment, normalised,
};
use devkit_compose::Project;
use devkit_compose::model::Service;
use devkit_diagnostic::Diagnostics;
use devkit_runtime::{Driver, Observed};
use time::Date;

use crate::facts::{Machine, Repository};
use crate::matching::{Names, Resolution, product_of_name, role_of_word, telling_words, words};

/// What doctor is to look at.
#[derive(Debug)]
pub struct Inputs<'a> {
    /// The project's folder; places inside it are named relative to it.
    pub root: &'a Path,
    /// The project as developers run it: all compose files.
    pub project: &'a Project,
    /// The project as production runs it, where that is another one.
    pub production: Option<&'a Project>,
    /// What had to be left out of the project, since it cannot be used as it is.
    pub omitted: &'a Diagnostics,
    /// The documents that describe it.
    pub documents: &'a [Document],
    /// What the repository holds.
    pub repository: &'a Repository,
    /// What the machine is, where that is to be looked at.
    pub machine: Option<&'a Machine>,
    /// The runtime that runs the project, where one does.
    pub driver: Option<&'a dyn Driver>,
    /// Today.
    pub today: Date,
}

/// Everything that a check may ask.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub(crate) inputs: &'a Inputs<'a>,
    pub(crate) pages: Vec<Page<'a>>,
    pub(crate) observed: Option<Observed>,
}

/// One document with its names resolved.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    pub(crate) document: &'a Document,
    pub(crate) names: Names,
    components: BTreeMap<String, &'a Component>,
    /// The places of the connections that begin or end at each component, by its name.
    connected: BTreeMap<&'a str, Vec<usize>>,
    /// The telling words of the names that have a row in a table of ports.
    rows: BTreeSet<Vec<String>>,
    /// The names of the volumes and networks that the compose files define, in the form in which
    /// names are compared.
    no_programs: BTreeSet<String>,
    /// The frames that services are drawn as, by the last words of their titles.
    frames: BTreeMap<String, Vec<&'a Component>>,
    /// What stands before the numbers of numbered parts that may be services.
    replicated: BTreeSet<&'a str>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(inputs: &'a Inputs<'a>, observed: Option<Observed>) -> Self {
        let projects: Vec<&Project> = [Some(inputs.project), inputs.production]
            .into_iter()
            .flatten()
            .collect();
        let pages = inputs
            .documents
            .iter()
            .map(|document| {
                let components = components(document);
                let names = Names::new(&projects, document);
                Page {
                    document,
                    frames: frames_of_services(document, &names),
                    replicated: replicated(document, &names),
                    names,
                    connected: connected(document, &components),
                    components,
                    rows: rows(document),
                    no_programs: volumes_and_networks(&projects),
                }
            })
            .collect();
        Self {
            inputs,
            pages,
            observed,
        }
    }

    pub(crate) fn project(&self) -> &'a Project {
        self.inputs.project
    }

    /// The projects that a claim about an environment is about.
    pub(crate) fn projects_for(&self, environment: Environment) -> Vec<&'a Project> {
        match environment {
            Environment::Any | Environment::Development => vec![self.inputs.project],
            Environment::Production => self.inputs.production.into_iter().collect(),
            Environment::Staging => Vec::new(),
        }
    }

    /// Whether something at a path of the model had to be left out.
    pub(crate) fn lacks(&self, path: &str) -> bool {
        self.inputs
            .omitted
            .into_iter()
            .any(|omitted| omitted.message.starts_with(path))
    }

    /// A service of either project.
    pub(crate) fn service(&self, key: &str) -> Option<&'a Service> {
        service(self.inputs.project, key).or_else(|| service(self.inputs.production?, key))
    }

    /// The place of a path of the model, in the development project or else in production.
    ///
    /// A service as a whole stands where production defines it: what development adds to it is
    /// no place to look for it.
    pub(crate) fn place(&self, path: &str) -> Option<devkit_diagnostic::Location> {
        let project = self.inputs.project;
        let whole = path.strip_prefix("services.");
        let base = self
            .inputs
            .production
            .filter(|production| whole.is_some_and(|key| service(production, key).is_some()));
        base.into_iter()
            .chain([project])
            .chain(self.inputs.production)
            .find_map(|project| project.location(path))
    }
}

impl<'a> Page<'a> {
    /// Whether a table of the document says on which port a program listens.
    pub(crate) fn has_a_row(&self, component: &Component) -> bool {
        self.rows.contains(&telling_words(&component.name))
    }

    /// Whether a name is that of a volume or network which the compose files define.
    pub(crate) fn is_no_program(&self, name: &str) -> bool {
        self.no_programs.contains(&normalised(name))
    }

    /// The component that a name means.
    pub(crate) fn component(&self, name: &str) -> Option<&'a Component> {
        self.components.get(&normalised(name)).copied()
    }

    /// The connections that begin or end at a component.
    pub(crate) fn connections_of(
        &self,
        component: &Component,
    ) -> impl Iterator<Item = &'a Connection> {
        let places = self.connected.get(component.name.as_str());
        let connections = &self.document.facts.connections;
        places
            .into_iter()
            .flatten()
            .map(|place| &connections[*place])
    }

    /// The services that a name means, none where it is unsure.
    pub(crate) fn services(&self, name: &str) -> Vec<String> {
        self.names.resolve(name).services().to_vec()
    }

    /// The frames that services are drawn as whose titles end with a word: `Order Service` around its
    /// database.
    pub(crate) fn frames_ending_with(&self, word: &str) -> &[&'a Component] {
        self.frames.get(word).map_or(&[], Vec::as_slice)
    }

    /// Whether a name ends with a number, and one that ends with another number may be a service:
    /// they are its replicas.
    pub(crate) fn is_a_replica(&self, name: &str) -> bool {
        without_number(name).is_some_and(|it| self.replicated.contains(it))
    }

    /// The lines of a diagram.
    pub(crate) fn lines_of(&self, diagram: &Diagram) -> impl Iterator<Item = &'a str> {
        let source = &self.document.source;
        let first = diagram.origin.line;
        source.text()[source.line_start(first)..]
            .lines()
            .take(diagram.end_line.saturating_sub(first) + 1)
    }

    /// Whether a diagram is read well enough to conclude from.
    pub(crate) fn is_readable(&self, diagram: usize) -> bool {
        self.document
            .diagrams
            .get(diagram)
            .is_some_and(|diagram| diagram.origin.confidence >= 0.6)
    }

    /// Whether one of the diagrams is read well and claims to show services.
    pub(crate) fn is_architecture(&self, diagram: Option<usize>) -> bool {
        diagram
            .and_then(|index| self.document.diagrams.get(index))
            .is_some_and(|diagram| diagram.architecture && diagram.origin.confidence >= 0.6)
    }

    /// The diagrams that a component stands in.
    pub(crate) fn diagrams_of(component: &Component) -> BTreeSet<usize> {
        std::iter::once(&component.origin)
            .chain(&component.mentions)
            .filter_map(|origin| origin.diagram)
            .collect()
    }
}

/// What stands before the numbers of numbered parts that may be services.
fn replicated<'a>(document: &'a Document, names: &Names) -> BTreeSet<&'a str> {
    let components = document.facts.components.iter();
    let numbered = components.filter_map(|part| Some((part, without_number(&part.name)?)));
    numbered
        .filter(|(part, _)| names.resolve(&part.name) != Resolution::Unknown)
        .map(|(_, before)| before)
        .collect()
}

/// What stands before the number at the end of a name: `Server` of `Server 2`.
fn without_number(name: &str) -> Option<&str> {
    let before = name.trim_end_matches(|it: char| it.is_ascii_digit());
    (before.len() < name.len()).then(|| before.trim_end())
}

/// The frames that services are drawn as, by the last words of their titles.
fn frames_of_services<'a>(
    document: &'a Document,
    names: &Names,
) -> BTreeMap<String, Vec<&'a Component>> {
    let mut frames = BTreeMap::<String, Vec<&Component>>::new();
    let components = document.facts.components.iter();
    for frame in components.filter(|it| it.kind == ComponentKind::Group) {
        if let Some(last) = words(&frame.name).pop()
            && !names.resolve(&frame.name).services().is_empty()
        {
            frames.entry(last).or_default().push(frame);
        }
    }
    frames
}

/// The names of volumes and networks by which no program is called.
fn volumes_and_networks(projects: &[&Project]) -> BTreeSet<String> {
    let projects = projects.iter();
    projects
        .flat_map(|project| project.volumes.keys().chain(project.networks.keys()))
        .filter(|key| !may_be_a_program(key))
        .map(|key| normalised(key))
        .collect()
}

/// Whether a key of a volume or network may be the name of a program as well: `redis`, `frontend`.
fn may_be_a_program(key: &str) -> bool {
    let says_so = |word: &String| product_of_name(word).is_some() || role_of_word(word).is_some();
    matches!(words(key).as_slice(), [word] if says_so(word))
}

fn rows(document: &Document) -> BTreeSet<Vec<String>> {
    let ports = document.facts.ports.iter();
    ports
        .filter(|port| port.source.is_row())
        .map(|port| telling_words(&port.service))
        .filter(|words| !words.is_empty())
        .collect()
}

fn connected<'a>(
    document: &'a Document,
    components: &BTreeMap<String, &'a Component>,
) -> BTreeMap<&'a str, Vec<usize>> {
    let mut connected = BTreeMap::<&str, Vec<usize>>::new();
    for (place, connection) in document.facts.connections.iter().enumerate() {
        let ends: BTreeSet<&str> = [&connection.from, &connection.to]
            .into_iter()
            .filter_map(|end| Some(components.get(&normalised(end))?.name.as_str()))
            .collect();
        for end in ends {
            connected.entry(end).or_default().push(place);
        }
    }
    connected
}

fn components(document: &Document) -> BTreeMap<String, &Component> {
    let mut components = BTreeMap::new();
    for component in &document.facts.components {
        for alias in &component.aliases {
            components.entry(normalised(alias)).or_insert(component);
        }
    }
    for component in &document.facts.components {
        components.insert(component.normalised(), component);
    }
    components
}

/// A service of a project, enabled or not.
pub(crate) fn service<'p>(project: &'p Project, key: &str) -> Option<&'p Service> {
    project
        .services
        .get(key)
        .or_else(|| project.disabled_services.get(key))
}

/// Whether a service does one thing and ends: others wait for its success, or it is named and
/// restarted like a migration.
pub(crate) fn is_one_shot(project: &Project, key: &str) -> bool {
    use devkit_compose::model::Condition;
    let awaited = project.all_services().any(|(_, other)| {
        other
            .depends_on
            .get(key)
            .is_some_and(|need| need.condition == Condition::ServiceCompletedSuccessfully)
    });
    let named = crate::matching::words(key)
        .iter()
        .any(|word| crate::matching::is_task(word));
    let ends = service(project, key).is_some_and(|service| {
        let policy = service.restart_policy();
        policy == "no" || policy.starts_with("on-failure")
    });
    awaited || (named && ends)
}

/// Whether two services can reach each other.
pub(crate) fn share_network(project: &Project, left: &str, right: &str) -> bool {
    let (Some(left), Some(right)) = (networks(project, left, 0), networks(project, right, 0))
    else {
        return true;
    };
    !left.is_disjoint(&right)
}

/// The networks of a service, or nothing where it uses the host's.
fn networks(project: &Project, key: &str, depth: usize) -> Option<BTreeSet<String>> {
    let service = service(project, key)?;
    match service.network_mode.as_deref() {
        Some("none") => Some(BTreeSet::new()),
        Some(mode) => {
            let other = mode.strip_prefix("service:").filter(|_| depth < 8)?;
            networks(project, other, depth + 1)
        }
        None if service.networks.is_empty() => Some(BTreeSet::from(["default".to_owned()])),
        None => Some(service.networks.keys().cloned().collect()),
    }
}
