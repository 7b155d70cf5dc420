//! What the lines below a name say: technology, ports, addresses, replicas, remarks.

use std::net::IpAddr;

use super::Label;
use super::count::{replicas, times};
use super::ports::{behind_words, claims, ports};
use crate::reader::words;

/// What parts a technology from the port beside it.
const BETWEEN: [&str; 6] = [" · ", " • ", " | ", " – ", " - ", ", "];

/// What stands between the brackets around a whole line.
fn in_brackets(line: &str) -> Option<&str> {
    line.strip_prefix('(')?.strip_suffix(')')
}

/// Whether a line is the address of another program in a list of what is used: `- postgres:5432`.
fn is_an_address_in_a_list(line: &str) -> bool {
    let item = line.strip_prefix(['-', '•', '*']).map(str::trim_start);
    let address = item.and_then(|item| item.split_once(':'));
    address.is_some_and(|(host, port)| {
        let is_of_hosts = |it: char| it.is_alphanumeric() || matches!(it, '-' | '_' | '.');
        !host.is_empty() && host.chars().all(is_of_hosts) && port.parse::<u16>().is_ok()
    })
}

impl Label {
    /// Reads a line, which may hold a technology beside a port: `Go · :8080`.
    pub(in crate::reader) fn add(&mut self, line: &str) {
        if is_an_address_in_a_list(line) {
            self.notes.push(line.to_owned());
            return;
        }
        let inner = in_brackets(line).unwrap_or(line);
        let parts = BETWEEN
            .iter()
            .map(|mark| inner.split(*mark).collect::<Vec<_>>())
            .find(|parts| parts.len() > 1)
            .filter(|parts| parts.iter().any(|it| !ports(it).is_empty()));
        if !ports(line).is_empty() {
            self.line(line);
        } else if let Some(parts) = parts {
            let in_brackets = inner.len() < line.len();
            for part in parts {
                if in_brackets && ports(part).is_empty() {
                    self.line(&format!("({part})"));
                } else {
                    self.line(part);
                }
            }
        } else if let Some((before, port)) = behind_words(inner) {
            self.words_before_port(before);
            self.line(port);
        } else {
            self.line(line);
        }
    }

    /// The words before a port: `Node.js :3001`.
    fn words_before_port(&mut self, words: &str) {
        let free = self.technology.is_none() && self.notes.is_empty();
        if free && words.contains(char::is_alphabetic) {
            self.technology = Some(words.to_owned());
        } else {
            self.line(words);
        }
    }

    fn line(&mut self, line: &str) {
        let ports = ports(line);
        if self.is_of_item(line) {
            self.notes.push(line.to_owned());
        } else if !ports.is_empty() {
            self.claims.extend(claims(line, &ports));
            self.ports.extend(ports);
        } else if !self.count(line) {
            self.words(line);
        }
    }

    /// Whether a line is said of the item above it: `(8001)` below `• customer-svc`.
    fn is_of_item(&self, line: &str) -> bool {
        let last = self.notes.last();
        line.starts_with('(') && last.is_some_and(|it| it.starts_with(['•', '├', '└']))
    }

    /// Reads how many replicas a line names; answers whether it says nothing else.
    fn count(&mut self, line: &str) -> bool {
        let bare = line.trim_matches(['(', ')']);
        let count = replicas(bare);
        self.replicas = self.replicas.or(count);
        count.is_some() && times(bare).is_some()
    }

    fn words(&mut self, line: &str) {
        if line.parse::<IpAddr>().is_ok() {
            self.addresses.push(line.to_owned());
            return;
        }
        match in_brackets(line).map(str::trim) {
            Some(inner) if self.technology.is_none() && self.notes.is_empty() => {
                self.technology = Some(inner.to_owned());
            }
            Some(inner) => self.notes.push(inner.to_owned()),
            None if words::is_technology(line) && !self.is_written_with() => {
                let aside = self.technology.replace(line.trim().to_owned());
                self.notes.extend(aside);
            }
            None => self.notes.push(line.to_owned()),
        }
    }

    /// Whether the technology is known for one: words in parentheses may be about anything.
    fn is_written_with(&self) -> bool {
        let known = |it: &str| words::is_technology(it) || words::names_software(it);
        self.technology.as_deref().is_some_and(known)
    }
}
