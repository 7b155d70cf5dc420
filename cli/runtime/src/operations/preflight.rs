use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, TcpListener, UdpSocket};

use devkit_compose::Project;
use devkit_compose::model::Service;
use devkit_diagnostic::Diagnostic;

use crate::holder::process_on;
use crate::{Action, Driver, HostPort, Observed, Plan, Result, RuntimeError};

/// Checks every host port and subnet that a plan is going to take, before anything is made.
///
/// # Errors
/// One error that names every port that is taken with its holder, or the subnet with its network.
pub async fn preflight(
    driver: &dyn Driver,
    project: &Project,
    observed: &Observed,
    plan: &Plan,
) -> Result<()> {
    if plan.is_empty() {
        return Ok(());
    }
    ports(driver, project, observed, plan).await?;
    subnets(driver, project, plan).await
}

/// The fixed ports of the host that a service publishes.
pub fn host_ports(service: &Service) -> Vec<HostPort> {
    service
        .ports
        .iter()
        .filter_map(|port| {
            Some(HostPort {
                address: port.host_ip.clone(),
                port: port.published_port()?,
                protocol: if port.protocol.is_empty() {
                    "tcp".to_owned()
                } else {
                    port.protocol.clone()
                },
            })
        })
        .filter(|port| port.port != 0)
        .collect()
}

async fn ports(
    driver: &dyn Driver,
    project: &Project,
    observed: &Observed,
    plan: &Plan,
) -> Result<()> {
    let starting: BTreeSet<&str> = plan
        .steps
        .iter()
        .filter(|step| matches!(step.action, Action::Start { .. }))
        .filter_map(|step| step.action.service())
        .collect();
    let ours: BTreeSet<(u16, &str)> = observed
        .instances
        .iter()
        .filter(|instance| instance.is_running())
        .flat_map(|instance| &instance.ports)
        .filter_map(|port| Some((port.host_port?, port.protocol.as_str())))
        .collect();
    let mut wanted: Vec<(HostPort, &str)> = Vec::new();
    let mut problems = Vec::new();
    for name in starting {
        let Some(service) = project.services.get(name) else {
            continue;
        };
        for port in host_ports(service) {
            if let Some((_, other)) = wanted.iter().find(|(taken, _)| clash(taken, &port)) {
                let both = if *other == name {
                    format!("{name} publishes the host port {} twice", port.port)
                } else {
                    format!(
                        "{other} and {name} both publish the host port {}",
                        port.port
                    )
                };
                let help = format!("give one of them another port in {}", place(project, name));
                problems.push((both, help));
            }
            wanted.push((port, name));
        }
    }
    for (port, name) in wanted {
        if ours.contains(&(port.port, port.protocol.as_str())) {
            continue;
        }
        if let Some(holder) = holder(driver, &port).await? {
            problems.push((
                format!("The host port {} of {name} is taken by {holder}", port.port),
                format!("stop it, or change the port in {}", place(project, name)),
            ));
        }
    }
    let Some(((first, help), rest)) = problems.split_first() else {
        return Ok(());
    };
    let mut diagnostic = Diagnostic::error(first.clone()).with_help(help.clone());
    for (message, _) in rest {
        diagnostic = diagnostic.with_note(message.clone());
    }
    Err(RuntimeError::environment(diagnostic))
}

/// Whether two ports cannot be published at once.
fn clash(one: &HostPort, other: &HostPort) -> bool {
    let family = |port: &HostPort| port.address.as_deref().map(|address| address.contains(':'));
    if let (Some(one), Some(other)) = (family(one), family(other))
        && one != other
    {
        return false;
    }
    let any = |port: &HostPort| {
        port.address
            .as_deref()
            .is_none_or(|address| matches!(address, "" | "0.0.0.0" | "::"))
    };
    one.port == other.port
        && one.protocol == other.protocol
        && (any(one) || any(other) || one.address == other.address)
}

/// Where a service's ports stand, for people.
fn place(project: &Project, name: &str) -> String {
    project
        .location(&format!("services.{name}.ports"))
        .map_or_else(
            || format!("services.{name}.ports"),
            |location| location.to_string(),
        )
}

/// Who holds a port of the host; nothing when it is free.
async fn holder(driver: &dyn Driver, port: &HostPort) -> Result<Option<String>> {
    if driver.shares_host() && is_free(port) {
        return Ok(None);
    }
    if let Some(owner) = driver.port_owner(port).await? {
        let project = owner
            .project
            .map_or_else(String::new, |project| format!(" of the project {project}"));
        return Ok(Some(format!("{} {}{project}", driver.kind(), owner.name)));
    }
    if !driver.shares_host() {
        return Ok(None);
    }
    let process = process_on(port.port, &port.protocol);
    Ok(Some(
        process.unwrap_or_else(|| "another program".to_owned()),
    ))
}

