use std::collections::BTreeMap;
use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use devkit_compose::model::Service;
use devkit_runtime::{Instance, Observed, RuntimeKind};

use super::instances::attachment::is_incomplete;
use crate::context::Context;
use crate::matching::product_of_image;

/// How long any one question may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(3);

/// A running backing service, with where and as whom it is asked.
#[derive(Debug)]
pub(super) struct Backing<'a> {
    /// The service's key.
    pub(super) key: &'a str,
    /// The image's tag, where it has one.
    pub(super) tag: Option<&'a str>,
    /// The variables of the configuration.
    environment: BTreeMap<&'a str, &'a str>,
    instance: &'a Instance,
}

impl<'a> Backing<'a> {
    /// The first running instance of a service.
    pub(super) fn find(
        context: &Context<'a>,
        observed: &'a Observed,
        key: &'a str,
    ) -> Option<Self> {
        let service = context.project().services.get(key)?;
        let instance = observed
            .instances_of(key)
            .into_iter()
            .find(|instance| instance.is_running())?;
        let mut environment: BTreeMap<&str, &str> = instance
            .environment
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        environment.extend(
            service
                .environment
                .iter()
                .filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?))),
        );
        let image = service.image.as_deref().unwrap_or_default();
        Some(Self {
            key,
            tag: image
                .rsplit('/')
                .next()
                .and_then(|name| Some(name.split_once(':')?.1)),
            environment,
            instance,
        })
    }

    /// Whether it is a program of this machine, which stands in for the image.
    pub(super) fn is_substitute(&self) -> bool {
        self.instance.runtime == RuntimeKind::Process
    }

    /// A variable of the configuration.
    pub(super) fn variable(&self, name: &str) -> Option<&'a str> {
        self.environment.get(name).copied()
    }

    /// Where a port of it can be reached: as published, or else at its own address.
    pub(super) async fn address(&self, context: &Context<'_>, port: u16) -> Option<SocketAddr> {
        if is_incomplete(context, self.instance) && self.instance.networks.is_empty() {
            return None;
        }
        if let Some(address) = published(self.instance, port) {
            return Some(address);
        }
        let driver = context.inputs.driver?;
        driver.endpoint(self.instance, port).await.ok().flatten()
    }
}

/// The port that a service's image is known to listen on, unless it is told otherwise.
pub(super) fn well_known_port(service: &Service) -> Option<u16> {
    let product = product_of_image(service.image.as_deref()?)?;
    match product.id {
        "postgresql" => Some(5432),
        "redis" | "valkey" | "keydb" => Some(6379),
        "rabbitmq" => Some(5672),
        "mysql" | "mariadb" => Some(3306),
        "mongodb" => Some(27017),
        "memcached" => Some(11211),
        "elasticsearch" | "opensearch" => Some(9200),
        "ollama" => Some(11434),
        _ => None,
    }
}

/// Where the host publishes a port of an instance.
pub(super) fn published(instance: &Instance, port: u16) -> Option<SocketAddr> {
    let bound = instance
        .ports
        .iter()
        .find(|bound| bound.target == port && bound.host_port.is_some())?;
    let address = match bound.host_address.as_deref() {
        None | Some("" | "0.0.0.0") => "127.0.0.1",
        Some("::") => "::1",
        Some(address) => address,
    };
    Some(SocketAddr::new(address.parse().ok()?, bound.host_port?))
}

/// The answer, or why there was none, in time.
pub(super) async fn in_time<T, E: std::fmt::Display>(
    question: impl Future<Output = Result<T, E>>,
) -> Result<T, String> {
    match tokio::time::timeout(PATIENCE, question).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => Err(first_line(&error.to_string())),
        Err(_) => Err(format!("no answer within {} seconds", PATIENCE.as_secs())),
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}
