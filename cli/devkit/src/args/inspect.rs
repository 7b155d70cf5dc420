use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    Table,
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct CatalogArgs {
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Args)]
pub(crate) struct PsArgs {
    /// Services; all where none is given
    pub(crate) services: Vec<String>,
    /// Also instances that are not running
    #[arg(short, long)]
    pub(crate) all: bool,
    /// Print ids only
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// Print names of services only
    #[arg(long = "services")]
    pub(crate) names: bool,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Args)]
pub(crate) struct LogsArgs {
    /// Services; all where none is given
    pub(crate) services: Vec<String>,
    /// Go on as services write
    #[arg(short, long)]
    pub(crate) follow: bool,
    /// Only lines since then: a time (2026-11-21T08:00:00Z) or an age (10m)
    #[arg(long, value_name = "TIME")]
    pub(crate) since: Option<String>,
    /// Only the last lines of each instance
    #[arg(short = 'n', long, value_name = "LINES")]
    pub(crate) tail: Option<usize>,
    /// Only lines that match a regular expression
    #[arg(long, value_name = "REGEX")]
    pub(crate) grep: Option<String>,
    /// Show when each line was written
    #[arg(short, long)]
    pub(crate) timestamps: bool,
    /// Leave out the name before each line
    #[arg(long)]
    pub(crate) no_log_prefix: bool,
}

#[derive(Debug, Args)]
pub(crate) struct PortArgs {
    /// The service
    pub(crate) service: String,
    /// Its own port
    pub(crate) private_port: u16,
    /// Number of the instance
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) index: u32,
    /// tcp or udp
    #[arg(long, default_value = "tcp")]
    pub(crate) protocol: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ConfigFormat {
    Yaml,
    Json,
}

#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "switches of the command line"
)]
pub(crate) struct ConfigArgs {
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "yaml")]
    pub(crate) format: ConfigFormat,
    /// Print the names of the services
    #[arg(long)]
    pub(crate) services: bool,
    /// Print the names of the volumes
    #[arg(long)]
    pub(crate) volumes: bool,
    /// Print the names of the networks
    #[arg(long)]
    pub(crate) networks: bool,
    /// Print the images
    #[arg(long)]
    pub(crate) images: bool,
    /// Print the profiles
    #[arg(long)]
    pub(crate) profiles: bool,
    /// Print the hash of the given services, separated by commas, or of all with `*`
    #[arg(long, value_name = "SERVICES")]
    pub(crate) hash: Option<String>,
    /// Print the variables that the files use, with their defaults
    #[arg(long)]
    pub(crate) variables: bool,
    /// Print the environment that the files are read with
    #[arg(long)]
    pub(crate) environment: bool,
    /// Leave variables as they are written
    #[arg(long)]
    pub(crate) no_interpolate: bool,
    /// Leave files of variables unread
    #[arg(long)]
    pub(crate) no_env_resolution: bool,
    /// Only check, print nothing
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Use the production compose file alone
    #[arg(long)]
    pub(crate) production: bool,
    /// Only these services and what they need
    pub(crate) only: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    Human,
    Json,
    Github,
    Sarif,
}

#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "switches of the command line"
)]
pub(crate) struct DoctorArgs {
    /// Only these rules, such as DK501 or DK5
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// All but these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) skip: Vec<String>,
    /// Look at files only, not at what runs
    #[arg(long, conflicts_with = "probe")]
    pub(crate) r#static: bool,
    /// Also try every connection and port of the running platform
    #[arg(long)]
    pub(crate) probe: bool,
    /// Let probes write throw-away data, to replay documented flows that write or need a user
    #[arg(long, requires = "probe", conflicts_with = "static")]
    pub(crate) allow_writes: bool,
    /// Print what probes would open and send, and check nothing
    #[arg(long, requires = "probe", conflicts_with = "static")]
    pub(crate) dry_run: bool,
    /// Architecture document; may be given several times
    #[arg(long = "document", value_name = "FILE")]
    pub(crate) documents: Vec<PathBuf>,
    /// Print what was understood of the document, and check nothing
    #[arg(long)]
    pub(crate) facts: bool,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: ReportFormat,
    /// Mend what can be mended with certainty, and show the change
    #[arg(long)]
    pub(crate) fix: bool,
    /// Level from which the exit code is 1: error, warning, unknown or never
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    pub(crate) fail_on: FailOn,
    /// Explain every rule, or those of --only
    #[arg(long)]
    pub(crate) list: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Error,
    Warning,
    Unknown,
    Never,
}
