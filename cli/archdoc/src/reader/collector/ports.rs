//! Ports written in boxes and sentences, which count where no table or address says the same.

use std::collections::HashMap;

use super::{Collector, MAX_FACTS};
use crate::facts::{ComponentKind, Origin, Port, PortSource};
use crate::reader::label::Label;
use crate::reader::words;

impl Collector<'_> {
    /// Adds the ports that the box of a running component names.
    pub(in crate::reader) fn drawn_ports(
        &mut self,
        label: &Label,
        kind: ComponentKind,
        origin: impl Fn(&Self, u16) -> Origin,
    ) {
        if !kind.is_runnable() {
            return;
        }
        for claim in &label.claims {
            let origin = origin(self, claim.internal);
            self.drawn_port(Port {
                service: label.name.clone(),
                internal: Some(claim.internal),
                external: claim.external,
                protocol: claim.protocol.clone(),
                exposed: None,
                source: PortSource::Diagram,
                origin,
            });
        }
    }

    /// Adds the ports that a sentence gives to a running component.
    pub(in crate::reader) fn said_ports(
        &mut self,
        service: &str,
        kind: ComponentKind,
        ports: &[u16],
        origin: &Origin,
    ) {
        let free = MAX_FACTS.saturating_sub(self.drawn.len());
        for port in ports.iter().filter(|_| kind.is_runnable()).take(free) {
            self.drawn_port(Port {
                service: service.to_owned(),
                internal: Some(*port),
                external: None,
                protocol: None,
                exposed: None,
                source: PortSource::Prose,
                origin: origin.clone(),
            });
        }
    }

    /// The ports written in boxes that nothing else says.
    pub(super) fn drawn_only(&mut self) {
        let mut told: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, port) in self.facts.ports.iter().enumerate() {
            let service = words::canonical(&port.service);
            told.entry(service).or_default().push(index);
        }
        for port in std::mem::take(&mut self.drawn) {
            let service = words::canonical(&self.resolve(&port.service));
            let indices = told.entry(service).or_default();
            let same = indices.iter().copied().find(|index| {
                let known = &self.facts.ports[*index];
                known.internal == port.internal || known.external == port.internal
            });
            let Some(index) = same else {
                indices.push(self.facts.ports.len());
                self.facts.ports.push(port);
                continue;
            };
            let known = &mut self.facts.ports[index];
            if known.source == PortSource::Diagram {
                known.external = known.external.or(port.external);
                known.protocol = known.protocol.take().or(port.protocol);
            }
        }
    }
}
