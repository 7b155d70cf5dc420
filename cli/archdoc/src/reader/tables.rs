//! What Markdown tables say: ports, resources, services, networks, volumes and more.

use super::collector::Collector;
use super::text::without_markup;
use super::words;
use crate::edit::{MarkdownRow, MarkdownTable, tables};
use crate::facts::{
    Component, ComponentKind, Endpoint, Environment, EnvironmentVariable, Exposure, Network, Port,
    PortSource, Resource, Topic, Volume, VolumeKind,
};

pub(super) fn read(to: &mut Collector<'_>) {
    let source = to.source.clone();
    for table in tables(source.text()) {
        let table = Table { inner: table };
        if table.header(&["variable", "env"]).is_some() && table.header(&["port"]).is_none() {
            table.each(to, environment);
        } else if table.header(&["method", "verb"]).is_some()
            && table
                .header(&["path", "endpoint", "route", "url"])
                .is_some()
            || table.header(&["endpoint"]) == Some(0)
        {
            table.each(to, endpoint);
        } else if table.header(&["port"]).is_some() && table.header(&SERVICE).is_some() {
            table.each(to, port);
        } else if table.header(&["memory", "cpu", "ram"]).is_some()
            && table.header(&SERVICE).is_some()
        {
            table.each(to, resource);
        } else if table.header(&["volume", "mount"]).is_some() {
            table.each(to, volume);
        } else if table.header(&["network"]) == Some(0) {
            table.each(to, network);
        } else if table.header(&["topic", "queue"]) == Some(0) {
            table.each(to, topic);
        } else if table.header(&["service", "container"]) == Some(0)
            || (table.header(&["component"]) == Some(0)
                && table
                    .header(&["technology", "image", "stack", "tech"])
                    .is_some())
        {
            table.each(to, service);
        }
    }
}

/// The titles of the column that names a service, best first.
const SERVICE: [&str; 5] = ["service", "container", "component", "application", "name"];

struct Table {
    inner: MarkdownTable,
}

impl Table {
    fn header(&self, words: &[&str]) -> Option<usize> {
        self.inner.column(words)
    }

    fn each(&self, to: &mut Collector<'_>, read: fn(&Row<'_>, &mut Collector<'_>)) {
        for row in &self.inner.rows {
            read(&Row { table: self, row }, to);
        }
    }
}

struct Row<'a> {
    table: &'a Table,
    row: &'a MarkdownRow,
}

impl Row<'_> {
    /// The plain text of the cell in the first column whose title has one of the words.
    fn get(&self, words: &[&str]) -> Option<String> {
        let column = self.table.header(words)?;
        let text = without_markup(&self.row.cells.get(column)?.text);
        (!text.is_empty()).then_some(text)
    }

    fn origin(&self, to: &Collector<'_>) -> crate::facts::Origin {
        let span = self
            .row
            .cells
            .first()
            .map_or_else(|| self.row.span.clone(), |cell| cell.text_span.clone());
        to.origin(self.row.line - 1, span)
    }
}

/// The numbers in a cell that can be ports.
fn numbers(text: &str) -> Vec<u16> {
    text.split(|it: char| !it.is_ascii_digit())
        .filter_map(|word| word.parse().ok())
        .filter(|port| *port > 0)
        .collect()
}

/// The text, where it says something.
fn meaning(text: Option<String>) -> Option<String> {
    text.filter(|it| {
        !matches!(
            it.trim().to_lowercase().as_str(),
            "" | "n/a" | "na" | "-" | "--" | "—" | "–" | "none" | "no"
        )
    })
}

