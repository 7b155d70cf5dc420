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

/// Reads the facts of one node; answers with the name under which it takes part in connections,
/// and whether it is a component at all.
pub(super) fn node_facts(
    id: &str,
    node: &Node,
    lines: &[String],
    drawing: &Drawing,
    to: &mut Collector<'_>,
) -> (String, bool) {
    let first = lines[0].as_str();
    let origin = drawing.origin(node.line, DRAWN, to);
    let group = node.groups.last().map_or("", String::as_str);
    if let Some((method, path)) = first.split_once(' ')
        && is_method(method)
        && path.starts_with('/')
    {
        to.endpoint(Endpoint {
            service: drawing.topic.service.clone(),
            method: method.to_owned(),
            path: path.trim().to_owned(),
            description: lines.get(1).cloned(),
            origin,
        });
        return (first.to_owned(), false);
    }
    let lower_group = group.to_lowercase();
    if lower_group.contains("grpc method") || lower_group.contains("rpc methods") {
        to.endpoint(Endpoint {
            service: drawing.topic.service.clone(),
            method: "RPC".to_owned(),
            path: first.to_owned(),
            description: lines.get(1).cloned(),
            origin,
        });
        return (first.to_owned(), false);
    }
    if let Some((key, value)) = first.split_once(':')
        && is_variable(key)
        && lines.len() == 1
    {
        to.variable(EnvironmentVariable {
            service: drawing.topic.service.clone(),
            key: key.to_owned(),
            value: Some(value.trim().to_owned()),
            origin,
        });
        return (key.to_owned(), false);
    }
    let label = Label::of(lines);
    if label.name.is_empty() {
        return (id.to_owned(), false);
    }
    let partitions = lines.iter().find_map(|line| partitions(line));
    if partitions.is_some() || lower_group.contains("topics") || lower_group.ends_with("queues") {
        to.topic(BrokerTopic {
            name: label.name.clone(),
            broker: words::names_software(group).then(|| broker(group)),
            partitions,
            origin: origin.clone(),
        });
        let component = label.component(ComponentKind::Topic, origin.clone());
        to.component(component);
        broker_group(group, &origin, to);
        return (label.name, true);
    }
    let kind = kind(&label, node, drawing.topic.subject, to);
    to.drawn_ports(&label, kind, |_, _| origin.clone());
    let mut component = label.component(kind, origin);
    component.groups.clone_from(&node.groups);
    if words::canonical(id) != words::canonical(&label.name) {
        component.aliases.push(id.to_owned());
    }
    to.component(component);
    (label.name, true)
}

/// Whether the frame around a node holds volumes: `Docker Volumes`.
fn group_of_volumes(node: &Node) -> bool {
    node.groups.last().is_some_and(|group| {
        let group = group.to_lowercase();
        ["volumes", "bind mounts", "host mounts"]
            .iter()
            .any(|words| group.contains(words))
    })
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

fn broker(group: &str) -> String {
    let name = group.trim();
    name.strip_suffix("Topics")
        .unwrap_or(name)
        .trim()
        .to_owned()
}

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

/// Whether words name a program rather than ask whether it is so: `NATS Message Bus`.
fn names_a_program(name: &str) -> bool {
    const LONGEST: usize = 3;
    words::names_software(name)
        && !name.contains('?')
        && name.split_whitespace().count() <= LONGEST
        && name
            .split_whitespace()
            .all(|word| word.starts_with(char::is_uppercase))
}

fn kind(label: &Label, node: &Node, subject: Subject, to: &Collector<'_>) -> ComponentKind {
    let named = label.kind();
    let known = to.kind_of(&label.name).filter(|it| it.is_runnable());
    if words::is_instance(&label.name) {
        return ComponentKind::Module;
    }
    let decides = node.shape == Shape::Diamond && !names_a_program(&label.name);
    if decides && named != Some(ComponentKind::External) {
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
    if group_of_volumes(node) {
        return ComponentKind::Volume;
    }
    if let Some(named) = named {
        return words::among_services(named, &node.groups);
    }
    if groups.contains("client") || groups.contains("user") {
        ComponentKind::Client
    } else if groups.contains("external") || groups.contains("third") || groups.contains("edge") {
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
