use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use bollard::{API_DEFAULT_VERSION, Docker};
use devkit_diagnostic::Diagnostic;
use devkit_runtime::{Result, RuntimeError};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::time::timeout;

use crate::{Capabilities, DockerDriver};

/// Where the engine listens when nothing else is said.
const DEFAULT_HOST: &str = "unix:///var/run/docker.sock";
/// How long an engine may take to say what it is.
const PATIENCE: Duration = Duration::from_secs(10);
/// Seconds that one request may take; builds and slow stops must not run into it.
const REQUEST_TIMEOUT: u64 = 24 * 60 * 60;

/// How the engine is found; the process environment is given, never read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConnectOptions {
    /// `DOCKER_HOST`.
    pub host: Option<String>,
    /// `DOCKER_CONTEXT`.
    pub context: Option<String>,
    /// `DOCKER_CONFIG`, or `~/.docker`.
    pub config_dir: Option<PathBuf>,
}

impl ConnectOptions {
    /// The address of the engine: `DOCKER_HOST`, else the context's, else the usual socket.
    ///
    /// # Errors
    /// A context that does not exist.
    pub fn address(&self) -> Result<String> {
        if let Some(host) = self.host.as_ref().filter(|host| !host.is_empty()) {
            return Ok(host.clone());
        }
        match self.context_name().as_deref() {
            None | Some("" | "default") => Ok(DEFAULT_HOST.to_owned()),
            Some(name) => self.context_address(name).ok_or_else(|| {
                RuntimeError::environment(
                    Diagnostic::error(format!("The Docker context {name} does not exist"))
                        .with_help("docker context ls")
                        .with_help("docker context use default"),
                )
            }),
        }
    }

    fn context_name(&self) -> Option<String> {
        if self.context.is_some() {
            return self.context.clone();
        }
        let config = self.json("config.json")?;
        Some(config.get("currentContext")?.as_str()?.to_owned())
    }

    fn context_address(&self, name: &str) -> Option<String> {
        let digest = Sha256::digest(name.as_bytes());
        let folder = digest.iter().fold(String::new(), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        });
        let meta = self.json(&format!("contexts/meta/{folder}/meta.json"))?;
        let host = meta.pointer("/Endpoints/docker/Host")?.as_str()?;
        Some(host.to_owned())
    }

    pub(crate) fn json(&self, path: &str) -> Option<Value> {
        let path = self.config_dir.as_ref()?.join(path);
        serde_json::from_slice(&std::fs::read(path).ok()?).ok()
    }
}

impl DockerDriver {
    /// Connects to the engine and asks what it is able to do.
    ///
    /// # Errors
    /// No engine answers, or it is too old; all with exit code 3.
    pub async fn connect(options: &ConnectOptions) -> Result<Self> {
        let address = options.address()?;
        let client = client(&address)?;
        let version = match timeout(PATIENCE, client.version()).await {
            Ok(Ok(version)) => version,
            Ok(Err(error)) => return Err(no_engine(&address, &error.to_string())),
            Err(_) => return Err(no_engine(&address, "it does not answer")),
        };
        let capabilities = Capabilities::read(version);
        if capabilities.api < Capabilities::OLDEST {
            let (major, minor) = capabilities.api;
            return Err(RuntimeError::environment(
                Diagnostic::error(format!(
                    "The Docker Engine {} speaks the API {major}.{minor}, devkit needs 1.41",
                    capabilities.engine
                ))
                .with_help("install Docker Engine 20.10 or newer"),
            ));
        }
        Ok(Self::new(client, capabilities, address, options.clone()))
    }
}

/// A client for an address, without a word to the engine yet.
pub(crate) fn client(address: &str) -> Result<Docker> {
    let client = if address.starts_with("unix://") || address.starts_with('/') {
        Docker::connect_with_unix(address, REQUEST_TIMEOUT, API_DEFAULT_VERSION)
    } else if address.starts_with("tcp://") || address.starts_with("http://") {
        Docker::connect_with_http(address, REQUEST_TIMEOUT, API_DEFAULT_VERSION)
    } else {
        return Err(RuntimeError::environment(
            Diagnostic::error(format!("devkit cannot reach a Docker Engine at {address}"))
                .with_note("it speaks to unix:// and tcp:// addresses")
                .with_help("ssh -L /tmp/docker.sock:/var/run/docker.sock HOST, then DOCKER_HOST=unix:///tmp/docker.sock"),
        ));
    };
    client.map_err(|error| no_engine(address, &error.to_string()))
}

fn no_engine(address: &str, why: &str) -> RuntimeError {
    RuntimeError::environment(
        Diagnostic::error(format!("No Docker Engine answers at {address}"))
            .with_note(why)
            .with_help("start it: sudo systemctl start docker")
            .with_help("or do without one: devkit up --runtime process"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_context_is_looked_up_by_the_digest_of_its_name() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let meta = folder
            .path()
            .join("contexts/meta/fe9c6bd7a66301f49ca9b6a70b217107cd1284598bfc254700c989b916da791e");
        std::fs::create_dir_all(&meta).expect("folders");
        std::fs::write(
            meta.join("meta.json"),
            r#"{"Name":"desktop-linux","Endpoints":{"docker":{"Host":"unix:///x.sock"}}}"#,
        )
        .expect("a file");
        let options = ConnectOptions {
            context: Some("desktop-linux".into()),
            config_dir: Some(folder.path().into()),
            ..ConnectOptions::default()
        };
        assert_eq!(options.address().expect("an address"), "unix:///x.sock");
        let unknown = ConnectOptions {
            context: Some("nowhere".into()),
            ..options.clone()
        };
        assert!(unknown.address().is_err());
        let host_wins = ConnectOptions {
            host: Some("tcp://10.0.0.1:2375".into()),
            ..options
        };
        assert_eq!(
            host_wins.address().expect("an address"),
            "tcp://10.0.0.1:2375"
        );
    }
}
