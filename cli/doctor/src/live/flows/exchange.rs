//! One HTTP request on a plain connection, and its answer.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long an answer may take. Hashing a password without optimization takes seconds.
const PATIENCE: Duration = Duration::from_secs(20);
/// An answer is not read further than this.
const LONGEST: u64 = 4 << 20;

/// What is sent.
#[derive(Debug, Clone, Default)]
pub(super) struct Message {
    /// The method.
    pub(super) method: String,
    /// The path with its query.
    pub(super) path: String,
    /// Headers besides those that say where it goes and how long it is.
    pub(super) headers: Vec<(&'static str, String)>,
    /// The body, with its media type.
    pub(super) body: Option<(&'static str, String)>,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    /// The status code.
    pub(super) status: u16,
    /// The media type, in small letters.
    pub(super) media_type: String,
    /// The body, as far as it came.
    pub(super) body: String,
}

impl Answer {
    /// Whether the request was served.
    pub(super) fn is_success(&self) -> bool {
        self.status < 400
    }

    /// The body as JSON.
    pub(super) fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_str(&self.body).ok()
    }
}

/// Sends a message, in HTTP/1.0 so that the answer is not chunked, and waits for the answer.
pub(super) async fn send(address: SocketAddr, message: &Message) -> Result<Answer, String> {
    let exchange = async {
        let mut stream = TcpStream::connect(address).await?;
        stream
            .write_all(written(address, message).as_bytes())
            .await?;
        read(stream).await
    };
    match timeout(PATIENCE, exchange).await {
        Ok(Ok(bytes)) => parsed(&bytes).ok_or_else(|| "the answer is not HTTP".to_owned()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err(format!("no answer within {} seconds", PATIENCE.as_secs())),
    }
}

fn written(address: SocketAddr, message: &Message) -> String {
    let (kind, body) = match &message.body {
        Some((kind, body)) => (format!("Content-Type: {kind}\r\n"), body.as_str()),
        None => (String::new(), ""),
    };
    let length = if message.method == "GET" {
        String::new()
    } else {
        format!("Content-Length: {}\r\n", body.len())
    };
    let mut text = format!(
        "{} {} HTTP/1.0\r\nHost: {address}\r\nAccept: */*\r\n{kind}{length}",
        message.method, message.path
    );
    for (name, value) in &message.headers {
        // Writing to a String cannot fail.
        let _ = write!(text, "{name}: {value}\r\n");
    }
    text + "\r\n" + body
}

/// Reads to the end; of a stream of events only the beginning, for it has no end.
async fn read(mut stream: TcpStream) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut limited = (&mut stream).take(LONGEST);
    while limited.read_buf(&mut bytes).await? > 0 {
        if parsed(&bytes).is_some_and(|answer| answer.media_type.starts_with("text/event-stream")) {
            break;
        }
    }
    Ok(bytes)
}

fn parsed(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]);
    let status = head.strip_prefix("HTTP/")?.split_whitespace().nth(1)?;
    let media_type = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-type"))
        .map(|(_, value)| value.trim().to_lowercase());
    Some(Answer {
        status: status.parse().ok()?,
        media_type: media_type.unwrap_or_default(),
        body: String::from_utf8_lossy(&bytes[end + 4..]).into_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read() {
        let answer =
            parsed(b"HTTP/1.1 202 Accepted\r\nContent-Type: Application/JSON\r\n\r\n{\"id\":7}")
                .unwrap();
        assert_eq!(
            (answer.status, answer.media_type.as_str()),
            (202, "application/json")
        );
        assert_eq!(answer.json().unwrap()["id"], 7);
        assert_eq!(parsed(b"SSH-2.0-OpenSSH\r\n\r\n"), None);
        assert_eq!(parsed(b"HTTP/1.1 200 OK\r\nContent-"), None);
    }

    #[test]
    fn a_message_says_how_long_it_is() {
        let message = Message {
            method: "POST".to_owned(),
            path: "/api/v1/export".to_owned(),
            ..Message::default()
        };
        let text = written("127.0.0.1:8000".parse().unwrap(), &message);
        assert!(text.starts_with("POST /api/v1/export HTTP/1.0\r\nHost: 127.0.0.1:8000\r\n"));
        assert!(text.ends_with("Content-Length: 0\r\n\r\n"), "{text}");
    }
}
