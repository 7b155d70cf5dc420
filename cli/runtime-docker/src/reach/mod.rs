//! Connections from inside the network of a container, whatever its image holds.
//!
//! Three ways, the cheapest that works first: to enter the container's network namespace from
//! here (Linux, with the rights of root), to run a script in the container (images with a shell
//! and one of the usual tools), and to run that script in a short-lived container of another
//! image that joins the namespace (everything else, also where the engine is on another machine).

mod answer;
#[cfg(target_os = "linux")]
mod namespace;
#[cfg(target_os = "linux")]
mod resolver;
mod script;
mod sidecar;

use devkit_compose::Project;
use devkit_runtime::{Instance, Peer, Reach, Result, State};

use crate::DockerDriver;

impl DockerDriver {
    /// Tries every peer from inside a running container.
    pub(crate) async fn reach_peers(
        &self,
        project: &Project,
        from: &Instance,
        peers: &[Peer],
    ) -> Result<Vec<Reach>> {
        if peers.is_empty() {
            return Ok(Vec::new());
        }
        if from.state != State::Running {
            return Ok(unknown(peers, &format!("`{}` does not run", from.name)));
        }
        if is_cut_off(project, from) {
            // Names are those of a network; to ask for one without any takes many seconds.
            return Ok(vec![Reach::Unresolved; peers.len()]);
        }
        if let Some(answers) = self.by_namespace(from, peers).await {
            return Ok(answers);
        }
        if let Some(answers) = self.by_script(from, peers).await {
            return Ok(answers);
        }
        if let Some(answers) = self.by_sidecar(project, from, peers).await {
            return Ok(answers);
        }
        let reason = format!(
            "`{}` has no tool to connect with, and neither has any image that is here",
            from.name
        );
        Ok(unknown(peers, &reason))
    }

    #[cfg(target_os = "linux")]
    async fn by_namespace(&self, from: &Instance, peers: &[Peer]) -> Option<Vec<Reach>> {
        if !self.reaches_containers() {
            return None;
        }
        namespace::reach(from, peers).await
    }

    #[cfg(not(target_os = "linux"))]
    async fn by_namespace(&self, _from: &Instance, _peers: &[Peer]) -> Option<Vec<Reach>> {
        None
    }
}

/// Whether a container has no network at all, and shares that of nobody.
fn is_cut_off(project: &Project, from: &Instance) -> bool {
    let service = project.services.get(&from.service);
    let mode = service.and_then(|service| service.network_mode.as_deref());
    let addressed = from.networks.values().any(|address| address.ip.is_some());
    matches!(mode, None | Some("none")) && !addressed
}

fn unknown(peers: &[Peer], reason: &str) -> Vec<Reach> {
    vec![Reach::Unknown(reason.to_owned()); peers.len()]
}
