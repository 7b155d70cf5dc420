use bollard::errors::Error;
use devkit_diagnostic::Diagnostic;
use devkit_runtime::RuntimeError;

/// Turns the client library's error into what the user sees.
pub(crate) fn failed(doing: &str, error: &Error) -> RuntimeError {
    match error {
        Error::DockerResponseServerError { message, .. } => {
            let diagnostic = Diagnostic::error(format!("{doing} failed: {}", message.trim()));
            if message.contains("no space left on device") {
                return RuntimeError::environment(
                    diagnostic.with_help("docker system df, then docker system prune"),
                );
            }
            RuntimeError::failed(diagnostic)
        }
        Error::DockerStreamError { error } => RuntimeError::failed(Diagnostic::error(format!(
            "{doing} failed: {}",
            error.trim()
        ))),
        error if is_connection(error) => RuntimeError::environment(
            Diagnostic::error(format!("{doing} failed: the Docker Engine does not answer"))
                .with_note(error.to_string())
                .with_help("docker info"),
        ),
        error => RuntimeError::failed(Diagnostic::error(format!("{doing} failed: {error}"))),
    }
}

/// The status that the engine answered with, where it answered.
pub(crate) fn status(error: &Error) -> Option<u16> {
    match error {
        Error::DockerResponseServerError { status_code, .. } => Some(*status_code),
        _ => None,
    }
}

/// What the engine answered, where it did.
pub(crate) fn message(error: &Error) -> &str {
    match error {
        Error::DockerResponseServerError { message, .. } => message,
        Error::DockerStreamError { error } => error,
        _ => "",
    }
}

/// `Ok` when the thing is not there, which is what was wanted.
pub(crate) fn absent_is_fine(result: Result<(), Error>) -> Result<(), Error> {
    match result {
        Err(error) if status(&error) == Some(404) => Ok(()),
        result => result,
    }
}

fn is_connection(error: &Error) -> bool {
    matches!(
        error,
        Error::HyperResponseError { .. }
            | Error::HyperLegacyError { .. }
            | Error::IOError { .. }
            | Error::RequestTimeoutError
            | Error::SocketNotFoundError(_)
    )
}
