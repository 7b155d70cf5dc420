//! What a drawn box says that a service is given: `CPU: 500m`, `Memory: 512Mi`.

use super::collector::Collector;
use super::words;
use crate::facts::{Component, Environment, Resource};

impl Collector<'_> {
    /// Adds the limits that the box of a component, or of no service at all, states.
    pub(super) fn drawn_limits(&mut self, component: &Component) {
        let said = component.technology.iter().chain(&component.notes);
        let parts = said.flat_map(|text| text.split([',', ';', '|', '·']));
        let (mut cpu, mut memory) = (None, None);
        for (title, value) in parts.filter_map(|part| part.split_once(':')) {
            let title = title.trim_matches(|it: char| !it.is_alphanumeric());
            match title.to_lowercase().as_str() {
                "cpu" | "cpus" | "cpu limit" | "cpu limits" => cpu = cpu.or(cpus(value)),
                "memory" | "ram" | "mem" | "memory limit" => {
                    let written = Some(value.trim()).filter(|it| words::bytes(it).is_some());
                    memory = memory.or(written);
                }
                _ => {}
            }
        }
        // A lone number may be a threshold; both together are what something is given.
        let (Some(cpu), Some(memory)) = (cpu, memory) else {
            return;
        };
        let mut origin = component.origin.clone();
        let groups = component.groups.iter().rev();
        let mut named = groups.map(|group| words::environment(group));
        if origin.environment == Environment::Any {
            origin.environment = named
                .find(|it| *it != Environment::Any)
                .unwrap_or(Environment::Any);
        }
        self.resource(Resource {
            service: component.runnable.then(|| component.name.clone()),
            cpu: Some(cpu),
            memory_bytes: words::bytes(memory),
            memory: Some(memory.to_owned()),
            scaling: None,
            replicas: component.replicas,
            origin,
        });
    }
}

/// `0.5`, `500m`, `2 cores`; no share of a whole: `80%`.
fn cpus(text: &str) -> Option<f64> {
    let mut words = text.split_whitespace();
    let number = words.next()?;
    let unit = words.next().unwrap_or("core").to_lowercase();
    let counted = matches!(
        unit.as_str(),
        "core" | "cores" | "cpu" | "cpus" | "vcpu" | "vcpus"
    );
    if !counted || words.next().is_some() {
        return None;
    }
    let value = match number.strip_suffix('m') {
        Some(milli) => milli.parse::<f64>().ok()? / 1000.0,
        None => number.parse().ok()?,
    };
    (value.is_finite() && value > 0.0).then_some(value)
}
