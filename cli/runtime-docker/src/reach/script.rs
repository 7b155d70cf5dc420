//! In the container itself, with the tools that its image brings.

use std::time::Duration;

use devkit_runtime::{ExecOptions, Instance, Peer, Reach};
use futures::StreamExt;
use tokio::time::timeout;

use super::answer;
use crate::DockerDriver;

/// How long the script may take for each peer: a name and a connection, two seconds each.
const PATIENCE: Duration = Duration::from_secs(5);
/// How much of what it writes is read.
const LIMIT: usize = 16 * 1024;

impl DockerDriver {
    /// Runs the script by exec; nothing where the image has no shell or no tool.
    pub(super) async fn by_script(&self, from: &Instance, peers: &[Peer]) -> Option<Vec<Reach>> {
        let options = ExecOptions {
            command: answer::command(peers),
            ..ExecOptions::default()
        };
        let running = async {
            let mut session = self.run_command(from, &options).await.ok()?;
            let mut written = Vec::new();
            while let Some(Ok(piece)) = session.output.next().await {
                written.extend_from_slice(&piece.bytes);
                if written.len() > LIMIT {
                    break;
                }
            }
            answer::read(&String::from_utf8_lossy(&written), peers)
        };
        timeout(patience(peers), running).await.ok().flatten()
    }
}

/// How long all peers may take.
pub(super) fn patience(peers: &[Peer]) -> Duration {
    PATIENCE * u32::try_from(peers.len()).unwrap_or(u32::MAX).max(1)
}
