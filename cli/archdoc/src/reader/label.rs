//! What the lines inside a box say: name, technology, ports, addresses, replicas.

use super::words;
use crate::facts::{Component, ComponentKind, Origin};

/// The lines of a box, understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) name: String,
    pub(super) technology: Option<String>,
    pub(super) ports: Vec<u16>,
    pub(super) claims: Vec<PortClaim>,
    pub(super) addresses: Vec<String>,
    pub(super) notes: Vec<String>,
    pub(super) replicas: Option<u32>,
}

/// A port as a line of a box names it; a lone number may be either side's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PortClaim {
    pub(super) internal: u16,
    pub(super) external: Option<u16>,
    pub(super) protocol: Option<String>,
}

impl Label {
    /// Reads the lines of a box; the first that is not empty is the name.
    pub(super) fn of(lines: &[String]) -> Self {
        let mut label = Self::default();
        let mut lines = lines
            .iter()
            .map(|line| line.trim())
            .filter(|it| !it.is_empty());
        let Some(first) = lines.next() else {
            return label;
        };
        let first = without_pictures(first);
        let (name, aside) = split_aside(unbracketed(&first));
        let (name, port) = split_port(&name);
        let (name, count) = split_count(name);
        label.name = name;
        label.replicas = count;
        if let Some(port) = port {
            label.claims.extend(claims("", &[port]));
            label.ports.push(port);
        }
        if let Some(aside) = aside {
            label.parts(&format!("({aside})"));
        }
        for line in lines {
            label.parts(&without_pictures(line));
        }
        label
    }

    /// A line that may hold a technology beside a port: `Go · :8080`.
    fn parts(&mut self, line: &str) {
        let inner = line
            .strip_prefix('(')
            .and_then(|it| it.strip_suffix(')'))
            .unwrap_or(line);
        let parts = [" · ", " • ", " | ", " – ", " - ", ", "]
            .iter()
            .map(|mark| inner.split(*mark).collect::<Vec<_>>())
            .find(|parts| parts.len() > 1);
        match parts {
            Some(parts)
                if ports(line).is_empty() && parts.iter().any(|it| !ports(it).is_empty()) =>
            {
                for part in parts {
                    if inner.len() < line.len() && ports(part).is_empty() {
                        self.line(&format!("({part})"));
                    } else {
                        self.line(part);
                    }
                }
            }
            _ if ports(line).is_empty() => match behind_words(inner) {
                Some((before, port)) => {
                    let free = self.technology.is_none() && self.notes.is_empty();
                    if free && before.contains(char::is_alphabetic) {
                        self.technology = Some(before.to_owned());
                    } else {
                        self.line(before);
                    }
                    self.line(port);
                }
                None => self.line(line),
            },
            _ => self.line(line),
        }
    }

    fn line(&mut self, line: &str) {
        let ports = ports(line);
        // `(8001)` below `• customer-svc` is said of that one.
        let of_item = line.starts_with('(')
            && self
                .notes
                .last()
                .is_some_and(|it| it.starts_with(['•', '├', '└']));
        if of_item {
            self.notes.push(line.to_owned());
            return;
        }
        if !ports.is_empty() {
            self.claims.extend(claims(line, &ports));
            self.ports.extend(ports);
            return;
        }
        let bare = line.trim_matches(['(', ')']);
        if let Some(count) = replicas(bare) {
            self.replicas = self.replicas.or(Some(count));
            if times(bare).is_some() {
                return;
            }
        }
        if is_address(line) {
            self.addresses.push(line.to_owned());
            return;
        }
        let inner = line.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
        match inner {
            Some(inner) if self.technology.is_none() && self.notes.is_empty() => {
                self.technology = Some(inner.trim().to_owned());
            }
            Some(inner) => self.notes.push(inner.trim().to_owned()),
            None if words::is_technology(line) && !self.is_written_with() => {
                let aside = self.technology.replace(line.trim().to_owned());
                self.notes.extend(aside);
            }
            None => self.notes.push(line.to_owned()),
        }
    }

    /// Whether the technology is known for one: words in parentheses may be about anything.
    fn is_written_with(&self) -> bool {
        let known = |it: &str| words::is_technology(it) || words::software(it).is_some();
        self.technology.as_deref().is_some_and(known)
    }

