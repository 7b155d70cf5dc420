//! How a command ends when it does not end well.

use std::process::ExitCode;

use devkit_diagnostic::{Diagnostic, Diagnostics};

/// Why a command did not end well, which decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The operation failed, or doctor found something.
    Failed,
    /// Wrong usage or unreadable input.
    Usage,
    /// The environment is missing: no engine, a port taken, no disk.
    Environment,
    /// The user interrupted it.
    Interrupted,
    /// The code of the command that was run inside.
    Code(u8),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Environment => 3,
            Exit::Interrupted => 130,
            Exit::Code(code) => code,
        })
    }
}

/// An exit code with everything there is to say about it.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) diagnostics: Diagnostics,
}

/// What a command answers.
pub(crate) type Outcome = Result<(), Failure>;

impl Failure {
    pub(crate) fn new(exit: Exit, diagnostics: impl Into<Diagnostics>) -> Self {
        Self {
            exit,
            diagnostics: diagnostics.into(),
        }
    }

    /// Wrong usage, with what to type instead.
    pub(crate) fn usage(diagnostic: Diagnostic) -> Self {
        Self::new(Exit::Usage, diagnostic)
    }

    /// An exit code about which everything has been said.
    pub(crate) fn silent(exit: Exit) -> Self {
        Self::new(exit, Diagnostics::new())
    }
}

/// Diagnostics on their own come from input that cannot be read.
impl From<Diagnostics> for Failure {
    fn from(diagnostics: Diagnostics) -> Self {
        let interrupted = diagnostics
            .iter()
            .any(|diagnostic| diagnostic.code.as_deref() == Some("interrupted"));
        let exit = if interrupted {
            Exit::Interrupted
        } else {
            Exit::Usage
        };
        Self { exit, diagnostics }
    }
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Diagnostics::from(diagnostic).into()
    }
}