fn port(row: &Row<'_>, to: &mut Collector<'_>) {
    let Some(service) = row.get(&SERVICE) else {
        return;
    };
    let inside = row.get(&["internal", "container port", "target"]);
    let outside = row.get(&["external", "host", "published", "public"]);
    let any = row.get(&["port"]);
    let exposed = row.get(&["exposed", "access"]);
    let exposure = exposed.as_deref().and_then(exposure);
    let protocol = meaning(row.get(&["protocol"]));
    let mut pairs: Vec<(Option<u16>, Option<u16>)> = Vec::new();
    if inside.is_some() || outside.is_some() {
        let inner = numbers(inside.as_deref().unwrap_or(""));
        let outer = numbers(outside.as_deref().unwrap_or(""));
        for index in 0..inner.len().max(outer.len()).max(1) {
            pairs.push((inner.get(index).copied(), outer.get(index).copied()));
        }
    } else {
        for word in any.as_deref().unwrap_or("").split([',', ' ', '/']) {
            match numbers(word).as_slice() {
                [outer, inner] => pairs.push((Some(*inner), Some(*outer))),
                [one] => pairs.push((None, Some(*one))),
                _ => {}
            }
        }
        if pairs.is_empty() {
            pairs.push((None, None));
        }
    }
    for (internal, external) in pairs {
        let mut origin = row.origin(to);
        if exposure == Some(Exposure::Development) {
            origin.environment = Environment::Development;
        }
        to.facts.ports.push(Port {
            service: service.clone(),
            internal,
            external,
            protocol: protocol.clone(),
            exposed: exposure,
            source: PortSource::Table,
            origin,
        });
    }
}

fn exposure(text: &str) -> Option<Exposure> {
    let lower = text.to_lowercase();
    if lower.contains("dev only") || lower.contains("development only") {
        Some(Exposure::Development)
    } else if lower.starts_with("yes") || lower.starts_with('✅') || lower.contains("public") {
        Some(Exposure::Yes)
    } else if lower.starts_with("no") || lower.starts_with('❌') || lower.contains("internal") {
        Some(Exposure::No)
    } else {
        None
    }
}

fn resource(row: &Row<'_>, to: &mut Collector<'_>) {
    let Some(service) = row.get(&SERVICE) else {
        return;
    };
    let memory = meaning(row.get(&["memory", "ram"]));
    let mut origin = row.origin(to);
    origin.environment = origin
        .heading
        .as_deref()
        .map_or(Environment::Any, words::environment);
    let cpu = row.get(&["cpu"]).and_then(|text| {
        let text = text.trim();
        match text.strip_suffix('m') {
            Some(milli) => milli.parse::<f64>().ok().map(|it| it / 1000.0),
            None => text.split_whitespace().next()?.parse().ok(),
        }
    });
    let replicas = row.get(&["replica", "instances"]);
    to.facts.resources.push(Resource {
        service,
        cpu,
        memory_bytes: memory.as_deref().and_then(words::bytes),
        memory,
        scaling: meaning(row.get(&["scal", "strategy"])),
        replicas: replicas.and_then(|it| it.split_whitespace().next()?.parse().ok()),
        origin,
    });
}

fn volume(row: &Row<'_>, to: &mut Collector<'_>) {
    let Some(name) = meaning(row.get(&["volume", "source", "host path", "name", "mount"])) else {
        return;
    };
    let origin = row.origin(to);
    let words = row
        .get(&["type", "kind"])
        .unwrap_or_default()
        .to_lowercase();
    let bind = words.contains("bind") || words::is_path(&name) || name.starts_with(['.', '/', '~']);
    to.facts.volumes.push(Volume {
        kind: if bind {
            VolumeKind::Bind
        } else {
            VolumeKind::Named
        },
        name,
        of: meaning(row.get(&SERVICE[..4])).or_else(|| meaning(row.get(&["used by"]))),
        target: meaning(row.get(&["target", "container path", "mount", "path"]))
            .filter(|it| it.starts_with('/')),
        description: row.get(&["description", "purpose", "content"]),
        origin,
    });
}

