use std::collections::BTreeMap;
use std::time::Duration;

use bollard::models::{
    ContainerInspectResponse, ContainerState, ContainerStateStatusEnum, HealthConfig,
    HealthStatusEnum, MountPoint, NetworkSettings, RestartPolicy,
};
use devkit_runtime::{
    Address, Health, HealthStatus, HealthTest, Instance, InstanceLimits, InstanceMount,
    InstanceRights, PublishedPort, RuntimeKind, State,
};

use crate::{labels, time};

/// The engine's defaults for a health test that does not say.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);
const DEFAULT_INTERVAL: Duration = Duration::from_secs(30);

/// Reads what the engine says of a container; nothing when no service of a project made it.
pub(crate) fn read(container: ContainerInspectResponse) -> Option<Instance> {
    let config = container.config.unwrap_or_default();
    let labels: BTreeMap<String, String> = config.labels.unwrap_or_default().into_iter().collect();
    let state = container.state.unwrap_or_default();
    let host_config = container.host_config.unwrap_or_default();
    let network_settings = container.network_settings.unwrap_or_default();
    let status = read_state(&state);
    let ended = matches!(status, State::Exited | State::Dead | State::Restarting);
    Some(Instance {
        runtime: RuntimeKind::Docker,
        id: container.id?,
        name: container.name?.trim_start_matches('/').to_owned(),
        service: labels.get(labels::SERVICE)?.clone(),
        number: labels
            .get(labels::NUMBER)
            .and_then(|number| number.parse().ok())
            .unwrap_or(1),
        one_off: labels
            .get(labels::ONE_OFF)
            .is_some_and(|text| text == "True"),
        state: status,
        exit_code: state
            .exit_code
            .filter(|_| ended)
            .and_then(|code| i32::try_from(code).ok()),
        health_test: config.healthcheck.and_then(read_test),
        hash: labels.get(labels::HASH).cloned(),
        fingerprint: labels
            .get(labels::KEYS)
            .and_then(|keys| serde_json::from_str(keys).ok()),
        image: container.image,
        image_name: config.image,
        entrypoint: config.entrypoint.unwrap_or_default(),
        command: config.cmd.unwrap_or_default(),
        created_at: container.created.as_deref().and_then(time::parse),
        started_at: state.started_at.as_deref().and_then(time::parse),
        finished_at: state.finished_at.as_deref().and_then(time::parse),
        restarts: u32::try_from(container.restart_count.unwrap_or_default()).unwrap_or(0),
        restart_policy: host_config.restart_policy.as_ref().map(read_restart_policy),
        ports: read_ports(
            &network_settings,
            host_config.port_bindings.unwrap_or_default(),
        ),
        networks: read_networks(network_settings, host_config.network_mode.as_deref()),
        mounts: container
            .mounts
            .unwrap_or_default()
            .into_iter()
            .map(read_mount)
            .collect(),
        environment: config
            .env
            .unwrap_or_default()
            .iter()
            .map(|pair| split(pair))
            .collect(),
        limits: InstanceLimits {
            #[expect(clippy::cast_precision_loss, reason = "billionths of a processor")]
            cpus: host_config
                .nano_cpus
                .filter(|cpus| *cpus > 0)
                .map(|cpus| cpus as f64 / 1e9),
            memory: positive(host_config.memory),
            pids: positive(host_config.pids_limit),
        },
        rights: InstanceRights {
            user: config.user.unwrap_or_default(),
            privileged: host_config.privileged.unwrap_or_default(),
            read_only: host_config.readonly_rootfs.unwrap_or_default(),
            added: host_config.cap_add.unwrap_or_default(),
            dropped: host_config.cap_drop.unwrap_or_default(),
            options: host_config.security_opt.unwrap_or_default(),
            processes: host_config.pid_mode.unwrap_or_default(),
        },
        process: state
            .pid
            .filter(|pid| *pid > 0)
            .and_then(|pid| u32::try_from(pid).ok()),
        health: read_health(state),
        labels,
    })
}

/// A variable and its value.
pub(crate) fn split(pair: &str) -> (String, String) {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    (name.to_owned(), value.to_owned())
}

/// A restart policy as compose files write it: `on-failure:3`.
fn read_restart_policy(policy: &RestartPolicy) -> String {
    let name = policy
        .name
        .map(|name| name.to_string())
        .filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| "no".to_owned());
    match policy.maximum_retry_count.filter(|count| *count > 0) {
        Some(count) => format!("{name}:{count}"),
        None => name,
    }
}

