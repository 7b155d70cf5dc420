//! Asks the running service whether it is ready: a health test for images without curl.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(4);

/// Succeeds if the service on `PORT` answers `/health/ready` with 200.
pub fn run(lookup: &impl Fn(&str) -> Option<String>) -> io::Result<()> {
    let port = lookup("PORT")
        .and_then(|port| port.parse().ok())
        .unwrap_or(crate::http::PORT);
    let answer = ask(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    let status = answer.lines().next().unwrap_or_default();
    if status.split(' ').nth(1) == Some("200") {
        return Ok(());
    }
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    Err(io::Error::other(format!("{status}: {body}")))
}

fn ask(address: SocketAddr) -> io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, TIMEOUT)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    // HTTP/1.0: the answer ends when the connection does.
    stream.write_all(b"GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
