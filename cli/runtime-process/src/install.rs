//! Installs Debian packages without letting them start services.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use devkit_diagnostic::Diagnostic;
use devkit_runtime::{Result, RuntimeError};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

use crate::binaries::{Machine, Missing};
use crate::host::user::is_root;

/// What Debian's packages ask before they start a service.
const POLICY: &str = "/usr/sbin/policy-rc.d";

/// Forbids service starts for as long as it lives, unless somebody has said something already.
#[derive(Debug)]
struct NoServices {
    made: Option<PathBuf>,
}

impl NoServices {
    fn new(path: &Path) -> io::Result<Self> {
        let opened = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o755)
            .open(path);
        match opened {
            Ok(mut file) => {
                let this = Self {
                    made: Some(path.to_owned()),
                };
                file.write_all(
                    b"#!/bin/sh\n# Made by devkit for the time of an install.\nexit 101\n",
                )?;
                Ok(this)
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(Self { made: None }),
            Err(error) => Err(error),
        }
    }
}

impl Drop for NoServices {
    fn drop(&mut self) {
        if let Some(path) = &self.made {
            // It is gone already, or cannot be helped.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Installs what is missing with the machine's package manager; lines go to `tell`.
pub(crate) async fn install(missing: &Missing, tell: &(dyn Fn(&str) + Send + Sync)) -> Result<()> {
    let unknown: Vec<_> = missing
        .binaries
        .iter()
        .filter(|binary| binary.debian.is_none())
        .collect();
    if Machine::this() != Machine::Debian || !is_root() || !unknown.is_empty() {
        return Err(RuntimeError::environment(
            missing.diagnostic(Machine::this()),
        ));
    }
    let failed = |error: &io::Error| {
        RuntimeError::environment(
            Diagnostic::error(format!("The packages cannot be installed: {error}"))
                .with_help(missing.install_command(Machine::Debian).join(" ")),
        )
    };
    let _no_services = NoServices::new(Path::new(POLICY)).map_err(|error| failed(&error))?;
    let mut command = missing.install_command(Machine::Debian);
    // Another install, such as an unattended upgrade, is waited for.
    command.splice(
        1..1,
        ["-o", "DPkg::Lock::Timeout=300"].map(ToOwned::to_owned),
    );
    if run(&command, tell).await.map_err(|error| failed(&error))? {
        return Ok(());
    }
    // The lists may be missing or old, as on a fresh machine.
    let update = ["apt-get".to_owned(), "update".to_owned()];
    run(&update, tell).await.map_err(|error| failed(&error))?;
    if run(&command, tell).await.map_err(|error| failed(&error))? {
        return Ok(());
    }
    Err(failed(&io::Error::other("apt-get failed")))
}

async fn run(command: &[String], tell: &(dyn Fn(&str) + Send + Sync)) -> io::Result<bool> {
    let [program, arguments @ ..] = command else {
        return Ok(true);
    };
    let mut child = Command::new(program)
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let stdout = child.stdout.take();
    let stderr = child.stderr.take();
    let lines = async {
        if let Some(stdout) = stdout {
            let mut lines = BufReader::new(stdout).lines();
            while let Some(line) = lines.next_line().await? {
                tell(&line);
            }
        }
        io::Result::Ok(())
    };
    let complaints = async {
        if let Some(stderr) = stderr {
            let mut lines = BufReader::new(stderr).lines();
            while let Some(line) = lines.next_line().await? {
                tell(&line);
            }
        }
        io::Result::Ok(())
    };
    futures::try_join!(lines, complaints)?;
    Ok(child.wait().await?.success())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_policy_is_made_for_the_time_of_the_install_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("policy-rc.d");
        let policy = NoServices::new(&path).unwrap();
        // Read by the shell: run by itself, the file is busy while another test forks.
        let answer = std::process::Command::new("sh").arg(&path).status();
        assert_eq!(answer.unwrap().code(), Some(101));
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o700, 0o700);
        drop(policy);
        assert!(!path.exists());
    }

    #[test]
    fn a_policy_that_is_there_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("policy-rc.d");
        std::fs::write(&path, "mine").unwrap();
        drop(NoServices::new(&path).unwrap());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    }
}
