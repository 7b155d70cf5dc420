use bollard::query_parameters::CreateImageOptionsBuilder;
use devkit_compose::Project;
use devkit_diagnostic::Diagnostic;
use devkit_runtime::{Event, Events, Progress, Result, RuntimeError};
use futures::StreamExt;

use crate::DockerDriver;
use crate::error::{failed, message};

impl DockerDriver {
    /// Fetches an image, telling how far each layer is.
    pub(crate) async fn pull(
        &self,
        project: &Project,
        service: &str,
        image: &str,
        events: &Events,
    ) -> Result<()> {
        let mut options = CreateImageOptionsBuilder::new().from_image(image);
        if !has_tag(image) {
            options = options.tag("latest");
        }
        let platform = project
            .services
            .get(service)
            .and_then(|service| service.platform.as_deref());
        if let Some(platform) = platform {
            options = options.platform(platform);
        }
        let credentials = self.options.credentials(image).await;
        let mut news = Box::pin(
            self.client
                .create_image(Some(options.build()), None, credentials),
        );
        while let Some(item) = news.next().await {
            let item = item.map_err(|error| cannot_be_had(service, image, &error))?;
            if let Some(error) = item.error_detail.and_then(|detail| detail.message) {
                let error = bollard::errors::Error::DockerStreamError { error };
                return Err(cannot_be_had(service, image, &error));
            }
            let detail = item.progress_detail.unwrap_or_default();
            let size = |number: Option<i64>| number.and_then(|number| u64::try_from(number).ok());
            events.send(Event::Progress(Progress {
                service: service.to_owned(),
                subject: image.to_owned(),
                part: item.id,
                message: item.status.unwrap_or_default(),
                current: size(detail.current),
                total: size(detail.total),
            }));
        }
        Ok(())
    }

    /// Fails by name when an image is not there.
    pub(crate) async fn require_image(&self, service: &str, image: &str) -> Result<()> {
        match self.image_id(image).await {
            Some(_) => Ok(()),
            None => Err(missing(service, image)),
        }
    }
}

/// The error of an image that is not there and is not fetched either.
pub(crate) fn missing(service: &str, image: &str) -> RuntimeError {
    RuntimeError::failed(
        Diagnostic::error(format!(
            "The image {image} of service {service} is not there"
        ))
        .with_help(format!("devkit pull {service}")),
    )
}

fn cannot_be_had(service: &str, image: &str, error: &bollard::errors::Error) -> RuntimeError {
    let answer = message(error).trim();
    if answer.is_empty() {
        return failed(&format!("Pulling {image} for service {service}"), error);
    }
    RuntimeError::failed(
        Diagnostic::error(format!(
            "The image {image} of service {service} cannot be had"
        ))
        .with_note(answer)
        .with_help(format!("docker pull {image}, or name another image")),
    )
}

fn has_tag(image: &str) -> bool {
    image.contains('@')
        || image
            .rsplit('/')
            .next()
            .is_some_and(|name| name.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_no_tag() {
        assert!(has_tag("localhost:5000/a:1"));
        assert!(!has_tag("localhost:5000/a"));
        assert!(has_tag("a@sha256:0"));
    }
}
