//! In a short-lived container of an image with tools, which joins the container's network.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use bollard::Docker;
use bollard::models::{ContainerCreateBody, HostConfig};
use bollard::query_parameters::{
    AttachContainerOptionsBuilder, CreateContainerOptionsBuilder, ListImagesOptions,
    RemoveContainerOptionsBuilder, StartContainerOptions,
};
use devkit_compose::Project;
use devkit_runtime::{Instance, Peer, Reach};
use futures::StreamExt;
use tokio::time::timeout;

use super::{answer, script};
use crate::error::status;
use crate::{DockerDriver, connect, labels};

/// How many images are tried; one without a shell fails within a fraction of a second.
const MOST: usize = 6;
/// How long the removal of a container may hold up an end.
const GOODBYE: Duration = Duration::from_secs(5);
/// How long a container is waited for that the engine may be about to make.
const LATE: Duration = Duration::from_secs(2);
/// The pause before the engine is asked again whether a container is gone.
const PAUSE: Duration = Duration::from_millis(20);
/// Images of which it is known that they have a shell and a tool, best first.
const KNOWN: &[&str] = &[
    "busybox", "alpine", "debian", "ubuntu", "bash", "redis", "postgres", "node", "python",
    "rabbitmq", "nginx", "valkey", "mariadb", "mysql",
];

impl DockerDriver {
    /// Runs the script beside the container; nothing where no image that is here has the tools.
    pub(super) async fn by_sidecar(
        &self,
        project: &Project,
        from: &Instance,
        peers: &[Peer],
    ) -> Option<Vec<Reach>> {
        for image in self.candidates(project, from).await {
            let running = self.run_beside(project, from, &image, peers);
            let answered = timeout(script::patience(peers), running).await;
            if let Ok(Some(answers)) = answered {
                return Some(answers);
            }
        }
        None
    }

    /// Images that are here already: nothing is pulled for a test.
    async fn candidates(&self, project: &Project, from: &Instance) -> Vec<String> {
        let images = self.client.list_images(None::<ListImagesOptions>).await;
        let here: Vec<String> = images
            .unwrap_or_default()
            .into_iter()
            .flat_map(|image| image.repo_tags)
            .filter(|tag| !tag.contains("<none>"))
            .collect();
        let rank = |tag: &str| {
            let name = tag.rsplit('/').next().unwrap_or(tag);
            let name = name.split([':', '@']).next().unwrap_or(name);
            KNOWN.iter().position(|known| *known == name)
        };
        let mut known: Vec<(usize, String)> = here
            .iter()
            .filter_map(|tag| Some((rank(tag)?, tag.clone())))
            .collect();
        known.sort();
        let services = project
            .services
            .values()
            .filter_map(|service| service.image.clone())
            .filter(|image| here.contains(image));
        let mut seen: BTreeSet<String> = from.image_name.clone().into_iter().collect();
        known
            .into_iter()
            .map(|(_, tag)| tag)
            .chain(services)
            .filter(|image| seen.insert(image.clone()))
            .take(MOST)
            .collect()
    }

    async fn run_beside(
        &self,
        project: &Project,
        from: &Instance,
        image: &str,
        peers: &[Peer],
    ) -> Option<Vec<Reach>> {
        let sidecar = Sidecar::named(&self.address);
        let options = CreateContainerOptionsBuilder::new()
            .name(&sidecar.name)
            .build();
        let created = self
            .client
            .create_container(Some(options), body(project, from, image, peers))
            .await;
        let sidecar = sidecar.made(created.is_ok())?;
        let attach = AttachContainerOptionsBuilder::new()
            .stream(true)
            .stdout(true)
            .stderr(true)
            .build();
        let mut attached = self
            .client
            .attach_container(&sidecar.name, Some(attach))
            .await
            .ok()?;
        let started = self
            .client
            .start_container(&sidecar.name, None::<StartContainerOptions>)
            .await;
        let mut written = Vec::new();
        if started.is_ok() {
            while let Some(Ok(piece)) = attached.output.next().await {
                written.extend_from_slice(&piece.into_bytes());
            }
        }
        sidecar.remove(&self.client).await;
        answer::read(&String::from_utf8_lossy(&written), peers)
    }
}

