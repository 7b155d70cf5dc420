//! The command line as it is written; what it means is decided in `settings`.

mod create;
mod inspect;
mod lifecycle;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

pub(crate) use create::{
    NewArgs, NewCommand, PlatformArgs, RemoveArgs, RemoveCommand, ServiceArgs,
};
pub(crate) use inspect::{
    CatalogArgs, ConfigArgs, ConfigFormat, DoctorArgs, FailOn, ListFormat, LogsArgs, PortArgs,
    PsArgs, ReportFormat,
};
pub(crate) use lifecycle::{
    BuildArgs, DownArgs, ExecArgs, PullArgs, RestartArgs, RuntimeChoice, ServicesArgs, StopArgs,
    UpArgs,
};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Scaffolds a platform of services, runs it on one machine, and keeps its architecture document true.
#[derive(Debug, Parser)]
#[command(name = "devkit", version, styles = STYLES, max_term_width = 100)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The options that stand before the command.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Global options (before the command)")]
pub(crate) struct GlobalArgs {
    /// Run as if started in this folder
    #[arg(short = 'C', value_name = "DIR")]
    pub(crate) directory: Option<PathBuf>,
    /// Compose file; may be given several times
    #[arg(short = 'f', long = "file", value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Project name
    #[arg(short = 'p', long = "project-name", value_name = "NAME")]
    pub(crate) project_name: Option<String>,
    /// Folder that relative paths are resolved against
    #[arg(long, value_name = "DIR")]
    pub(crate) project_directory: Option<PathBuf>,
    /// File with variables for the compose files; may be given several times
    #[arg(long = "env-file", value_name = "FILE")]
    pub(crate) env_files: Vec<PathBuf>,
    /// Profile to enable; may be given several times
    #[arg(long = "profile", value_name = "NAME")]
    pub(crate) profiles: Vec<String>,
    /// How progress is shown
    #[arg(long, value_name = "MODE", default_value = "auto")]
    pub(crate) progress: ProgressChoice,
    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorWhen,
    /// Show more of what is done and why
    #[arg(long)]
    pub(crate) verbose: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProgressChoice {
    Auto,
    Tty,
    Plain,
    Json,
    Quiet,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorWhen {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Create a platform, or add a service, backing service or tool to it
    New(NewArgs),
    /// Remove what was added, everywhere
    Remove(RemoveArgs),
    /// List what can be added
    Catalog(CatalogArgs),
    /// Create and start the platform, and wait until it is ready
    Up(UpArgs),
    /// Stop and remove what `up` created
    Down(DownArgs),
    /// Start services that are stopped
    Start(ServicesArgs),
    /// Stop services without removing them
    Stop(StopArgs),
    /// Restart services
    Restart(RestartArgs),
    /// List the instances of the services
    Ps(PsArgs),
    /// Show what services wrote
    Logs(LogsArgs),
    /// Run a command in a running service
    Exec(ExecArgs),
    /// Build images
    Build(BuildArgs),
    /// Pull images
    Pull(PullArgs),
    /// Show the host's port of a service's port
    Port(PortArgs),
    /// Show the canonical compose model
    Config(ConfigArgs),
    /// Check machine, configuration, document and running platform against each other
    Doctor(DoctorArgs),
    /// Write the generated regions of the architecture document
    Docs,
    /// Print shell completions
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// Reads the command line; help, version and usage errors are answered here.
pub(crate) fn parse() -> Result<Args, ExitCode> {
    Args::try_parse().map_err(|error| {
        let code = if error.use_stderr() { 2 } else { 0 };
        // A reader that has gone is no error of ours.
        let _ = error.print();
        ExitCode::from(code)
    })
}

/// The whole command line, for completions and the reference.
pub(crate) fn command() -> clap::Command {
    Args::command()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        command().debug_assert();
    }

    #[test]
    fn down_has_v_for_itself() {
        let args =
            Args::try_parse_from(["devkit", "-p", "x", "down", "-v"]).map(|args| args.command);
        assert!(matches!(
            args,
            Ok(Command::Down(DownArgs { volumes: true, .. }))
        ));
    }
}