    /// What its words claim it to be.
    pub(super) fn kind(&self) -> Option<ComponentKind> {
        let kind = words::kind(&self.name, self.technology.as_deref())?;
        if words::listens(kind, &self.name, &self.ports) {
            return Some(ComponentKind::Service);
        }
        Some(kind)
    }

    /// A component of this label, classified by its words.
    pub(super) fn component(&self, kind: ComponentKind, origin: Origin) -> Component {
        let mut origin = origin;
        let words = self.technology.iter().chain(&self.notes);
        for words in words.chain(std::iter::once(&self.name)) {
            let environment = words::environment(words);
            if environment != crate::facts::Environment::Any {
                origin.environment = environment;
            }
        }
        Component {
            name: self.name.clone(),
            kind,
            technology: self.technology.clone(),
            ports: self.ports.clone(),
            runnable: kind.is_runnable(),
            role: words::role(&self.name, self.technology.as_deref()),
            groups: Vec::new(),
            notes: self.notes.clone(),
            addresses: self.addresses.clone(),
            replicas: self.replicas,
            aliases: Vec::new(),
            origin,
            mentions: Vec::new(),
        }
    }
}

/// A text without emoji and other pictures at its ends.
pub(super) fn without_pictures(text: &str) -> String {
    let picture = |it: char| {
        it.is_whitespace()
            || matches!(u32::from(it), 0x2190..=0x21FF | 0x2300..=0x23FF | 0x2600..=0x27BF | 0x2B00..=0x2BFF | 0xFE00..=0xFE0F | 0x1F000..=0x1FAFF | 0xFFFD | 0x200D)
    };
    let mut text = text.trim_matches(picture);
    while let Some(rest) = text
        .strip_prefix(|it: char| it.is_ascii_digit())
        .and_then(|it| it.trim_start_matches('\u{FE0F}').strip_prefix('\u{20E3}'))
    {
        text = rest.trim_matches(picture);
    }
    text.to_owned()
}

/// A name without the brackets that draw its box or its round end: `[api]`, `(redis)`.
pub(super) fn unbracketed(text: &str) -> &str {
    let text = text.trim();
    let pairs = [('[', ']'), ('(', ')'), ('<', '>'), ('{', '}')];
    let inner = pairs.iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(*open)?.strip_suffix(*close)?;
        (!inner.contains([*open, *close])).then_some(inner.trim())
    });
    inner
        .filter(|it| it.contains(char::is_alphabetic))
        .unwrap_or(text)
}

/// A name and what stands in parentheses behind it.
pub(super) fn split_aside(text: &str) -> (String, Option<String>) {
    let text = text.trim();
    if let Some(open) = text.find('(')
        && open > 0
        && let Some(inner) = text[open + 1..].strip_suffix(')')
        // `instance(s)` is a plural.
        && (!matches!(inner, "s" | "es") || text[..open].ends_with(' '))
    {
        return (
            text[..open].trim().to_owned(),
            Some(inner.trim().to_owned()),
        );
    }
    (text.to_owned(), None)
}

