//! Single drifts of the running reference platform: each is found by its rule, at its line, and
//! nothing else.
//!
//! The tables are also a part of the page `docs/devkit/drifts.md`.

mod configuration;
mod data;
mod drift;
mod flows;
mod networks;
mod ports;
mod scaling;
mod security;
mod services;
mod storage;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use devkit_testkit::{Platform, expect_region};
use drift::{Depth, Drift, Found};
use serde_json::json;

use crate::setup::repository;

/// How long a change may take until it shows, such as a health test that fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// The variable that names parts of the names of the only drifts to make, for who works on one.
const ONLY: &str = "DEVKIT_DRIFTS";

const TABLES: &[(&str, &[Drift])] = &[
    ("Networks made anew", networks::MADE_ANEW),
    ("Services", services::DRIFTS),
    ("Networks", networks::DRIFTS),
    ("Security", security::DRIFTS),
    ("Ports", ports::DRIFTS),
    ("Storage", storage::DRIFTS),
    ("Scaling", scaling::DRIFTS),
    ("Configuration", configuration::DRIFTS),
    ("Data tier", data::DRIFTS),
    ("Flows", flows::DRIFTS),
];

/// Makes the drifts that begin with the whole platform, before it is up; leaves it down.
pub(crate) fn of_a_platform_made_anew(platform: &Platform) {
    examine(platform, networks::MADE_ANEW, Depth::Live);
}

/// Expects that nothing is found, and everything decided, before anything drifts.
pub(crate) fn none_yet(platform: &Platform) {
    for depth in Depth::ALL {
        let report = drift::report(platform, depth);
        let (findings, summary) = (&report["findings"], &report["summary"]);
        let decided = summary["undecided"] == 0 && summary["decided"] != 0;
        assert!(
            *findings == json!([]) && decided,
            "{depth:?}: {findings:#} {summary:#} {:#}",
            report["rules"]
        );
    }
}

/// Makes every drift of a running platform, and takes each back.
pub(crate) fn of_what_runs(platform: &Platform) {
    services::prepare(platform);
    let tables = &TABLES[1..TABLES.len() - 1];
    let drifts = tables.iter().flat_map(|(_, drifts)| *drifts);
    examine(platform, drifts, Depth::Probe);
}

/// Lets the API skip what it is told to skip, and does so step by step.
pub(crate) fn of_flows(platform: &Platform) {
    flows::prepare(platform);
    examine(platform, flows::DRIFTS, Depth::Writes);
}

fn examine<'d>(platform: &Platform, drifts: impl IntoIterator<Item = &'d Drift>, depth: Depth) {
    let only = std::env::var(ONLY).unwrap_or_default();
    let examined: Vec<_> = drifts
        .into_iter()
        .filter(|drift| only.split(',').any(|part| drift.name.contains(part)))
        .map(|drift| one(platform, drift, depth))
        .collect();
    let failures: Vec<&str> = examined
        .iter()
        .filter_map(|result| result.as_ref().err())
        .map(String::as_str)
        .collect();
    assert!(
        failures.is_empty(),
        "{} of {} drifts:\n{}",
        failures.len(),
        examined.len(),
        failures.join("\n")
    );
}

fn one(platform: &Platform, drift: &Drift, depth: Depth) -> Result<(), String> {
    let began = Instant::now();
    let before = drift.change.make(platform);
    let wanted = drift.wanted(platform);
    let made = began.elapsed();
    let found = settled(platform, depth, &wanted);
    let asked = began.elapsed();
    drift.change.undo(platform, before);
    let result = if found == wanted {
        Ok(())
    } else {
        Err(format!(
            "{}: expected {wanted:?}, found {found:?}",
            drift.name
        ))
    };
    if drift.change.leaves_it_up() {
        let left = settled(platform, Depth::Live, &[]);
        assert!(
            left.is_empty(),
            "after {}: {left:#?}\n{result:?}",
            drift.name
        );
    }
    drift::note(&format!(
        "{}: made in {made:.1?}, asked {:.1?}, all {:.1?}",
        drift.name,
        asked.saturating_sub(made),
        began.elapsed()
    ));
    result
}

/// What doctor finds, asked until it is what is expected or patience ends.
fn settled(platform: &Platform, depth: Depth, wanted: &[Found]) -> Vec<Found> {
    let until = Instant::now() + PATIENCE;
    loop {
        let found = drift::doctor(platform, depth);
        if found == wanted || Instant::now() > until {
            return found;
        }
    }
}

#[test]
fn the_page_of_drifts_lists_what_runs() {
    let mut text = String::new();
    for (title, drifts) in TABLES {
        let head = "| Drift | Made by | Rule | Found at | Line |\n|---|---|---|---|---|\n";
        write!(text, "\n### {title}\n\n{head}").unwrap_or_default();
        for drift in *drifts {
            drift.write_rows(&mut text);
        }
    }
    text.push('\n');
    let page = repository().join("docs/devkit/drifts.md");
    expect_region(&page, "running", &text);
}
