//! Names as a container resolves them: its `hosts` file first, then its name servers.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::path::Path;
use std::time::Duration;

/// How long one name server may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);
const DNS: u16 = 53;
/// The record types of addresses.
const A: u16 = 1;
const AAAA: u16 = 28;

/// What a container's files say about names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Resolver {
    hosts: Vec<(String, IpAddr)>,
    servers: Vec<IpAddr>,
    search: Vec<String>,
}

impl Resolver {
    /// Reads `etc/hosts` and `etc/resolv.conf` below a container's root; nothing where they
    /// cannot be read.
    pub(super) fn read(root: &Path) -> Option<Self> {
        let hosts = std::fs::read_to_string(root.join("etc/hosts")).ok()?;
        let settings = std::fs::read_to_string(root.join("etc/resolv.conf")).ok()?;
        Some(Self::parse(&hosts, &settings))
    }

    fn parse(hosts: &str, settings: &str) -> Self {
        let mut resolver = Self::default();
        for words in lines_of(hosts) {
            let Some(Ok(address)) = words.first().map(|word| word.parse()) else {
                continue;
            };
            let names = words[1..].iter().map(|name| (name.to_lowercase(), address));
            resolver.hosts.extend(names);
        }
        for words in lines_of(settings) {
            match words.as_slice() {
                ["nameserver", server, ..] => resolver.servers.extend(server.parse::<IpAddr>()),
                ["search", domains @ ..] => {
                    resolver.search = domains.iter().map(|&name| name.to_owned()).collect();
                }
                _ => {}
            }
        }
        resolver
    }

    /// The addresses of a name, none where it has none; an error where nobody could be asked.
    pub(super) fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, String> {
        if let Ok(address) = name.parse() {
            return Ok(vec![address]);
        }
        let wanted = name.to_lowercase();
        let known: Vec<IpAddr> = self
            .hosts
            .iter()
            .filter(|(known, _)| *known == wanted)
            .map(|(_, address)| *address)
            .collect();
        if !known.is_empty() {
            return Ok(known);
        }
        let mut answered = false;
        let mut problem = "there is no name server".to_owned();
        let longer = self
            .search
            .iter()
            .map(|domain| format!("{wanted}.{domain}"));
        for name in std::iter::once(wanted.clone()).chain(longer) {
            for server in &self.servers {
                match ask(*server, &name) {
                    Ok(addresses) if !addresses.is_empty() => return Ok(addresses),
                    Ok(_) => {
                        answered = true;
                        break;
                    }
                    Err(error) => problem = format!("name server {server}: {error}"),
                }
            }
        }
        if answered {
            Ok(Vec::new())
        } else {
            Err(problem)
        }
    }
}

fn lines_of(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines()
        .map(|line| line.split(['#', ';']).next().unwrap_or_default())
        .map(|line| line.split_whitespace().collect())
}

fn ask(server: IpAddr, name: &str) -> io::Result<Vec<IpAddr>> {
    let mut addresses = question(server, name, A)?;
    if addresses.is_empty() {
        // A server without IPv6 may answer such a question with an error, which says nothing.
        addresses = question(server, name, AAAA).unwrap_or_default();
    }
    Ok(addresses)
}

