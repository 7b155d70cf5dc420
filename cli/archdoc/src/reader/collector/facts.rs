//! Facts of a kind, each told once wherever it stands again.

use super::places::earlier;
use super::{Collector, MAX_FACTS, MAX_PLACES};
use crate::facts::{Endpoint, Network, Table, Tier, Topic as BrokerTopic, Volume};
use crate::reader::words;

/// More endpoints of one path, or tables of one name, than this are on no page for people.
const MAX_ALIKE: usize = 100;

impl Collector<'_> {
    /// Adds a tier of layers, unless the same was drawn before.
    pub(in crate::reader) fn layer(&mut self, tier: Tier) {
        let same = |known: &Tier| {
            known.name == tier.name && tier.members.iter().all(|it| known.members.contains(it))
        };
        if !tier.members.is_empty() && !self.facts.tiers.iter().any(same) {
            self.facts.tiers.push(tier);
        }
    }

    /// Adds an endpoint, unless the same is known.
    pub(in crate::reader) fn endpoint(&mut self, endpoint: Endpoint) {
        let service = |it: &Endpoint| it.service.as_deref().map(words::canonical);
        let wanted = service(&endpoint);
        let indices = self.paths.entry(endpoint.path.clone()).or_default();
        let same = indices.iter().copied().find(|index| {
            let known = &self.facts.endpoints[*index];
            known.method == endpoint.method
                && (known.service.is_none() || wanted.is_none() || service(known) == wanted)
        });
        if let Some(index) = same {
            let known = &mut self.facts.endpoints[index];
            known.service = known.service.take().or(endpoint.service);
            known.description = known.description.take().or(endpoint.description);
        } else if self.facts.endpoints.len() < MAX_FACTS && indices.len() < MAX_ALIKE {
            indices.push(self.facts.endpoints.len());
            self.facts.endpoints.push(endpoint);
        } else {
            self.too_many("endpoints");
        }
    }

    /// Whether a table of the name is known.
    pub(in crate::reader) fn is_table(&self, name: &str) -> bool {
        self.tables.contains_key(name)
    }

    /// Adds a table, or the columns of one that was only named.
    pub(in crate::reader) fn table(&mut self, mut table: Table) {
        if table.columns.len() > MAX_PLACES {
            self.too_many("columns of a table");
            table.columns.truncate(MAX_PLACES);
        }
        let indices = self.tables.entry(table.name.clone()).or_default();
        let same = indices.iter().copied().find(|index| {
            let known = &self.facts.tables[*index];
            known.columns.is_empty() || known.columns == table.columns
        });
        if let Some(index) = same {
            let known = &mut self.facts.tables[index];
            known.columns = table.columns;
            known.origin = earlier(&known.origin, table.origin);
        } else if self.facts.tables.len() < MAX_FACTS && indices.len() < MAX_ALIKE {
            indices.push(self.facts.tables.len());
            self.facts.tables.push(table);
        } else {
            self.too_many("database tables");
        }
    }

    /// Adds a topic, unless one of its name is known.
    pub(in crate::reader) fn topic(&mut self, topic: BrokerTopic) {
        if let Some(index) = self.topics.get(&topic.name) {
            let known = &mut self.facts.topics[*index];
            known.broker = known.broker.take().or(topic.broker);
            known.partitions = known.partitions.or(topic.partitions);
            known.origin = earlier(&known.origin, topic.origin);
        } else if self.facts.topics.len() < MAX_FACTS {
            self.topics
                .insert(topic.name.clone(), self.facts.topics.len());
            self.facts.topics.push(topic);
        } else {
            self.too_many("topics");
        }
    }

    /// Adds a volume, or what is new about one that is known by the same name.
    pub(in crate::reader) fn volume(&mut self, mut volume: Volume) {
        if let Some(target) = &mut volume.target
            && let Some(end) = target.find(':').filter(|_| target.starts_with('/'))
        {
            // `/etc/app:ro` says how it is mounted as well.
            target.truncate(end);
        }
        let volumes = &mut self.facts.volumes;
        let free = volumes.len() < MAX_PLACES;
        match volumes.iter_mut().find(|it| it.name == volume.name) {
            Some(known) => {
                known.of = known.of.take().or(volume.of);
                known.target = known.target.take().or(volume.target);
                known.description = known.description.take().or(volume.description);
            }
            None if free => volumes.push(volume),
            None => self.too_many("volumes"),
        }
    }

    /// Adds a member to a network, which may not be known yet.
    pub(in crate::reader) fn member(&mut self, service: &str, network: Network) {
        let networks = &mut self.facts.networks;
        if let Some(known) = networks.iter_mut().find(|it| it.name == network.name) {
            let key = words::canonical(service);
            let told = known.members.len() >= MAX_PLACES
                || known.members.iter().any(|it| words::canonical(it) == key);
            if !told {
                known.members.push(service.to_owned());
            }
        } else if networks.len() < MAX_PLACES {
            networks.push(network);
        } else {
            self.too_many("networks");
        }
    }

    /// Adds a volume of a list, which may tie it to another owner than a drawing does.
    pub(in crate::reader) fn listed_volume(&mut self, volume: Volume) {
        let contradicts = self.facts.volumes.iter().any(|known| {
            known.name == volume.name
                && known.of.is_some()
                && volume.of.is_some()
                && known.of != volume.of
        });
        if contradicts {
            self.stored(volume);
        } else {
            self.volume(volume);
        }
    }
}