/// A name and the port behind it: `api :8080`, `api:8080`.
fn split_port(text: &str) -> (String, Option<u16>) {
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

/// The ports that a line of a box names, where it is about ports.
pub(super) fn ports(line: &str) -> Vec<u16> {
    let text = line.trim().trim_matches(['(', ')', '`']).trim();
    let numbers = |text: &str| -> Option<Vec<u16>> {
        let words: Vec<&str> = text
            .split([',', '/', '&', '+', ' ', ':', '→'])
            .filter(|it| !it.is_empty() && !matches!(*it, "and" | "->" | "tcp" | "udp"))
            .collect();
        let ports: Option<Vec<u16>> = words.iter().map(|word| word.parse().ok()).collect();
        ports.filter(|ports| !ports.is_empty() && ports.iter().all(|port| *port > 0))
    };
    let lower = text.to_lowercase();
    let after = ["ports:", "port:", "ports", "port"]
        .iter()
        .find_map(|word| lower.strip_prefix(word));
    if let Some(found) = after.and_then(numbers) {
        return found;
    }
    if let Some(found) = text.strip_prefix(':').and_then(numbers) {
        return found;
    }
    let bares: Option<Vec<u16>> = text.split([',', '/']).map(|it| bare(it.trim())).collect();
    if let Some(bares) = bares {
        return bares;
    }
    if let Some((word, rest)) = text.split_once(':') {
        let known = [
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
        if known.contains(&word.trim().to_lowercase().as_str()) {
            return numbers(rest).unwrap_or_default();
        }
    }
    if let Some((outer, inner)) = text.split_once(':')
        && let (Ok(outer), Ok(inner)) = (outer.parse::<u16>(), inner.parse::<u16>())
    {
        return if outer == inner {
            vec![outer]
        } else {
            vec![outer, inner]
        };
    }
    Vec::new()
}

/// A few words and the port behind them: `Node.js :3001`, `KRaft:9092`.
fn behind_words(line: &str) -> Option<(&str, &str)> {
    let at = line.rfind(':')?;
    let (before, port) = (line[..at].trim_end(), &line[at..]);
    let number = port[1..].parse::<u16>().ok().filter(|it| *it >= 80)?;
    let short = before.split_whitespace().count() == 1
        || words::is_technology(before)
        || before.split_whitespace().count() == 2 && words::software(before).is_some();
    let plain = !before.contains([':', '/', '[', '@', '='])
        && before.starts_with(|it: char| it.is_uppercase() || it.is_numeric());
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
fn claims(line: &str, ports: &[u16]) -> Vec<PortClaim> {
    let mapped = line.contains(&format!("{}:", ports[0])) || line.contains(['→', '>']);
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

fn is_address(line: &str) -> bool {
    line.parse::<std::net::IpAddr>().is_ok()
}

/// A name without the number of its instances: `API x3`.
fn split_count(name: String) -> (String, Option<u32>) {
    let split = name
        .rsplit_once(' ')
        .and_then(|(name, last)| Some((name.trim_end().to_owned(), times(last)?)));
    match split {
        Some((name, count)) => (name, Some(count)),
        None => (name, None),
    }
}

/// `x3`, `×3`, `3x`.
fn times(word: &str) -> Option<u32> {
    let count = word
        .strip_prefix(['x', 'X', '×'])
        .or_else(|| word.strip_suffix(['x', '×']))?;
    count.parse().ok().filter(|count| (1..100).contains(count))
}

/// How many replicas a line names: `3 Replicas`, `x3`, `3-10 pods`.
fn replicas(line: &str) -> Option<u32> {
    let lower = line.to_lowercase();
    let mut words = lower.split_whitespace();
    let first = words.next()?;
    let second = words.next();
    if second.is_none()
        && let Some(count) = times(first)
    {
        return Some(count);
    }
    let named = second.is_some_and(|it| {
        it.starts_with("replica")
            || it.starts_with("instance")
            || it.starts_with("pod")
            || it.starts_with("node")
            || it.starts_with("broker")
    });
    named
        .then(|| first.split('-').next()?.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(lines: &[&str]) -> Label {
        Label::of(&lines.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn boxes_name_technology_and_ports() {
        let read = label(&["", "  Frontend ", "(React/Vite)", "Port: 3000"]);
        assert_eq!(read.name, "Frontend");
        assert_eq!(read.technology.as_deref(), Some("React/Vite"));
        assert_eq!(read.ports, [3000]);
        let read = label(&["product-service", "Ports: 8080, 50050", "2 Replicas"]);
        assert_eq!(read.ports, [8080, 50050]);
        assert_eq!(read.replicas, Some(2));
        let read = label(&["API x3 (Go)", "port 4000"]);
        assert_eq!((read.name.as_str(), read.replicas), ("API", Some(3)));
        assert_eq!(label(&["Worker", "(×4)"]).replicas, Some(4));
        assert_eq!(label(&["Worker", "(×4)"]).technology, None);
        let read = label(&["api (Go)", "172.20.0.3", "HTTP: 8080", "5050:80"]);
        assert_eq!(read.name, "api");
        assert_eq!(read.addresses, ["172.20.0.3"]);
        assert_eq!(read.ports, [8080, 5050, 80]);
    }

    #[test]
    fn a_port_behind_the_name_is_none_of_it() {
        let read = label(&["Nginx :80", "reverse proxy"]);
        assert_eq!(
            (read.name.as_str(), read.ports.as_slice()),
            ("Nginx", &[80][..])
        );
        assert_eq!(label(&["postgres:5432"]).name, "postgres");
        assert_eq!(label(&["postgres:16"]).name, "postgres:16");
    }

    #[test]
    fn other_numbers_are_no_ports() {
        assert!(ports("10TB+ events").is_empty());
        assert!(ports("Portland 3").is_empty());
        assert!(ports("Kubernetes: 1").is_empty());
    }
}
