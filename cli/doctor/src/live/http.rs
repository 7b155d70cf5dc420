use std::fmt::Write as _;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// An answer of an HTTP server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Response {
    /// The status code.
    pub(super) status: u16,
    /// The body.
    pub(super) body: String,
}

/// Asks an HTTP server on a plain connection, in HTTP/1.0 so that the answer is not chunked.
pub(super) async fn get(
    address: SocketAddr,
    path: &str,
    credentials: Option<(&str, &str)>,
) -> std::io::Result<Response> {
    let mut stream = TcpStream::connect(address).await?;
    let authorization = credentials.map_or_else(String::new, |(user, password)| {
        let encoded = base64(format!("{user}:{password}").as_bytes());
        format!("Authorization: Basic {encoded}\r\n")
    });
    let request = format!("GET {path} HTTP/1.0\r\nHost: {address}\r\n{authorization}\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut bytes = Vec::new();
    stream.take(4 << 20).read_to_end(&mut bytes).await?;
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head
        .split_whitespace()
        .nth(1)
        .and_then(|status| status.parse().ok())
        .filter(|_| head.starts_with("HTTP/"))
        .ok_or_else(|| std::io::Error::other("the answer is not HTTP"))?;
    Ok(Response {
        status,
        body: body.to_owned(),
    })
}

/// A text as a part of an address.
pub(super) fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk
            .iter()
            .chain(&[0, 0])
            .take(3)
            .fold(0_usize, |group, byte| group << 8 | usize::from(*byte));
        for position in 0..4 {
            if position <= chunk.len() {
                encoded.push(char::from(LETTERS[group >> (18 - 6 * position) & 63]));
            } else {
                encoded.push('=');
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_encoded() {
        assert_eq!(base64(b"user:pa"), "dXNlcjpwYQ==");
        assert_eq!(base64(b"user:pas"), "dXNlcjpwYXM=");
        assert_eq!(base64(b"user:pass"), "dXNlcjpwYXNz");
        assert_eq!(encoded("/a b"), "%2Fa%20b");
    }
}
