use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use devkit_diagnostic::Diagnostic;
use devkit_runtime::{Event, Events, Result, RuntimeError};
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};

use super::ProcessDriver;
use crate::guard::{Guarded, Program};
use crate::host::folders::write_private;
use crate::host::process::MARK;
use crate::prepare::{NativeSettings, source_fingerprint};

/// How many of the last lines tell why a build failed.
const LAST_LINES: usize = 15;

impl ProcessDriver {
    /// The identity of what was built, when it was built from the sources as they are now.
    pub(super) fn built(&self, settings: &NativeSettings) -> Option<String> {
        let Some(build) = &settings.build else {
            return Some(format!("command:{}", settings.command.join(" ")));
        };
        let directory = settings.directory.as_deref()?;
        let program = settings.command.first()?;
        if program.contains('/') && !directory.join(program).is_file() {
            return None;
        }
        let now = source_fingerprint(directory, build);
        (self.builds().get(&key(directory, build)) == Some(&now)).then_some(now)
    }

    /// Runs the build of a native service, and notes what was built.
    pub(super) async fn build(
        &self,
        service: &str,
        settings: &NativeSettings,
        events: &Events,
    ) -> Result<()> {
        let (Some(build), Some(directory)) = (&settings.build, settings.directory.as_deref())
        else {
            return Ok(());
        };
        let sources = source_fingerprint(directory, build);
        let mut environment = self.inherited.clone();
        // Not the mark of the platform's instances: a supervisor that starts meanwhile ends what
        // carries that and is in no book. A build's guard ends it when this command is gone.
        environment.insert(MARK.to_owned(), format!("build/{}", self.client.layout.key));
        let program = Program {
            command: build.clone(),
            directory: directory.to_owned(),
            environment,
            stop_signal: "SIGTERM".to_owned(),
            grace: 2_000,
            ..Program::default()
        };
        let failed = |note: String| {
            RuntimeError::failed(
                Diagnostic::error(format!("The build of {service} failed"))
                    .with_note(note)
                    .with_help(format!("cd {} && {}", directory.display(), build.join(" "))),
            )
        };
        let guarded = Guarded::start(&self.client.devkit, &program)
            .await
            .map_err(|error| failed(error.to_string()))?;
        // Dropping it, as an interrupt does, ends the build.
        let _control = guarded.control;
        let (stdout, stderr, code) = tokio::join!(
            tell(service, guarded.stdout, events),
            tell(service, guarded.stderr, events),
            guarded.end.wait(),
        );
        if code != Some(0) {
            let lines: Vec<_> = stdout.into_iter().chain(stderr).collect();
            let last = lines.len().saturating_sub(LAST_LINES);
            return Err(failed(lines[last..].join("\n")));
        }
        self.note(directory, build, sources);
        Ok(())
    }

    fn builds(&self) -> BTreeMap<String, String> {
        std::fs::read(self.builds_file())
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    fn builds_file(&self) -> PathBuf {
        self.client.layout.run().join("builds.json")
    }

    fn note(&self, directory: &Path, build: &[String], sources: String) {
        let mut builds = self.builds();
        builds.insert(key(directory, build), sources);
        if let Ok(text) = serde_json::to_vec_pretty(&builds) {
            // Without the note it is built again, which is only slower.
            let _ = std::fs::create_dir_all(self.client.layout.run())
                .and_then(|()| write_private(&self.builds_file(), &text));
        }
    }
}

fn key(directory: &Path, build: &[String]) -> String {
    format!("{}: {}", directory.display(), build.join(" "))
}

/// Passes lines on as events, and keeps the last ones.
async fn tell(service: &str, source: impl AsyncRead + Unpin, events: &Events) -> Vec<String> {
    let mut kept = Vec::new();
    let mut lines = BufReader::new(source).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        if kept.len() == LAST_LINES {
            kept.remove(0);
        }
        kept.push(line.clone());
        events.send(Event::BuildOutput {
            service: service.to_owned(),
            line,
        });
    }
    kept
}
