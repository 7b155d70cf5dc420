use devkit_compose::Project;
use devkit_diagnostic::Diagnostic;

use crate::plan::unknown_service;
use crate::{Driver, PublishedPort, Result, RuntimeError};

/// Which published port is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortQuestion {
    /// The service.
    pub service: String,
    /// The number of the instance; the first where it is not said.
    pub number: Option<u32>,
    /// The instance's own port.
    pub target: u16,
    /// `tcp` or `udp`.
    pub protocol: String,
}

/// Where a port of a service is published on the host.
///
/// # Errors
/// An unknown service, one that does not run, or a port that is not published.
pub async fn port(
    driver: &dyn Driver,
    project: &Project,
    question: &PortQuestion,
) -> Result<PublishedPort> {
    let service = &question.service;
    let instances = driver.instances(project, service).await?;
    if instances.is_empty() && !project.all_services().any(|(name, _)| name == service) {
        return Err(unknown_service(project, service));
    }
    let instance = instances
        .iter()
        .filter(|instance| instance.is_running())
        .find(|instance| {
            question
                .number
                .is_none_or(|number| number == instance.number)
        })
        .ok_or_else(|| {
            RuntimeError::failed(
                Diagnostic::error(format!("Service {service} does not run"))
                    .with_help(format!("devkit up {service}")),
            )
        })?;
    instance
        .ports
        .iter()
        .find(|port| {
            port.target == question.target
                && port.protocol == question.protocol
                && port.host_port.is_some()
        })
        .cloned()
        .ok_or_else(|| {
            RuntimeError::failed(Diagnostic::error(format!(
                "{} does not publish the port {}/{}",
                instance.name, question.target, question.protocol
            )))
        })
}
