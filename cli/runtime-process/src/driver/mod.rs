//! The driver: what the planner asks for, done by the supervisor.

mod build;
mod exec;
mod instance;
mod logs;
mod perform;
mod probe;
mod reach;

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime};

use async_trait::async_trait;
use devkit_catalog::{Catalog, Recipe};
use devkit_compose::Project;
use devkit_diagnostic::Diagnostic;
use devkit_runtime::{
    Action, Change, ChangeKind, Driver, Events, ExecOptions, ExecSession, HealthTest, HostPort,
    ImageDefaults, Instance, LogLine, LogOptions, Observed, ObservedImage, ObservedNetwork,
    ObservedVolume, Peer, PortOwner, ProbeOutcome, Reach, Result, RuntimeError, RuntimeKind,
    SubnetOwner, Target, image_name,
};
use futures::future::join_all;
use futures::stream::{self, BoxStream, StreamExt};
use tokio::net::UnixStream;

use crate::binaries::{Finder, Missing};
use crate::client::{Client, own_binary};
use crate::layout::Layout;
use crate::prepare::{Kind, kind_of, recipes, volume_folders};
use crate::protocol::{Answer, Happening, Record, Request, What};

/// Runs a platform's services as plain processes of the host.
#[derive(Debug)]
pub struct ProcessDriver {
    client: Client,
    finder: Finder,
    recipes: Vec<Recipe>,
    /// The variables of the devkit process, which native services and builds inherit.
    inherited: BTreeMap<String, String>,
    project: String,
}

/// How long the supervisor may take to go when nothing is left.
const LONGEST_GOODBYE: Duration = Duration::from_secs(10);

