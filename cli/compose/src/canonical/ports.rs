//! Ports: `[[address:]host:]container[/protocol]`, each a number or a range.

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::session::{Path, Session};
use crate::tree::{Node, Value};

/// A published port without its place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct PublishedPort {
    address: String,
    target: u16,
    host: String,
    protocol: String,
}

/// Makes one long entry of every port of every range.
pub(super) fn expand(node: Node, path: &Path, session: &mut Session) -> Node {
    let Some(items) = node.as_list() else {
        return node;
    };
    let mut ports = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        if item.as_map().is_some() {
            check_address(item, path, index, session);
            ports.push(item.clone());
            continue;
        }
        if matches!(item.value, Value::Float(_)) {
            session.error_with_help(
                format!("{path}[{index}] must be text or an integer, not a number"),
                item.place,
                "Put the value in quotes",
            );
            continue;
        }
        let text = item.scalar_text().unwrap_or_default();
        if session.keeps_variables() && text.contains('$') {
            ports.push(item.clone());
            continue;
        }
        match parse(&text) {
            Ok(expanded) => ports.extend(expanded.iter().map(|port| long(port, item))),
            Err(reason) => session.error_with_help(
                format!("{path}[{index}]: `{text}` is no valid port: {reason}"),
                item.place,
                "Write `host:container`, such as `8080:80`",
            ),
        }
    }
    node.at(Value::List(ports))
}

/// An address that a file gives must be one; short forms have theirs checked as they are read.
fn check_address(item: &Node, path: &Path, index: usize, session: &mut Session) {
    if let Some(node) = item.get("host_ip")
        && let Some(address) = node.as_text()
        && node.key != node.place
        && !(session.keeps_variables() && address.contains('$'))
        && address.parse::<IpAddr>().is_err()
    {
        let message = format!("{path}[{index}].host_ip: `{address}` is no address");
        session.error(message, node.place);
    }
}

fn long(port: &PublishedPort, item: &Node) -> Node {
    let mut map = BTreeMap::from([
        ("mode".into(), item.text_at("ingress")),
        ("target".into(), item.at(Value::Integer(port.target.into()))),
        ("protocol".into(), item.text_at(port.protocol.as_str())),
    ]);
    if !port.host.is_empty() {
        map.insert("published".into(), item.text_at(port.host.as_str()));
    }
    if !port.address.is_empty() {
        map.insert("host_ip".into(), item.text_at(port.address.as_str()));
    }
    item.at(Value::Map(map))
}

fn parse(text: &str) -> Result<Vec<PublishedPort>, String> {
    let (spec, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    let protocol = if protocol.is_empty() { "tcp" } else { protocol };
    if !["tcp", "udp", "sctp"].contains(&protocol.to_ascii_lowercase().as_str()) {
        return Err(format!("there is no protocol `{protocol}`"));
    }
    let parts: Vec<&str> = spec.split(':').collect();
    let (address, host, container) = match parts[..] {
        [container] => (String::new(), "", container),
        [host, container] => (String::new(), host, container),
        [address, host, container] => (address.to_owned(), host, container),
        _ => (
            parts[..parts.len() - 2].join(":"),
            parts[parts.len() - 2],
            parts[parts.len() - 1],
        ),
    };
    let address = address
        .strip_prefix('[')
        .and_then(|address| address.strip_suffix(']'))
        .unwrap_or(&address)
        .to_owned();
    if !address.is_empty() && address.parse::<IpAddr>().is_err() {
        return Err(format!("`{address}` is no address"));
    }
    if container.is_empty() {
        return Err("it names no port of the container".into());
    }
    let (first, last) = range(container)?;
    if first == 0 {
        return Err("0 is no port of a container".into());
    }
    let published = if host.is_empty() {
        None
    } else {
        Some(range(host)?)
    };
    if let Some((low, high)) = published
        && high - low != last - first
        && first != last
    {
        return Err("the two ranges differ in length".into());
    }
    let mut expanded: Vec<PublishedPort> = (first..=last)
        .map(|target| PublishedPort {
            address: address.clone(),
            target,
            host: match published {
                None => String::new(),
                Some((low, high)) if first == last && low != high => format!("{low}-{high}"),
                Some((low, _)) => (low + (target - first)).to_string(),
            },
            protocol: protocol.to_ascii_lowercase(),
        })
        .collect();
    // The reference sorts by the text of the port.
    expanded.sort_by_key(|port| format!("{}/{}", port.target, port.protocol));
    Ok(expanded)
}

fn range(text: &str) -> Result<(u16, u16), String> {
    let number = |text: &str| {
        Some(text)
            .filter(|text| text.starts_with(|first: char| first.is_ascii_digit()))
            .and_then(|text| text.parse::<u16>().ok())
            .ok_or_else(|| format!("`{text}` is no port between 0 and 65535"))
    };
    let Some((first, last)) = text.split_once('-') else {
        let port = number(text)?;
        return Ok((port, port));
    };
    let (first, last) = (number(first)?, number(last)?);
    if last < first {
        return Err(format!("the range `{text}` ends before it starts"));
    }
    Ok((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(text: &str) -> Vec<(u16, String)> {
        parse(text)
            .expect("valid")
            .into_iter()
            .map(|port| (port.target, port.host))
            .collect()
    }

    #[test]
    fn ranges_pair_up() {
        assert_eq!(published("80"), [(80, String::new())]);
        assert_eq!(
            published("8080-8081:80-81"),
            [(80, "8080".into()), (81, "8081".into())]
        );
        assert_eq!(published("8000-9000:80"), [(80, "8000-9000".into())]);
        assert!(parse("8000-8002:80-81").is_err());
    }

    #[test]
    fn addresses_may_be_of_both_kinds() {
        assert_eq!(parse("[::1]:80:80/udp").expect("valid")[0].address, "::1");
        assert!(parse("999.1.1.1:80:80").is_err());
        assert!(parse("80:").is_err());
        assert!(parse("80/quic").is_err());
    }
}
