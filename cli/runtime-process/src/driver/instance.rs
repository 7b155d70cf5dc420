use std::collections::BTreeMap;

use devkit_runtime::{Instance, InstanceLimits, InstanceRights, PublishedPort, RuntimeKind};

use crate::protocol::Record;

/// The instance as the rest of devkit knows it.
pub(super) fn of(record: &Record) -> Instance {
    let specification = &record.specification;
    let mut ports: Vec<PublishedPort> = specification
        .published
        .iter()
        .map(|port| PublishedPort {
            target: port.target,
            protocol: "tcp".to_owned(),
            host_address: Some(port.address.clone().unwrap_or_else(|| "0.0.0.0".to_owned())),
            host_port: port.bound.filter(|_| record.is_active()),
        })
        .collect();
    for target in specification.ports.iter().filter_map(|port| port.target) {
        if !ports.iter().any(|port| port.target == target) {
            let protocol = "tcp".to_owned();
            ports.push(PublishedPort {
                target,
                protocol,
                host_address: None,
                host_port: None,
            });
        }
    }
    Instance {
        runtime: RuntimeKind::Process,
        id: specification.id.clone(),
        name: specification.name.clone(),
        service: specification.service.clone(),
        number: specification.number,
        one_off: specification.one_off,
        state: record.state,
        exit_code: record.exit_code,
        health: None,
        health_test: specification.health_test.clone(),
        hash: Some(specification.hash.clone()),
        fingerprint: Some(specification.fingerprint.clone()),
        image: specification.image.clone(),
        image_name: specification.image_name.clone(),
        entrypoint: Vec::new(),
        command: specification.program.command.clone(),
        created_at: Some(record.created_at),
        started_at: record.started_at,
        finished_at: record.finished_at,
        restarts: record.restarts,
        ports,
        networks: BTreeMap::new(),
        mounts: specification.mounts.clone(),
        environment: specification.program.environment.clone(),
        labels: BTreeMap::new(),
        limits: InstanceLimits::default(),
        restart_policy: None,
        rights: InstanceRights::default(),
        process: record
            .process
            .and_then(|process| u32::try_from(process.pid).ok()),
    }
}