fn positive(number: Option<i64>) -> Option<u64> {
    number
        .filter(|number| *number > 0)
        .and_then(|number| u64::try_from(number).ok())
}

fn read_state(state: &ContainerState) -> State {
    match state.status {
        Some(ContainerStateStatusEnum::RUNNING | ContainerStateStatusEnum::STOPPING) => {
            State::Running
        }
        Some(ContainerStateStatusEnum::PAUSED) => State::Paused,
        Some(ContainerStateStatusEnum::RESTARTING) => State::Restarting,
        Some(ContainerStateStatusEnum::REMOVING) => State::Removing,
        Some(ContainerStateStatusEnum::EXITED) => State::Exited,
        Some(ContainerStateStatusEnum::DEAD) => State::Dead,
        Some(ContainerStateStatusEnum::CREATED | ContainerStateStatusEnum::EMPTY) | None => {
            State::Created
        }
    }
}

fn read_health(state: ContainerState) -> Option<Health> {
    let health = state.health?;
    let status = match health.status? {
        HealthStatusEnum::STARTING => HealthStatus::Starting,
        HealthStatusEnum::HEALTHY => HealthStatus::Healthy,
        HealthStatusEnum::UNHEALTHY => HealthStatus::Unhealthy,
        HealthStatusEnum::NONE | HealthStatusEnum::EMPTY => return None,
    };
    let last = health.log.unwrap_or_default().pop();
    Some(Health {
        status,
        at: last
            .as_ref()
            .and_then(|last| last.end.as_deref())
            .and_then(time::parse),
        output: last.and_then(|last| last.output).unwrap_or_default(),
    })
}

fn read_test(config: HealthConfig) -> Option<HealthTest> {
    let command = config
        .test
        .filter(|test| test.first().is_some_and(|kind| kind != "NONE") && test.len() > 1)?;
    let duration = |nanoseconds: Option<i64>, default| {
        nanoseconds
            .filter(|nanoseconds| *nanoseconds > 0)
            .and_then(|nanoseconds| u64::try_from(nanoseconds).ok())
            .map_or(default, Duration::from_nanos)
    };
    Some(HealthTest {
        command,
        timeout: duration(config.timeout, DEFAULT_TIMEOUT),
        interval: duration(config.interval, DEFAULT_INTERVAL),
    })
}

/// The ports as they are published now, or, when it does not run, as they would be.
fn read_ports(
    settings: &NetworkSettings,
    configured: bollard::models::PortMap,
) -> Vec<PublishedPort> {
    let live = settings.ports.clone().unwrap_or_default();
    let all = if live.is_empty() { configured } else { live };
    let mut ports = Vec::new();
    for (port, bindings) in all {
        let (target, protocol) = port.split_once('/').unwrap_or((&port, "tcp"));
        let Ok(target) = target.parse() else { continue };
        let unpublished = PublishedPort {
            target,
            protocol: protocol.to_owned(),
            host_address: None,
            host_port: None,
        };
        let bindings = bindings.unwrap_or_default();
        if bindings.is_empty() {
            ports.push(unpublished);
            continue;
        }
        ports.extend(bindings.into_iter().map(|binding| PublishedPort {
            host_address: binding.host_ip.filter(|address| !address.is_empty()),
            host_port: binding.host_port.and_then(|port| port.parse().ok()),
            ..unpublished.clone()
        }));
    }
    ports.sort();
    ports
}

fn read_networks(settings: NetworkSettings, mode: Option<&str>) -> BTreeMap<String, Address> {
    let mut networks: BTreeMap<String, Address> = settings
        .networks
        .unwrap_or_default()
        .into_iter()
        .map(|(name, endpoint)| {
            let address = Address {
                network_id: endpoint.network_id.unwrap_or_default(),
                ip: endpoint.ip_address.and_then(|address| address.parse().ok()),
                aliases: endpoint.aliases.unwrap_or_default(),
            };
            (name, address)
        })
        .collect();
    if mode == Some("host")
        && let Some(host) = networks.get_mut("host")
    {
        host.ip = Some(std::net::Ipv4Addr::LOCALHOST.into());
    }
    networks
}

fn read_mount(mount: MountPoint) -> InstanceMount {
    let kind = mount
        .typ
        .as_ref()
        .map_or_else(String::new, ToString::to_string);
    InstanceMount {
        source: mount
            .name
            .filter(|_| kind == "volume")
            .or(mount.source)
            .unwrap_or_default(),
        kind,
        target: mount.destination.unwrap_or_default(),
        read_only: mount.rw == Some(false),
    }
}
