//! Excerpts of compose files: services with their ports, volumes, variables and networks.

use super::EXCERPT;
use super::environment::assignment;
use super::yaml::Tree;
use crate::facts::{
    Component, ComponentKind, Connection, ConnectionKind, EnvironmentVariable, Network, Origin,
    Port, PortSource, Resource, Volume, VolumeKind,
};
use crate::reader::collector::{Collector, MAX_PLACES};
use crate::reader::words;

/// Reads the services, networks and volumes of an excerpt.
pub(super) fn read(tree: &Tree, to: &mut Collector<'_>) {
    let services = match tree.get(0, "services") {
        Some(services) => tree.nodes[services].children.clone(),
        None => loose_services(tree),
    };
    for service in &services {
        component(tree, *service, to);
    }
    for service in &services {
        let reader = Service {
            tree,
            node: *service,
            name: &tree.nodes[*service].key,
        };
        reader.ports(to);
        reader.environment(to);
        reader.volumes(to);
        reader.resources(to);
        reader.dependencies(to);
    }
    if !services.is_empty() {
        networks(tree, &services, to);
        volumes(tree, to);
    }
}

/// The named volumes that no service of the excerpt mounts.
fn volumes(tree: &Tree, to: &mut Collector<'_>) {
    for node in tree.below(0, "volumes").to_vec() {
        let name = tree.nodes[node].key.clone();
        if name.is_empty() {
            continue;
        }
        let origin = origin(to, tree.nodes[node].line);
        to.volume(Volume {
            name,
            kind: VolumeKind::Named,
            of: None,
            target: None,
            description: None,
            origin,
        });
    }
}

/// Services that are shown without the key `services` above them.
fn loose_services(tree: &Tree) -> Vec<usize> {
    let is_service = |node: &usize| {
        let image = tree.get(*node, "image").is_some() || tree.get(*node, "build").is_some();
        let other = [
            "ports",
            "environment",
            "volumes",
            "depends_on",
            "networks",
            "restart",
        ];
        image && other.iter().any(|key| tree.get(*node, key).is_some())
    };
    let children = &tree.nodes[0].children;
    children.iter().copied().filter(is_service).collect()
}

fn origin(to: &Collector<'_>, line: usize) -> Origin {
    let mut origin = to.line_origin(line);
    origin.confidence = EXCERPT;
    origin
}

fn component(tree: &Tree, node: usize, to: &mut Collector<'_>) {
    let name = &tree.nodes[node].key;
    let image = tree.text(node, "image");
    let product = image.map(image_name);
    let kind = words::kind(name, product).filter(|it| it.is_runnable());
    let kind = kind.unwrap_or(ComponentKind::Service);
    let known = to.is_known(name);
    let mut numbers: Vec<u16> = Vec::new();
    for port in ports(tree, node).into_iter().filter(|_| !known) {
        for number in [Some(port.internal), port.external].into_iter().flatten() {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
    }
    to.component(Component {
        technology: image.map(str::to_owned),
        ports: numbers,
        role: words::role(name, product),
        ..Component::new(name, kind, origin(to, tree.nodes[node].line))
    });
}

/// `ghcr.io/acme/postgres:17` is an image of `postgres`.
fn image_name(image: &str) -> &str {
    let name = image.rsplit('/').next().unwrap_or(image);
    name.split([':', '@']).next().unwrap_or(name)
}

struct Published {
    internal: u16,
    external: Option<u16>,
    protocol: String,
    line: usize,
}

/// The ports of a service in the short and the long form.
fn ports(tree: &Tree, service: usize) -> Vec<Published> {
    let below = tree.below(service, "ports");
    below.iter().filter_map(|item| port(tree, *item)).collect()
}

fn port(tree: &Tree, item: usize) -> Option<Published> {
    let line = tree.nodes[item].line;
    if let Some(target) = tree.text(item, "target") {
        return Some(Published {
            internal: target.parse().ok()?,
            external: tree.text(item, "published").and_then(|it| it.parse().ok()),
            protocol: tree.text(item, "protocol").unwrap_or("tcp").to_uppercase(),
            line,
        });
    }
    let text = tree.nodes[item].value.as_str();
    // A list item such as `8080:80` looks like a key with a value only when spaced.
    let (text, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    let text = defaults(text);
    let mut sides = text.rsplit(':');
    let internal = sides.next()?.parse().ok()?;
    Some(Published {
        internal,
        external: sides.next().and_then(|it| it.parse().ok()),
        protocol: protocol.to_uppercase(),
        line,
    })
}

/// `${API_PORT:-8000}:8000` with the defaults in place.
fn defaults(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        plain.push_str(&rest[..at]);
        let inner = &rest[at + 2..];
        let Some(end) = inner.find('}') else { break };
        let default = inner[..end].split_once('-').map_or("", |(_, it)| it);
        plain.push_str(default);
        rest = &inner[end + 1..];
    }
    plain + rest
}

struct Service<'a> {
    tree: &'a Tree,
    node: usize,
    name: &'a str,
}

