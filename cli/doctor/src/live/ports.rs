use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use devkit_runtime::HostPort;
use tokio::net::TcpListener;

use crate::context::Context;
use crate::report::{Finding, Outcome};
use crate::rule;

/// Whether the ports of services that do not run yet are free.
pub(super) async fn taken(context: &Context<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    if context.inputs.machine.is_none() {
        return outcome;
    }
    let project = context.project();
    for (key, service) in &project.services {
        let runs = context.observed.as_ref().is_some_and(|observed| {
            observed
                .instances_of(key)
                .iter()
                .any(|instance| instance.is_running())
        });
        if runs {
            continue;
        }
        for (index, port) in service.ports.iter().enumerate() {
            let Some(number) = port.published_port().filter(|_| port.protocol != "udp") else {
                continue;
            };
            let address = port
                .host_ip
                .as_deref()
                .and_then(|address| address.parse().ok())
                .unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
            outcome.decided(&rule::TAKEN_PORT);
            let bound = TcpListener::bind(SocketAddr::new(address, number)).await;
            let in_use = bound.is_err_and(|error| error.kind() == std::io::ErrorKind::AddrInUse);
            if !in_use {
                continue;
            }
            let owner = owner(context, number, port.host_ip.clone()).await;
            if owner
                .as_ref()
                .is_some_and(|owner| owner.project.as_deref() == Some(project.name.as_str()))
            {
                continue;
            }
            let by = owner.map_or_else(
                || "another program".to_owned(),
                |owner| format!("`{}`", owner.name),
            );
            outcome.report(
                Finding::new(
                    &rule::TAKEN_PORT,
                    key.as_str(),
                    format!("Port {number} of `{key}` is taken by {by}"),
                )
                .in_compose(context.place(&format!("services.{key}.ports[{index}]"))),
            );
        }
    }
    outcome
}

async fn owner(
    context: &Context<'_>,
    port: u16,
    address: Option<String>,
) -> Option<devkit_runtime::PortOwner> {
    let driver = context.inputs.driver?;
    let port = HostPort {
        address,
        port,
        protocol: "tcp".to_owned(),
    };
    driver.port_owner(&port).await.ok().flatten()
}
