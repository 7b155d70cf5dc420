//! What a node of a flowchart says.

use super::Node;
use super::node::Shape;
use crate::facts::{ComponentKind, Endpoint, EnvironmentVariable, Origin, Topic as BrokerTopic};
use crate::reader::collector::Collector;
use crate::reader::drawing::Drawing;
use crate::reader::endpoint::is_method;
use crate::reader::label::Label;
use crate::reader::mermaid::DRAWN;
use crate::reader::subject::Subject;
use crate::reader::words;

/// What a node stands for.
pub(super) struct Meaning {
    /// The name under which it takes part in connections.
    pub(super) name: String,
    /// Whether it is a component, and not an endpoint or a variable.
    pub(super) is_component: bool,
}

impl Meaning {
    fn component(name: String) -> Self {
        Self {
            name,
            is_component: true,
        }
    }

    fn other(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            is_component: false,
        }
    }
}

/// Reads the facts of one node from the lines of its text, of which it has one at least.
pub(super) fn read(
    id: &str,
    node: &Node,
    lines: &[String],
    drawing: &Drawing,
    to: &mut Collector<'_>,
) -> Meaning {
    let origin = drawing.origin(node.line, DRAWN, to);
    if let Some((method, path)) = endpoint(node, &lines[0]) {
        to.endpoint(Endpoint {
            service: drawing.topic.service.clone(),
            method: method.to_owned(),
            path: path.to_owned(),
            description: lines.get(1).cloned(),
            origin,
        });
        return Meaning::other(&lines[0]);
    }
    if let Some((key, value)) = variable(lines) {
        to.variable(EnvironmentVariable {
            service: drawing.topic.service.clone(),
            key: key.to_owned(),
            value: Some(value.to_owned()),
            origin,
        });
        return Meaning::other(key);
    }
    let label = Label::of(lines);
    if label.name.is_empty() {
        return Meaning::other(id);
    }
    let partitions = lines.iter().find_map(|line| partitions(line));
    if partitions.is_some() || is_group_of_topics(node) {
        topic(&label, node, partitions, &origin, to);
        return Meaning::component(label.name);
    }
    let kind = kind(&label, node, drawing.topic.subject, to);
    to.drawn_ports(&label, kind, |_, _| origin.clone());
    let mut component = label.component(kind, origin);
    component.groups.clone_from(&node.groups);
    if words::canonical(id) != words::canonical(&label.name) {
        component.aliases.push(id.to_owned());
    }
    to.component(component);
    Meaning::component(label.name)
}

/// The title of the innermost frame around a node.
fn group(node: &Node) -> &str {
    node.groups.last().map_or("", String::as_str)
}

/// The method and the path of an endpoint that a node is, by its words or by the frame around it.
fn endpoint<'a>(node: &Node, text: &'a str) -> Option<(&'a str, &'a str)> {
    if let Some((method, path)) = text.split_once(' ')
        && is_method(method)
        && path.starts_with('/')
    {
        return Some((method, path.trim()));
    }
    let group = group(node).to_lowercase();
    let methods = group.contains("grpc method") || group.contains("rpc methods");
    methods.then_some(("RPC", text))
}

/// The key and the value of a variable that a node is: `LOG_LEVEL: info`.
fn variable(lines: &[String]) -> Option<(&str, &str)> {
    let [line] = lines else { return None };
    let (key, value) = line.split_once(':')?;
    is_variable(key).then(|| (key, value.trim()))
}

/// Whether the frame around a node holds topics or queues.
fn is_group_of_topics(node: &Node) -> bool {
    let group = group(node).to_lowercase();
    let mut ends = group.split_whitespace();
    let is_of_them = |word: &str| OF_TOPICS.contains(&word);
    group.contains("topics")
        || group.ends_with("queues")
        || ends.next().is_some_and(is_of_them)
        || ends.next_back().is_some_and(is_of_them)
}

/// What topics and queues are called in other languages, in the plural.
const OF_TOPICS: [&str; 10] = [
    "colas",
    "filas",
    "tópicos",
    "topicos",
    "sujets",
    "themen",
    "warteschlangen",
    "очереди",
    "топики",
    "队列",
];

fn topic(
    label: &Label,
    node: &Node,
    partitions: Option<u32>,
    origin: &Origin,
    to: &mut Collector<'_>,
) {
    let group = group(node);
    to.topic(BrokerTopic {
        name: label.name.clone(),
        broker: words::names_software(group).then(|| broker(group)),
        partitions,
        origin: origin.clone(),
    });
    to.component(label.component(ComponentKind::Topic, origin.clone()));
    broker_group(group, origin, to);
}

/// Whether the frame around a node holds volumes: `Docker Volumes`.
fn is_group_of_volumes(node: &Node) -> bool {
    let group = group(node).to_lowercase();
    ["volumes", "bind mounts", "host mounts"]
        .iter()
        .any(|words| group.contains(words))
}

/// Whether groups hold what stands around a program, or there are none.
fn is_outside(groups: &[String]) -> bool {
    let outside = ["client", "user", "external", "outside", "access"];
    groups.last().is_none_or(|group| {
        let group = group.to_lowercase();
        outside.iter().any(|word| group.contains(word))
    })
}

