//! From here, in the network namespace of a container's process.

use std::fs::File;
use std::net::{IpAddr, SocketAddr, TcpStream, UdpSocket};
use std::path::PathBuf;
use std::time::Duration;

use devkit_runtime::{Instance, Peer, Reach};
use nix::sched::{CloneFlags, setns};

use super::resolver::Resolver;

/// How long one connection may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// Connects from the namespace of a container; nothing where it cannot be entered.
pub(super) async fn reach(from: &Instance, peers: &[Peer]) -> Option<Vec<Reach>> {
    let own = from.networks.values().find_map(|address| address.ip)?;
    let process = PathBuf::from(format!("/proc/{}", from.process?));
    let namespace = File::open(process.join("ns/net")).ok()?;
    let resolver = Resolver::read(&process.join("root"))?;
    let tried = peers.iter().map(|peer| {
        let (namespace, resolver) = (namespace.try_clone(), resolver.clone());
        let peer = peer.clone();
        async move {
            let namespace = namespace.ok()?;
            let (sender, receiver) = tokio::sync::oneshot::channel();
            // A namespace belongs to a thread: this one enters it, and ends with it.
            std::thread::Builder::new()
                .name("reach".to_owned())
                .spawn(move || {
                    let entered = setns(&namespace, CloneFlags::CLONE_NEWNET).is_ok();
                    // Where devkit itself runs in a container, the number is another process's.
                    let right = entered && UdpSocket::bind((own, 0)).is_ok();
                    let answer = right.then(|| connect(&resolver, &peer));
                    // Nobody listens any more when doctor was stopped.
                    let _ = sender.send(answer);
                })
                .ok()?;
            receiver.await.ok().flatten()
        }
    });
    let answers = futures::future::join_all(tried).await;
    answers.into_iter().collect()
}

fn connect(resolver: &Resolver, peer: &Peer) -> Reach {
    let addresses: Vec<IpAddr> = match resolver.addresses(&peer.host) {
        Ok(addresses) if addresses.is_empty() => return Reach::Unresolved,
        Ok(addresses) => addresses,
        Err(reason) => return Reach::Unknown(reason),
    };
    let connected = addresses.into_iter().any(|address| {
        TcpStream::connect_timeout(&SocketAddr::new(address, peer.port), PATIENCE).is_ok()
    });
    if connected {
        Reach::Connected
    } else {
        Reach::Refused
    }
}
