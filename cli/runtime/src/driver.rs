//! What a runtime must be able to do; everything that decides stands above it.

use std::fmt;
use std::net::SocketAddr;
use std::pin::Pin;
use std::time::SystemTime;

use async_trait::async_trait;
use devkit_compose::Project;
use futures::stream::BoxStream;
use tokio::io::AsyncWrite;

use crate::{
    Action, Change, Events, HealthTest, Instance, LogLine, LogOptions, Observed, Output,
    ProbeOutcome, Result, RuntimeKind, Target,
};

/// A runtime: observes what exists of a project and performs single steps.
///
/// Drivers keep no plan and no opinion. Every method may be called from many tasks at once.
#[async_trait]
pub trait Driver: fmt::Debug + Send + Sync {
    /// Which runtime it is.
    fn kind(&self) -> RuntimeKind;

    /// One snapshot of everything that exists of the project, and of what its services would run.
    async fn observe(&self, project: &Project) -> Result<Observed>;

    /// One instance as it is now, by id or name; nothing when it does not exist.
    async fn inspect(&self, project: &Project, target: &Target) -> Result<Option<Instance>>;

    /// The instances of one service as they are now, without those of `run`.
    async fn instances(&self, project: &Project, service: &str) -> Result<Vec<Instance>>;

    /// Performs one step; progress of long ones goes to the events.
    ///
    /// What is done already (a stopped instance to stop, a removed one to remove) is no error.
    async fn perform(&self, project: &Project, action: &Action, events: &Events) -> Result<()>;

    /// Runs a health test in the instance, for as long as its timeout allows.
    ///
    /// A test that cannot be run is an outcome that did not pass; errors are for a lost runtime.
    async fn run_test(&self, instance: &Instance, test: &HealthTest) -> Result<ProbeOutcome>;

    /// Where a port of the instance can be reached from here, bypassing every proxy and relay.
    ///
    /// Nothing where that cannot be told, such as for containers in another machine.
    async fn endpoint(&self, instance: &Instance, port: u16) -> Result<Option<SocketAddr>>;

    /// Waits until the instance does not run any more, and gives its exit code.
    ///
    /// One that has ended already gives its code at once.
    async fn wait_exit(&self, target: &Target) -> Result<i32>;

    /// The lines that an instance wrote, oldest first.
    async fn logs(
        &self,
        instance: &Instance,
        options: &LogOptions,
    ) -> Result<BoxStream<'static, Result<LogLine>>>;

    /// Runs a command in a running instance.
    async fn exec(&self, instance: &Instance, options: &ExecOptions) -> Result<ExecSession>;

    /// Tries to connect to peers from inside the network of a running instance: one answer a
    /// peer, in their order.
    ///
    /// Nothing of what the instance runs is needed for it; where no way is found, the answers are
    /// unknown.
    async fn reach(
        &self,
        _project: &Project,
        _from: &Instance,
        peers: &[Peer],
    ) -> Result<Vec<Reach>> {
        let unknown = Reach::Unknown("this runtime cannot look from inside".to_owned());
        Ok(vec![unknown; peers.len()])
    }

    /// Everything that happens to instances of the project from a moment on.
    async fn changes(
        &self,
        project: &Project,
        since: SystemTime,
    ) -> Result<BoxStream<'static, Result<Change>>>;

    /// Which of the runtime's own things holds a port of the host, where it is one of them.
    async fn port_owner(&self, port: &HostPort) -> Result<Option<PortOwner>>;

    /// Whether the runtime publishes ports on the very machine that devkit runs on.
    fn shares_host(&self) -> bool {
        true
    }

    /// Which networks of the runtime, of any project, have which subnets.
    async fn subnets(&self) -> Result<Vec<SubnetOwner>>;
}

/// A server as an instance of the project names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Peer {
    /// The name, such as that of a service.
    pub host: String,
    /// The port.
    pub port: u16,
}

/// What became of a connection from inside an instance's network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// The peer accepted it.
    Connected,
    /// The peer's name has no address there.
    Unresolved,
    /// The peer has an address, and nothing accepted a connection in time.
    Refused,
    /// It could not be tried, and why.
    Unknown(String),
}

/// A port of the host that a service publishes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HostPort {
    /// The address, or nothing for all of them.
    pub address: Option<String>,
    /// The port.
    pub port: u16,
    /// `tcp` or `udp`.
    pub protocol: String,
}

/// Who holds a port of the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortOwner {
    /// The name of the instance or process.
    pub name: String,
    /// The project that it belongs to, where it belongs to one.
    pub project: Option<String>,
    /// The service that it belongs to, where it belongs to one.
    pub service: Option<String>,
}

/// A network that has a subnet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubnetOwner {
    /// The runtime's name of the network.
    pub network: String,
    /// The project that it belongs to, where it belongs to one.
    pub project: Option<String>,
    /// The subnet in CIDR form.
    pub subnet: String,
}

/// How a command is to be run in an instance.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "the command's own switches")]
pub struct ExecOptions {
    /// The command and its arguments.
    pub command: Vec<String>,
    /// Whether it gets a terminal.
    pub tty: bool,
    /// Whether it gets standard input.
    pub stdin: bool,
    /// Variables, `NAME=value`.
    pub environment: Vec<String>,
    /// The user to run it as.
    pub user: Option<String>,
    /// The folder to run it in.
    pub working_dir: Option<String>,
    /// Whether it has all rights over the host.
    pub privileged: bool,
    /// Whether to return at once and leave it running.
    pub detach: bool,
    /// The size of the terminal, columns and rows.
    pub size: Option<(u16, u16)>,
}

/// A command that runs in an instance.
pub struct ExecSession {
    /// What it writes; ends when the command ends.
    pub output: BoxStream<'static, Result<Output>>,
    /// Its standard input, where it was asked for; shutting it down ends the input.
    pub input: Option<Pin<Box<dyn AsyncWrite + Send>>>,
    /// The terminal's size and the exit code.
    pub control: Box<dyn ExecControl>,
}

impl fmt::Debug for ExecSession {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ExecSession")
            .finish_non_exhaustive()
    }
}

/// What can be done to a command that runs in an instance.
#[async_trait]
pub trait ExecControl: Send + Sync {
    /// Tells the size of the terminal, columns and rows.
    async fn resize(&self, columns: u16, rows: u16) -> Result<()>;

    /// The exit code, once the output has ended.
    async fn exit_code(&self) -> Result<i32>;
}