fn question(server: IpAddr, name: &str, kind: u16) -> io::Result<Vec<IpAddr>> {
    let local: IpAddr = match server {
        IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    let socket = UdpSocket::bind(SocketAddr::new(local, 0))?;
    socket.set_read_timeout(Some(PATIENCE))?;
    socket.connect(SocketAddr::new(server, DNS))?;
    // The kernel's choice of port is what tells this answer from another one.
    let id = socket.local_addr()?.port();
    socket.send(&packet(id, name, kind))?;
    let mut answer = [0_u8; 4096];
    let length = socket.recv(&mut answer)?;
    read(&answer[..length], id, kind)
        .ok_or_else(|| io::Error::other("the answer cannot be read, or is a failure"))
}

/// A question for one name, with recursion desired.
fn packet(id: u16, name: &str, kind: u16) -> Vec<u8> {
    let mut packet = id.to_be_bytes().to_vec();
    packet.extend([1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    for label in name.split('.').filter(|label| !label.is_empty()) {
        let label = &label.as_bytes()[..label.len().min(63)];
        packet.push(u8::try_from(label.len()).unwrap_or(63));
        packet.extend(label);
    }
    packet.push(0);
    packet.extend(kind.to_be_bytes());
    packet.extend([0, 1]);
    packet
}

/// The addresses in an answer: none where the name does not exist, nothing where it is no answer.
fn read(packet: &[u8], id: u16, kind: u16) -> Option<Vec<IpAddr>> {
    const NO_SUCH_NAME: u8 = 3;
    let number = |at: usize| Some(u16::from_be_bytes([*packet.get(at)?, *packet.get(at + 1)?]));
    let code = packet.get(3)? & 0x0f;
    if number(0)? != id || (code != 0 && code != NO_SUCH_NAME) {
        return None;
    }
    let mut at = 12;
    for _ in 0..number(4)? {
        at = after_name(packet, at)? + 4;
    }
    let mut addresses = Vec::new();
    for _ in 0..number(6)? {
        at = after_name(packet, at)?;
        let length = usize::from(number(at + 8)?);
        let data = packet.get(at + 10..at + 10 + length)?;
        if number(at)? == kind {
            if let Ok(bytes) = <[u8; 4]>::try_from(data) {
                addresses.push(IpAddr::from(bytes));
            } else if let Ok(bytes) = <[u8; 16]>::try_from(data) {
                addresses.push(IpAddr::from(bytes));
            }
        }
        at += 10 + length;
    }
    Some(addresses)
}

/// Where a name that begins at a place of a packet is over.
fn after_name(packet: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match packet.get(at)? {
            0 => return Some(at + 1),
            // A pointer to a name that stands elsewhere.
            length if length & 0xc0 == 0xc0 => return Some(at + 2),
            length => at += usize::from(*length) + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hosts_file_wins_and_comments_are_no_names() {
        let resolver = Resolver::parse(
            "127.0.0.1 localhost\n10.0.0.7 Legacy legacy.example # 10.0.0.8 other\n",
            "search example.org\nnameserver 127.0.0.11\noptions ndots:0\n",
        );
        let legacy: Vec<IpAddr> = vec!["10.0.0.7".parse().unwrap()];
        assert_eq!(resolver.addresses("legacy"), Ok(legacy));
        assert_eq!(resolver.search, ["example.org"]);
        assert_eq!(resolver.servers.len(), 1);
        assert!(!resolver.hosts.iter().any(|(name, _)| name == "other"));
    }

    #[test]
    fn without_a_name_server_nothing_is_concluded() {
        assert!(Resolver::default().addresses("postgres").is_err());
    }

    #[test]
    fn answers_are_read_through_pointers_and_aliases() {
        let mut packet = packet(7, "db.local", A);
        packet[2] = 0x81;
        packet[3] = 0x80;
        packet[7] = 2;
        // An alias, then the address.
        packet.extend([0xc0, 12, 0, 5, 0, 1, 0, 0, 0, 9, 0, 2, 0xc0, 12]);
        packet.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, 172, 20, 0, 5]);
        let address: IpAddr = "172.20.0.5".parse().unwrap();
        assert_eq!(read(&packet, 7, A), Some(vec![address]));
        assert_eq!(read(&packet, 8, A), None);
        assert_eq!(read(&packet[..40], 7, A), None);
    }

    #[test]
    fn a_name_that_does_not_exist_has_no_address_and_a_failure_says_nothing() {
        let mut packet = packet(7, "nobody", A);
        packet[3] = 3;
        assert_eq!(read(&packet, 7, A), Some(Vec::new()));
        packet[3] = 2;
        assert_eq!(read(&packet, 7, A), None);
    }
}
