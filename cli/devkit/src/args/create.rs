use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub(crate) struct NewArgs {
    #[command(subcommand)]
    pub(crate) what: NewCommand,
    /// Print what would change as a unified diff, and change nothing
    #[arg(long, global = true)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum NewCommand {
    /// Create a platform in a new folder
    Platform(PlatformArgs),
    /// Add a service
    Service(ServiceArgs),
    /// Add a backing service
    Backing(BackingArgs),
    /// Add a development tool
    Tool(ToolArgs),
}

#[derive(Debug, Args)]
pub(crate) struct PlatformArgs {
    /// Name of the platform and of its folder
    pub(crate) name: Option<String>,
    /// Folder to create it in; the name where it is not given
    #[arg(long, value_name = "DIR")]
    pub(crate) directory: Option<PathBuf>,
    /// What to start from
    #[arg(long, value_name = "ID", default_value = "starter")]
    pub(crate) blueprint: String,
}

#[derive(Debug, Args)]
pub(crate) struct ServiceArgs {
    /// Name of the service
    pub(crate) name: Option<String>,
    /// Template to make it from (see `devkit catalog`)
    #[arg(long, value_name = "ID")]
    pub(crate) template: Option<String>,
    /// Port on the host; the lowest free one where it is not given
    #[arg(long, value_name = "PORT")]
    pub(crate) port: Option<u16>,
}

#[derive(Debug, Args)]
pub(crate) struct BackingArgs {
    /// Backing service to add (see `devkit catalog`)
    pub(crate) id: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ToolArgs {
    /// Tool to add (see `devkit catalog`)
    pub(crate) id: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct RemoveArgs {
    #[command(subcommand)]
    pub(crate) what: RemoveCommand,
    /// Print what would change as a unified diff, and change nothing
    #[arg(long, global = true)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RemoveCommand {
    /// Remove a service
    Service {
        /// Name of the service
        name: String,
    },
    /// Remove a backing service
    Backing {
        /// Which one
        id: String,
    },
    /// Remove a development tool
    Tool {
        /// Which one
        id: String,
    },
}