/// Whether the port can be bound; what devkit may not try counts as free.
fn is_free(port: &HostPort) -> bool {
    let address: IpAddr = port
        .address
        .as_deref()
        .and_then(|address| address.parse().ok())
        .unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let result = if port.protocol == "udp" {
        UdpSocket::bind((address, port.port)).map(drop)
    } else {
        TcpListener::bind((address, port.port)).map(drop)
    };
    result.map_or_else(|error| error.kind() != ErrorKind::AddrInUse, |()| true)
}

async fn subnets(driver: &dyn Driver, project: &Project, plan: &Plan) -> Result<()> {
    let removed: BTreeSet<&str> = plan
        .steps
        .iter()
        .filter_map(|step| match &step.action {
            Action::RemoveNetwork { name, .. } => Some(name.as_str()),
            _ => None,
        })
        .collect();
    let mut taken = None;
    for step in &plan.steps {
        let Action::CreateNetwork { key, name } = &step.action else {
            continue;
        };
        let pools = project
            .networks
            .get(key)
            .map(|network| network.ipam.config.as_slice())
            .unwrap_or_default();
        for subnet in pools.iter().filter_map(|pool| pool.subnet.as_deref()) {
            if taken.is_none() {
                taken = Some(driver.subnets().await?);
            }
            let owner = taken.iter().flatten().find(|owner| {
                !removed.contains(owner.network.as_str()) && overlapping(subnet, &owner.subnet)
            });
            if let Some(owner) = owner {
                let whose = owner
                    .project
                    .as_ref()
                    .map_or_else(String::new, |project| format!(" of the project {project}"));
                return Err(RuntimeError::environment(
                    Diagnostic::error(format!(
                        "The subnet {subnet} of the network {name} overlaps with {} of the network {}{whose}",
                        owner.subnet, owner.network
                    ))
                    .with_help(format!(
                        "give another subnet in {}, or remove that network",
                        project.location(&format!("networks.{key}")).map_or_else(
                            || format!("networks.{key}.ipam"),
                            |location| location.to_string()
                        )
                    )),
                ));
            }
        }
    }
    Ok(())
}

/// Whether two subnets in CIDR form share an address; text that is none shares nothing.
pub fn overlapping(one: &str, other: &str) -> bool {
    let (Some((one, one_bits)), Some((other, other_bits))) = (parse(one), parse(other)) else {
        return false;
    };
    if one.is_ipv4() != other.is_ipv4() {
        return false;
    }
    let bits = one_bits.min(other_bits);
    prefix(one, bits) == prefix(other, bits)
}

fn parse(subnet: &str) -> Option<(IpAddr, u32)> {
    let (address, bits) = subnet.split_once('/')?;
    let address: IpAddr = address.parse().ok()?;
    let bits: u32 = bits.parse().ok()?;
    (bits <= if address.is_ipv4() { 32 } else { 128 }).then_some((address, bits))
}

fn prefix(address: IpAddr, bits: u32) -> u128 {
    let (value, width) = match address {
        IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
        IpAddr::V6(address) => (address.to_bits(), 128),
    };
    value.checked_shr(width - bits).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subnets_overlap_when_one_holds_the_other() {
        assert!(overlapping("172.20.0.0/16", "172.20.5.0/24"));
        assert!(overlapping("0.0.0.0/0", "10.0.0.0/8"));
        assert!(!overlapping("172.20.0.0/16", "172.21.0.0/16"));
        assert!(!overlapping("172.20.0.0/16", "fd00::/8"));
    }

    #[test]
    fn ports_clash_when_their_addresses_may_be_the_same() {
        let port = |address: Option<&str>, protocol: &str| HostPort {
            address: address.map(str::to_owned),
            port: 8000,
            protocol: protocol.into(),
        };
        assert!(clash(&port(None, "tcp"), &port(Some("127.0.0.1"), "tcp")));
        assert!(clash(
            &port(Some("127.0.0.1"), "tcp"),
            &port(Some("127.0.0.1"), "tcp")
        ));
        assert!(!clash(
            &port(Some("127.0.0.1"), "tcp"),
            &port(Some("127.0.0.2"), "tcp")
        ));
        assert!(!clash(
            &port(Some("0.0.0.0"), "tcp"),
            &port(Some("::"), "tcp")
        ));
        assert!(!clash(&port(None, "tcp"), &port(None, "udp")));
    }

    #[test]
    fn a_bound_port_is_not_free() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = HostPort {
            address: Some("127.0.0.1".into()),
            port: listener.local_addr().unwrap().port(),
            protocol: "tcp".into(),
        };
        assert!(!is_free(&port));
        drop(listener);
        assert!(is_free(&port));
    }
}
