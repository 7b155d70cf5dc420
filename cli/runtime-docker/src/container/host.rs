use bollard::models::{
    DeviceMapping, DeviceRequest, HostConfig, HostConfigLogConfig, ResourcesUlimits, RestartPolicy,
    RestartPolicyNameEnum,
};
use devkit_compose::Project;
use devkit_compose::model::Service;
use devkit_runtime::{Instance, Result};
use serde_json::Value;

use super::other::{flag, map, number, size, text, texts, whole};
use super::{mounts, ports};

/// Namespaces and mounts of other containers, resolved to what the engine knows.
#[derive(Debug, Default)]
pub(super) struct Namespaces {
    pub(super) network: Option<String>,
    pub(super) ipc: Option<String>,
    pub(super) pid: Option<String>,
    pub(super) volumes_from: Vec<String>,
}

/// How the host runs a service's container.
pub(super) fn config(
    project: &Project,
    service: &Service,
    first_network: Option<String>,
    namespaces: Namespaces,
    replaced: Option<&Instance>,
) -> Result<HostConfig> {
    let mounts = mounts::of(project, service, replaced)?;
    let some = |list: &Vec<String>| (!list.is_empty()).then(|| list.clone());
    let limits = Limits::of(service);
    Ok(HostConfig {
        binds: some(&mounts.binds),
        mounts: (!mounts.mounts.is_empty()).then_some(mounts.mounts),
        port_bindings: Some(ports::bindings(service)),
        restart_policy: Some(restart(service)),
        network_mode: namespaces.network.or(first_network),
        ipc_mode: namespaces.ipc,
        pid_mode: namespaces.pid,
        volumes_from: some(&namespaces.volumes_from),
        uts_mode: text(service, "uts"),
        userns_mode: text(service, "userns_mode"),
        cgroup_parent: text(service, "cgroup_parent"),
        init: service.init,
        privileged: Some(service.privileged),
        readonly_rootfs: Some(service.read_only),
        cap_add: some(&service.cap_add),
        cap_drop: some(&service.cap_drop),
        security_opt: some(&service.security_opt),
        extra_hosts: some(&hosts(service)),
        group_add: some(&texts(service, "group_add")),
        dns: some(&service.dns),
        dns_options: some(&texts(service, "dns_opt")),
        dns_search: some(&texts(service, "dns_search")),
        tmpfs: tmpfs(service),
        shm_size: service.shm_size.and_then(|size| i64::try_from(size.0).ok()),
        sysctls: filled(map(service.other.get("sysctls"))),
        storage_opt: filled(map(service.other.get("storage_opt"))),
        annotations: filled(map(service.other.get("annotations"))),
        ulimits: ulimits(service),
        log_config: logging(service),
        runtime: text(service, "runtime"),
        oom_kill_disable: flag(service, "oom_kill_disable"),
        oom_score_adj: number(service, "oom_score_adj"),
        cpu_shares: number(service, "cpu_shares"),
        cpu_period: number(service, "cpu_period"),
        cpu_quota: number(service, "cpu_quota"),
        cpuset_cpus: text(service, "cpuset"),
        memory: limits.memory,
        memory_reservation: limits.memory_reservation,
        memory_swap: size(service, "memswap_limit"),
        memory_swappiness: number(service, "mem_swappiness"),
        nano_cpus: limits.nano_cpus,
        pids_limit: limits.pids,
        devices: devices(service),
        device_cgroup_rules: some(&texts(service, "device_cgroup_rules")),
        device_requests: device_requests(service),
        ..HostConfig::default()
    })
}

struct Limits {
    memory: Option<i64>,
    memory_reservation: Option<i64>,
    nano_cpus: Option<i64>,
    pids: Option<i64>,
}

impl Limits {
    /// Limits of `deploy.resources`, else those of the older keys.
    fn of(service: &Service) -> Self {
        let resources = service.deploy.as_ref().map(|deploy| &deploy.resources);
        let limits = resources.and_then(|resources| resources.limits.as_ref());
        let reservations = resources.and_then(|resources| resources.reservations.as_ref());
        let cpus = limits.and_then(|limits| limits.cpus).or(service.cpus);
        let memory = limits
            .and_then(|limits| limits.memory)
            .or(service.mem_limit);
        Self {
            memory: memory.and_then(|memory| i64::try_from(memory.0).ok()),
            memory_reservation: reservations
                .and_then(|reservations| reservations.memory)
                .and_then(|memory| i64::try_from(memory.0).ok())
                .or_else(|| size(service, "mem_reservation")),
            #[expect(clippy::cast_possible_truncation, reason = "billionths of a processor")]
            nano_cpus: cpus.map(|cpus| (cpus * 1e9).round() as i64),
            pids: limits
                .and_then(|limits| limits.pids)
                .or_else(|| number(service, "pids_limit")),
        }
    }
}