fn network(row: &Row<'_>, to: &mut Collector<'_>) {
    let Some(name) = meaning(row.get(&["network"])) else {
        return;
    };
    let members = row
        .get(&["services", "members", "containers"])
        .unwrap_or_default();
    let origin = row.origin(to);
    to.facts.networks.push(Network {
        name,
        driver: meaning(row.get(&["driver", "type"])),
        subnet: meaning(row.get(&["subnet", "cidr"])),
        members: members
            .split(',')
            .map(|it| it.trim().to_owned())
            .filter(|it| !it.is_empty())
            .collect(),
        origin,
    });
}

fn topic(row: &Row<'_>, to: &mut Collector<'_>) {
    let Some(name) = meaning(row.get(&["topic", "queue"])) else {
        return;
    };
    let origin = row.origin(to);
    to.facts.topics.push(Topic {
        name,
        broker: meaning(row.get(&["broker"])),
        partitions: row.get(&["partition"]).and_then(|it| it.parse().ok()),
        origin,
    });
}

/// The service that the heading of a table names, where it does: `API Service Endpoints`.
fn titled_service(to: &Collector<'_>, line: usize, ends: &[&str]) -> Option<String> {
    let heading = to.heading_at(line)?;
    let lower = heading.to_lowercase();
    let end = ends.iter().find_map(|end| lower.find(end))?;
    let name = heading.get(..end)?.trim();
    (!name.is_empty() && !name.eq_ignore_ascii_case("api") || name.len() == 3)
        .then(|| name.to_owned())
        .filter(|it| !it.is_empty())
}

fn environment(row: &Row<'_>, to: &mut Collector<'_>) {
    let Some(key) = row.get(&["variable", "env", "key", "name"]) else {
        return;
    };
    if !key
        .chars()
        .all(|it| it.is_ascii_alphanumeric() || it == '_')
    {
        return;
    }
    let origin = row.origin(to);
    let service = meaning(row.get(&["service", "used by"])).or_else(|| {
        titled_service(
            to,
            row.row.line,
            &["environment", "configuration", "variables"],
        )
    });
    to.facts.environment.push(EnvironmentVariable {
        service,
        key,
        value: meaning(row.get(&["default", "value", "example"])),
        origin,
    });
}

fn endpoint(row: &Row<'_>, to: &mut Collector<'_>) {
    let Some(path) = row.get(&["path", "endpoint", "route", "url"]) else {
        return;
    };
    let (method, path) = match path.split_once(' ') {
        Some((method, path)) if is_method(method) => (method.to_owned(), path.trim().to_owned()),
        _ => (
            row.get(&["method", "verb"])
                .unwrap_or_else(|| "GET".to_owned()),
            path,
        ),
    };
    if !path.starts_with('/') {
        return;
    }
    let origin = row.origin(to);
    let service = meaning(row.get(&["service"]))
        .or_else(|| titled_service(to, row.row.line, &["endpoint", "api", "routes"]));
    to.facts.endpoints.push(Endpoint {
        service,
        method: method.to_uppercase(),
        path,
        description: row.get(&["description", "purpose"]),
        origin,
    });
}

/// Whether a word is the name of an HTTP method.
pub(super) fn is_method(word: &str) -> bool {
    matches!(
        word,
        "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS"
    )
}

fn service(row: &Row<'_>, to: &mut Collector<'_>) {
    let Some(name) = meaning(row.get(&["service", "container", "component"])) else {
        return;
    };
    let technology = meaning(row.get(&["technology", "image", "stack", "tech", "language"]));
    let kind = words::kind(&name, technology.as_deref()).unwrap_or(ComponentKind::Service);
    let origin = row.origin(to);
    to.component(Component {
        role: words::role(&name, technology.as_deref()),
        name,
        kind,
        technology,
        ports: Vec::new(),
        runnable: kind.is_runnable(),
        groups: Vec::new(),
        notes: Vec::new(),
        addresses: Vec::new(),
        replicas: None,
        aliases: Vec::new(),
        origin,
        mentions: Vec::new(),
    });
}
