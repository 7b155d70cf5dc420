use clap::{Args, ValueEnum};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RuntimeChoice {
    /// Containers on a Docker Engine
    Docker,
    /// Plain processes on this machine
    Process,
}

#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "switches of the command line"
)]
pub(crate) struct UpArgs {
    /// Services to start, with what they need; all where none is given
    pub(crate) services: Vec<String>,
    /// Return when everything is ready, and leave it running
    #[arg(short, long)]
    pub(crate) detach: bool,
    /// Build images before starting, also those that are there
    #[arg(long)]
    pub(crate) build: bool,
    /// Where services run; an engine that answers, else processes
    #[arg(long, value_name = "RUNTIME")]
    pub(crate) runtime: Option<RuntimeChoice>,
    /// Use the production compose file alone
    #[arg(long)]
    pub(crate) production: bool,
    /// Number of instances of a service
    #[arg(long, value_name = "SERVICE=N")]
    pub(crate) scale: Vec<String>,
    /// Also enable a profile (as before the command)
    #[arg(long = "profile", value_name = "NAME")]
    pub(crate) profiles: Vec<String>,
    /// Create every instance anew
    #[arg(long)]
    pub(crate) force_recreate: bool,
    /// Start only the services named, not what they need
    #[arg(long)]
    pub(crate) no_deps: bool,
    /// Remove instances of services that the files no longer have
    #[arg(long)]
    pub(crate) remove_orphans: bool,
    /// Print the plan and do nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Install what is missing without asking
    #[arg(short = 'y', long)]
    pub(crate) yes: bool,
    /// Give up when it is not ready after this many seconds
    #[arg(long, value_name = "SECONDS")]
    pub(crate) wait_timeout: Option<u64>,
}

#[derive(Debug, Args)]
pub(crate) struct DownArgs {
    /// Also remove the named volumes and their data
    #[arg(short, long)]
    pub(crate) volumes: bool,
    /// Also remove instances of services that the files no longer have
    #[arg(long)]
    pub(crate) remove_orphans: bool,
    /// Seconds to wait for a service to stop
    #[arg(short, long, value_name = "SECONDS")]
    pub(crate) timeout: Option<u64>,
}

#[derive(Debug, Args)]
pub(crate) struct ServicesArgs {
    /// Services; all where none is given
    pub(crate) services: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct StopArgs {
    /// Services; all where none is given
    pub(crate) services: Vec<String>,
    /// Seconds to wait for a service to stop
    #[arg(short, long, value_name = "SECONDS")]
    pub(crate) timeout: Option<u64>,
}

#[derive(Debug, Args)]
pub(crate) struct RestartArgs {
    /// Services; all where none is given
    pub(crate) services: Vec<String>,
    /// Seconds to wait for a service to stop
    #[arg(short, long, value_name = "SECONDS")]
    pub(crate) timeout: Option<u64>,
}

#[derive(Debug, Args)]
pub(crate) struct ExecArgs {
    /// Do not give the command a terminal
    #[arg(short = 'T', long = "no-tty")]
    pub(crate) no_tty: bool,
    /// Variable for the command
    #[arg(short, long, value_name = "KEY=VALUE")]
    pub(crate) env: Vec<String>,
    /// Folder in which the command runs
    #[arg(short, long, value_name = "DIR")]
    pub(crate) workdir: Option<String>,
    /// User that runs the command
    #[arg(short, long, value_name = "USER")]
    pub(crate) user: Option<String>,
    /// Number of the instance
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) index: u32,
    /// Service in which the command runs
    pub(crate) service: String,
    /// The command and its arguments
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) command: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct BuildArgs {
    /// Services; all that can be built where none is given
    pub(crate) services: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct PullArgs {
    /// Services; all that have an image where none is given
    pub(crate) services: Vec<String>,
}