/// Whether a process is there and is more than an entry that nobody has reaped.
fn is_alive(pid: i32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(") ")
        .is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

impl ProcessDriver {
    /// The driver for a project, with the variables of the devkit process.
    ///
    /// It starts nothing; the supervisor is started with the first thing that needs it.
    pub fn open(project: &Project, environment: &BTreeMap<String, String>) -> Result<Self> {
        let devkit = own_binary().map_err(|error| {
            RuntimeError::failed(Diagnostic::error(format!(
                "devkit does not find itself: {error}"
            )))
        })?;
        Self::with_devkit(project, environment, devkit, &Catalog::builtin())
    }

    /// The driver with another devkit binary and another catalog.
    pub fn with_devkit(
        project: &Project,
        environment: &BTreeMap<String, String>,
        devkit: PathBuf,
        catalog: &Catalog,
    ) -> Result<Self> {
        Ok(Self {
            client: Client {
                layout: Layout::new(&project.working_dir, &project.name),
                devkit,
            },
            finder: Finder::new(environment),
            recipes: recipes(catalog)?,
            inherited: environment.clone(),
            project: project.name.clone(),
        })
    }

    /// What the given services need and this machine does not have; empty means all services.
    pub fn missing(&self, project: &Project, services: &BTreeSet<String>) -> Missing {
        let all: BTreeSet<String> = project.services.keys().cloned().collect();
        let services = if services.is_empty() { &all } else { services };
        Missing::of(project, services, &self.recipes, &self.finder)
    }

    /// Installs what is missing, without letting packages start services; lines go to `tell`.
    ///
    /// # Errors
    /// Of the environment's class, with the command to type, where it cannot.
    pub async fn install(
        &self,
        missing: &Missing,
        tell: &(dyn Fn(&str) + Send + Sync),
    ) -> Result<()> {
        crate::install::install(missing, tell).await
    }

    /// Waits until the supervisor has gone, as it goes when nothing is left to look after.
    pub async fn wait_for_the_end(&self) {
        let Ok(stream) = UnixStream::connect(self.client.layout.socket()).await else {
            return;
        };
        let supervisor = stream.peer_cred().ok().and_then(|peer| peer.pid());
        drop(stream);
        let Some(supervisor) = supervisor else { return };
        let deadline = Instant::now() + LONGEST_GOODBYE;
        while is_alive(supervisor) && Instant::now() < deadline {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Where things are kept.
    pub fn layout(&self) -> &Layout {
        &self.client.layout
    }

    async fn record(&self, reference: &str) -> Result<Option<Record>> {
        Ok(self
            .client
            .status()
            .await?
            .instances
            .into_iter()
            .find(|record| {
                record.specification.id == reference || record.specification.name == reference
            }))
    }

    fn image(&self, project: &Project, name: &str) -> Option<ObservedImage> {
        let service = project.services.get(name)?;
        let id = match kind_of(project, &self.recipes, name, service).ok()? {
            Kind::Backing(recipe) => {
                let found: Option<Vec<_>> = recipe
                    .binary
                    .iter()
                    .map(|binary| self.finder.find(binary))
                    .collect();
                format!("binary:{}", found?.first()?.display())
            }
            Kind::Native(settings) => self.built(&settings)?,
        };
        Some(ObservedImage {
            id,
            name: image_name(project, name, service),
            defaults: ImageDefaults::default(),
        })
    }
}

#[async_trait]
impl Driver for ProcessDriver {
    fn kind(&self) -> RuntimeKind {
        RuntimeKind::Process
    }

    async fn observe(&self, project: &Project) -> Result<Observed> {
        let status = self.client.status().await?;
        Ok(Observed {
            instances: status.instances.iter().map(instance::of).collect(),
            networks: networks(project),
            volumes: volumes(&self.client.layout, project),
            images: project
                .services
                .keys()
                .filter_map(|name| Some((name.clone(), self.image(project, name)?)))
                .collect(),
        })
    }

    async fn inspect(&self, _project: &Project, target: &Target) -> Result<Option<Instance>> {
        // A name that was given to a new instance must win over the id of the one before.
        let found = match self.record(target.reference()).await? {
            None => self.record(&target.name).await?,
            found => found,
        };
        Ok(found.as_ref().map(instance::of))
    }

    async fn instances(&self, _project: &Project, service: &str) -> Result<Vec<Instance>> {
        let records = self.client.status().await?.instances;
        let mut instances: Vec<_> = records
            .iter()
            .filter(|record| {
                record.specification.service == service && !record.specification.one_off
            })
            .map(instance::of)
            .collect();
        instances.sort_by_key(|instance| instance.number);
        Ok(instances)
    }

    async fn perform(&self, project: &Project, action: &Action, events: &Events) -> Result<()> {
        self.perform_action(project, action, events).await
    }

    async fn run_test(&self, instance: &Instance, test: &HealthTest) -> Result<ProbeOutcome> {
        match self.record(&instance.id).await? {
            Some(record) => Ok(probe::run(&record, test, &self.recipes).await),
            None => Ok(probe::failed("it is gone")),
        }
    }

    async fn endpoint(&self, instance: &Instance, port: u16) -> Result<Option<SocketAddr>> {
        let record = self.record(&instance.id).await?;
        let private = record.and_then(|record| record.private_port(port));
        Ok(private.map(|port| SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port)))
    }

    async fn wait_exit(&self, target: &Target) -> Result<i32> {
        let Some(record) = self.record(target.reference()).await? else {
            return Ok(0);
        };
        if !record.is_active() {
            return Ok(record.exit_code.unwrap_or(0));
        }
        match self
            .client
            .ask(Request::Wait(record.specification.id))
            .await?
        {
            Answer::Ended(code) => Ok(code),
            _ => Ok(0),
        }
    }

    async fn logs(
        &self,
        instance: &Instance,
        options: &LogOptions,
    ) -> Result<BoxStream<'static, Result<LogLine>>> {
        Ok(logs::read(self.client.clone(), instance, options))
    }

    async fn exec(&self, instance: &Instance, options: &ExecOptions) -> Result<ExecSession> {
        let record = self.record(&instance.id).await?;
        match record.filter(|record| record.state == devkit_runtime::State::Running) {
            Some(record) => exec::exec(&record, options),
            None => Err(RuntimeError::failed(Diagnostic::error(format!(
                "{} does not run",
                instance.name
            )))),
        }
    }

    async fn reach(
        &self,
        _project: &Project,
        _from: &Instance,
        peers: &[Peer],
    ) -> Result<Vec<Reach>> {
        // Every process sees the same loopback: inside is here, and names became addresses.
        let records = self.client.status().await?.instances;
        Ok(join_all(peers.iter().map(|peer| reach::peer(&records, peer))).await)
    }

    async fn changes(
        &self,
        _project: &Project,
        _since: SystemTime,
    ) -> Result<BoxStream<'static, Result<Change>>> {
        let mut conversation = self.client.converse(Request::Changes).await?;
        // The first answer says that nothing is missed from now on.
        conversation.next().await?;
        Ok(stream::unfold(conversation, |mut conversation| async {
            match conversation.next().await {
                Ok(Some(Answer::Happened(happening))) => {
                    Some((Ok(change(happening)), conversation))
                }
                Err(error) => Some((Err(error), conversation)),
                _ => None,
            }
        })
        .boxed())
    }

    async fn port_owner(&self, port: &HostPort) -> Result<Option<PortOwner>> {
        let status = self.client.status().await?;
        let holder = status.instances.into_iter().find(|record| {
            record.is_active()
                && port.protocol != "udp"
                && record
                    .specification
                    .published
                    .iter()
                    .any(|held| held.bound == Some(port.port))
        });
        Ok(holder.map(|record| PortOwner {
            name: record.specification.name,
            project: Some(self.project.clone()),
            service: Some(record.specification.service),
        }))
    }

    async fn subnets(&self) -> Result<Vec<SubnetOwner>> {
        Ok(Vec::new())
    }
}

/// Networks as declared: processes share the host's, so there is none to make or remove.
fn networks(project: &Project) -> Vec<ObservedNetwork> {
    let networks = project.networks.values();
    networks
        .map(|network| ObservedNetwork {
            name: network.name.clone(),
            driver: "host".to_owned(),
            ..ObservedNetwork::default()
        })
        .collect()
}

fn volumes(layout: &Layout, project: &Project) -> Vec<ObservedVolume> {
    let volumes = project.volumes.iter();
    volumes
        .filter_map(|(key, volume)| {
            let path = volume_folders(layout, key)
                .into_iter()
                .find(|path| path.is_dir())?;
            Some(ObservedVolume {
                name: volume.name.clone(),
                key: Some(key.clone()),
                driver: volume.driver.clone().unwrap_or_else(|| "local".to_owned()),
                path: Some(path.display().to_string()),
                labels: BTreeMap::new(),
            })
        })
        .collect()
}

fn change(happening: Happening) -> Change {
    Change {
        id: happening.id,
        name: happening.name,
        service: happening.service,
        number: happening.number,
        at: happening.at,
        kind: match happening.what {
            What::Created => ChangeKind::Created,
            What::Started => ChangeKind::Started,
            What::Exited(code) => ChangeKind::Exited(Some(code)),
            What::Removed => ChangeKind::Removed,
        },
    }
}
