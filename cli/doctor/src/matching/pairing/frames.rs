//! Parts whose frames say which program they are parts of.

use std::collections::BTreeSet;

use devkit_archdoc::{Component, Document};

use crate::matching::meaning::is_number;
use crate::matching::names::{Names, Resolution};
use crate::matching::words;

/// A part means the service whose key is what its frame and it are called: `Scheduler` in the frame
/// `Apache Airflow`, and `airflow-scheduler`.
pub(super) fn by_frame_and_name<'d>(
    names: &Names,
    document: &'d Document,
) -> Vec<(&'d Component, Resolution)> {
    let components = document.facts.components.iter();
    components
        .filter(|component| names.resolve(&component.name) == Resolution::Unknown)
        .filter_map(|component| {
            let frame = component.groups.last()?;
            let of_frame = names.resolve(frame);
            let own: BTreeSet<String> = words(&component.name).into_iter().collect();
            let around: BTreeSet<String> = words(frame).into_iter().collect();
            let is_called_so = |key: &str| {
                let key: BTreeSet<String> = words(key)
                    .into_iter()
                    .filter(|word| !is_number(word))
                    .collect();
                let rest: BTreeSet<String> = key.difference(&around).cloned().collect();
                rest.len() < key.len() && rest == own
            };
            let called: Vec<String> = of_frame
                .services()
                .iter()
                .filter(|service| is_called_so(service))
                .cloned()
                .collect();
            (!called.is_empty()).then_some((component, Resolution::Services(called)))
        })
        .collect()
}