fn body(project: &Project, from: &Instance, image: &str, peers: &[Peer]) -> ContainerCreateBody {
    let mut command = answer::command(peers);
    let arguments = command.split_off(1);
    // A one-off container of the project: it is no instance, and `down` takes it along.
    let marks = [
        (labels::PROJECT, project.name.as_str()),
        (labels::SERVICE, from.service.as_str()),
        (labels::ONE_OFF, "True"),
        (labels::VERSION, labels::MADE_BY),
        (labels::PROBE, "reach"),
    ];
    ContainerCreateBody {
        image: Some(image.to_owned()),
        entrypoint: Some(command),
        cmd: Some(arguments),
        labels: Some(HashMap::from(
            marks.map(|(key, value)| (key.to_owned(), value.to_owned())),
        )),
        attach_stdout: Some(true),
        attach_stderr: Some(true),
        host_config: Some(HostConfig {
            network_mode: Some(format!("container:{}", from.id)),
            // Also when devkit is killed it goes away once its script has ended.
            auto_remove: Some(true),
            cap_drop: Some(vec!["ALL".to_owned()]),
            security_opt: Some(vec!["no-new-privileges".to_owned()]),
            readonly_rootfs: Some(true),
            ..HostConfig::default()
        }),
        ..ContainerCreateBody::default()
    }
}

/// A container that is removed at the latest when this is dropped.
struct Sidecar {
    address: String,
    name: String,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// The engine is asked for it, and has not said yet whether it made it.
    Asked,
    Made,
    Gone,
}

impl Sidecar {
    fn named(address: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let (process, now) = (std::process::id(), SystemTime::now());
        let moment = now
            .duration_since(SystemTime::UNIX_EPOCH)
            .map_or(0, |since| since.as_millis());
        Self {
            address: address.to_owned(),
            name: format!("devkit-reach-{process}-{moment}-{number}"),
            state: State::Asked,
        }
    }

    /// Notes what the engine said; nothing where there is no container.
    fn made(mut self, made: bool) -> Option<Self> {
        self.state = if made { State::Made } else { State::Gone };
        made.then_some(self)
    }

    async fn remove(mut self, client: &Docker) {
        remove(client, &self.name, self.state).await;
        self.state = State::Gone;
    }
}

impl Drop for Sidecar {
    fn drop(&mut self) {
        if self.state == State::Gone {
            return;
        }
        let (address, name) = (self.address.clone(), self.name.clone());
        let state = self.state;
        // What drops it may be the end of the program, after which no task runs any more, and no
        // connection of the client either.
        let removing = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            if let (Ok(runtime), Ok(client)) = (runtime, connect::client(&address)) {
                runtime.block_on(remove(&client, &name, state));
            }
        });
        // A thread that panicked has nothing more to say.
        let _ = removing.join();
    }
}

/// Removes a container, and returns when it is gone: it removes itself as well, which takes its
/// time after the engine has said so.
async fn remove(client: &Docker, name: &str, state: State) {
    let options = RemoveContainerOptionsBuilder::new()
        .force(true)
        .v(true)
        .build();
    // The engine goes on with what it was asked for also when nobody waits for the answer.
    let (patience, absent_is_gone) = match state {
        State::Asked => (LATE, false),
        State::Made | State::Gone => (GOODBYE, true),
    };
    let removing = async {
        loop {
            let removed = client.remove_container(name, Some(options.clone())).await;
            match removed.as_ref().map_err(status) {
                Err(Some(409)) => {}
                Err(Some(404)) if !absent_is_gone => {}
                _ => return,
            }
            tokio::time::sleep(PAUSE).await;
        }
    };
    // An engine that does not answer now is left with a container that ends by itself.
    let _ = timeout(patience, removing).await;
}