/// Whether a name is written as keys of services are: `upload-service`, `shop_worker2`.
fn is_identifier(name: &str) -> bool {
    name.contains(['-', '_'])
        && name.starts_with(|it: char| it.is_ascii_lowercase())
        && name
            .chars()
            .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || matches!(it, '-' | '_'))
}

/// A group around topics is the broker itself.
fn broker_group(group: &str, origin: &Origin, to: &mut Collector<'_>) {
    if words::names_software(group) && group.to_lowercase().contains("cluster") {
        let label = Label::of(&[group]);
        let component = label.component(ComponentKind::Queue, origin.clone());
        to.component(component);
    }
}

/// The broker that the title of a group names: `Kafka Topics`.
fn broker(group: &str) -> String {
    let name = group.trim();
    name.strip_suffix("Topics")
        .unwrap_or(name)
        .trim()
        .to_owned()
}

/// `12 partitions`.
fn partitions(line: &str) -> Option<u32> {
    let (number, word) = line.trim().split_once(' ')?;
    word.starts_with("partition").then(|| number.parse().ok())?
}

fn is_variable(key: &str) -> bool {
    key.len() > 1
        && key
            .chars()
            .all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == '_')
        && (key.contains('_') || key == "PORT" || key == "HOST")
}

/// Whether words name a program rather than ask whether it is so: `NATS Message Bus`, `Database`.
fn names_a_program(name: &str) -> bool {
    const LONGEST: usize = 3;
    if matches!(name, "Database" | "DB" | "Cache") {
        return true;
    }
    let is_kind = || {
        let last = name.split_whitespace().skip(1).last().unwrap_or_default();
        matches!(last, "Gateway" | "Service" | "Server" | "Broker")
    };
    (words::names_software(name) || is_kind())
        && !name.contains('?')
        && name.split_whitespace().count() <= LONGEST
        && name
            .split_whitespace()
            .all(|word| word.starts_with(char::is_uppercase))
}

/// What the shape of a node says where its words say nothing else: people are drawn as circles, and
/// what comes from others or goes to them as parallelograms.
fn kind_by_shape(shape: Shape, named: Option<ComponentKind>, name: &str) -> Option<ComponentKind> {
    // Services are drawn in any shape, under their keys.
    let is_a_key =
        !name.contains(char::is_whitespace) && name.starts_with(|it: char| it.is_ascii_lowercase());
    if is_a_key {
        return None;
    }
    match (shape, named) {
        (Shape::Circle, None) => Some(ComponentKind::Client),
        (Shape::Parallelogram, None | Some(ComponentKind::Service | ComponentKind::Module))
            if !words::names_software(name) =>
        {
            Some(ComponentKind::External)
        }
        _ => None,
    }
}

/// Whether words tell what is done with something, and where it comes from or goes to:
/// `Load User from DB`.
fn is_a_step_with(name: &str) -> bool {
    let mut others = name.split_whitespace().skip(2);
    let leads = others.any(|word| matches!(word, "from" | "to" | "into" | "in" | "via"));
    leads && words::is_step(name)
}

/// What a node claims to be.
fn kind(label: &Label, node: &Node, subject: Subject, to: &Collector<'_>) -> ComponentKind {
    let named = label.kind();
    let known = to.kind_of(&label.name).filter(|it| it.is_runnable());
    if words::is_instance(&label.name) {
        return ComponentKind::Module;
    }
    // `Load Balancer (Nginx)` decides where requests go, and is a program.
    let is_made_with = |it: &String| words::names_software(it) && !label.name.ends_with('?');
    let is_a_program =
        names_a_program(&label.name) || label.technology.as_ref().is_some_and(is_made_with);
    let decides = node.shape == Shape::Diamond && !is_a_program;
    if decides && named != Some(ComponentKind::External) {
        return ComponentKind::Activity;
    }
    if is_a_step_with(&label.name) && known.is_none() {
        return ComponentKind::Activity;
    }
    match subject {
        Subject::Process => return known.unwrap_or(ComponentKind::Activity),
        Subject::Inside => {
            return known.unwrap_or(match named {
                // `Product Client` among the layers of a service is its code.
                Some(ComponentKind::Client) if !is_outside(&node.groups) => ComponentKind::Module,
                Some(it) if !it.is_runnable() => it,
                Some(it) if words::names_software(&label.name) && node.shape == Shape::Cylinder => {
                    it
                }
                _ => ComponentKind::Module,
            });
        }
        Subject::Platform => {}
    }
    if to.is_module(&label.name) && label.ports.is_empty() {
        return ComponentKind::Module;
    }
    let groups = node.groups.join(" ").to_lowercase();
    if is_group_of_volumes(node) {
        return ComponentKind::Volume;
    }
    if let Some(kind) = kind_by_shape(node.shape, named, &label.name) {
        return kind;
    }
    if let Some(named) = named {
        return words::among_services(named, &node.groups);
    }
    if groups.contains("client") || groups.contains("user") {
        ComponentKind::Client
    } else if groups.contains("external")
        || groups.contains("third")
        || groups.contains("edge device")
    {
        ComponentKind::External
    } else if node.shape == Shape::Cylinder {
        ComponentKind::Database
    } else if !label.ports.is_empty()
        || groups.is_empty()
        || groups.contains("service")
        || is_identifier(&label.name)
    {
        ComponentKind::Service
    } else {
        ComponentKind::Module
    }
}
