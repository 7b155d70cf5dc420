//! One document with every kind of fact, clean and damaged.

use std::collections::BTreeSet;

use devkit_archdoc::{ConnectionKind, DiagramKind, Document, Exposure, StepKind, VolumeKind, read};

use crate::support::{connections, damaged, runnable};

const SHOP: &str = include_str!("../documents/shop.md");

fn shop() -> Document {
    read("shop.md", SHOP.as_bytes())
}

/// The line of the first text in a document, from 1.
fn line_of(text: &str) -> usize {
    SHOP.lines().position(|line| line.contains(text)).unwrap() + 1
}

#[test]
fn services_are_read_from_every_kind_of_diagram() {
    let document = shop();
    let expected = [
        "Catalog",
        "Loki",
        "Mailer",
        "PostgreSQL",
        "Redis",
        "Storefront",
    ];
    let found: BTreeSet<&str> = runnable(&document).into_iter().collect();
    assert_eq!(found, BTreeSet::from(expected));
    let storefront = &document
        .facts
        .components
        .iter()
        .find(|it| it.name == "Storefront")
        .unwrap();
    assert_eq!(storefront.technology.as_deref(), Some("Next.js"));
    assert_eq!(storefront.ports, [3100]);
    assert_eq!(storefront.origin.line, line_of("Storefront  │"));
    assert!(storefront.mentions.len() >= 3);
}

#[test]
fn connections_are_read_with_their_labels() {
    let document = shop();
    let found = connections(&document);
    for expected in [
        ("Storefront", "Catalog"),
        ("Catalog", "PostgreSQL"),
        ("Catalog", "Redis"),
        ("Catalog", "Mailer"),
        ("Mailer", "PostgreSQL"),
    ] {
        assert!(
            found.contains(&expected),
            "{expected:?} is not in {found:?}"
        );
    }
    assert!(!found.contains(&("PostgreSQL", "shop-data")));
    let first = &document.facts.connections[0];
    assert_eq!(
        (first.label.as_deref(), first.protocol.as_deref()),
        (Some("HTTP"), Some("HTTP"))
    );
}

#[test]
fn answers_are_no_connections() {
    use StepKind::{Internal, Request, Response};
    let document = shop();
    assert!(!connections(&document).contains(&("Redis", "Catalog")));
    let flow = &document.facts.flows[0];
    assert_eq!(flow.name, "Checkout flow");
    let kinds: Vec<StepKind> = flow.steps.iter().map(|it| it.kind).collect();
    assert_eq!(
        kinds,
        [
            Request, Request, Request, Response, Internal, Response, Response
        ]
    );
    assert_eq!(flow.steps[2].branch, ["alt 1.1: cached"]);
    assert_eq!(flow.steps[4].branch, ["alt 1.2: not cached"]);
}

#[test]
fn tables_of_the_page_are_facts() {
    let facts = shop().facts;
    let port = &facts
        .ports
        .iter()
        .find(|it| it.service == "PostgreSQL")
        .unwrap();
    assert_eq!((port.internal, port.external), (Some(5432), Some(5432)));
    assert_eq!(port.exposed, Some(Exposure::Development));
    assert_eq!(port.origin.line, line_of("| PostgreSQL | 5432"));
    let resource = &facts.resources[0];
    assert_eq!(
        (resource.cpu, resource.memory_bytes),
        (Some(0.25), Some(256 << 20))
    );
    assert_eq!(
        facts
            .endpoints
            .iter()
            .filter(|it| it.path == "/api/cart")
            .count(),
        1
    );
    assert_eq!(facts.environment[0].key, "CATALOG_PORT");
    assert_eq!(facts.networks[0].subnet.as_deref(), Some("10.9.0.0/24"));
    let volume = facts
        .volumes
        .iter()
        .find(|it| it.name == "shop-data")
        .unwrap();
    assert_eq!(
        (volume.kind, volume.of.as_deref()),
        (VolumeKind::Named, Some("PostgreSQL"))
    );
    assert_eq!(
        facts
            .tables
            .iter()
            .map(|it| it.columns.len())
            .collect::<Vec<_>>(),
        [2, 1]
    );
    assert_eq!(
        (facts.topics[0].name.as_str(), facts.topics[0].partitions),
        ("order-events", Some(6))
    );
}

#[test]
fn trees_and_pipelines_claim_no_services() {
    let document = shop();
    let kinds: Vec<DiagramKind> = document.diagrams.iter().map(|it| it.kind).collect();
    assert!(kinds.contains(&DiagramKind::DirectoryTree));
    assert!(!runnable(&document).contains(&"Build"));
    let pipeline = document
        .facts
        .connections
        .iter()
        .filter(|it| it.from == "Build");
    assert!(
        pipeline
            .into_iter()
            .all(|it| it.kind == ConnectionKind::Sequence)
    );
}

#[test]
fn the_page_itself_is_read() {
    let document = shop();
    assert_eq!(document.metadata.version.as_ref().unwrap().value, "2.1");
    let review = document.metadata.next_review.as_ref().unwrap();
    assert_eq!(
        &document.source.text()[review.origin.span.clone()],
        "2026-08-01"
    );
    assert_eq!(document.alias("storefront"), Some("web"));
    assert!(document.waives("DK102", "Edge Proxy"));
    assert!(!document.waives("DK101", "Edge Proxy"));
    let targets: Vec<&str> = document
        .facts
        .links
        .iter()
        .map(|it| it.target.as_str())
        .collect();
    assert_eq!(
        targets,
        ["../operations/runbook.md#restart", "logo.png", "#ports-1"]
    );
    assert_eq!(document.headings.last().unwrap().slug, "ports-1");
    let boxes: Vec<bool> = document
        .facts
        .checklist
        .iter()
        .map(|it| it.checked)
        .collect();
    assert_eq!(boxes, [false, true]);
}

#[test]
fn a_mis_decoded_document_says_the_same() {
    let (clean, repaired) = (shop(), read("shop.md", damaged(SHOP).as_bytes()));
    assert_eq!(repaired.source.text(), SHOP);
    assert_eq!(repaired.facts, clean.facts);
    let said: Vec<String> = repaired
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("once read as Windows-125"), "{said:?}");
}
