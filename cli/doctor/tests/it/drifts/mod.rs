//! Single drifts of the reference platform: each is found by its rule, at its line, and nothing else.
//!
//! Each drift starts from a fresh copy of what `devkit new platform` writes. The tables below are
//! also the page `docs/devkit/drifts.md`.

mod configuration;
mod drift;
mod flows;
mod links;
mod networks;
mod ports;
mod scaling;
mod security;
mod services;
mod storage;

use std::fmt::Write as _;

use devkit_testkit::expect_region;
use drift::{Drift, Failure};

use crate::support::{Platform, lines, repository_root};

const TABLES: &[(&str, &[Drift])] = &[
    ("Services", services::DRIFTS),
    ("Networks", networks::DRIFTS),
    ("Flows", flows::DRIFTS),
    ("Security", security::DRIFTS),
    ("Ports", ports::DRIFTS),
    ("Storage", storage::DRIFTS),
    ("Scaling", scaling::DRIFTS),
    ("Links", links::DRIFTS),
    ("Configuration", configuration::DRIFTS),
];

#[test]
fn the_page_of_drifts_is_that_of_the_tables() {
    let mut text = String::new();
    for (title, drifts) in TABLES {
        let head = "| Drift | Made in | Rule | Found at | Line |\n|---|---|---|---|---|\n";
        write!(text, "\n### {title}\n\n{head}").unwrap();
        for drift in *drifts {
            drift.write_rows(&mut text);
        }
    }
    text.push('\n');
    let page = repository_root().join("docs/devkit/drifts.md");
    expect_region(&page, "files", &text);
}

fn all_found(drifts: &[Drift]) {
    let failures: Vec<String> = drifts
        .iter()
        .filter_map(|drift| drift.examine().err())
        .map(|Failure(text)| text)
        .collect();
    assert!(
        failures.is_empty(),
        "{} of {} drifts:\n{}",
        failures.len(),
        drifts.len(),
        failures.join("\n")
    );
}

macro_rules! tables {
    ($($table:ident),*) => {
        $(
            #[test]
            fn $table() {
                all_found($table::DRIFTS);
            }
        )*
    };
}

mod found {
    use super::*;

    tables!(
        services,
        networks,
        flows,
        security,
        ports,
        storage,
        scaling,
        links,
        configuration
    );
}
