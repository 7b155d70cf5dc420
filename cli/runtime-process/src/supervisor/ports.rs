//! Chooses and opens ports: private ones for programs, doors for peers, published ones.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;

use super::office::{Books, Office};
use super::relay::Relay;
use crate::protocol::{Door, Failure, OpenDoor, Publication, Record};

/// Private ports come from below the range that systems use for outgoing connections.
const FIRST: u16 = 20_000;
const LAST: u16 = 29_999;

/// Chooses free loopback ports for those of a record that have none, or a taken one.
pub(super) fn choose_private(office: &Office, record: &mut Record) -> io::Result<()> {
    // Chosen and reserved under one lock, for others start at the same time.
    let mut books = office.books();
    let mut taken: Vec<u16> = books.private_ports(&record.specification.id);
    for port in &mut record.specification.ports {
        let keeps = port.private != 0 && !taken.contains(&port.private) && is_free(port.private);
        if !keeps {
            port.private = free_port(&office.layout.key, &taken)?;
        }
        taken.push(port.private);
    }
    let chosen = record.specification.ports.iter();
    let chosen = chosen.map(|port| port.private).collect();
    books.reserve(&record.specification.id, chosen);
    Ok(())
}

impl Books {
    fn private_ports(&self, except: &str) -> Vec<u16> {
        self.status
            .instances
            .iter()
            .filter(|record| record.specification.id != except && record.is_active())
            .flat_map(|record| record.specification.ports.iter().map(|port| port.private))
            .chain(self.status.doors.iter().map(|door| door.port))
            .chain(self.reserved_by_others(except))
            .collect()
    }
}

/// The first free port from a place that differs from platform to platform.
fn free_port(key: &str, taken: &[u16]) -> io::Result<u16> {
    let width = LAST - FIRST + 1;
    let start = u16::from_str_radix(key.get(..4).unwrap_or("0"), 16).unwrap_or(0) % width;
    (0..width)
        .map(|offset| FIRST + (start + offset) % width)
        .find(|port| !taken.contains(port) && is_free(*port))
        .ok_or_else(|| io::Error::new(io::ErrorKind::AddrInUse, "no loopback port is free"))
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// Opens doors that are not open yet, and says where all of them are.
pub(super) fn open_doors(office: &Arc<Office>, wanted: &[Door]) -> Result<Vec<OpenDoor>, Failure> {
    let open: Vec<_> = office.books().status.doors.clone();
    let mut answer = Vec::new();
    for door in wanted {
        let recorded = open
            .iter()
            .find(|open| open.door == *door)
            .map(|open| open.port);
        let is_open = office.books().relays.iter().any(|relay| {
            relay.door && relay.service == door.service && relay.target == door.target
        });
        if let (true, Some(port)) = (is_open, recorded) {
            answer.push(OpenDoor {
                door: door.clone(),
                port,
            });
            continue;
        }
        answer.push(open_door(office, door, recorded).map_err(|error| {
            Failure::new(format!(
                "No loopback port for {}:{}: {error}",
                door.service, door.target
            ))
        })?);
    }
    Ok(answer)
}

fn open_door(office: &Arc<Office>, door: &Door, recorded: Option<u16>) -> io::Result<OpenDoor> {
    let again = recorded.map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)));
    let listener = if let Some(Ok(listener)) = again {
        listener
    } else {
        let taken = office.books().private_ports("");
        TcpListener::bind((Ipv4Addr::LOCALHOST, free_port(&office.layout.key, &taken)?))?
    };
    let relay = Relay::open(office, listener, &door.service, door.target, true)?;
    let open = OpenDoor {
        door: door.clone(),
        port: relay.address.port(),
    };
    office.change(|books| {
        books.relays.push(relay);
        books.status.doors.retain(|other| other.door != *door);
        books.status.doors.push(open.clone());
    });
    Ok(open)
}

/// Opens the published ports of an instance that are not open yet, and notes where they are.
pub(super) fn publish(office: &Arc<Office>, record: &mut Record) -> Result<(), Failure> {
    let service = record.specification.service.clone();
    for publication in &mut record.specification.published {
        let existing = office
            .books()
            .relays
            .iter()
            .find(|relay| {
                !relay.door
                    && relay.service == service
                    && relay.target == publication.target
                    && candidates(publication).any(|port| port == 0 || port == relay.address.port())
                    && relay.address.ip() == address(publication)
            })
            .map(|relay| relay.address.port());
        publication.bound = match existing {
            Some(port) => Some(port),
            None => Some(open_published(office, &service, publication)?),
        };
    }
    Ok(())
}

fn open_published(
    office: &Arc<Office>,
    service: &str,
    publication: &Publication,
) -> Result<u16, Failure> {
    let mut last = None;
    for port in candidates(publication) {
        let opened = TcpListener::bind(SocketAddr::new(address(publication), port))
            .and_then(|listener| Relay::open(office, listener, service, publication.target, false));
        match opened {
            Ok(relay) => {
                let port = relay.address.port();
                office.change(|books| books.relays.push(relay));
                return Ok(port);
            }
            Err(error) => last = Some((port, error)),
        }
    }
    let (port, error) = last.unwrap_or((0, io::ErrorKind::InvalidInput.into()));
    Err(Failure {
        message: format!("Port {port} of the host, which {service} publishes, cannot be opened"),
        notes: vec![error.to_string()],
        environment: true,
    })
}

/// Closes the published ports of services of which nothing runs.
pub(super) fn close_unserved(office: &Office) {
    let closed: Vec<Relay> = {
        let mut books = office.books();
        let served: Vec<bool> = books
            .relays
            .iter()
            .map(|relay| relay.door || books.is_served(&relay.service))
            .collect();
        let mut served = served.into_iter();
        books
            .relays
            .extract_if(.., |_| !served.next().unwrap_or(true))
            .collect()
    };
    drop(closed);
}

fn address(publication: &Publication) -> IpAddr {
    publication
        .address
        .as_deref()
        .and_then(|address| address.parse().ok())
        .unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

fn candidates(publication: &Publication) -> std::ops::RangeInclusive<u16> {
    let text = publication.published.as_deref().unwrap_or("0");
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    match (from.parse(), to.parse()) {
        (Ok(from), Ok(to)) => from..=to,
        _ => 0..=0,
    }
}
