use std::collections::BTreeSet;

use bollard::models::{PortBinding, PortMap};
use devkit_compose::model::{Port, Service};

/// The ports that a container has, as the engine names them.
pub(super) fn exposed(service: &Service) -> Vec<String> {
    let published = service.ports.iter().map(key);
    let exposed = service.expose.iter().map(|port| {
        if port.contains('/') {
            port.clone()
        } else {
            format!("{port}/tcp")
        }
    });
    let all: BTreeSet<String> = published.chain(exposed).collect();
    all.into_iter().collect()
}

/// Where the host publishes them; no host port means any free one.
pub(super) fn bindings(service: &Service) -> PortMap {
    let mut bindings = PortMap::new();
    for port in &service.ports {
        let binding = PortBinding {
            host_ip: port.host_ip.clone(),
            host_port: port.published.clone(),
        };
        bindings
            .entry(key(port))
            .or_default()
            .get_or_insert_default()
            .push(binding);
    }
    bindings
}

fn key(port: &Port) -> String {
    let protocol = if port.protocol.is_empty() {
        "tcp"
    } else {
        &port.protocol
    };
    format!("{}/{protocol}", port.target)
}
