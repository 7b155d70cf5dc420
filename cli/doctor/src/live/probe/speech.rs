//! The first bytes of a protocol, to hear whether a server speaks it.

use std::net::SocketAddr;
use std::time::Duration;

use devkit_compose::model::Service;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::context::Context;
use crate::live::connect::in_time;
use crate::matching::product_of_image;

/// How long a server that says nothing by itself is listened to.
const PAUSE: Duration = Duration::from_millis(200);

/// A protocol of which the first bytes are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protocol {
    Http,
    Tls,
    Postgres,
    Redis,
    Amqp,
    Mysql,
    Any,
}

/// What is wrong with a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    /// It does not answer, and why.
    Silent(String),
    /// It does not speak what it should.
    Other(&'static str),
}

impl Protocol {
    /// The protocol that the document names for a service's port, or else the one that its image
    /// is known for.
    pub(super) fn of(target: u16, context: &Context<'_>, key: &str, service: &Service) -> Self {
        let documented = context.pages.iter().find_map(|page| {
            page.document.facts.ports.iter().find_map(|port| {
                let is_it = port.internal == Some(target)
                    && page.services(&port.service).iter().any(|name| name == key);
                port.protocol.as_deref().filter(|_| is_it)
            })
        });
        documented
            .and_then(Self::named)
            .unwrap_or_else(|| Self::of_image(target, service))
    }

    fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let first = name.split([' ', '/', ',', '(', '-']).next()?;
        match first {
            "http" | "rest" | "ws" | "websocket" | "sse" => Some(Self::Http),
            "https" | "tls" | "wss" | "amqps" => Some(Self::Tls),
            "postgres" | "postgresql" => Some(Self::Postgres),
            "redis" | "resp" => Some(Self::Redis),
            "amqp" => Some(Self::Amqp),
            "mysql" | "mariadb" => Some(Self::Mysql),
            _ => None,
        }
    }

    fn of_image(target: u16, service: &Service) -> Self {
        let image = service.image.as_deref().unwrap_or_default();
        let product = product_of_image(image).map(|product| product.id);
        match (product, target) {
            (Some("postgresql"), 5432) => Self::Postgres,
            (Some("redis" | "valkey" | "keydb"), 6379) => Self::Redis,
            (Some("rabbitmq"), 5672) => Self::Amqp,
            (Some("mysql" | "mariadb"), 3306) => Self::Mysql,
            (Some("rabbitmq"), 15672) => Self::Http,
            _ => Self::Any,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Http => "HTTP",
            Self::Tls => "TLS",
            Self::Postgres => "PostgreSQL's protocol",
            Self::Redis => "Redis' protocol",
            Self::Amqp => "AMQP",
            Self::Mysql => "MySQL's protocol",
            Self::Any => "anything",
        }
    }

    fn greeting(self) -> &'static [u8] {
        match self {
            Self::Http => b"GET / HTTP/1.0\r\n\r\n",
            // A hello that offers one cipher: answered with a handshake or an alert.
            Self::Tls => {
                b"\x16\x03\x01\x00\x2f\x01\x00\x00\x2b\x03\x03\
                devkit doctor asks for an answer\
                \x00\x00\x04\xc0\x2f\x00\x2f\x01\x00"
            }
            // SSLRequest: length 8 and the request code 80877103.
            Self::Postgres => &[0, 0, 0, 8, 4, 210, 22, 47],
            Self::Redis => b"PING\r\n",
            Self::Amqp => b"AMQP\0\0\x09\x01",
            Self::Mysql | Self::Any => b"",
        }
    }

    fn accepts(self, answer: &[u8]) -> bool {
        match self {
            Self::Http => answer.starts_with(b"HTTP/"),
            Self::Tls => matches!(answer.first(), Some(0x15 | 0x16)),
            Self::Postgres => matches!(answer.first(), Some(b'S' | b'N' | b'E')),
            Self::Redis => matches!(answer.first(), Some(b'+' | b'-')),
            // A method frame on channel 0, or the header of the version that is spoken.
            Self::Amqp => answer.starts_with(&[1, 0, 0]) || answer.starts_with(b"AMQP"),
            // A packet of version 10, or of an error.
            Self::Mysql => matches!(answer.get(4), Some(10 | 255)),
            Self::Any => true,
        }
    }
}

/// Whether what listens at an address speaks a protocol.
pub(super) async fn speaks(address: SocketAddr, protocol: Protocol) -> Result<(), Problem> {
    let answer = in_time(async {
        let mut stream = TcpStream::connect(address).await?;
        if protocol == Protocol::Any {
            return listens(&mut stream).await;
        }
        stream.write_all(protocol.greeting()).await?;
        let mut answer = vec![0; 64];
        let mut length = 0;
        // A server may send its first bytes one by one.
        while length < 8 && !(length > 0 && protocol.accepts(&answer[..length])) {
            match stream.read(&mut answer[length..]).await? {
                0 if length == 0 => return Err(closed()),
                0 => break,
                more => length += more,
            }
        }
        answer.truncate(length);
        Ok(answer)
    })
    .await
    .map_err(Problem::Silent)?;
    if protocol.accepts(&answer) {
        Ok(())
    } else {
        Err(Problem::Other(protocol.name()))
    }
}

/// Hears whether a connection stays open: the engine's proxy accepts it also when nothing listens
/// behind it, and closes it at once.
async fn listens(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut first = vec![0; 1];
    match tokio::time::timeout(PAUSE, stream.read(&mut first)).await {
        Err(_) => Ok(Vec::new()),
        Ok(Ok(0)) => Err(closed()),
        Ok(Ok(_)) => Ok(first),
        Ok(Err(error)) => Err(error),
    }
}

fn closed() -> std::io::Error {
    std::io::Error::other("the connection is closed at once")
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    async fn server(answer: &'static [u8]) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut question = [0; 64];
                let _ = stream.read(&mut question).await;
                let _ = stream.write_all(answer).await;
            }
        });
        address
    }

    #[tokio::test]
    async fn a_server_is_known_by_its_first_bytes() {
        let http = server(b"HTTP/1.1 404 Not Found\r\n\r\n").await;
        let redis = server(b"-NOAUTH Authentication required.\r\n").await;
        assert_eq!(speaks(http, Protocol::Http).await, Ok(()));
        assert_eq!(
            speaks(redis, Protocol::Http).await,
            Err(Problem::Other("HTTP"))
        );
        assert_eq!(speaks(redis, Protocol::Redis).await, Ok(()));
        assert_eq!(
            speaks(http, Protocol::Amqp).await,
            Err(Problem::Other("AMQP"))
        );
    }

    #[tokio::test]
    async fn a_connection_that_is_closed_at_once_is_no_answer() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { while listener.accept().await.is_ok() {} });
        assert!(matches!(
            speaks(address, Protocol::Any).await,
            Err(Problem::Silent(_))
        ));
        assert!(matches!(
            speaks(address, Protocol::Http).await,
            Err(Problem::Silent(_))
        ));
    }

    #[test]
    fn the_hello_of_tls_has_the_lengths_that_it_says() {
        let hello = Protocol::Tls.greeting();
        assert_eq!(hello.len(), 5 + usize::from(hello[4]));
        assert_eq!(hello.len(), 9 + usize::from(hello[8]));
    }

    #[test]
    fn documents_name_protocols_in_their_own_words() {
        assert_eq!(Protocol::named("HTTP/REST"), Some(Protocol::Http));
        assert_eq!(Protocol::named("HTTPS"), Some(Protocol::Tls));
        assert_eq!(Protocol::named("TCP"), None);
    }
}
