//! Tables of ports.

use super::row::{Row, meaning};
use super::service::component_of;
use crate::facts::{Environment, Exposure, Port, PortSource};
use crate::reader::collector::Collector;
use crate::reader::sides;

/// The titles of columns with ports.
pub(super) const PORT: [&str; 5] = ["port", "listens on", "listens", "listening on", "exposes"];
/// The titles of columns with ports inside the container.
const INSIDE: [&str; 9] = [
    "internal",
    "container port",
    "target port",
    "target",
    "inside",
    "listens on",
    "listens",
    "listening on",
    "port container",
];
/// The titles of columns with ports on the host.
const OUTSIDE: [&str; 8] = [
    "external",
    "host port",
    "host",
    "published",
    "public",
    "outside",
    "mapped to",
    "mapped",
];

/// The numbers in a cell that can be ports.
fn numbers(text: &str) -> Vec<u16> {
    text.split(|it: char| !it.is_ascii_digit())
        .filter_map(|word| word.parse().ok())
        .filter(|port| *port > 0)
        .collect()
}

/// What a row says of ports.
struct Ports {
    /// The ports inside and outside, with the transport where it is written at the port.
    pairs: Vec<Pair>,
    /// Whether the table has a column for each side.
    source: PortSource,
    /// Whether the row says that nothing is published.
    closed: bool,
}

struct Pair {
    inside: Option<u16>,
    outside: Option<u16>,
    transport: Option<String>,
}

impl Pair {
    /// The port of a row that says that nothing is published: its number is the one inside.
    fn closed_if(self, unpublished: bool, said_at_port: bool) -> Self {
        let one = self.inside.is_none() || said_at_port;
        if !unpublished || !one {
            return self;
        }
        Self {
            inside: self.inside.or(self.outside),
            outside: None,
            ..self
        }
    }
}

impl Ports {
    fn of(row: &Row<'_>) -> Self {
        let (inside, outside) = (row.get(&INSIDE), row.get(&OUTSIDE));
        // A column such as "Public" may say yes or no beside the one with the numbers.
        let numbered = row
            .get(&PORT)
            .is_some_and(|cell| !numbers(&cell).is_empty());
        let says_whether = inside.is_none()
            && numbered
            && outside
                .as_deref()
                .is_some_and(|cell| numbers(cell).is_empty());
        if (inside.is_some() || outside.is_some()) && !says_whether {
            let one = match (&inside, &outside) {
                (Some(cell), None) | (None, Some(cell)) => both_sides(cell),
                _ => None,
            };
            let closed = one.is_none() && outside.as_deref().is_some_and(is_none);
            let pairs = one.unwrap_or_else(|| beside(inside.as_deref(), outside.as_deref()));
            return Self {
                pairs,
                source: PortSource::Table,
                closed: closed || outside.is_some() && inside.is_none() && notes_closed(row),
            };
        }
        let cell = row.all(&PORT).unwrap_or_default();
        if let Some(pairs) = both_sides(&cell) {
            return Self {
                pairs,
                source: PortSource::Column,
                closed: false,
            };
        }
        let closed =
            keeps_closed(&cell) || outside.as_deref().is_some_and(is_none) || notes_closed(row);
        Self {
            pairs: listed(&cell, closed),
            source: PortSource::Column,
            closed,
        }
    }
}

/// The ports of a cell that tells both sides of each: `9002 (host, container 9000)`.
fn both_sides(cell: &str) -> Option<Vec<Pair>> {
    let pair = |text: &str| {
        let (outside, inside) = sides::of(text)?;
        let lower = text.to_lowercase();
        let transport = ["/tcp", "/udp"].into_iter().find(|it| lower.contains(it));
        Some(Pair {
            inside: Some(inside),
            outside: Some(outside),
            transport: transport.map(|it| it[1..].to_uppercase()),
        })
    };
    let whole = pair(cell).map(|one| vec![one]);
    whole.or_else(|| outer_parts(cell).map(pair).collect())
}

/// The parts between commas that stand in no brackets.
fn outer_parts(cell: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    cell.split(move |character| {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(character, ',' | ';')
    })
}

