use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::{ByteSize, Span};

/// One service of the project, in canonical form.
#[expect(
    clippy::struct_excessive_bools,
    reason = "the specification's own switches"
)]
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Service {
    /// The image to run, or the name to give to what is built.
    pub image: Option<String>,
    /// How to build the image.
    pub build: Option<Build>,
    /// The command, where the image's own is not used.
    pub command: Option<Vec<String>>,
    /// The entrypoint, where the image's own is not used.
    pub entrypoint: Option<Vec<String>>,
    /// Variables; `None` is a variable that is named and not set.
    #[serde(deserialize_with = "null_is_default")]
    pub environment: BTreeMap<String, Option<String>>,
    /// Published ports.
    pub ports: Vec<Port>,
    /// Ports that peers may use.
    pub expose: Vec<String>,
    /// Networks by key.
    pub networks: BTreeMap<String, Option<NetworkAttachment>>,
    /// `host`, `none`, `service:x` or `container:x`.
    pub network_mode: Option<String>,
    /// Mounts of volumes, folders and temporary memory.
    pub volumes: Vec<Mount>,
    /// Services whose mounts are shared.
    pub volumes_from: Vec<String>,
    /// Services that this one needs, by key.
    pub depends_on: BTreeMap<String, Dependency>,
    /// How readiness is tested.
    pub healthcheck: Option<Healthcheck>,
    /// `no`, `always`, `on-failure[:n]` or `unless-stopped`.
    pub restart: Option<String>,
    /// Profiles that enable it; empty means always.
    pub profiles: Vec<String>,
    /// Labels that the user gives.
    #[serde(deserialize_with = "null_is_default")]
    pub labels: BTreeMap<String, String>,
    /// A fixed name, which forbids scaling.
    pub container_name: Option<String>,
    /// The name inside.
    pub hostname: Option<String>,
    /// User and group.
    pub user: Option<String>,
    /// The folder in which the command runs.
    pub working_dir: Option<String>,
    /// Whether an init process reaps children.
    pub init: Option<bool>,
    /// Whether it has all rights over the host.
    pub privileged: bool,
    /// Whether the root file system is read only.
    pub read_only: bool,
    /// Whether a terminal is given.
    pub tty: bool,
    /// Whether standard input stays open.
    pub stdin_open: bool,
    /// Capabilities added.
    pub cap_add: Vec<String>,
    /// Capabilities taken away.
    pub cap_drop: Vec<String>,
    /// Security options.
    pub security_opt: Vec<String>,
    /// Further entries of the hosts file, `name=address`.
    pub extra_hosts: Vec<String>,
    /// Name servers.
    pub dns: Vec<String>,
    /// Temporary file systems by short form.
    pub tmpfs: Vec<String>,
    /// Size of shared memory.
    pub shm_size: Option<ByteSize>,
    /// Hard limit of memory (the older form of `deploy.resources.limits.memory`).
    pub mem_limit: Option<ByteSize>,
    /// Processors (the older form of `deploy.resources.limits.cpus`).
    pub cpus: Option<f64>,
    /// Replicas, limits and the like.
    pub deploy: Option<Deploy>,
    /// How many containers, before `deploy.replicas`.
    #[serde(deserialize_with = "saturating")]
    pub scale: Option<u32>,
    /// What to do when files change.
    pub develop: Option<Develop>,
    /// Secrets that are mounted.
    pub secrets: Vec<FileReference>,
    /// Configs that are mounted.
    pub configs: Vec<FileReference>,
    /// `always`, `missing`, `never`, `build` and the like.
    pub pull_policy: Option<String>,
    /// The platform to pull and build for.
    pub platform: Option<String>,
    /// The signal that asks it to stop.
    pub stop_signal: Option<String>,
    /// How long to wait for it to stop; 10 seconds where it is not said.
    pub stop_grace_period: Option<Span>,
    /// Extensions (`x-...`) and keys that are not typed here.
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

impl Service {
    /// How many instances the file asks for; 1 where it does not say.
    pub fn replicas(&self) -> u32 {
        self.scale
            .or_else(|| self.deploy.as_ref().and_then(|deploy| deploy.replicas))
            .unwrap_or(1)
    }

    /// By which policy it is started again, as `restart` writes it: `no`, `on-failure:3`, `always`.
    ///
    /// What `deploy` says comes before `restart`, as Docker Compose has it.
    pub fn restart_policy(&self) -> String {
        let deploy = self.deploy.as_ref();
        let (name, most) = match deploy.and_then(|deploy| deploy.other.get("restart_policy")) {
            Some(policy) if !policy.is_null() => {
                let condition = policy.get("condition").and_then(Value::as_str);
                let most = policy.get("max_attempts").and_then(Value::as_u64);
                let name = match condition {
                    Some("any") => "always",
                    Some("none" | "") | None => "no",
                    Some(other) => other,
                };
                (name, most)
            }
            _ => {
                let policy = self.restart.as_deref().unwrap_or("no");
                let (name, most) = policy.split_once(':').unwrap_or((policy, ""));
                (name, most.parse().ok())
            }
        };
        match most.filter(|most| *most > 0 && name == "on-failure") {
            Some(most) => format!("{name}:{most}"),
            None if name.is_empty() => "no".to_owned(),
            None => name.to_owned(),
        }
    }

    /// What stands under `x-devkit`.
    pub fn devkit(&self) -> Option<&Value> {
        self.other.get("x-devkit")
    }
}

/// How to build an image.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Build {
    /// Absolute path of the context, or a URL.
    pub context: String,
    /// The Dockerfile, relative to the context.
    pub dockerfile: Option<String>,
    /// The Dockerfile's text.
    pub dockerfile_inline: Option<String>,
    /// Build arguments.
    pub args: BTreeMap<String, Option<String>>,
    /// The stage to build.
    pub target: Option<String>,
    /// Extensions and keys that are not typed here.
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

/// When a service that is needed is far enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// It was started.
    #[default]
    ServiceStarted,
    /// Its health test passes.
    ServiceHealthy,
    /// It ended with exit code 0.
    ServiceCompletedSuccessfully,
}

