//! The ports that a label names: `:8080`, `HTTP: 8080`, `5050:80`.

use crate::reader::arrows;
use crate::reader::words;

/// A port as a line of a box names it; a lone number may be either side's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::reader) struct PortClaim {
    pub(in crate::reader) internal: u16,
    pub(in crate::reader) external: Option<u16>,
    pub(in crate::reader) protocol: Option<String>,
}

/// Words before a colon and a port: `gRPC: 50051`.
const BEFORE: [&str; 23] = [
    "http",
    "https",
    "grpc",
    "tcp",
    "udp",
    "amqp",
    "mqtt",
    "jmx",
    "ws",
    "ui",
    "mgmt",
    "management",
    "metrics",
    "admin",
    "api",
    "smtp",
    "internal",
    "external",
    "host port",
    "container port",
    "container",
    "host",
    "debug",
];

/// A name and the port behind it: `api :8080`, `api:8080`.
pub(super) fn split_port(text: &str) -> (String, Option<u16>) {
    if let Some((name, port)) = text.rsplit_once(':')
        && let Ok(port) = port.trim().parse::<u16>()
        && port >= 10
        && name.contains(char::is_alphabetic)
        && !name.contains(':')
        && name != "localhost"
        && (name.ends_with(' ') || port >= 80)
    {
        let name = name.trim();
        let bare = name.strip_suffix("port").filter(|it| it.ends_with(' '));
        return (bare.unwrap_or(name).trim().to_owned(), Some(port));
    }
    (text.to_owned(), None)
}

/// A name without the port of the host that an arrow behind it leads to: `api :8080 → host 8080`.
pub(super) fn split_published(text: &str) -> (&str, Option<PortClaim>) {
    let published = || {
        let (name, to) = text.rsplit_once('→')?;
        let to = to.trim();
        let port = to
            .strip_prefix("host")
            .or_else(|| to.strip_prefix("localhost"))?
            .trim_start_matches([':', ' ']);
        let port = port.parse::<u16>().ok().filter(|port| *port > 0)?;
        Some((name.trim(), port))
    };
    published().map_or((text, None), |(name, port)| {
        let claim = PortClaim {
            internal: port,
            external: Some(port),
            protocol: None,
        };
        (name, Some(claim))
    })
}

/// A name, the port behind it, and what is said behind that: `frontend:80 — Nginx`.
pub(super) fn split_port_within(text: &str) -> Option<(&str, &str, &str)> {
    let (before, after) = text.split_once(':')?;
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let (port, rest) = after.split_at(digits);
    let said = rest.strip_prefix(' ')?.trim_start();
    let said = said.strip_prefix(['—', '–', '-', '·', '|', '/'])?.trim();
    let name = before.trim_end();
    let number = port.parse::<u16>().ok()?;
    let is_name = name.contains(char::is_alphabetic)
        && !name.contains(['/', '@'])
        && name != "localhost"
        && !BEFORE.contains(&name.to_lowercase().as_str());
    (number >= 80 && is_name && !said.is_empty()).then_some((name, port, said))
}

/// The ports that a line of a box names, where it is about ports.
pub(super) fn ports(line: &str) -> Vec<u16> {
    let text = line.trim().trim_matches(['(', ')', '`']).trim();
    said_to_be(text)
        .or_else(|| text.split([',', '/']).map(|it| bare(it.trim())).collect())
        .or_else(|| behind_known_word(text))
        .or_else(|| mapped(text))
        .unwrap_or_default()
}

/// `Ports: 8080, 50051`, `:8080`.
fn said_to_be(text: &str) -> Option<Vec<u16>> {
    let lower = text.to_lowercase();
    let after = ["ports:", "port:", "ports", "port"]
        .iter()
        .find_map(|word| lower.strip_prefix(word));
    after
        .and_then(numbers)
        .or_else(|| numbers(text.strip_prefix(':')?))
}

/// `gRPC: 50051`; what else stands behind such a word is no port.
fn behind_known_word(text: &str) -> Option<Vec<u16>> {
    let (word, rest) = text.split_once(':')?;
    let known = BEFORE.contains(&word.trim().to_lowercase().as_str());
    known.then(|| numbers(rest).unwrap_or_default())
}

/// `5050:80`.
fn mapped(text: &str) -> Option<Vec<u16>> {
    let (outer, inner) = text.split_once(':')?;
    let (outer, inner) = (outer.parse().ok()?, inner.parse().ok()?);
    Some(if outer == inner {
        vec![outer]
    } else {
        vec![outer, inner]
    })
}

/// The numbers of a text that says nothing else.
fn numbers(text: &str) -> Option<Vec<u16>> {
    let words = arrows::split(text)
        .into_iter()
        .flat_map(|part| part.split([',', '/', '&', '+', ' ', ':']))
        .filter(|it| !it.is_empty() && !matches!(*it, "and" | "tcp" | "udp"));
    let ports: Option<Vec<u16>> = words.map(|word| word.parse().ok()).collect();
    ports.filter(|ports| !ports.is_empty() && ports.iter().all(|port| *port > 0))
}

/// A few words and the port behind them: `Node.js :3001`, `KRaft:9092`.
pub(super) fn behind_words(line: &str) -> Option<(&str, &str)> {
    let at = line.rfind(':')?;
    let (before, port) = (line[..at].trim_end(), &line[at..]);
    let number = port[1..].parse::<u16>().ok().filter(|it| *it >= 80)?;
    let short = before.split_whitespace().count() == 1
        || words::is_technology(before)
        || before.split_whitespace().count() == 2 && words::names_software(before);
    let plain = !before.contains([':', '/', '[', '@', '='])
        && (before.starts_with(|it: char| it.is_uppercase() || it.is_numeric())
            || words::names_software(before));
    // `Build: 2048` is said of something else, and a year of nothing that listens.
    let glued = before.len() < at || port.len() > 1 && !(1970..2040).contains(&number);
    (short && plain && glued && before.len() < 30 && !before.is_empty()).then_some((before, port))
}

/// A number that stands alone, where it can be nothing but a port.
fn bare(text: &str) -> Option<u16> {
    let port = text.parse::<u16>().ok()?;
    let year = (1970..2040).contains(&port);
    (text.len() >= 4 && !year || matches!(port, 80 | 443)).then_some(port)
}

/// The ports of a line with their sides and protocol: `HTTP: 8080`, `5050:80`.
pub(super) fn claims(line: &str, ports: &[u16]) -> Vec<PortClaim> {
    let mapped = line.contains(&format!("{}:", ports[0])) || arrows::are_in(line);
    if let ([external, internal], true) = (ports, mapped) {
        return vec![PortClaim {
            internal: *internal,
            external: Some(*external),
            protocol: None,
        }];
    }
    let word = line.split(':').next().unwrap_or("").trim();
    let protocol = if word.eq_ignore_ascii_case("jmx") {
        Some("JMX".to_owned())
    } else {
        words::protocol(word)
    };
    let claim = |port: &u16| PortClaim {
        internal: *port,
        external: None,
        protocol: protocol.clone(),
    };
    ports.iter().map(claim).collect()
}

#[cfg(test)]
mod tests {
    use super::ports;

    #[test]
    fn other_numbers_are_no_ports() {
        assert!(ports("10TB+ events").is_empty());
        assert!(ports("Portland 3").is_empty());
        assert!(ports("Kubernetes: 1").is_empty());
    }
}
