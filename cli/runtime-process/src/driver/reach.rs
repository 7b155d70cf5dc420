use std::net::Ipv4Addr;
use std::time::Duration;

use devkit_runtime::{Peer, Reach};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::protocol::Record;

/// How long a connection may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// Connects to where a service listens, as its peers do: their settings name that address.
pub(super) async fn peer(records: &[Record], peer: &Peer) -> Reach {
    let serving = records.iter().find(|record| {
        record.is_active()
            && !record.specification.one_off
            && record.specification.service == peer.host
    });
    let Some(serving) = serving else {
        return Reach::Unresolved;
    };
    let Some(port) = serving.private_port(peer.port) else {
        let name = &serving.specification.name;
        return Reach::Unknown(format!("where `{name}` listens is not known"));
    };
    let connecting = TcpStream::connect((Ipv4Addr::LOCALHOST, port));
    match timeout(PATIENCE, connecting).await {
        Ok(Ok(_)) => Reach::Connected,
        _ => Reach::Refused,
    }
}