/// A service that is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Dependency {
    /// When it is far enough.
    pub condition: Condition,
    /// Whether it must be there at all.
    pub required: bool,
    /// Whether a restart of it restarts this one.
    pub restart: bool,
}

/// A published port.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Port {
    /// `ingress` or `host`.
    pub mode: Option<String>,
    /// The host's address; all of them where it is not said.
    pub host_ip: Option<String>,
    /// The container's port.
    #[serde(deserialize_with = "port_number")]
    pub target: u16,
    /// The host's port or range of ports; any free one where it is not said.
    pub published: Option<String>,
    /// `tcp` or `udp`.
    pub protocol: String,
    /// Extensions and keys that are not typed here.
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

impl Port {
    /// The host's port, where it is one fixed port.
    pub fn published_port(&self) -> Option<u16> {
        self.published.as_deref()?.parse().ok()
    }
}

/// How a service is attached to a network.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NetworkAttachment {
    /// Further names of the service on the network.
    pub aliases: Vec<String>,
    /// A fixed address, which forbids scaling.
    pub ipv4_address: Option<String>,
    /// A fixed IPv6 address.
    pub ipv6_address: Option<String>,
    /// Keys that are not typed here.
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

/// A mount.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mount {
    /// `volume`, `bind`, `tmpfs`, `image`, `npipe` or `cluster`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The volume's key, or the absolute path on the host; nothing for an anonymous volume.
    pub source: Option<String>,
    /// The path inside.
    pub target: String,
    /// Whether it is read only.
    pub read_only: bool,
    /// Options by kind (`bind`, `volume`, `tmpfs`) and keys that are not typed here.
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

