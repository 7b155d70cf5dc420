use serde::{Deserialize, Serialize};

use super::{
    Architecture, CheckItem, Component, ComponentKind, Connection, ConnectionKind, Endpoint,
    EnvironmentVariable, Flow, Link, Network, Port, Resource, Table, Tier, Topic, Version, Volume,
};

/// The facts as they are written out: the steps of processes apart from what runs.
#[derive(Serialize, Deserialize)]
pub(super) struct Written {
    components: Vec<Component>,
    connections: Vec<Connection>,
    ports: Vec<Port>,
    networks: Vec<Network>,
    volumes: Vec<Volume>,
    tiers: Vec<Tier>,
    flows: Vec<Flow>,
    resources: Vec<Resource>,
    links: Vec<Link>,
    endpoints: Vec<Endpoint>,
    environment: Vec<EnvironmentVariable>,
    topics: Vec<Topic>,
    tables: Vec<Table>,
    #[serde(default)]
    versions: Vec<Version>,
    checklist: Vec<CheckItem>,
    activities: Vec<Component>,
    sequences: Vec<Connection>,
    portless: Vec<Port>,
}

impl From<Architecture> for Written {
    fn from(facts: Architecture) -> Self {
        let is_activity = |it: &Component| it.kind == ComponentKind::Activity;
        let is_sequence = |it: &Connection| it.kind == ConnectionKind::Sequence;
        let (activities, components) = facts.components.into_iter().partition(is_activity);
        let (sequences, connections) = facts.connections.into_iter().partition(is_sequence);
        let is_none = |it: &Port| it.internal.is_none() && it.external.is_none();
        let (portless, ports) = facts.ports.into_iter().partition(is_none);
        Self {
            components,
            connections,
            ports,
            networks: facts.networks,
            volumes: facts.volumes,
            tiers: facts.tiers,
            flows: facts.flows,
            resources: facts.resources,
            links: facts.links,
            endpoints: facts.endpoints,
            environment: facts.environment,
            topics: facts.topics,
            tables: facts.tables,
            versions: facts.versions,
            checklist: facts.checklist,
            activities,
            sequences,
            portless,
        }
    }
}

impl From<Written> for Architecture {
    fn from(written: Written) -> Self {
        let (mut components, mut connections) = (written.components, written.connections);
        components.extend(written.activities);
        connections.extend(written.sequences);
        let mut ports = written.ports;
        ports.extend(written.portless);
        Self {
            components,
            connections,
            ports,
            networks: written.networks,
            volumes: written.volumes,
            tiers: written.tiers,
            flows: written.flows,
            resources: written.resources,
            links: written.links,
            endpoints: written.endpoints,
            environment: written.environment,
            topics: written.topics,
            tables: written.tables,
            versions: written.versions,
            checklist: written.checklist,
        }
    }
}
