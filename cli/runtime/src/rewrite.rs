//! Rewrites the names of peers in environment values and commands to where they really listen.
//!
//! Only what stands in a host's place counts: `postgres:5432`, the host of an address such as
//! `amqp://user:secret@rabbitmq:5672/`, and a whole value whose variable says that it is a host.
//! In `postgres://postgres:postgres@postgres` only the last one does.

use std::collections::BTreeMap;

/// Where the ports of peers really are, by the names that services use for them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Peers {
    places: BTreeMap<(String, u16), (String, u16)>,
    hosts: BTreeMap<String, String>,
}

/// What a text has become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewritten {
    /// The text.
    pub text: String,
    /// The names of the peers whose addresses stood in it.
    pub peers: Vec<String>,
}

impl Peers {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// A port of the peer called `name` is really at `host` and `real`.
    pub fn add(&mut self, name: &str, port: u16, host: &str, real: u16) {
        self.places
            .insert((name.to_owned(), port), (host.to_owned(), real));
        self.hosts.insert(name.to_owned(), host.to_owned());
    }

    /// Rewrites every address of a peer in a text.
    pub fn rewrite(&self, text: &str) -> Rewritten {
        let mut result = String::with_capacity(text.len());
        let mut peers = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let word = word_at(text, at);
            if word.is_empty() {
                let character = text[at..].chars().next().unwrap_or_default();
                result.push(character);
                at += character.len_utf8();
                continue;
            }
            let end = at + word.len();
            if let Some((replacement, after)) = self.address(text, at, end) {
                result.push_str(&replacement);
                peers.push(word.to_owned());
                at = after;
            } else {
                result.push_str(word);
                at = end;
            }
        }
        Rewritten {
            text: result,
            peers,
        }
    }

    /// Rewrites the variables of a service; a variable that names a peer's host takes the one that
    /// names its port along (`PGHOST` and `PGPORT`).
    pub fn rewrite_environment(
        &self,
        environment: &BTreeMap<String, String>,
    ) -> BTreeMap<String, String> {
        let mut result: BTreeMap<String, String> = environment
            .iter()
            .map(|(name, value)| (name.clone(), self.rewrite(value).text))
            .collect();
        for (name, value) in environment {
            let Some(prefix) = host_variable(name) else {
                continue;
            };
            let Some(host) = self.hosts.get(value) else {
                continue;
            };
            let port_name = format!("{prefix}PORT");
            let port = environment
                .get(&port_name)
                .and_then(|port| port.parse().ok());
            let place = match port {
                Some(port) => self.places.get(&(value.clone(), port)),
                None => None,
            };
            if let Some((host, port)) = place {
                result.insert(name.clone(), host.clone());
                result.insert(port_name, port.to_string());
            } else {
                result.insert(name.clone(), host.clone());
            }
        }
        result
    }

    /// What an address that begins at a word becomes, and where it ends; nothing for other words.
    fn address(&self, text: &str, start: usize, end: usize) -> Option<(String, usize)> {
        let name = &text[start..end];
        if !self.hosts.contains_key(name) {
            return None;
        }
        let scheme = scheme_before(text, start);
        let stands_alone = starts_a_host(text, start);
        if scheme.is_none() && !stands_alone {
            return None;
        }
        if let Some((port, after)) = port_at(text, end) {
            // `user:5432@host` is no address of a peer called `user`.
            if text[after..].starts_with('@') {
                return None;
            }
            let (host, real) = self.places.get(&(name.to_owned(), port))?;
            return Some((format!("{host}:{real}"), after));
        }
        // A host without a port is one only inside an address with a scheme.
        let port = default_port(scheme?)?;
        let next = text[end..].chars().next();
        if !matches!(
            next,
            None | Some('/' | '?' | '#' | '"' | '\'' | ',' | ' ' | ')' | ']')
        ) {
            return None;
        }
        let (host, real) = self.places.get(&(name.to_owned(), port))?;
        Some((format!("{host}:{real}"), end))
    }
}

/// The longest run of characters that host names are made of.
fn word_at(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    let end = rest
        .find(|character: char| {
            !(character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.'))
        })
        .unwrap_or(rest.len());
    &rest[..end]
}

/// The scheme of the address whose host begins here, with or without user and password.
fn scheme_before(text: &str, start: usize) -> Option<&str> {
    let before = &text[..start];
    let begin = before.rfind("://")?;
    let between = &before[begin + 3..];
    // After user and password, or in a list of hosts; never in them, in a path or a query.
    if between.contains(['/', '?', '#', ' ', '"', '\'']) {
        return None;
    }
    let host_begins = between.is_empty() || between.ends_with('@') || between.ends_with(',');
    let rest = &text[start..];
    let authority = rest
        .find(['/', '?', '#', ' ', '"', '\''])
        .map_or(rest, |end| &rest[..end]);
    if !host_begins || authority.contains('@') {
        return None;
    }
    let scheme = &before[..begin];
    let first = scheme
        .rfind(|character: char| {
            !(character.is_ascii_alphanumeric() || matches!(character, '+' | '-' | '.'))
        })
        .map_or(0, |at| at + 1);
    Some(&scheme[first..])
}

/// Whether `name:port` may stand here without a scheme.
fn starts_a_host(text: &str, start: usize) -> bool {
    let before = &text[..start];
    let inside_address = before
        .rfind("://")
        .is_some_and(|begin| !before[begin..].contains([' ', ',', '"', '\'', '\n', ';']));
    !inside_address
        && matches!(
            before.chars().next_back(),
            None | Some(' ' | ',' | '=' | '(' | '[' | '"' | '\'' | '@' | ';' | '\n' | '\t')
        )
}

/// The port that follows, and where it ends.
fn port_at(text: &str, at: usize) -> Option<(u16, usize)> {
    let digits = text[at..].strip_prefix(':')?;
    let length = digits
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(digits.len());
    let next = digits[length..].chars().next();
    if next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '_') {
        return None;
    }
    Some((digits[..length].parse().ok()?, at + 1 + length))
}

