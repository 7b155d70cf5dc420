//! Documents of every kind, clean and damaged.

use std::collections::BTreeSet;

use devkit_archdoc::{
    ComponentKind, ConnectionKind, DiagramKind, Document, Exposure, StepKind, VolumeKind, read,
};

const SHOP: &str = include_str!("../documents/shop.md");

fn shop() -> Document {
    read("shop.md", SHOP.as_bytes())
}

fn runnable(document: &Document) -> BTreeSet<&str> {
    let components = document.facts.components.iter();
    components
        .filter(|it| it.runnable)
        .map(|it| it.name.as_str())
        .collect()
}

fn connections(document: &Document) -> BTreeSet<(&str, &str)> {
    let connections = document.facts.connections.iter();
    connections
        .filter(|it| it.kind.needs_network())
        .map(|it| (it.from.as_str(), it.to.as_str()))
        .collect()
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
    assert_eq!(runnable(&document), BTreeSet::from(expected));
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
    assert!(!runnable(&document).contains("Build"));
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

/// Shows UTF-8 as Windows-1254 does, without the bytes that it leaves undefined.
pub(crate) fn damaged(text: &str) -> String {
    const UPPER: &str = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0\0\0\0‘’“”•–—˜™š›œ\0\0Ÿ";
    text.bytes()
        .filter_map(|byte| match byte {
            0x80..=0x9F => UPPER
                .chars()
                .nth(usize::from(byte) - 0x80)
                .filter(|it| *it != '\0'),
            0xD0 => Some('Ğ'),
            0xDD => Some('İ'),
            0xDE => Some('Ş'),
            0xF0 => Some('ğ'),
            0xFD => Some('ı'),
            0xFE => Some('ş'),
            _ => Some(char::from(byte)),
        })
        .collect()
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

#[test]
fn an_unclosed_fence_hides_no_other_diagram() {
    let text = "# A\n\n```\n┌─────┐   ┌─────┐\n│ One │──→│ Two │\n└─────┘   └─────┘\n\n# B\n\n```mermaid\ngraph TD\nThree --> Four\n```\n";
    let found = read("a.md", text.as_bytes());
    assert_eq!(
        runnable(&found),
        BTreeSet::from(["One", "Two", "Three", "Four"])
    );
}

#[test]
fn a_drawing_without_a_fence_is_found() {
    let text = "Title\n\n┌─────┐   ┌─────┐\n│ One │──→│ Two │\n└─────┘   └─────┘\n\nSystem Overview\n\ngraph TB\n    A[Three] --> B[Four]\nLoading\n\nwords --> that are prose\n";
    let found = read("a.md", text.as_bytes());
    assert_eq!(
        runnable(&found),
        BTreeSet::from(["One", "Two", "Three", "Four"])
    );
    assert_eq!(
        connections(&found),
        BTreeSet::from([("One", "Two"), ("Three", "Four")])
    );
}

#[test]
fn tiers_have_members_and_claims() {
    let text = "## Security\n\n```\n═══════════════════════════\n  Public Internet\n═══════════════════════════\n          │\n          ↓\n     ┌─────────┐\n     │  Proxy  │  ← TLS\n     └────┬────┘\n  ─ ─ ─ ─ ┼ ─ ─ ─ ─ ─\n    Data Tier │\n  ─ ─ ─ ─ ┼ ─ ─ ─ ─ ─\n          ↓\n     ┌─────────┐\n     │ MariaDB │  ← No external access\n     └─────────┘     Encrypted at rest\n```\n";
    let found = read("a.md", text.as_bytes());
    let tiers = &found.facts.tiers;
    assert_eq!(tiers[1].name, "Data Tier");
    assert_eq!(tiers[1].members, ["MariaDB"]);
    assert_eq!(tiers[1].claims, ["No external access", "Encrypted at rest"]);
}

#[test]
fn numbered_steps_between_boxes_are_a_flow() {
    let text = "## Order Flow\n\n```\n┌────────┐\n│ Buyer  │\n│ (User) │\n└───┬────┘\n    │ 1. POST /orders\n    ↓\n┌────────┐\n│ Orders │\n└───┬────┘\n    │ 2. SQL insert\n    ↓\n┌────────────┐\n│ PostgreSQL │\n└───┬────────┘\n    │ 3. Return the id\n    ↓\n┌────────┐\n│ Orders │\n└────────┘\n```\n";
    let found = read("a.md", text.as_bytes());
    let steps = &found.facts.flows[0].steps;
    let read: Vec<_> = steps
        .iter()
        .map(|it| (it.number, it.from.as_str(), it.to.as_str(), it.kind))
        .collect();
    assert_eq!(
        read,
        [
            (Some(1), "Buyer", "Orders", StepKind::Request),
            (Some(2), "Orders", "PostgreSQL", StepKind::Request),
            (Some(3), "PostgreSQL", "Orders", StepKind::Response),
        ]
    );
    let sure = |it: &&devkit_archdoc::Connection| it.origin.confidence >= 0.5;
    assert_eq!(found.facts.connections.iter().filter(sure).count(), 0);
    assert_eq!(
        connections(&found),
        BTreeSet::from([("Buyer", "Orders"), ("Orders", "PostgreSQL")])
    );
    assert_eq!(found.facts.endpoints[0].path, "/orders");
}

#[test]
fn modules_inside_a_service_are_no_services() {
    let text = "## Overview\n\n```mermaid\ngraph TD\nGateway[Edge Gateway<br/>Port: 80] --> Orders[Order Service]\n```\n\n## Edge Gateway Architecture\n\n```mermaid\ngraph TD\nGateway[Edge Gateway] --> Limiter[Rate Limiter] --> Balancer[Load Balancer]\nBalancer --> Orders[Order Service]\n```\n";
    let found = read("a.md", text.as_bytes());
    assert_eq!(
        runnable(&found),
        BTreeSet::from(["Edge Gateway", "Order Service"])
    );
    let limiter = found
        .facts
        .components
        .iter()
        .find(|it| it.name == "Rate Limiter")
        .unwrap();
    assert_eq!(limiter.kind, ComponentKind::Module);
}

#[test]
fn a_diagram_that_cannot_be_read_is_said_so_once() {
    let torn = "## Overview\n\n```\n┌────  ───┐  ┌───   \n  One      ┌──  Two │\n ──┘ ┌──  ┌───  \n┌──   ┌──  ┌─ ─\n```\n";
    let found = read("a.md", torn.as_bytes());
    assert!(
        found.facts.components.is_empty(),
        "{:?}",
        found.facts.components
    );
    assert!(found.diagnostics.iter().count() <= 1);
}

#[test]
fn c4_diagrams_are_read() {
    let document = read(
        "d.md",
        b"# Shop\n\n```mermaid\nC4Container\n  title Shop\n  Person(u, \"Buyer\")\n  Container_Boundary(b, \"Shop\") {\n    Container(api, \"Order API\", \"Go\", \"Takes orders, and more\")\n    ContainerDb(db, \"Orders\", \"PostgreSQL 16\")\n  }\n  Container_Ext(mail, \"Mailer\")\n  Rel(u, api, \"Buys\", \"HTTPS\")\n  Rel_D(api, db, \"Stores\", \"SQL\")\n  UpdateRelStyle(u, api, $offsetX=\"1\")\n```\n",
    );
    let component = |name: &str| {
        document
            .facts
            .components
            .iter()
            .find(|component| component.name == name)
            .unwrap_or_else(|| panic!("no component {name}"))
    };
    assert_eq!(component("Buyer").kind, ComponentKind::Client);
    assert_eq!(component("Order API").kind, ComponentKind::Service);
    assert_eq!(component("Order API").groups, ["Shop"]);
    assert_eq!(component("Order API").technology.as_deref(), Some("Go"));
    assert_eq!(component("Orders").kind, ComponentKind::Database);
    assert_eq!(component("Mailer").kind, ComponentKind::External);
    let lines: Vec<(&str, &str, Option<&str>)> = document
        .facts
        .connections
        .iter()
        .map(|it| (it.from.as_str(), it.to.as_str(), it.protocol.as_deref()))
        .collect();
    assert_eq!(
        lines,
        [
            ("Buyer", "Order API", Some("HTTPS")),
            ("Order API", "Orders", Some("SQL"))
        ]
    );
    assert!(document.diagrams[0].architecture);
    assert!(document.diagrams[0].origin.confidence > 0.99);
}

#[test]
fn a_title_with_a_word_inside_another_word_tells_nothing() {
    let document = read(
        "d.md",
        b"# Robot\n\n```mermaid\ngraph LR\n  A[arm] --> B[driver]\n```\n",
    );
    assert!(document.diagrams[0].architecture);
}

#[test]
fn the_second_line_of_a_step_with_two_digits_belongs_to_it() {
    let text = "## Order Flow\n\n```\n┌────────┐\n│ Orders │\n└───┬────┘\n    │ 9. Reserve\n    │    UPDATE stock\n    ↓\n┌────────────┐\n│ PostgreSQL │\n└───┬────────┘\n    │ 10. Return\n    ↓\n┌────────┐\n│ Orders │\n└───┬────┘\n    │ 11. Store the order\n    │     INSERT INTO orders\n    ↓\n┌────────────┐\n│ PostgreSQL │\n└────────────┘\n```\n";
    let document = read("order.md", text.as_bytes());
    let texts: Vec<&str> = document.facts.flows[0]
        .steps
        .iter()
        .map(|step| step.text.as_str())
        .collect();
    assert_eq!(
        texts,
        [
            "Reserve\nUPDATE stock",
            "Return",
            "Store the order\nINSERT INTO orders"
        ]
    );
}

#[test]
fn sentences_say_where_components_are() {
    let text = "# Shop\n\n```mermaid\ngraph TD\n  t[Traefik] --> f[Flower]\n  t --> d[(PostgreSQL)]\n```\n\nThe dashboard of Traefik is at http://localhost:8090 and Flower at http://localhost:5555.\nOpen the notes at http://localhost:4000, then PostgreSQL on `localhost:5433`.\n";
    let document = read("shop.md", text.as_bytes());
    let ports: Vec<(&str, Option<u16>)> = document
        .facts
        .ports
        .iter()
        .map(|it| (it.service.as_str(), it.external))
        .collect();
    assert_eq!(
        ports,
        [
            ("Traefik", Some(8090)),
            ("Flower", Some(5555)),
            ("PostgreSQL", Some(5433))
        ]
    );
}

#[test]
fn a_link_by_reference_carries_the_text_that_is_shown() {
    let page = "See [the **guide**][1], [Runbook][run book], ![a map][map] and [ADRs][].\n\n\
        `[code][9]` is none.\n\n[1]: guide.md\n[Run  Book]: run.md\n[map]: map.png\n\
        [ADRs]: adr/\n[9]: nine.md\n[unused]: other.md\n";
    let facts = read("links.md", page.as_bytes()).facts;
    let found: Vec<(&str, &str, bool)> = facts
        .links
        .iter()
        .map(|it| (it.text.as_str(), it.target.as_str(), it.image))
        .collect();
    assert_eq!(
        found,
        [
            ("the guide", "guide.md", false),
            ("Runbook", "run.md", false),
            ("a map", "map.png", true),
            ("ADRs", "adr/", false),
            ("9", "nine.md", false),
            ("unused", "other.md", false),
        ]
    );
}