/// The numbers of two cells, those of the same place together.
fn beside(inside: Option<&str>, outside: Option<&str>) -> Vec<Pair> {
    let inner = numbers(inside.unwrap_or(""));
    let outer = numbers(outside.unwrap_or(""));
    (0..inner.len().max(outer.len()).max(1))
        .map(|index| Pair {
            inside: inner.get(index).copied(),
            outside: outer.get(index).copied(),
            transport: None,
        })
        .collect()
}

/// The numbers of a cell: `8080:80`, `80, 443`, `5000/tcp, 5000/udp`, `5432 (internal)`.
fn listed(cell: &str, closed: bool) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for word in cell.split([',', ' ', '/']) {
        let (inside, outside) = match numbers(without_address(word)).as_slice() {
            [outer, inner] => (Some(*inner), Some(*outer)),
            [one] if closed => (Some(*one), None),
            [one] => (None, Some(*one)),
            _ => {
                let transport = word.trim_end_matches(')').to_uppercase();
                if let Some(last) = pairs.last_mut()
                    && matches!(transport.as_str(), "TCP" | "UDP")
                {
                    last.transport = Some(transport);
                }
                continue;
            }
        };
        pairs.push(Pair {
            inside,
            outside,
            transport: None,
        });
    }
    if pairs.is_empty() {
        pairs.extend(beside(None, None));
    }
    pairs
}

/// A binding without the address of the host: `127.0.0.1:6379:6379`.
fn without_address(word: &str) -> &str {
    let address = word
        .split_once(':')
        .filter(|(it, _)| it.parse::<std::net::IpAddr>().is_ok());
    address.map_or(word, |(_, ports)| ports)
}

/// Whether a remark in the row says that its port is reached from inside alone.
fn notes_closed(row: &Row<'_>) -> bool {
    let titles = ["note", "access", "purpose", "scope", "visibility"];
    let said = titles.iter().filter_map(|it| row.get(&[it]));
    said.map(|it| it.to_lowercase())
        .any(|it| it == "internal" || it.contains("internal only") || it.contains("not published"))
}

/// Whether a cell for the port outside says that there is none.
fn is_none(cell: &str) -> bool {
    meaning(Some(cell.to_owned())).is_none() || keeps_closed(cell)
}

/// Whether a cell says that its port is for the other services alone.
fn keeps_closed(cell: &str) -> bool {
    let lower = cell.to_lowercase();
    [
        "internal",
        "not exposed",
        "not published",
        "container only",
        "not mapped",
        "unexposed",
        "unpublished",
    ]
    .iter()
    .any(|words| lower.contains(words))
}

pub(super) fn port(row: &Row<'_>, to: &mut Collector<'_>) {
    let Some(service) = row.service() else {
        return;
    };
    let exposed = row.get(&["exposed", "access", "exposure"]);
    let protocol = meaning(row.get(&["protocol"])).or_else(|| transport(row));
    let Ports {
        pairs,
        source,
        closed,
    } = Ports::of(row);
    let exposure = exposed.as_deref().and_then(exposure);
    let exposure = exposure.or(closed.then_some(Exposure::No));
    let unpublished = exposure == Some(Exposure::No);
    let pairs: Vec<Pair> = pairs
        .into_iter()
        .map(|pair| pair.closed_if(unpublished, closed))
        .collect();
    let both: Vec<_> = pairs.iter().map(|it| (it.inside, it.outside)).collect();
    component_of(row, &service, &both, to);
    for pair in pairs {
        let mut origin = row.origin(to);
        if exposure == Some(Exposure::Development) {
            origin.environment = Environment::Development;
        }
        to.port(Port {
            service: service.clone(),
            internal: pair.inside,
            external: pair.outside,
            protocol: pair.transport.or_else(|| protocol.clone()),
            exposed: exposure,
            source,
            origin,
        });
    }
}

/// The transport written at the port: `80/tcp`.
fn transport(row: &Row<'_>) -> Option<String> {
    let cells = row.row.cells.iter().map(|cell| cell.text.to_lowercase());
    let found = cells.flat_map(|cell| {
        ["tcp", "udp"]
            .into_iter()
            .filter(move |it| cell.contains(&format!("/{it}")))
    });
    found.map(str::to_uppercase).next()
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
