use devkit_compose::Project;
use devkit_diagnostic::Diagnostic;

use super::board::Failed;
use crate::{RuntimeError, ServiceFailure};

/// The failure of a service as the report tells it.
pub(super) fn describe(project: &Project, service: &str, failed: &Failed) -> ServiceFailure {
    let because_of = failed.because_of.clone().filter(|other| other != service);
    let optional = project
        .services
        .get(service)
        .is_some_and(|service| !service.profiles.is_empty());
    let error = match &because_of {
        Some(other) => RuntimeError {
            diagnostic: Box::new(
                Diagnostic::error(format!(
                    "Service {service} was not started, because {other} failed"
                ))
                .with_note(failed.error.diagnostic.message.clone()),
            ),
            class: failed.error.class,
        },
        None => failed.error.clone(),
    };
    ServiceFailure {
        service: service.to_owned(),
        optional,
        because_of,
        error,
    }
}
