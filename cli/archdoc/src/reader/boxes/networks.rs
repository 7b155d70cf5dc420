//! Frames that stand for networks, by what their titles say.

use super::facts::Reading;
use crate::facts::{ComponentKind, Network, Origin};
use crate::reader::collector::Collector;
use crate::reader::label::Label;
use crate::reader::words;

/// Whether a frame is a network: it is called one, or has a network's driver or subnet.
pub(super) fn is_network(label: &Label) -> bool {
    let name = label.name.to_lowercase();
    let named = name.contains("network") || name.ends_with("-net") || name.ends_with("_net");
    let said = || label.technology.iter().chain(&label.notes);
    named
        || label
            .technology
            .as_deref()
            .is_some_and(|it| driver(it).is_some())
        || !name.contains(' ')
            && said().any(|it| it.to_lowercase().contains("subnet") && range(it).is_some())
}

/// The driver that a text names: `bridge`, `overlay network`, `bridge, 10.0.0.0/24`.
pub(super) fn driver(text: &str) -> Option<&'static str> {
    const DRIVERS: [&str; 4] = ["bridge", "overlay", "macvlan", "ipvlan"];
    let lower = text.to_lowercase();
    let mut words = lower.split(|it: char| !it.is_ascii_alphanumeric());
    let first = words.find(|word| !word.is_empty() && *word != "docker")?;
    DRIVERS.into_iter().find(|known| *known == first)
}

/// The addresses of a network that a text names: `bridge, 10.0.0.0/24`.
pub(super) fn range(text: &str) -> Option<String> {
    let words = text.split(|it: char| it.is_whitespace() || matches!(it, ',' | ';' | '(' | ')'));
    words
        .map(|word| word.trim_end_matches('.'))
        .find(|word| {
            word.split_once('/').is_some_and(|(address, bits)| {
                address.parse::<std::net::IpAddr>().is_ok() && bits.parse::<u8>().is_ok()
            })
        })
        .map(str::to_owned)
}

impl Reading<'_> {
    /// Adds the network that a frame is, with the boxes in it as its members.
    pub(super) fn network(
        &self,
        frame: usize,
        label: &Label,
        origin: &Origin,
        to: &mut Collector<'_>,
    ) {
        let name = label.name.rsplit(':').next().unwrap_or(&label.name).trim();
        if name.contains(' ') {
            return;
        }
        let subnet = label.notes.iter().find_map(|note| {
            note.to_lowercase()
                .find("subnet:")
                .map(|at| note[at + "subnet:".len()..].trim().to_owned())
        });
        let mut said = label.notes.iter().chain(&label.technology);
        let subnet = subnet.or_else(|| said.find_map(|text| range(text)));
        let members: Vec<String> = (0..self.meanings.len())
            .filter(|inner| self.is_inside(*inner, frame) && self.sheet.is_leaf(*inner))
            .filter_map(|inner| self.meanings[inner].label())
            .filter(|it| {
                words::kind(&it.name, it.technology.as_deref())
                    .is_none_or(ComponentKind::is_runnable)
            })
            .map(|it| it.name.clone())
            .collect();
        let technology = label.technology.as_deref();
        let driver = technology.map(|text| driver(text).unwrap_or(text).to_owned());
        let known = to.facts.networks.iter_mut().find(|it| it.name == name);
        if let Some(known) = known {
            known.driver = known.driver.take().or(driver);
            known.subnet = known.subnet.take().or(subnet);
            for member in members {
                let key = words::canonical(&member);
                if !known.members.iter().any(|it| words::canonical(it) == key) {
                    known.members.push(member);
                }
            }
            return;
        }
        to.network(Network {
            name: name.to_owned(),
            driver,
            subnet,
            members,
            origin: origin.clone(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_known_by_name_driver_and_subnet() {
        for lines in [
            &["Docker Network: shop"][..],
            &["backnet (bridge)"],
            &["backend (bridge network, 10.0.0.0/24)"],
            &["shop-net"],
            &["edge", "Subnet: 10.1.0.0/16"],
        ] {
            assert!(is_network(&Label::of(lines)), "{lines:?}");
        }
        for lines in [
            &["Backend (Python)"][..],
            &["Bridge Service"],
            &["kafka.net"],
        ] {
            assert!(!is_network(&Label::of(lines)), "{lines:?}");
        }
        assert_eq!(driver("Docker bridge network"), Some("bridge"));
        assert_eq!(range("bridge, 10.0.0.0/24").as_deref(), Some("10.0.0.0/24"));
    }
}
