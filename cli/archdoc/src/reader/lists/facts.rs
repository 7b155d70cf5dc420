//! Services, ports, volumes and networks in lists.

use super::Item;
use crate::facts::{
    Component, ComponentKind, Environment, Network, Origin, Port, PortSource, Volume, VolumeKind,
};
use crate::reader::arrows;
use crate::reader::collector::Collector;
use crate::reader::label::split_aside;
use crate::reader::sides;
use crate::reader::words;

/// How sure a fact is that a list states in passing.
const LISTED: f64 = 0.6;

fn origin(item: &Item<'_>, to: &Collector<'_>) -> Origin {
    let mut origin = to.line_origin(item.line);
    origin.confidence = LISTED;
    origin.environment = words::environment(&item.text);
    origin
}

/// `- **Database**: PostgreSQL 16`.
pub(super) fn versions(item: &Item<'_>, to: &mut Collector<'_>) {
    let service = item.marked().map(|(name, _)| name);
    let origin = origin(item, to);
    to.written_versions(
        std::slice::from_ref(&item.text),
        service.as_deref(),
        &origin,
    );
}

/// The numbers that stand behind the word `port` or `ports` in a text.
fn port_numbers(text: &str) -> Vec<u16> {
    let lower = text.to_lowercase();
    let at = ["port ", "port: ", "ports ", "ports: "]
        .iter()
        .find_map(|word| Some(lower.find(word)? + word.len()));
    let Some(rest) = at.map(|at| &lower[at..]) else {
        return Vec::new();
    };
    rest.split([',', ' ', '/', '&'])
        .map(|word| word.trim_matches(['`', '(', ')', '.', ';', ':']))
        .filter(|word| !matches!(*word, "" | "and"))
        .map_while(|word| word.parse().ok())
        .filter(|port| *port > 0)
        .collect()
}

/// `- **Mixer API** (FastAPI): sessions, port 8000`.
pub(super) fn service(item: &Item<'_>, to: &mut Collector<'_>) {
    let Some((name, rest)) = item.marked() else {
        return;
    };
    let (name, inner) = split_aside(&name);
    let behind = rest
        .trim_start()
        .strip_prefix('(')
        .and_then(|it| it.split_once(')'));
    let aside = inner.or_else(|| behind.map(|(aside, _)| aside.trim().to_owned()));
    let technology = aside.filter(|it| {
        it.len() < 40
            && port_numbers(it).is_empty()
            && it.parse::<u16>().is_err()
            && !it.starts_with(':')
    });
    let kind = words::kind(&name, technology.as_deref());
    if name.split_whitespace().count() > 4 || name.ends_with('.') {
        return;
    }
    let kind = kind.unwrap_or(ComponentKind::Service);
    let ports = port_numbers(&item.text);
    let place = origin(item, to);
    to.said_ports(&name, kind, &ports, &place);
    to.component(Component {
        role: words::role(&name, technology.as_deref()),
        technology,
        ports,
        ..Component::new(name, kind, place)
    });
}

/// `- Mixer API: 8000`, `- **8000** - Mixer API`, `- PostgreSQL: 5432:5432`.
pub(super) fn port(item: &Item<'_>, to: &mut Collector<'_>) {
    if item.text.contains("://") || item.text.contains("localhost") {
        return;
    }
    let Some((left, right)) = item
        .text
        .split_once(": ")
        .or_else(|| item.text.split_once(" - "))
        .or_else(|| item.text.split_once(" – "))
        .or_else(|| arrows::split_once(&item.text))
    else {
        return;
    };
    let both = |text: &str| sides::of(text).map(|(outer, inner)| vec![outer, inner]);
    let (name, numbers) = match (numbers(left), both(right).or_else(|| numbers(right))) {
        (Some(numbers), None) => (right, numbers),
        (None, Some(numbers)) => (left, numbers),
        _ => return,
    };
    let name = name.split(['(', ',']).next().unwrap_or(name).trim();
    if name.is_empty() || name.split_whitespace().count() > 4 {
        return;
    }
    let (external, internal) = match numbers.as_slice() {
        [one] => (None, *one),
        [outer, inner, ..] => (Some(*outer), *inner),
        [] => return,
    };
    let origin = origin(item, to);
    let service = to.resolve(name);
    if let Some(known) = to.find_mut(name) {
        for number in numbers {
            if !known.ports.contains(&number) {
                known.ports.push(number);
            }
        }
    }
    to.port(Port {
        service,
        internal: Some(internal),
        external,
        protocol: words::protocol(right),
        exposed: None,
        source: PortSource::Prose,
        origin,
    });
}

