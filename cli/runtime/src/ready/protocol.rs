use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long a service may take to answer one question.
const PATIENCE: Duration = Duration::from_secs(2);

/// A protocol that devkit speaks well enough to hear whether somebody is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// `PostgreSQL`: a client that says hello is asked who it is, or told that it is too early.
    Postgres,
    /// Redis: `PING`, answered with `PONG` or that one must log in.
    Redis,
    /// AMQP 0-9-1: the header is answered with the server's first frame.
    Amqp,
}

impl Protocol {
    /// The protocol of a known image, by the last part of its name.
    pub fn of_image(image: &str) -> Option<Self> {
        let name = image.rsplit('/').next()?;
        match name.split([':', '@']).next()? {
            "postgres" | "postgis" | "pgvector" | "timescaledb" => Some(Self::Postgres),
            "redis" | "valkey" | "redis-stack-server" => Some(Self::Redis),
            "rabbitmq" => Some(Self::Amqp),
            _ => None,
        }
    }

    /// The port that the image listens on.
    pub fn port(self) -> u16 {
        match self {
            Self::Postgres => 5432,
            Self::Redis => 6379,
            Self::Amqp => 5672,
        }
    }

    fn question(self) -> &'static [u8] {
        match self {
            Self::Postgres => {
                b"\x00\x00\x00\x29\x00\x03\x00\x00user\x00postgres\x00database\x00postgres\x00\x00"
            }
            Self::Redis => b"PING\r\n",
            Self::Amqp => b"AMQP\x00\x00\x09\x01",
        }
    }

    /// Whether the first bytes of an answer are those of a server that serves.
    fn accepts(self, answer: &[u8]) -> bool {
        match self {
            // A server that starts up refuses with the code 57P03; any other refusal is about this
            // client only.
            Self::Postgres => match answer.first() {
                Some(b'R') => true,
                Some(b'E') => !answer.windows(5).any(|code| code == b"57P03"),
                _ => false,
            },
            Self::Redis => answer.starts_with(b"+PONG") || answer.starts_with(b"-NOAUTH"),
            // A method frame on channel 0: connection.start.
            Self::Amqp => answer.starts_with(&[1, 0, 0]),
        }
    }
}

/// Whether a server answers in its protocol at an address.
///
/// # Errors
/// What stood in the way, in words.
pub async fn answers(protocol: Protocol, address: SocketAddr) -> Result<(), String> {
    let conversation = async {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(protocol.question()).await?;
        let mut answer = [0_u8; 256];
        let length = stream.read(&mut answer).await?;
        std::io::Result::Ok(answer[..length].to_vec())
    };
    match timeout(PATIENCE, conversation).await {
        Ok(Ok(answer)) if protocol.accepts(&answer) => Ok(()),
        Ok(Ok(answer)) => Err(format!(
            "{address} answered {:?}",
            String::from_utf8_lossy(&answer)
        )),
        Ok(Err(error)) => Err(format!("{address}: {error}")),
        Err(_) => Err(format!("{address} does not answer")),
    }
}

/// Whether anything accepts connections at an address.
pub(super) async fn accepts_connections(address: SocketAddr) -> bool {
    matches!(
        timeout(PATIENCE, TcpStream::connect(address)).await,
        Ok(Ok(_))
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    async fn server_that_says(answer: &'static [u8]) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut question = [0_u8; 64];
            let _ = stream.read(&mut question).await;
            stream.write_all(answer).await.unwrap();
        });
        address
    }

    #[tokio::test]
    async fn a_redis_that_wants_a_password_is_there() {
        let address = server_that_says(b"-NOAUTH Authentication required.\r\n").await;
        assert_eq!(answers(Protocol::Redis, address).await, Ok(()));
    }

    #[tokio::test]
    async fn a_redis_that_loads_is_not() {
        let address = server_that_says(b"-LOADING Redis is loading\r\n").await;
        let answer = answers(Protocol::Redis, address).await;
        assert!(answer.unwrap_err().contains("LOADING"));
    }

    #[tokio::test]
    async fn a_postgresql_that_starts_up_is_not() {
        let early =
            b"E\x00\x00\x00\x60SFATAL\x00VFATAL\x00C57P03\x00Mthe database system is starting up";
        let address = server_that_says(early).await;
        assert!(answers(Protocol::Postgres, address).await.is_err());
        let stranger = b"E\x00\x00\x00\x60SFATAL\x00VFATAL\x00C28000\x00Mno entry for host";
        let address = server_that_says(stranger).await;
        assert_eq!(answers(Protocol::Postgres, address).await, Ok(()));
        let address =
            server_that_says(b"R\x00\x00\x00\x17\x00\x00\x00\x0aSCRAM-SHA-256\x00\x00").await;
        assert_eq!(answers(Protocol::Postgres, address).await, Ok(()));
    }

    #[test]
    fn images_are_known_by_their_last_part() {
        let known = |image| Protocol::of_image(image);
        assert_eq!(known("postgres:17"), Some(Protocol::Postgres));
        assert_eq!(
            known("registry.example:5000/library/redis@sha256:1"),
            Some(Protocol::Redis)
        );
        assert_eq!(known("rabbitmq:4-management"), Some(Protocol::Amqp));
        assert_eq!(known("dpage/pgadmin4:9"), None);
    }
}