impl Service<'_> {
    fn ports(&self, to: &mut Collector<'_>) {
        for port in ports(self.tree, self.node) {
            let origin = origin(to, port.line);
            to.port(Port {
                service: self.name.to_owned(),
                internal: Some(port.internal),
                external: port.external,
                protocol: Some(port.protocol),
                exposed: None,
                source: PortSource::Prose,
                origin,
            });
        }
    }

    fn environment(&self, to: &mut Collector<'_>) {
        for entry in self.tree.below(self.node, "environment") {
            let entry = &self.tree.nodes[*entry];
            let (key, value) = if entry.key == "-" {
                match assignment(&entry.value) {
                    Some((key, value)) => (key.to_owned(), Some(value)),
                    None => (entry.value.clone(), None),
                }
            } else {
                (entry.key.clone(), Some(entry.value.clone()))
            };
            if key.is_empty() || key == "<<" {
                continue;
            }
            let origin = origin(to, entry.line);
            to.variable(EnvironmentVariable {
                service: Some(self.name.to_owned()),
                key,
                value,
                origin,
            });
        }
    }

    fn volumes(&self, to: &mut Collector<'_>) {
        for item in self.tree.below(self.node, "volumes") {
            let text = self.tree.nodes[*item].value.as_str();
            let long = self.tree.text(*item, "source");
            let (name, target) = match (long, text.split_once(':')) {
                (Some(source), _) => (source, self.tree.text(*item, "target")),
                (None, Some((source, rest))) => (source, rest.split(':').next()),
                (None, None) => continue,
            };
            let bind = name.starts_with(['.', '/', '~', '$']);
            let origin = origin(to, self.tree.nodes[*item].line);
            to.volume(Volume {
                name: name.to_owned(),
                kind: VolumeKind::bind_if(bind),
                of: Some(self.name.to_owned()),
                target: target.map(str::to_owned),
                description: None,
                origin,
            });
        }
    }

    fn resources(&self, to: &mut Collector<'_>) {
        let limits = ["deploy", "resources", "limits"]
            .iter()
            .try_fold(self.node, |node, key| self.tree.get(node, key));
        let Some(limits) = limits else { return };
        let memory = self.tree.text(limits, "memory").map(str::to_owned);
        let origin = origin(to, self.tree.nodes[limits].line);
        to.resource(Resource {
            service: Some(self.name.to_owned()),
            cpu: self
                .tree
                .text(limits, "cpus")
                .and_then(|it| it.parse().ok()),
            memory_bytes: memory.as_deref().and_then(words::bytes),
            memory,
            scaling: None,
            replicas: None,
            origin,
        });
    }

    fn dependencies(&self, to: &mut Collector<'_>) {
        for item in self.tree.below(self.node, "depends_on") {
            let item = &self.tree.nodes[*item];
            let target = if item.key == "-" {
                &item.value
            } else {
                &item.key
            };
            let origin = origin(to, item.line);
            to.connection(Connection {
                from: self.name.to_owned(),
                to: target.clone(),
                label: None,
                kind: ConnectionKind::Request,
                protocol: None,
                origin,
            });
        }
    }
}

/// The networks that the excerpt declares, with the services that join them.
fn networks(tree: &Tree, services: &[usize], to: &mut Collector<'_>) {
    for network in tree.below(0, "networks").iter().copied().take(MAX_PLACES) {
        let name = tree.nodes[network].key.clone();
        let joins = |service: &&usize| {
            tree.below(**service, "networks").iter().any(|it| {
                let node = &tree.nodes[*it];
                node.value == name || node.key == name
            })
        };
        let members = services.iter().filter(joins);
        let members: Vec<String> = members.map(|it| tree.nodes[*it].key.clone()).collect();
        let subnet = tree
            .get(network, "ipam")
            .and_then(|it| tree.below(it, "config").first())
            .and_then(|it| tree.text(*it, "subnet"));
        if to.facts.networks.iter().any(|it| it.name == name) {
            continue;
        }
        let origin = origin(to, tree.nodes[network].line);
        to.network(Network {
            driver: tree.text(network, "driver").map(str::to_owned),
            subnet: subnet.map(str::to_owned),
            name,
            members,
            origin,
        });
    }
}