/// The one or two ports at the start of a text: `8000`, `8080:80`, `port 80 (HTTP)`.
fn numbers(text: &str) -> Option<Vec<u16>> {
    let text = text
        .trim()
        .trim_start_matches("Port ")
        .trim_start_matches("port ");
    let word = text.split([' ', ',', '/', '(']).next()?;
    let numbers: Option<Vec<u16>> = word.split(':').map(|it| it.parse().ok()).collect();
    numbers.filter(|it| it.len() <= 2 && it.iter().all(|port| *port > 0))
}

/// `` - `studio-db`: PostgreSQL data ``.
pub(super) fn volume(item: &Item<'_>, to: &mut Collector<'_>) {
    let Some((name, rest)) = item.marked() else {
        return;
    };
    if name.contains(' ') || name.ends_with(':') {
        return;
    }
    let (name, target) = match name.split_once(':') {
        Some((name, target)) => (name.to_owned(), Some(target.to_owned())),
        None => (name, None),
    };
    let said = rest
        .trim_matches(|it: char| it.is_whitespace() || matches!(it, ':' | '-' | '–' | '—' | '→'));
    let bind = words::is_path(&name) || name.starts_with(['.', '/', '~']);
    let of = said.split([' ', ',', '.']).next().and_then(|word| {
        let component = to.find(word)?;
        component.runnable.then(|| component.name.clone())
    });
    let inside = rest
        .split(['`', '(', ')', ' '])
        .find(|it| it.len() > 1 && it.starts_with('/') && !it.contains("//"));
    let target = target.or_else(|| inside.map(str::to_owned));
    let origin = origin(item, to);
    to.volume(Volume {
        name,
        kind: VolumeKind::bind_if(bind),
        of,
        target,
        description: (!said.is_empty()).then(|| said.to_owned()),
        origin,
    });
}

/// A network among other items: it says how it is driven or addressed.
pub(super) fn subnet(item: &Item<'_>, to: &mut Collector<'_>) {
    let known = to.facts.networks.len();
    network(item, to);
    let said = to.facts.networks.get(known);
    if said.is_some_and(|it| it.subnet.is_none() && it.driver.is_none()) {
        to.facts.networks.truncate(known);
    }
    super::connections::read(item, to);
}

/// `` - `studio-net` (bridge, 10.77.0.0/16) ``.
pub(super) fn network(item: &Item<'_>, to: &mut Collector<'_>) {
    let Some((name, rest)) = item.marked() else {
        return;
    };
    if name.contains(' ') || to.facts.networks.iter().any(|it| it.name == name) {
        return;
    }
    let words: Vec<&str> = rest
        .split(|it: char| it.is_whitespace() || matches!(it, '(' | ')' | ',' | ';' | '`'))
        .collect();
    let drivers = ["bridge", "overlay", "host", "macvlan", "ipvlan"];
    let driver = words
        .iter()
        .find(|it| drivers.contains(&it.to_lowercase().as_str()));
    let subnet = words.iter().find(|it| {
        it.split_once('/').is_some_and(|(address, bits)| {
            address.parse::<std::net::IpAddr>().is_ok() && bits.parse::<u8>().is_ok()
        })
    });
    let mut origin = origin(item, to);
    origin.environment = Environment::Any;
    to.network(Network {
        name,
        driver: driver.map(|it| it.to_lowercase()),
        subnet: subnet.map(|it| (*it).to_owned()),
        members: Vec::new(),
        origin,
    });
}
