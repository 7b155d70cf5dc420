use std::net::SocketAddr;
use std::time::SystemTime;

use async_trait::async_trait;
use bollard::Docker;
use devkit_compose::Project;
use devkit_runtime::{
    Action, Change, Driver, Events, ExecOptions, ExecSession, HealthTest, HostPort, Instance,
    LogLine, LogOptions, Observed, Peer, PortOwner, ProbeOutcome, Reach, Result, RuntimeKind,
    SubnetOwner, Target,
};
use futures::stream::BoxStream;

use crate::{Capabilities, ConnectOptions};

/// A Docker Engine that answered.
#[derive(Debug, Clone)]
pub struct DockerDriver {
    pub(crate) client: Docker,
    pub(crate) capabilities: Capabilities,
    pub(crate) address: String,
    pub(crate) options: ConnectOptions,
}

impl DockerDriver {
    pub(crate) fn new(
        client: Docker,
        capabilities: Capabilities,
        address: String,
        options: ConnectOptions,
    ) -> Self {
        Self {
            client,
            capabilities,
            address,
            options,
        }
    }

    /// What the engine is able to do.
    pub fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    /// Where the engine listens.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Whether the engine listens on a socket of this very machine.
    fn is_local(&self) -> bool {
        self.address.starts_with("unix://") || self.address.starts_with('/')
    }

    /// Whether the containers' own addresses can be reached from here.
    pub(crate) fn reaches_containers(&self) -> bool {
        cfg!(target_os = "linux")
            && self.is_local()
            && !self.capabilities.desktop
            && !self.address.contains("/run/user/")
    }
}

#[async_trait]
impl Driver for DockerDriver {
    fn kind(&self) -> RuntimeKind {
        RuntimeKind::Docker
    }

    async fn observe(&self, project: &Project) -> Result<Observed> {
        self.snapshot(project).await
    }

    async fn inspect(&self, _project: &Project, target: &Target) -> Result<Option<Instance>> {
        self.find(target).await
    }

    async fn instances(&self, project: &Project, service: &str) -> Result<Vec<Instance>> {
        let mut instances = self.containers(&project.name, Some(service)).await?;
        instances.retain(|instance| !instance.one_off);
        Ok(instances)
    }

    async fn perform(&self, project: &Project, action: &Action, events: &Events) -> Result<()> {
        match action {
            Action::CreateNetwork { key, name } => self.create_network(project, key, name).await,
            Action::RemoveNetwork { name, id } => self.remove_network(name, id).await,
            Action::CreateVolume { key, name } => self.create_volume(project, key, name).await,
            Action::RemoveVolume { name } => self.remove_volume(name).await,
            Action::Pull { service, image } => self.pull(project, service, image, events).await,
            Action::RequireImage { service, image } => self.require_image(service, image).await,
            Action::Build { service } => self.build(project, service, events).await,
            Action::Create {
                target,
                temporary_name,
                replaces,
                fingerprint,
            } => {
                let name = temporary_name.as_deref().unwrap_or(&target.name);
                self.create(project, target, name, replaces.as_ref(), fingerprint)
                    .await
            }
            Action::Start { target } => self.start(project, target).await,
            Action::Stop { target, timeout } => self.stop(target, *timeout).await,
            Action::Restart { target, timeout } => self.restart(target, *timeout).await,
            Action::Remove {
                target,
                volumes: true,
            } => self.remove_with_volumes(project, target).await,
            Action::Remove { target, .. } => self.remove(target, false).await,
            Action::Rename { target, name } => self.rename(target, name).await,
        }
    }

    async fn run_test(&self, instance: &Instance, test: &HealthTest) -> Result<ProbeOutcome> {
        self.probe(instance, test).await
    }

    async fn endpoint(&self, instance: &Instance, port: u16) -> Result<Option<SocketAddr>> {
        if !self.reaches_containers() {
            return Ok(None);
        }
        Ok(instance
            .networks
            .values()
            .find_map(|address| address.ip)
            .map(|ip| SocketAddr::new(ip, port)))
    }

    async fn wait_exit(&self, target: &Target) -> Result<i32> {
        self.wait(target).await
    }

    async fn logs(
        &self,
        instance: &Instance,
        options: &LogOptions,
    ) -> Result<BoxStream<'static, Result<LogLine>>> {
        Ok(self.log_lines(instance, options))
    }

    async fn exec(&self, instance: &Instance, options: &ExecOptions) -> Result<ExecSession> {
        self.run_command(instance, options).await
    }

    async fn reach(
        &self,
        project: &Project,
        from: &Instance,
        peers: &[Peer],
    ) -> Result<Vec<Reach>> {
        self.reach_peers(project, from, peers).await
    }

    async fn changes(
        &self,
        project: &Project,
        since: SystemTime,
    ) -> Result<BoxStream<'static, Result<Change>>> {
        Ok(self.project_changes(project, since))
    }

    async fn port_owner(&self, port: &HostPort) -> Result<Option<PortOwner>> {
        self.container_on_port(port).await
    }

    fn shares_host(&self) -> bool {
        self.is_local()
    }

    async fn subnets(&self) -> Result<Vec<SubnetOwner>> {
        self.subnet_owners().await
    }
}
