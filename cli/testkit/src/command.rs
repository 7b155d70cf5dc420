use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The devkit binary under test.
#[derive(Debug, Clone)]
pub struct Binary {
    path: PathBuf,
}

/// What one run of devkit did.
#[derive(Debug)]
pub struct Run {
    /// The exit code; 128 and more for a signal.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// How long it took.
    pub elapsed: Duration,
}

impl Binary {
    /// Takes the path that cargo gives to integration tests (`CARGO_BIN_EXE_devkit`).
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// A command that runs devkit in a folder, in an environment that is the same everywhere.
    pub fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.path);
        command.current_dir(folder).stdin(Stdio::null());
        for name in [
            "COMPOSE_FILE",
            "COMPOSE_PROFILES",
            "COMPOSE_PROJECT_NAME",
            "NO_COLOR",
            "CI",
        ] {
            command.env_remove(name);
        }
        command
    }

    /// Runs devkit in a folder to its end.
    ///
    /// # Panics
    /// When the binary cannot be started.
    pub fn run(&self, folder: &Path, arguments: &[&str]) -> Run {
        let started = Instant::now();
        let output = self
            .command(folder)
            .args(arguments)
            .output()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", self.path.display()));
        Run::from_output(&output, started.elapsed())
    }
}

impl Run {
    fn from_output(output: &Output, elapsed: Duration) -> Self {
        use std::os::unix::process::ExitStatusExt;
        let status = output.status;
        Self {
            code: status
                .code()
                .unwrap_or_else(|| 128 + status.signal().unwrap_or(0)),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
            elapsed,
        }
    }

    /// Itself, when it ended with this code.
    ///
    /// # Panics
    /// When it ended with another one, showing all that was written.
    #[track_caller]
    #[expect(
        clippy::return_self_not_must_use,
        reason = "an assertion, which is used by being made"
    )]
    pub fn expect_code(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "unexpected exit code\n--- stdout\n{}\n--- stderr\n{}",
            self.stdout, self.stderr
        );
        self
    }
}