fn filled<T>(
    map: std::collections::HashMap<String, T>,
) -> Option<std::collections::HashMap<String, T>> {
    (!map.is_empty()).then_some(map)
}

/// `name=address` and `name:address` as the engine takes them.
fn hosts(service: &Service) -> Vec<String> {
    service
        .extra_hosts
        .iter()
        .map(|entry| entry.replacen('=', ":", 1))
        .collect()
}

fn restart(service: &Service) -> RestartPolicy {
    let policy = service.restart_policy();
    let (name, retries) = policy.split_once(':').unwrap_or((&policy, ""));
    let name = match name {
        "always" => RestartPolicyNameEnum::ALWAYS,
        "unless-stopped" => RestartPolicyNameEnum::UNLESS_STOPPED,
        "on-failure" => RestartPolicyNameEnum::ON_FAILURE,
        _ => RestartPolicyNameEnum::NO,
    };
    RestartPolicy {
        name: Some(name),
        maximum_retry_count: retries.parse().ok(),
    }
}

fn tmpfs(service: &Service) -> Option<std::collections::HashMap<String, String>> {
    filled(
        service
            .tmpfs
            .iter()
            .map(|entry| {
                let (path, options) = entry.split_once(':').unwrap_or((entry, ""));
                (path.to_owned(), options.to_owned())
            })
            .collect(),
    )
}

fn ulimits(service: &Service) -> Option<Vec<ResourcesUlimits>> {
    let limits = service.other.get("ulimits")?.as_object()?;
    let read = |name: &String, value: &Value| {
        let (soft, hard) = match value {
            Value::Object(both) => (
                both.get("soft").and_then(whole),
                both.get("hard").and_then(whole),
            ),
            value => (whole(value), whole(value)),
        };
        ResourcesUlimits {
            name: Some(name.clone()),
            soft: soft.or(hard),
            hard: hard.or(soft),
        }
    };
    Some(
        limits
            .iter()
            .map(|(name, value)| read(name, value))
            .collect(),
    )
}

fn logging(service: &Service) -> Option<HostConfigLogConfig> {
    let logging = service.other.get("logging")?;
    Some(HostConfigLogConfig {
        typ: logging
            .get("driver")
            .and_then(Value::as_str)
            .map(str::to_owned),
        config: filled(map(logging.get("options"))),
    })
}

fn devices(service: &Service) -> Option<Vec<DeviceMapping>> {
    let devices = service.other.get("devices")?.as_array()?;
    let read = |device: &Value| {
        let word = |key: &str| device.get(key).and_then(Value::as_str).map(str::to_owned);
        if let Some(text) = device.as_str() {
            let mut parts = text.split(':');
            let host = parts.next().map(str::to_owned);
            return DeviceMapping {
                path_in_container: parts.next().map(str::to_owned).or_else(|| host.clone()),
                path_on_host: host,
                cgroup_permissions: Some(parts.next().unwrap_or("rwm").to_owned()),
            };
        }
        DeviceMapping {
            path_on_host: word("source"),
            path_in_container: word("target").or_else(|| word("source")),
            cgroup_permissions: word("permissions").or_else(|| Some("rwm".to_owned())),
        }
    };
    Some(devices.iter().map(read).collect())
}

/// Graphics cards and the like: `deploy.resources.reservations.devices` and `gpus`.
fn device_requests(service: &Service) -> Option<Vec<DeviceRequest>> {
    let reserved = service
        .deploy
        .as_ref()
        .and_then(|deploy| deploy.resources.reservations.as_ref())
        .and_then(|reservations| reservations.other.get("devices"))
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let cards = service.other.get("gpus").and_then(Value::as_array);
    let requests: Vec<DeviceRequest> = reserved
        .map(|device| request(device, &[]))
        .chain(
            cards
                .into_iter()
                .flatten()
                .map(|device| request(device, &["gpu"])),
        )
        .collect();
    (!requests.is_empty()).then_some(requests)
}

fn request(device: &Value, default_capabilities: &[&str]) -> DeviceRequest {
    let list = |key: &str| -> Option<Vec<String>> {
        let items = device.get(key)?.as_array()?;
        Some(
            items
                .iter()
                .filter_map(|item| item.as_str().map(str::to_owned))
                .collect(),
        )
    };
    let ids = list("device_ids");
    let count = match device.get("count") {
        Some(Value::String(all)) if all == "all" => Some(-1),
        Some(count) => whole(count),
        None if ids.is_none() => Some(-1),
        None => None,
    };
    let capabilities = list("capabilities").unwrap_or_else(|| {
        default_capabilities
            .iter()
            .map(|word| (*word).to_owned())
            .collect()
    });
    DeviceRequest {
        driver: device
            .get("driver")
            .and_then(Value::as_str)
            .map(str::to_owned),
        count,
        device_ids: ids,
        capabilities: Some(vec![capabilities]),
        options: filled(map(device.get("options"))),
    }
}