/// How readiness is tested.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Healthcheck {
    /// `["CMD", ...]`, `["CMD-SHELL", line]` or `["NONE"]`; empty keeps the image's.
    pub test: Vec<String>,
    /// Time between tests.
    pub interval: Option<Span>,
    /// Time that a test may take.
    pub timeout: Option<Span>,
    /// Failures in a row before it is unhealthy.
    #[serde(deserialize_with = "saturating")]
    pub retries: Option<u32>,
    /// Time during which failures do not count.
    pub start_period: Option<Span>,
    /// Time between tests during the start period.
    pub start_interval: Option<Span>,
    /// Whether the image's own test is off.
    pub disable: bool,
}

/// Replicas, limits and the like.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Deploy {
    /// How many instances.
    #[serde(deserialize_with = "saturating")]
    pub replicas: Option<u32>,
    /// Limits and reservations.
    pub resources: Resources,
    /// Keys that are not typed here.
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

/// Limits and reservations.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Resources {
    /// What it may have at most.
    pub limits: Option<Limits>,
    /// What it has at least.
    pub reservations: Option<Limits>,
}

/// Processors, memory and processes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Processors; canonical files write a number or text.
    #[serde(deserialize_with = "number_or_text")]
    pub cpus: Option<f64>,
    /// Memory in bytes.
    pub memory: Option<ByteSize>,
    /// Processes.
    pub pids: Option<i64>,
    /// Keys that are not typed here.
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

/// What to do when files change.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Develop {
    /// The rules in order.
    pub watch: Vec<WatchRule>,
}

/// One rule of what to do when files change.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WatchRule {
    /// Absolute path that is watched.
    pub path: String,
    /// `sync`, `rebuild`, `restart`, `sync+restart` or `sync+exec`.
    pub action: String,
    /// The path inside, for the sync actions.
    pub target: Option<String>,
    /// Patterns left out.
    pub ignore: Vec<String>,
    /// Patterns taken.
    pub include: Vec<String>,
    /// Keys that are not typed here.
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

/// A secret or config that is mounted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FileReference {
    /// The key of the secret or config.
    pub source: String,
    /// The path or file name inside.
    pub target: Option<String>,
    /// User id of the file.
    pub uid: Option<String>,
    /// Group id of the file.
    pub gid: Option<String>,
    /// Permissions; canonical files write octal text.
    pub mode: Option<Value>,
}

fn null_is_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// A count; one that is out of bounds, which the specification allows, becomes the nearest.
fn saturating<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let number = Option::<Value>::deserialize(deserializer)?;
    Ok(number.and_then(|number| match number.as_u64() {
        Some(number) => Some(u32::try_from(number).unwrap_or(u32::MAX)),
        None => number.as_i64().map(|_| 0),
    }))
}

/// A port; one that is out of bounds is refused by the engine, not here.
fn port_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    let number = saturating(deserializer)?.unwrap_or_default();
    Ok(u16::try_from(number).unwrap_or(u16::MAX))
}

fn number_or_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    Ok(match Option::<Value>::deserialize(deserializer)? {
        Some(Value::Number(number)) => number.as_f64(),
        Some(Value::String(text)) => text.parse().ok(),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deployments_restart_policy_comes_first() {
        for (definition, expected) in [
            ("{}", "no"),
            (r#"{"restart": "unless-stopped"}"#, "unless-stopped"),
            (r#"{"restart": "on-failure:3"}"#, "on-failure:3"),
            (r#"{"restart": "on-failure:0"}"#, "on-failure"),
            (
                r#"{"deploy": {"replicas": 2}, "restart": "always"}"#,
                "always",
            ),
            (
                r#"{"deploy": {"restart_policy": {"condition": "any"}}}"#,
                "always",
            ),
            (
                r#"{"deploy": {"restart_policy": {"condition": "none"}}}"#,
                "no",
            ),
            (r#"{"deploy": {"restart_policy": {"delay": "5s"}}}"#, "no"),
            (
                r#"{"deploy": {"restart_policy": {"condition": "on-failure", "max_attempts": 3}}, "restart": "always"}"#,
                "on-failure:3",
            ),
        ] {
            let service: Service = serde_json::from_str(definition).unwrap();
            assert_eq!(service.restart_policy(), expected, "{definition}");
        }
    }
}