/// What comes before `PORT` in the variable that goes with this one, when this one names a host.
fn host_variable(name: &str) -> Option<&str> {
    name.strip_suffix("HOSTNAME")
        .or_else(|| name.strip_suffix("HOST"))
        .or_else(|| name.strip_suffix("SERVER"))
}

fn default_port(scheme: &str) -> Option<u16> {
    let base = scheme.split('+').next()?;
    Some(match base {
        "http" | "ws" => 80,
        "https" | "wss" => 443,
        "postgres" | "postgresql" => 5432,
        "redis" | "rediss" | "valkey" => 6379,
        "amqp" => 5672,
        "amqps" => 5671,
        "mysql" | "mariadb" => 3306,
        "mongodb" => 27017,
        "nats" => 4222,
        "kafka" => 9092,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peers() -> Peers {
        let mut peers = Peers::new();
        peers.add("postgres", 5432, "127.0.0.1", 40001);
        peers.add("rabbitmq", 5672, "127.0.0.1", 40002);
        peers.add("redis", 6379, "127.0.0.1", 40003);
        peers.add("api", 8000, "127.0.0.1", 40004);
        peers.add("web", 80, "127.0.0.1", 40005);
        peers
    }

    fn rewritten(text: &str) -> String {
        peers().rewrite(text).text
    }

    #[test]
    fn only_the_host_of_an_address_is_rewritten() {
        assert_eq!(
            rewritten("postgres://postgres:postgres@postgres:5432/postgres"),
            "postgres://postgres:postgres@127.0.0.1:40001/postgres"
        );
        assert_eq!(
            rewritten("postgres://postgres:postgres@postgres"),
            "postgres://postgres:postgres@127.0.0.1:40001"
        );
        assert_eq!(
            rewritten("postgres://postgres:5432@postgres/db?host=x"),
            "postgres://postgres:5432@127.0.0.1:40001/db?host=x"
        );
        assert_eq!(
            rewritten("amqp://user:secret@rabbitmq:5672/%2f"),
            "amqp://user:secret@127.0.0.1:40002/%2f"
        );
        assert_eq!(
            rewritten("redis://:p@redis:6379/0"),
            "redis://:p@127.0.0.1:40003/0"
        );
        assert_eq!(
            rewritten("postgresql+asyncpg://u:p@postgres/x"),
            "postgresql+asyncpg://u:p@127.0.0.1:40001/x"
        );
    }

    #[test]
    fn hosts_with_ports_are_rewritten_wherever_a_host_may_stand() {
        assert_eq!(rewritten("postgres:5432"), "127.0.0.1:40001");
        assert_eq!(rewritten("http://api:8000"), "http://127.0.0.1:40004");
        assert_eq!(rewritten("http://web/api"), "http://127.0.0.1:40005/api");
        assert_eq!(
            rewritten("redis:6379,postgres:5432"),
            "127.0.0.1:40003,127.0.0.1:40001"
        );
        assert_eq!(
            rewritten("--dsn=postgres:5432 --next http://api:8000/x"),
            "--dsn=127.0.0.1:40001 --next http://127.0.0.1:40004/x"
        );
        assert_eq!(
            peers().rewrite("redis:6379 api:8000").peers,
            ["redis", "api"]
        );
    }

    #[test]
    fn what_is_no_host_stays() {
        for text in [
            "postgres",
            "my-postgres:5432",
            "postgres.example.com:5432",
            "postgres:5433",
            "redis:8",
            "/var/lib/postgres:5432",
            "http://example.com/api:8000",
            "http://example.com/?next=postgres",
            "postgres:5432abc",
            "api",
        ] {
            assert_eq!(rewritten(text), text);
        }
    }

    #[test]
    fn a_host_variable_takes_its_port_variable_along() {
        let environment: BTreeMap<String, String> = [
            ("PGHOST", "postgres"),
            ("PGPORT", "5432"),
            ("PGUSER", "postgres"),
            ("REDIS_HOST", "redis"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        let result = peers().rewrite_environment(&environment);
        assert_eq!(result["PGHOST"], "127.0.0.1");
        assert_eq!(result["PGPORT"], "40001");
        assert_eq!(result["PGUSER"], "postgres");
        assert_eq!(result["REDIS_HOST"], "127.0.0.1");
    }
}
