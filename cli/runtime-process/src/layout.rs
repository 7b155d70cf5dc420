//! Where the process runtime keeps its things, all derived from the platform's folder.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::host::user::{is_root, own};

/// The folders and files of one platform's processes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// The project's name.
    pub project: String,
    /// A hash of the platform's path and project: marks processes and names short folders.
    pub key: String,
    /// The platform's folder.
    pub platform: PathBuf,
}

impl Layout {
    /// The layout of a project in a platform's folder.
    pub fn new(platform: &Path, project: &str) -> Self {
        use std::fmt::Write as _;
        let digest = Sha256::new()
            .chain_update(platform.as_os_str().as_encoded_bytes())
            .chain_update([0])
            .chain_update(project)
            .finalize();
        let key = digest.iter().take(6).fold(String::new(), |mut key, byte| {
            // Writing to a string cannot fail.
            let _ = write!(key, "{byte:02x}");
            key
        });
        Self {
            project: project.to_owned(),
            key,
            platform: platform.to_owned(),
        }
    }

    /// `.devkit/run`.
    pub fn run(&self) -> PathBuf {
        self.platform.join(".devkit/run")
    }

    /// What is known of instances, for when no supervisor runs.
    pub fn state(&self) -> PathBuf {
        self.run().join(format!("state-{}.json", self.key))
    }

    /// Held while a supervisor is looked for or started.
    pub fn lock(&self) -> PathBuf {
        self.run().join(format!("{}.lock", self.key))
    }

    /// Held by the supervisor for as long as it lives.
    pub fn alive(&self) -> PathBuf {
        self.run().join(format!("{}.alive", self.key))
    }

    /// Logs of instances and of the supervisor.
    pub fn logs(&self) -> PathBuf {
        self.run().join("logs")
    }

    /// Named volumes of programs that run as the invoking user.
    pub fn data(&self) -> PathBuf {
        self.run().join("data")
    }

    /// Named volumes of programs whose own user cannot get to the platform's folder.
    pub fn data_elsewhere(&self) -> PathBuf {
        Path::new("/var/lib/devkit").join(&self.key)
    }

    /// The folder that cargo builds of all services share.
    pub fn cargo_target(&self) -> PathBuf {
        self.run().join("target")
    }

    /// The folder of all short folders of this user.
    pub fn sockets_of_user(&self) -> PathBuf {
        if is_root() && Path::new("/run").is_dir() {
            PathBuf::from("/run/devkit")
        } else {
            PathBuf::from(format!("/tmp/devkit-{}", own()))
        }
    }

    /// The short folder for sockets and generated configuration.
    pub fn runtime(&self) -> PathBuf {
        self.sockets_of_user().join(&self.key)
    }

    /// The supervisor's socket.
    pub fn socket(&self) -> PathBuf {
        self.runtime().join("supervisor.sock")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn socket_paths_stay_short_however_deep_the_platform_is() {
        let deep = PathBuf::from(format!("/{}", "folder/".repeat(60)));
        let layout = Layout::new(&deep, "demo");
        assert!(layout.socket().as_os_str().len() < 60);
        assert_ne!(layout.key, Layout::new(&deep, "other").key);
    }
}
