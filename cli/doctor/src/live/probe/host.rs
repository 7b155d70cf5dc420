//! The host's own addresses.

use std::net::{IpAddr, Ipv4Addr};

/// Interfaces that belong to containers and virtual machines: what listens for them listens for
/// nobody else.
const VIRTUAL: &[&str] = &[
    "docker", "br-", "veth", "virbr", "cni", "podman", "vmnet", "bridge",
];

/// The addresses under which other machines know the host.
pub(super) fn addresses() -> Vec<IpAddr> {
    let Ok(interfaces) = nix::ifaddrs::getifaddrs() else {
        return Vec::new();
    };
    let mut addresses: Vec<IpAddr> = interfaces
        .filter(|interface| {
            !VIRTUAL
                .iter()
                .any(|name| interface.interface_name.starts_with(name))
        })
        .filter_map(|interface| interface.address)
        .filter_map(|address| {
            address
                .as_sockaddr_in()
                .map(|address| IpAddr::V4(address.ip()))
                .or_else(|| {
                    let address = address.as_sockaddr_in6()?.ip();
                    Some(IpAddr::V6(address)).filter(|_| !address.is_unicast_link_local())
                })
        })
        .filter(|address| !address.is_loopback() && !address.is_unspecified())
        .collect();
    addresses.sort();
    addresses.dedup();
    addresses
}

/// The host's addresses and its loopback.
pub(super) fn with_loopback() -> Vec<IpAddr> {
    let mut addresses = vec![IpAddr::V4(Ipv4Addr::LOCALHOST)];
    addresses.extend(self::addresses());
    addresses
}
