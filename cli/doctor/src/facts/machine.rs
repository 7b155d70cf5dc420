use std::net::ToSocketAddrs as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Free space of one file system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Space {
    /// A folder on it.
    pub path: PathBuf,
    /// The bytes that an ordinary user may still write.
    pub free: u64,
}

/// What a Docker Engine says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Engine {
    /// Its version, such as `27.3.1`.
    pub version: String,
    /// The newest API that it speaks, such as `1.47`.
    pub api: String,
    /// Whether `docker buildx` is installed.
    pub buildx: bool,
    /// How it stores the layers of images, such as `overlay2`.
    pub storage_driver: Option<String>,
    /// Its memory in bytes, which on a desktop is that of a virtual machine.
    pub memory: Option<u64>,
    /// Its processors.
    pub processors: Option<usize>,
    /// How far its clock is from this machine's, either way.
    pub clock_difference: Option<Duration>,
}

/// What the machine is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Machine {
    /// Memory in bytes.
    pub memory: Option<u64>,
    /// Processors.
    pub processors: Option<usize>,
    /// Free space where the platform and the engine keep their data.
    pub spaces: Vec<Space>,
    /// `fs.inotify.max_user_watches`.
    pub watches: Option<u64>,
    /// `fs.inotify.max_user_instances`.
    pub watchers: Option<u64>,
    /// Whether `localhost` is this machine by name.
    pub localhost: Option<bool>,
    /// The engine, where one answers; the caller asks it.
    pub engine: Option<Engine>,
}

/// Looks at the machine; what it does not tell is missing, and `engine` is the caller's.
pub fn collect(root: &Path) -> Machine {
    let mut spaces: Vec<Space> = Vec::new();
    for path in [root, Path::new("/var/lib/docker")] {
        if let Some(free) = free(path)
            && !spaces.iter().any(|space| space.free == free)
        {
            spaces.push(Space {
                path: path.to_path_buf(),
                free,
            });
        }
    }
    Machine {
        memory: memory(),
        processors: std::thread::available_parallelism().ok().map(usize::from),
        spaces,
        watches: number("/proc/sys/fs/inotify/max_user_watches"),
        watchers: number("/proc/sys/fs/inotify/max_user_instances"),
        localhost: Some(knows_localhost()),
        engine: None,
    }
}

fn knows_localhost() -> bool {
    ("localhost", 0)
        .to_socket_addrs()
        .is_ok_and(|mut addresses| addresses.any(|address| address.ip().is_loopback()))
}

#[cfg(unix)]
fn free(path: &Path) -> Option<u64> {
    let status = nix::sys::statvfs::statvfs(path).ok()?;
    #[allow(
        clippy::useless_conversion,
        clippy::unnecessary_fallible_conversions,
        reason = "the types differ between systems"
    )]
    let (blocks, size) = (
        u64::try_from(status.blocks_available()).ok()?,
        u64::try_from(status.fragment_size()).ok()?,
    );
    blocks.checked_mul(size)
}

#[cfg(not(unix))]
fn free(_path: &Path) -> Option<u64> {
    None
}

fn memory() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("MemTotal:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    kilobytes.checked_mul(1024)
}

fn number(path: &str) -> Option<u64> {
    std::fs::read_to_string(path).ok()?.trim().parse().ok()
}
