//! Facts that are added as they come, as many as a page for people may have.

use super::{Collector, MAX_FACTS, MAX_PLACES};
use crate::facts::{
    CheckItem, EnvironmentVariable, Flow, Heading, Link, Network, Port, Resource, Step, Volume,
};

/// Adds to a list that has an end; answers whether there was room.
fn add<T>(list: &mut Vec<T>, most: usize, item: T) -> bool {
    let free = list.len() < most;
    if free {
        list.push(item);
    }
    free
}

impl Collector<'_> {
    fn within(&mut self, added: bool, what: &'static str) {
        if !added {
            self.too_many(what);
        }
    }

    /// Adds a port that a table, a list or an address says.
    pub(in crate::reader) fn port(&mut self, port: Port) {
        let added = add(&mut self.facts.ports, MAX_FACTS, port);
        self.within(added, "ports");
    }

    /// Adds a port that counts where no table or address says the same.
    pub(super) fn drawn_port(&mut self, port: Port) {
        let added = add(&mut self.drawn, MAX_FACTS, port);
        self.within(added, "ports");
    }

    /// Adds an environment variable.
    pub(in crate::reader) fn variable(&mut self, variable: EnvironmentVariable) {
        let added = add(&mut self.facts.environment, MAX_FACTS, variable);
        self.within(added, "environment variables");
    }

    /// Adds the limits of a service.
    pub(in crate::reader) fn resource(&mut self, resource: Resource) {
        let added = add(&mut self.facts.resources, MAX_FACTS, resource);
        self.within(added, "resources");
    }

    /// Adds a network whose name is new.
    pub(in crate::reader) fn network(&mut self, network: Network) {
        let added = add(&mut self.facts.networks, MAX_PLACES, network);
        self.within(added, "networks");
    }

    /// Adds a volume, whether or not one of its name is known.
    pub(in crate::reader) fn stored(&mut self, volume: Volume) {
        let added = add(&mut self.facts.volumes, MAX_PLACES, volume);
        self.within(added, "volumes");
    }

    /// Adds a flow; their steps count together.
    pub(in crate::reader) fn flow(&mut self, mut flow: Flow) {
        let free = MAX_FACTS.saturating_sub(self.step_count);
        if flow.steps.len() > free {
            self.too_many("steps of flows");
            flow.steps.truncate(free);
        }
        self.step_count += flow.steps.len();
        if !flow.steps.is_empty() {
            self.facts.flows.push(flow);
        }
    }

    /// Adds the flow of some steps, which stands where the first of them does.
    pub(in crate::reader) fn steps(&mut self, name: String, steps: Vec<Step>) {
        if let Some(first) = steps.first() {
            let origin = first.origin.clone();
            self.flow(Flow {
                name,
                steps,
                origin,
            });
        }
    }

    /// Adds an item of a checklist.
    pub(in crate::reader) fn check(&mut self, item: CheckItem) {
        let added = add(&mut self.facts.checklist, MAX_FACTS, item);
        self.within(added, "items of checklists");
    }

    /// Adds a link.
    pub(in crate::reader) fn link(&mut self, link: Link) {
        let added = add(&mut self.facts.links, MAX_FACTS, link);
        self.within(added, "links");
    }

    /// Adds a heading; they come in the order of their lines.
    pub(in crate::reader) fn heading(&mut self, heading: Heading) {
        if self.headings.len() >= MAX_FACTS {
            self.too_many("headings");
            return;
        }
        let mut above = self.headings.len().checked_sub(1);
        while let Some(index) = above.filter(|it| self.headings[*it].level >= heading.level) {
            above = self.above[index];
        }
        self.above.push(above);
        self.headings.push(heading);
    }
}
