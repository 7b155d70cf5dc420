//! Ports that no compose file publishes, from the host: they must be closed.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use devkit_compose::Project;
use devkit_compose::model::Service;
use devkit_runtime::{HostPort, Instance, Observed, RuntimeKind};
use tokio::net::TcpStream;

use super::{host, running};
use crate::checks::ports::publishes;
use crate::context::Context;
use crate::report::{Finding, Outcome};
use crate::rule;

/// How long a connection to the host itself may take; filters drop packets without a word.
const PATIENCE: Duration = Duration::from_millis(300);

/// Tries every port that a service has for its peers alone.
pub(super) async fn check(context: &Context<'_>, observed: &Observed) -> Outcome {
    let tried = context
        .project()
        .services
        .iter()
        .filter(|(_, service)| service.network_mode.as_deref() != Some("host"))
        .filter_map(|(key, service)| Some((key, service, running(observed, key)?)))
        .map(|(key, service, instance)| async move {
            match instance.runtime {
                RuntimeKind::Docker => container(context, key, service, instance).await,
                RuntimeKind::Process => process(context, key, service, instance).await,
            }
        });
    let mut outcome = Outcome::default();
    for answers in futures::future::join_all(tried).await {
        outcome.extend(answers);
    }
    outcome
}

/// A container's port is reached through the engine, or because it shares the host's network.
async fn container(
    context: &Context<'_>,
    key: &str,
    service: &Service,
    instance: &Instance,
) -> Outcome {
    let mut outcome = Outcome::default();
    let on_host = instance.networks.contains_key("host");
    let inside = inside(context, key, service, instance);
    for port in inside
        .into_iter()
        .filter(|port| !is_published(context.project(), *port))
    {
        outcome.decided(&rule::OPEN_PORT);
        // What the engine says that the container publishes is told without a test.
        let told = instance.ports.iter().any(|own| own.host_port == Some(port));
        let Some(address) = first_open(&host::with_loopback(), port)
            .await
            .filter(|_| !told)
        else {
            continue;
        };
        if on_host || is_owner(context, instance, port).await {
            outcome.report(open(context, key, address, port));
        }
    }
    outcome
}

/// A process listens on private ports of the loopback; on the host's addresses only the
/// published ones may answer.
async fn process(
    context: &Context<'_>,
    key: &str,
    service: &Service,
    instance: &Instance,
) -> Outcome {
    let mut outcome = Outcome::default();
    let Some(driver) = context.inputs.driver else {
        return outcome;
    };
    for port in inside(context, key, service, instance)
        .into_iter()
        .chain(service.ports.iter().map(|port| port.target))
        .collect::<BTreeSet<_>>()
    {
        let Some(private) = driver.endpoint(instance, port).await.ok().flatten() else {
            continue;
        };
        outcome.decided(&rule::OPEN_PORT);
        let published = |number| is_published(context.project(), number);
        let mut found = None;
        if !published(private.port()) {
            found = first_open(&host::addresses(), private.port()).await;
        }
        if found.is_none() && !published(port) && private.port() != port {
            let here = first_open(&host::with_loopback(), port).await;
            if here.is_some() && is_owner(context, instance, port).await {
                found = here;
            }
        }
        if let Some(address) = found {
            outcome.report(open(context, key, address, port));
        }
    }
    outcome
}

fn open(context: &Context<'_>, key: &str, address: SocketAddr, port: u16) -> Finding {
    Finding::new(
        &rule::OPEN_PORT,
        key,
        format!("Port {port} of `{key}` answers at {address}, and no compose file publishes it"),
    )
    .in_compose(context.place(&format!("services.{key}")))
}

/// The ports that a service has inside and does not publish.
fn inside(
    context: &Context<'_>,
    key: &str,
    service: &Service,
    instance: &Instance,
) -> BTreeSet<u16> {
    let exposed = service
        .expose
        .iter()
        .filter(|port| !port.ends_with("/udp"))
        .filter_map(|port| port.split('/').next()?.parse().ok());
    let of_image = instance
        .ports
        .iter()
        .filter(|port| port.host_port.is_none() && port.protocol == "tcp")
        .map(|port| port.target);
    let told = ["PORT", "HTTP_PORT", "SERVER_PORT"]
        .into_iter()
        .filter_map(|name| instance.environment.get(name)?.parse().ok())
        .filter(|_| instance.runtime == RuntimeKind::Docker);
    let documented = context.pages.iter().flat_map(|page| {
        let rows = page.document.facts.ports.iter();
        rows.filter(|port| page.names.one(&port.service).as_deref() == Some(key))
            .filter_map(|port| port.internal)
    });
    exposed
        .chain(of_image)
        .chain(told)
        .chain(documented)
        .filter(|port| *port != 0 && !service.ports.iter().any(|own| own.target == *port))
        .collect()
}

/// Whether any service publishes a port of the host: what answers there is meant to.
fn is_published(project: &Project, number: u16) -> bool {
    project
        .all_services()
        .flat_map(|(_, service)| &service.ports)
        .any(|port| publishes(port, number))
}

/// Whether the runtime holds a port of the host for an instance.
async fn is_owner(context: &Context<'_>, instance: &Instance, port: u16) -> bool {
    let Some(driver) = context.inputs.driver else {
        return false;
    };
    let port = HostPort {
        address: None,
        port,
        protocol: "tcp".to_owned(),
    };
    let owner = driver.port_owner(&port).await.ok().flatten();
    owner.is_some_and(|owner| {
        owner.name == instance.name
            || (owner.project.as_deref() == Some(context.project().name.as_str())
                && owner.service.as_deref() == Some(instance.service.as_str()))
    })
}

/// The first address at which a port accepts.
async fn first_open(addresses: &[IpAddr], port: u16) -> Option<SocketAddr> {
    let tried = addresses.iter().map(|address| async move {
        let address = SocketAddr::new(*address, port);
        let connected = tokio::time::timeout(PATIENCE, TcpStream::connect(address)).await;
        connected
            .is_ok_and(|stream| stream.is_ok())
            .then_some(address)
    });
    futures::future::join_all(tried)
        .await
        .into_iter()
        .flatten()
        .next()
}
