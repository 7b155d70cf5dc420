use std::fmt;

use devkit_diagnostic::Diagnostic;

/// The result of an operation of a runtime.
pub type Result<T, E = RuntimeError> = std::result::Result<T, E>;

/// What kind of failure it was, which decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// The operation failed.
    Failed,
    /// The command or its input was wrong.
    Usage,
    /// Something outside the project is missing: no engine, a port taken, no disk.
    Environment,
    /// The user ended it.
    Interrupted,
}

impl Class {
    /// The exit code that stands for it.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Environment => 3,
            Self::Interrupted => 130,
        }
    }
}

/// A failure of a runtime: what to tell the user, and of what kind it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuntimeError {
    /// What to tell the user.
    pub diagnostic: Box<Diagnostic>,
    /// What kind of failure it was.
    pub class: Class,
}

impl RuntimeError {
    /// The operation failed.
    pub fn failed(diagnostic: Diagnostic) -> Self {
        Self::new(diagnostic, Class::Failed)
    }

    /// The command or its input was wrong.
    pub fn usage(diagnostic: Diagnostic) -> Self {
        Self::new(diagnostic, Class::Usage)
    }

    /// Something outside the project is missing.
    pub fn environment(diagnostic: Diagnostic) -> Self {
        Self::new(diagnostic, Class::Environment)
    }

    /// The user ended it.
    pub fn interrupted() -> Self {
        Self::new(Diagnostic::error("Interrupted"), Class::Interrupted)
    }

    fn new(diagnostic: Diagnostic, class: Class) -> Self {
        Self {
            diagnostic: Box::new(diagnostic),
            class,
        }
    }
}

impl fmt::Display for RuntimeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.diagnostic.fmt(formatter)
    }
}

impl std::error::Error for RuntimeError {}

/// A service that did not get where it should, while the others went on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceFailure {
    /// The service's key.
    pub service: String,
    /// Whether only a profile enables the service, so that the platform does without it.
    pub optional: bool,
    /// The failed dependency, where the service was not even tried because of it.
    pub because_of: Option<String>,
    /// What went wrong.
    pub error: RuntimeError,
}
