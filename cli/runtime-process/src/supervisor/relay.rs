//! Listens on a port of the host and passes connections on to the instances of a service.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::office::Office;

/// How long a connection is held while no instance of the service accepts one.
const PATIENCE: Duration = Duration::from_secs(5);

/// A listening relay; dropping it closes the port and leaves open connections alone.
#[derive(Debug)]
pub(crate) struct Relay {
    pub(crate) service: String,
    pub(crate) target: u16,
    pub(crate) address: SocketAddr,
    /// Whether it is for peers, and stays while its service is away.
    pub(crate) door: bool,
    task: JoinHandle<()>,
}

impl Relay {
    pub(crate) fn open(
        office: &Arc<Office>,
        listener: std::net::TcpListener,
        service: &str,
        target: u16,
        door: bool,
    ) -> std::io::Result<Self> {
        listener.set_nonblocking(true)?;
        let listener = TcpListener::from_std(listener)?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(serve(
            Arc::downgrade(office),
            listener,
            service.to_owned(),
            target,
        ));
        Ok(Self {
            service: service.to_owned(),
            target,
            address,
            door,
            task,
        })
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    office: std::sync::Weak<Office>,
    listener: TcpListener,
    service: String,
    target: u16,
) {
    let turn = Arc::new(AtomicUsize::new(0));
    loop {
        let Ok((client, _)) = listener.accept().await else {
            // Out of descriptors: those that end make room.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Some(office) = office.upgrade() else {
            return;
        };
        let (service, turn) = (service.clone(), Arc::clone(&turn));
        tokio::spawn(async move {
            if let Some(backend) = connect(&office, &service, target, &turn).await {
                drop(office);
                pass_on(client, backend).await;
            }
        });
    }
}

/// Passes bytes both ways; the end of one direction is passed on and leaves the other open.
async fn pass_on(mut client: TcpStream, mut backend: TcpStream) {
    // Small answers must not wait for more; a socket that cannot is only slower.
    let _ = client.set_nodelay(true);
    let _ = backend.set_nodelay(true);
    // Either side may end abruptly, which ends both.
    let _ = copy_bidirectional(&mut client, &mut backend).await;
}

/// Connects to the next instance that accepts, each in its turn.
async fn connect(
    office: &Office,
    service: &str,
    target: u16,
    turn: &AtomicUsize,
) -> Option<TcpStream> {
    let until = Instant::now() + PATIENCE;
    loop {
        let (backends, served) = {
            let books = office.books();
            (books.backends(service, target), books.is_served(service))
        };
        let first = turn.fetch_add(1, Ordering::Relaxed);
        for offset in 0..backends.len() {
            let port = backends[(first + offset) % backends.len()];
            let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port);
            if let Ok(stream) = TcpStream::connect(address).await {
                return Some(stream);
            }
        }
        if !served || Instant::now() >= until {
            return None;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}
